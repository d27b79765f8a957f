"""Plans of every kind drawn from a seed: what no example would think of."""

import random
from typing import Any

from bpc.core.plan.rules import Rules

RULES = Rules.constant(
    smig_hour=17.92,
    smag_day=97.44,
    hours_a_month=191,
    days_a_month=26,
    social_ceiling=6000,
    employer_capped=0.0898,
    employer_uncapped=0.1211,
    tax_rate=0.20,
    minimum_tax_rate=0.0025,
    minimum_tax_floor=3000,
    minimum_tax_free_months=36,
    exemption_turnover=2_000_000,
    legal_reserve_rate=0.10,
    third_party_cap=0.30,
    members_least=5,
    capital_least=1000,
    share_least=100,
    paid_at_subscription=0.25,
    balance_within_months=36,
    capital_floor_share=0.75,
    net_worth_alert=0.25,
    auditor_turnover=10_000_000,
    loss_years=4,
)


def random_plan(seed: int) -> dict[str, Any]:
    """A plan document; the same seed gives the same plan."""
    draw = random.Random(seed)
    return _Draw(draw).plan()


class _Draw:
    """One plan under way."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.years = draw.randint(1, 7)
        self.start = draw.randint(1, 12)
        self.products = [f"x{n}" for n in range(draw.randint(1, 3))]
        self.phased = draw.random() < 0.3

    def often(self, share: float) -> bool:
        return self.draw.random() < share

    def number(self, low: float, high: float, places: int = 2) -> float:
        return round(self.draw.uniform(low, high), places)

    def month(self, most: int | None = None) -> int:
        return self.draw.randint(0, min(12 * self.years - 1, most or 119))

    def season(self) -> list[float]:
        weights = [self.draw.choice([0.0, 1.0, 2.0, 5.0]) for _ in range(12)]
        weights[self.draw.randrange(12)] += 1.0
        return [weight / sum(weights) for weight in weights]

    def steps(self) -> list[float]:
        return [self.number(0.3, 1.2) for _ in range(self.draw.randint(1, 4))]

    def plan(self) -> dict[str, Any]:
        existing = self.often(0.4)
        document: dict[str, Any] = {
            "start": f"2027-{self.start:02d}",
            "years": self.years,
            "fiscal_year_end": self.draw.randint(1, 12),
            "prices": self.draw.choice(["constant", "nominal"]),
            "discount_rate": self.number(0.04, 0.15, 3),
            "cash_floor": self.draw.choice([0.0, 5000.0, -1000.0]),
            "law_class": self.draw.randint(1, 3),
            "kind": self.draw.choice(["income_generating", "social_income_generating", "cost_recovery"]),
            "members": {"count": self.draw.randint(5, 40)},
            "inflation": {
                name: self.number(0.0, 0.06, 3)
                for name in ("sales", "inputs", "wages", "energy", "other", "capex")
            },
            "ramp_up": self.steps(),
            "staff_phasing": self.steps(),
            "fixed_phasing": self.steps(),
            **self.operations(),
            **self.framework(),
            "loans": [self.loan(n) for n in range(self.draw.randint(0, 3))],
            "shares": self.shares(),
        }
        self.add_what_is_optional(document, existing=existing)
        return {**document, **self.investments()}

    def add_what_is_optional(self, document: dict[str, Any], *, existing: bool) -> None:
        if self.phased:
            document["phases"] = [
                {"id": "works", "months": self.draw.randint(0, 8)},
                {"id": "trials", "months": 2, "after": "works"},
            ]
        if existing:
            document["opening"] = self.opening()
            if self.often(0.5):
                document["loans"].append({**self.loan(9), **self.existing_loan()})
        if self.often(0.5):
            document["overdraft"] = {
                "limit": self.number(5000, 200_000),
                "annual_rate": self.number(0.05, 0.15, 3),
            }
        if self.often(0.4):
            document["without_project"] = {
                "cooperative_net": [self.number(-5000, 20_000) for _ in range(3)],
                "household_net": [self.number(0, 5000)],
            }
            document["beneficiaries"] = {"count": self.draw.randint(10, 500)}

    def operations(self) -> dict[str, Any]:
        return {
            "products": [self.product(name) for name in self.products],
            "inputs": [self.input(n) for n in range(self.draw.randint(0, 3))],
            "piece_work": [
                {
                    "id": f"x{n}",
                    "rate_per_unit": {name: self.number(0, 5) for name in self.products},
                    "by_members": self.often(0.7),
                    **({"hours_per_unit": {self.products[0]: 0.2}} if self.often(0.5) else {}),
                }
                for n in range(self.draw.randint(0, 2))
            ],
            "fixed_costs": [self.cost(n) for n in range(self.draw.randint(0, 3))],
            "staff": [self.post(n) for n in range(self.draw.randint(0, 2))],
            "working_capital": {
                "receivable_days": self.number(-30, 100, 0),
                "payable_days": self.number(-30, 100, 0),
                "member_payable_days": self.number(0, 60, 0),
                "stock_days": self.draw.choice([0.0, 10.0, 30.0, 75.0, 360.0]),
            },
        }

    def product(self, name: str) -> dict[str, Any]:
        product: dict[str, Any] = {
            "id": name,
            "capacity": self.number(500, 8000, 0),
            "price": self.number(20, 150),
            "seasonality": self.season(),
            "loss_rate": self.draw.choice([0.0, 0.05]),
            "member_share": self.draw.choice([0.0, 0.3]),
            "bad_debt_rate": self.draw.choice([0.0, 0.02]),
            "vat_rate": self.draw.choice([0.0, 0.1, 0.2]),
            "vat_class": self.draw.choice(["exempt", "with_deduction", "taxable"]),
        }
        if self.often(0.3):
            product["member_price"] = self.number(15, 120)
        if self.often(0.3):
            product["receivable_days"] = self.draw.choice([-45.0, 0.0, 20.0, 180.0])
        if self.often(0.3):
            product["hijri_event"] = self.draw.choice(["ramadan", "eid_al_fitr", "eid_al_adha"])
        if self.often(0.3):
            product["ramp"] = self.steps()
        if self.phased and self.often(0.5):
            product["phase"] = "trials"
        return product

    def input(self, n: int) -> dict[str, Any]:
        item: dict[str, Any] = {
            "id": f"x{n}",
            "unit_cost": self.number(1, 40),
            "qty_per_unit": {name: self.number(0, 2) for name in self.products if self.often(0.8)},
            "from_members": self.often(0.5),
            "replaces_members": self.often(0.2),
            "vat_rate": self.draw.choice([0.0, 0.2]),
        }
        if item["from_members"] and self.often(0.6):
            item["member_price"] = self.draw.choice(
                [
                    {"kind": "share", "share": {self.products[0]: 0.4}},
                    {"kind": "floor_plus_bonus", "bonus_share": 0.2},
                    {"kind": "residual"},
                ]
            )
        if self.often(0.2):
            # all at the beginning of each plan year: nothing is ever used before it is bought
            item["purchase_months"] = [1.0 if month == self.start else 0.0 for month in range(1, 13)]
        if self.often(0.3):
            item["stock_days"] = self.draw.choice([0.0, 15.0, 100.0])
        if self.often(0.3):
            item["payment_days"] = self.draw.choice([-60.0, -10.0, 0.0, 61.0])
        return item

    def cost(self, n: int) -> dict[str, Any]:
        cost: dict[str, Any] = {
            "id": f"x{n}",
            "annual": self.number(1000, 60_000, 0),
            "family": self.draw.choice(["energy", "other"]),
            "vat_rate": self.draw.choice([0.0, 0.2]),
        }
        if self.often(0.3):
            cost["month_weights"] = [float(self.draw.randint(0, 3)) for _ in range(12)]
        if self.often(0.3):
            cost["phasing"] = self.steps()
        if self.often(0.3):
            cost["payment_days"] = self.draw.choice([-90.0, 5.0, 45.0])
        if self.phased and self.often(0.5):
            cost["phase"] = "works"
        return cost

    def post(self, n: int) -> dict[str, Any]:
        post: dict[str, Any] = {"id": f"x{n}", "fte": self.number(0.2, 3), "members": self.number(0, 1)}
        if self.often(0.7):
            post["gross"] = self.number(2500, 9000)
        if "gross" not in post or self.often(0.3):
            post["minimum"] = self.draw.choice(["smig", "smag"])
        if self.often(0.3):
            post["months"] = sorted(self.draw.sample(range(1, 13), 4))
        if self.phased and self.often(0.5):
            post["phase"] = "works"
        return post

    def investments(self) -> dict[str, Any]:
        assets: list[dict[str, Any]] = []
        for n in range(self.draw.randint(0, 3)):
            asset: dict[str, Any] = {
                "id": f"x{n}",
                "amount": self.number(5000, 300_000, 0),
                "month": self.month(20),
                "life_years": self.draw.choice([None, 0.25, 1.0, 2.0, 2.375, 5.0, 20.0]),
                "residual": self.draw.choice([0.0, 0.1]),
                "renew": self.often(0.6),
                "in_kind": self.often(0.2),
                "vat_rate": self.draw.choice([0.0, 0.2]),
            }
            if self.phased and self.often(0.5):
                asset["phase"] = "works"
            assets.append(asset)
        return {
            "assets": assets,
            "grants": self.grants(assets),
            "contingency": self.draw.choice([0.0, 0.1]),
        }

    def grants(self, assets: list[dict[str, Any]]) -> list[dict[str, Any]]:
        grants: list[dict[str, Any]] = []
        share = 0.3
        for n, asset in enumerate(assets[: self.draw.randint(0, 2)]):
            grant: dict[str, Any] = {
                "id": f"x{n}",
                "amount": round(share * asset["amount"]),
                "claim_month": self.month(30),
                "cash_month": self.draw.randint(0, 40),
                "land_part": self.draw.choice(["ten_years", "keep"]),
            }
            if self.often(0.6):
                grant["items"] = [asset["id"]]
            grants.append({**grant, "amount": float(grant["amount"])})
        if self.often(0.3):
            claim = self.month(20)
            cash = claim + self.draw.randint(0, 9)
            grants.append(
                {
                    "id": "op",
                    "kind": "operating",
                    "amount": 20_000.0,
                    "claim_month": claim,
                    "cash_month": cash,
                }
            )
        return grants

    def loan(self, n: int) -> dict[str, Any]:
        months = self.draw.randint(2, 90)
        grace = self.draw.randint(0, min(months - 1, 12))
        first = self.month(12)
        draws = [{"month": first, "amount": self.number(5000, 200_000)}]
        if grace > 2 and first + 2 < 12 * self.years:
            draws.append({"month": first + 2, "amount": self.number(1000, 30_000)})
        return {
            "id": f"x{n}",
            "lender": self.draw.choice(["bank", "members"]),
            "draws": draws,
            "annual_rate": self.draw.choice([0.0, 0.04, 0.0575, 0.0613, 0.12]),
            "months": months,
            "grace_months": grace,
            "grace": self.draw.choice(["interest_only", "capitalised"]),
            "kind": self.draw.choice(["annuity", "constant_principal", "in_fine"]),
            "rate_basis": self.draw.choice(["proportional", "actuarial"]),
            "interest_vat": self.draw.choice([0.0, 0.10]),
            "fees": self.number(0, 3000),
            "spread_fees": self.often(0.5),
        }

    def existing_loan(self) -> dict[str, Any]:
        return {"draws": [{"month": 0, "amount": self.number(5000, 90_000)}], "existing": True}

    def shares(self) -> dict[str, Any]:
        return {
            "subscriptions": [
                {
                    "month": self.month(30),
                    "members": self.draw.randint(1, 20),
                    "shares_each": float(self.draw.randint(1, 30)),
                }
                for _ in range(self.draw.randint(0, 2))
            ],
            "calls": self.draw.choice(
                [
                    [{"after_months": 0, "fraction": 1.0}],
                    [{"after_months": 0, "fraction": 0.25}, {"after_months": 13, "fraction": 0.75}],
                ]
            ),
            "exits": [{"month": self.month(40), "amount": 500.0}] if self.often(0.3) else [],
        }

    def framework(self) -> dict[str, Any]:
        return {
            "vat": {
                "regime": self.draw.choice(["exempt_no_deduction", "exempt_with_deduction", "taxable"]),
                "period": self.draw.choice(["monthly", "quarterly"]),
                "amounts_exclude_vat": self.often(0.5),
            },
            "tax": {
                "enabled": self.often(0.9),
                "activity": self.draw.choice(["collection", "processing", "processing", "services"]),
                "services_choice": self.draw.choice(["exempt", "taxable"]),
                "refunds_deductible": self.often(0.5),
                "months_since_registration": self.draw.choice([0, 20, 50]),
            },
            "allocation": {
                "education_rate": self.draw.choice([0.0, 0.02]),
                "share_interest_rate": self.draw.choice([0.0, 0.05]),
                "patronage_share": self.draw.choice([0.0, 0.5, 0.95]),
                "special_reserve_share": self.draw.choice([0.0, 0.3]),
                "agm_month": self.draw.randint(1, 6),
            },
        }

    def opening(self) -> dict[str, Any]:
        return {
            "cash": self.number(-5000, 60_000),
            "assets": [
                {"id": "old", "book_value": self.number(0, 50_000), "years_left": self.number(0.25, 5)},
                {"id": "field", "book_value": 7000.0, "years_left": None},
            ],
            "stock": self.draw.choice([0.0, 8000.0]),
            "receivables": {"amount": self.number(0, 9000), "months": self.draw.randint(1, 14)},
            "payables": {"amount": self.number(0, 9000), "months": 2},
            "capital": self.number(0, 20_000),
            "legal_reserve": self.number(0, 3000),
            "other_reserves": self.number(0, 3000),
            "losses_for_tax": self.draw.choice([0.0, 50_000.0]),
        }
