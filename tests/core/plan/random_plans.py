"""Random valid plans that use everything the engine knows: one builder, for hypothesis and for plain seeds."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from bpc.core.plan.document import parse_plan
from bpc.core.plan.schema import Plan
from tests.core.plan.choosers import Chooser, Drawn, Seeded, chance, number, one_of, phasing, shares, some

Document = dict[str, Any]
#: A thousand seeds are run besides; a busy machine is no failure.
often = settings(max_examples=60, deadline=None)


def harvest_and_sales(choose: Chooser, first_month: int) -> tuple[list[float], list[float]]:
    """A harvest and a sale later each month, so that within a project year nothing is sold before it is made."""
    made = shares(choose)
    sold = [0.0] * 12
    for k in range(12):
        now = made[(first_month + k) % 12]
        sold[min(11, k + choose.whole(0, 3))] += now / 2
        sold[min(11, k + choose.whole(0, 6))] += now / 2
    return made, [sold[(month - first_month) % 12] for month in range(12)]


def product(choose: Chooser, key: str, first_month: int, phases: list[str]) -> Document:
    """Something sold: seasons, hijri events, harvest, loss, members' price, terms, VAT; some of it beyond the
    turnover up to which a cooperative pays no tax."""
    made: Document = {
        "id": key,
        "capacity": number(choose, 0, 20_000) * one_of(choose, (1, 1, 20)),
        "price": number(choose, 1, 90),
        "seasonality": shares(choose),
        "loss_rate": one_of(choose, (0.0, 0.05, 0.2)),
        "vat_rate": one_of(choose, (0.0, 0.1, 0.2)),
        "vat_class": one_of(choose, ("taxable", "exempt", "with_deduction")),
        "member_share": one_of(choose, (0.0, 0.3, 1.0)),
    }
    if chance(choose, 30):
        made["member_price"] = number(choose, 1, 90)
    if chance(choose, 40):
        made["ramp"] = phasing(choose)
    if chance(choose, 50):
        made["receivable_days"] = one_of(choose, (0.0, 30.0, 45.0, 180.0, 12.0, -20.0, -75.0))
    if chance(choose, 30):
        made["bad_debt_rate"] = number(choose, 0, 0.1)
    if chance(choose, 25):
        made["harvest"], made["seasonality"] = harvest_and_sales(choose, first_month)
    elif chance(choose, 30):
        made["hijri_event"] = one_of(choose, ("ramadan", "eid_al_fitr", "eid_al_adha"))
    if phases and "harvest" not in made and chance(choose, 40):
        made["phase"] = one_of(choose, phases)
    return made


def campaign(choose: Chooser, products: list[Document], first_month: int) -> list[float] | None:
    """Months of purchase that never leave a product short: as early as the earliest of them, or earlier still."""
    if any("hijri_event" in each or "phase" in each for each in products):
        return None
    ahead, reached = [], 0.0
    for k in range(12):
        calendar = [(first_month + j) % 12 for j in range(k + 1)]
        needed = [
            sum(each.get("harvest", each["seasonality"])[month] for month in calendar) for each in products
        ]
        reached = 1.0 if k == 11 else min(1.0, max([reached, *needed]) + number(choose, 0, 0.2))
        ahead.append(reached)
    steps = [later - earlier for earlier, later in zip([0.0, *ahead], ahead, strict=False)]
    return [steps[(month - first_month) % 12] for month in range(12)]


def bought(choose: Chooser, key: str, sold: list[Document], first_month: int) -> Document:
    """An input: from members under each price policy the engine prices itself, or from suppliers."""
    products = [each["id"] for each in sold]
    made: Document = {
        "id": key,
        "unit_cost": number(choose, 0, 30),
        "qty_per_unit": {name: number(choose, 0, 1.5) for name in some(choose, products)},
        "vat_rate": one_of(choose, (0.0, 0.1, 0.2)),
    }
    if chance(choose, 60):
        made["from_members"] = True
        kind = one_of(choose, ("fixed", "share", "floor_plus_bonus"))
        made["member_price"] = {"kind": kind}
        if kind == "share":
            made["member_price"]["share"] = {name: number(choose, 0, 0.25) for name in some(choose, products)}
        if kind == "floor_plus_bonus":
            made["member_price"]["bonus_share"] = number(choose, 0, 0.3)
    elif chance(choose, 30):
        made["replaces_members"] = True
    if chance(choose, 50):
        made["payment_days"] = one_of(choose, (0.0, 30.0, 50.0, 90.0, -15.0, -60.0))
    months = campaign(choose, sold, first_month) if chance(choose, 30) else None
    if months:
        made["purchase_months"] = months
    elif chance(choose, 50):
        made["stock_days"] = one_of(choose, (0.0, 15.0, 60.0, 100.0, 360.0))
    return made


def piece_work(choose: Chooser, key: str, products: list[str]) -> Document:
    """Work paid by the piece."""
    rates = {name: number(choose, 0, 12) for name in some(choose, products)}
    return {"id": key, "rate_per_unit": rates, "by_members": chance(choose, 60)}


def fixed_cost(choose: Chooser, key: str, phases: list[str]) -> Document:
    """A running cost."""
    made: Document = {
        "id": key,
        "annual": number(choose, 0, 60_000),
        "family": one_of(choose, ("other", "energy")),
        "vat_rate": one_of(choose, (0.0, 0.14, 0.2)),
    }
    if chance(choose, 30):
        made["month_weights"] = [float(choose.whole(0, 5)) for _ in range(12)]
    if chance(choose, 30):
        made["phasing"] = phasing(choose)
    if chance(choose, 30):
        made["payment_days"] = one_of(choose, (0.0, 30.0, 60.0, -30.0))
    if phases and chance(choose, 30):
        made["phase"] = one_of(choose, phases)
    return made


def position(choose: Chooser, key: str, phases: list[str]) -> Document:
    """A post, paid a wage, the legal minimum, or the higher of both."""
    made: Document = {"id": key, "fte": number(choose, 0, 3), "members": one_of(choose, (0.0, 0.5, 1.0))}
    paid = one_of(choose, ("gross", "smig", "smag", "both"))
    if paid in ("gross", "both"):
        made["gross"] = number(choose, 1000, 9000)
    if paid != "gross":
        made["minimum"] = "smig" if paid == "both" else paid
    if chance(choose, 30):
        made["months"] = [month for month in range(1, 13) if chance(choose, 60)]
    if chance(choose, 30):
        made["phasing"] = phasing(choose)
    if phases and chance(choose, 30):
        made["phase"] = one_of(choose, phases)
    return made


def asset(choose: Chooser, key: str, phases: list[str]) -> Document:
    """An investment: machine, land, brought in kind, renewed or not, early or late."""
    land = chance(choose, 20)
    made: Document = {
        "id": key,
        "amount": number(choose, 0, 400_000),
        "life_years": None if land else one_of(choose, (5.0, 0.25, 1.0, 3.0, 7.5, 10.0, 25.0)),
        "residual": one_of(choose, (0.0, 0.15, 1.0)),
        "renew": chance(choose, 60),
        "in_kind": chance(choose, 20),
        "vat_rate": one_of(choose, (0.0, 0.2)),
    }
    if chance(choose, 40):
        made["month"] = choose.whole(0, 119)
    if phases and chance(choose, 30):
        made["phase"] = one_of(choose, phases)
    return made


def loan(choose: Chooser, key: str, opening: bool) -> Document:
    """A loan of any kind: grace, several draws, existing, longer than the plan or not."""
    months = choose.whole(1, 130)
    grace = min(one_of(choose, (0, 6, 12, 24)), months - 1)
    existing = opening and chance(choose, 40)
    kind = one_of(choose, ("annuity", "constant_principal", "in_fine"))
    first = 0 if existing else one_of(choose, (0, 0, 3, 14, 40))
    draws = [{"month": first, "amount": number(choose, 0, 300_000)}]
    if not existing and chance(choose, 30):
        last = min(119, first + (months - 1 if kind == "in_fine" else grace))
        draws.append({"month": choose.whole(first, last), "amount": number(choose, 0, 100_000)})
    return {
        "id": key,
        "lender": one_of(choose, ("bank", "members")),
        "draws": draws,
        "annual_rate": one_of(choose, (0.0, 0.0175, 0.06, 0.12)),
        "months": months,
        "grace_months": grace,
        "grace": one_of(choose, ("interest_only", "capitalised")),
        "kind": kind,
        "rate_basis": one_of(choose, ("proportional", "actuarial")),
        "interest_vat": one_of(choose, (0.0, 0.1)),
        "fees": one_of(choose, (0.0, 1234.5)),
        "spread_fees": chance(choose, 50),
        "existing": existing,
    }


def capital(choose: Chooser) -> Document:
    """Shares subscribed on several dates, called over time, sometimes refunded."""
    joining = [
        {
            "month": one_of(choose, (0, 0, 5, 30)),
            "members": choose.whole(1, 60),
            "shares_each": number(choose, 1, 20),
        }
        for _ in range(choose.whole(0, 2))
    ]
    calls = [{"after_months": 0, "fraction": 1.0}]
    if chance(choose, 50):
        first = one_of(choose, (0.25, 0.5))
        calls = [
            {"after_months": 0, "fraction": first},
            {"after_months": choose.whole(1, 36), "fraction": 1.0 - first},
        ]
    leaving = (
        [{"month": choose.whole(0, 119), "amount": number(choose, 0, 3000)}] if chance(choose, 30) else []
    )
    return {
        "nominal": one_of(choose, (100.0, 500.0)),
        "subscriptions": joining,
        "calls": calls,
        "exits": leaving,
    }


def opening_sheet(choose: Chooser) -> Document:
    """The balance sheet of a cooperative that already works."""

    def debt() -> Document:
        return {"amount": number(choose, 0, 50_000), "months": choose.whole(1, 24)}

    return {
        "cash": number(choose, -20_000, 80_000),
        "assets": [
            {
                "id": "old",
                "book_value": number(choose, 0, 90_000),
                "years_left": one_of(choose, (None, 3.5, 12.0)),
            }
        ],
        "stock": number(choose, 0, 40_000),
        "receivables": debt(),
        "payables": debt(),
        "member_payables": debt(),
        "capital": number(choose, 0, 60_000),
        "legal_reserve": number(choose, 0, 20_000),
        "other_reserves": number(choose, 0, 20_000),
        "losses_for_tax": number(choose, 0, 90_000),
    }


def framework(choose: Chooser) -> Document:
    """VAT, tax and sharing of the surplus, in every regime."""
    return {
        "vat": {
            "regime": one_of(choose, ("exempt_no_deduction", "exempt_with_deduction", "taxable")),
            "period": one_of(choose, ("monthly", "quarterly")),
            "amounts_exclude_vat": chance(choose, 50),
        },
        "tax": {
            "activity": one_of(choose, ("processing", "collection", "services")),
            "services_choice": one_of(choose, (None, "exempt", "taxable")),
            "refunds_deductible": chance(choose, 50),
            "months_since_registration": one_of(choose, (0, 30, 100)),
            "enabled": chance(choose, 85),
        },
        "allocation": {
            "education_rate": one_of(choose, (0.0, 0.02)),
            "share_interest_rate": one_of(choose, (0.0, 0.04)),
            "patronage_share": one_of(choose, (0.0, 0.5, 1.0)),
            "special_reserve_share": one_of(choose, (0.0, 0.3)),
            "agm_month": choose.whole(1, 6),
        },
    }


def terms(choose: Chooser) -> Document:
    """Payment terms, stock, inflation, phasing that apply to the whole plan."""
    families = ("sales", "inputs", "wages", "energy", "other", "capex")
    return {
        "working_capital": {
            "receivable_days": one_of(choose, (0.0, 30.0, 50.0, 90.0)),
            "payable_days": one_of(choose, (0.0, 30.0, 45.0, -20.0)),
            "member_payable_days": one_of(choose, (0.0, 30.0, 70.0)),
            "stock_days": one_of(choose, (0.0, 20.0, 60.0)),
        },
        "prices": one_of(choose, ("constant", "nominal")),
        "inflation": {name: one_of(choose, (0.0, 0.02, 0.05)) for name in families},
        "ramp_up": phasing(choose),
        "staff_phasing": phasing(choose),
        "fixed_phasing": phasing(choose),
        "contingency": one_of(choose, (0.0, 0.1)),
        "cash_floor": one_of(choose, (0.0, 5000.0, -1000.0)),
        "discount_rate": one_of(choose, (0.1, 0.0, 0.05)),
    }


def grants(choose: Chooser, plan: Document) -> list[Document]:
    """Investment grants within what their items cost, paid early, late or after the plan, and operating ones."""
    made: list[Document] = []
    assets = {each["id"]: each["amount"] for each in plan["assets"]}
    wanted = choose.whole(0, 3)
    for number_ in range(wanted):
        claim = one_of(choose, (0, 4, 20, 100))
        cash = choose.whole(0, 179)
        items = some(choose, list(assets))
        cost = sum(amount for key, amount in assets.items() if not items or key in items)
        given: Document = {"id": f"g{number_}", "claim_month": claim, "cash_month": cash}
        if not assets or chance(choose, 30):
            given |= {
                "kind": "operating",
                "amount": number(choose, 0, 60_000),
                "cash_month": max(claim, cash),
            }
        else:
            given |= {"items": items, "amount": round(cost * number(choose, 0, 1) / wanted, 2)}
            given["land_part"] = one_of(choose, ("ten_years", "keep"))
        made.append(given)
    return made


def document(choose: Chooser) -> Document:
    """A whole plan as a document."""
    first_month = choose.whole(1, 12)
    phases = [
        {"id": "works", "months": choose.whole(0, 14)},
        {"id": "trials", "months": choose.whole(0, 6), "after": "works"},
    ][: choose.whole(0, 2)]
    waits = [phase["id"] for phase in phases]
    products = [product(choose, f"p{n}", first_month - 1, waits) for n in range(choose.whole(0, 3))]
    names = [each["id"] for each in products]
    opening = chance(choose, 30)
    plan: Document = {
        "start": f"{2024 + choose.whole(0, 6)}-{first_month:02d}",
        "years": choose.whole(1, 10),
        "fiscal_year_end": choose.whole(1, 12),
        "dated": chance(choose, 80),
        "members": {"count": choose.whole(5, 60)},
        "phases": phases,
        "products": products,
        "inputs": [bought(choose, f"i{n}", products, first_month - 1) for n in range(choose.whole(0, 3))],
        "piece_work": [piece_work(choose, f"w{n}", names) for n in range(choose.whole(0, 2))],
        "fixed_costs": [fixed_cost(choose, f"f{n}", waits) for n in range(choose.whole(0, 3))],
        "staff": [position(choose, f"s{n}", waits) for n in range(choose.whole(0, 2))],
        "assets": [asset(choose, f"a{n}", waits) for n in range(choose.whole(0, 4))],
        "loans": [loan(choose, f"l{n}", opening) for n in range(choose.whole(0, 3))],
        "shares": capital(choose),
        **framework(choose),
        **terms(choose),
    }
    plan["grants"] = grants(choose, plan)
    if opening:
        plan["opening"] = opening_sheet(choose)
    if chance(choose, 40):
        plan["overdraft"] = {"limit": number(choose, 0, 300_000), "annual_rate": one_of(choose, (0.0, 0.08))}
    return plan


def seeded_plan(seed: int) -> Plan:
    """The plan of a seed."""
    return parse_plan(document(Seeded(seed)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Random valid plans; a failure shrinks towards a small one."""
    return parse_plan(document(Drawn(draw)))
