"""One plan that uses everything the engine knows, and a plain one like a model's."""

from typing import Any


def full_plan() -> dict[str, Any]:
    """An old cooperative that opens in April, closes in June, pays VAT and tax, has losses, and every kind of loan."""
    return {
        "name": "=HYPERLINK(0)",
        "start": "2027-04",
        "years": 6,
        "fiscal_year_end": 6,
        "prices": "nominal",
        "discount_rate": 0.11,
        "rate_is_nominal": True,
        "cash_floor": 2000.0,
        "inflation": {
            "sales": 0.02, "inputs": 0.03, "wages": 0.025, "energy": 0.05, "other": 0.02, "capex": 0.04,
        },
        "members": {"count": 12, "own_cost_per_unit": {"lait": 1.5}},
        "phases": [{"id": "w", "months": 3}, {"id": "v", "months": 2, "after": "w"}],
        "contingency": 0.05,
        "ramp_up": [0.6, 0.9, 1.0],
        "staff_phasing": [0.8, 1.0],
        "fixed_phasing": [0.9, 1.0],
        "overdraft": {"limit": 150_000.0, "annual_rate": 0.12},
        "vat": {"regime": "taxable", "period": "quarterly"},
        "tax": {
            "activity": "services",
            "services_choice": "taxable",
            "months_since_registration": 30,
            "refunds_deductible": True,
        },
        "working_capital": {
            "receivable_days": 40.0, "payable_days": 33.0, "member_payable_days": 12.0, "stock_days": 20.0,
        },
        "allocation": {
            "education_rate": 0.02,
            "share_interest_rate": 0.04,
            "patronage_share": 0.9,
            "special_reserve_share": 0.08,
            "agm_month": 4,
        },
        **_made(),
        **_bought(),
        **_worked(),
        **_funded(),
    }  # fmt: skip


def _made() -> dict[str, Any]:
    flat = [1 / 12] * 12
    return {
        "products": [
            {
                "id": "a",
                "name": "=1+1",
                "capacity": 9000.0,
                "price": {"mode": 165.0, "low": 140.0, "high": 180.0, "conf": "D", "src": ["X1"]},
                "member_price": 150.0,
                "member_share": 0.2,
                "seasonality": [0.02, 0.05, 0.1, 0.2, 0.1, 0.08, 0.05, 0.1, 0.1, 0.1, 0.05, 0.05],
                "hijri_event": "ramadan",
                "loss_rate": 0.03,
                "receivable_days": 75.0,
                "bad_debt_rate": 0.02,
                "vat_rate": 0.2,
                "ramp": [0.5, 0.8, 1.1],
            },
            {
                "id": "b",
                "name": "+b",
                "capacity": 4000.0,
                "price": {"mode": 60.0, "low": 50.0, "high": 70.0, "conf": "E"},
                "seasonality": [0.1] * 6 + [0.4 / 6] * 6,
                "harvest": [0.0, 0.0, 0.0, 0.5, 0.3, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                "vat_rate": 0.1,
                "vat_class": "with_deduction",
                "ramp": [1.0],
            },
            {
                "id": "c",
                "name": "@c",
                "capacity": 2000.0,
                "price": 60.0,
                "seasonality": flat,
                "vat_class": "exempt",
                "vat_rate": 0.2,
                "phase": "v",
                "receivable_days": -20.0,
            },
        ]
    }


def _bought() -> dict[str, Any]:
    campaign = [0.0, 0.0, 0.0, 0.7, 0.2, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    return {
        "inputs": [
            {
                "id": "lait",
                "name": "-lait",
                "unit_cost": {"mode": 90.0, "low": 80.0, "high": 100.0, "conf": "K"},
                "qty_per_unit": {"a": 0.8, "c": 0.1},
                "from_members": True,
                "member_price": {"kind": "floor_plus_bonus", "bonus_share": 0.15},
                "payment_days": 15.0,
            },
            {
                "id": "part",
                "unit_cost": 1.0,
                "qty_per_unit": {},
                "from_members": True,
                "member_price": {"kind": "share", "share": {"b": 0.35}},
            },
            {
                "id": "emballage",
                "unit_cost": 7.0,
                "qty_per_unit": {"a": 1.0, "b": 2.0, "c": 1.0},
                "stock_days": 45.0,
                "payment_days": -40.0,
                "vat_rate": 0.2,
            },
            {
                "id": "campagne",
                "unit_cost": 12.0,
                "qty_per_unit": {"a": 1.0},
                "purchase_months": campaign,
                "vat_rate": 0.1,
            },
            {
                "id": "ailleurs",
                "unit_cost": 3.0,
                "qty_per_unit": {"b": 1.0},
                "vat_rate": 0.2,
                "replaces_members": True,
            },
        ]
    }


def _worked() -> dict[str, Any]:
    return {
        "piece_work": [
            {"id": "k", "rate_per_unit": {"a": 5.0, "b": 2.0}, "hours_per_unit": {"a": 0.2}},
            {"id": "l", "rate_per_unit": {"c": 1.0}, "by_members": False, "hours_per_unit": {"c": 0.1}},
        ],
        "fixed_costs": [
            {
                "id": "energie",
                "annual": 60_000.0,
                "family": "energy",
                "month_weights": [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0],
                "vat_rate": 0.2,
                "payment_days": 10.0,
            },
            {"id": "loyer", "annual": 36_000.0, "phase": "w", "phasing": [0.5, 1.0]},
            {"id": "divers", "annual": 11_000.0, "vat_rate": 0.2},
        ],
        "staff": [
            {"id": "g", "role": "Gérante", "fte": 1.0, "gross": 7500.0, "members": 0.5, "women": 1.0, "youth": 0.0},
            {
                "id": "o",
                "fte": 3.0,
                "minimum": "smig",
                "months": [3, 4, 5, 6],
                "phasing": [0.5, 1.0],
                "women": 0.4,
                "youth": 0.5,
            },
            {"id": "q", "fte": 2.0, "gross": 2400.0, "minimum": "smag", "phase": "v", "women": 0.5, "youth": 0.5},
        ],
    }


def _funded() -> dict[str, Any]:
    return {
        "assets": [
            {"id": "terre", "amount": 200_000.0, "life_years": None, "month": 1},
            {
                "id": "machine",
                "amount": 300_000.0,
                "life_years": 3.375,
                "residual": 0.1,
                "month": 2,
                "vat_rate": 0.2,
            },
            {"id": "local", "amount": 150_000.0, "life_years": 20.0, "renew": False, "phase": "w", "vat_rate": 0.2},
            {"id": "camion", "amount": 90_000.0, "life_years": 2.0, "renew": False, "month": 4, "residual": 0.2},
            {"id": "apport", "amount": 40_000.0, "life_years": 4.0, "in_kind": True},
        ],
        "grants": [
            {
                "id": "avance",
                "amount": 120_000.0,
                "items": ["machine", "terre"],
                "claim_month": 6,
                "cash_month": 1,
            },
            {"id": "retard", "amount": 80_000.0, "claim_month": 3, "cash_month": 17, "land_part": "keep"},
            {"id": "marche", "kind": "operating", "amount": 30_000.0, "claim_month": 5, "cash_month": 9},
        ],
        "loans": _loans(),
        "shares": {
            "nominal": 100.0,
            "subscriptions": [
                {"month": 0, "members": 10, "shares_each": 20.0},
                {"month": 14, "members": 2, "shares_each": 20.0},
            ],
            "calls": [{"after_months": 0, "fraction": 0.25}, {"after_months": 12, "fraction": 0.75}],
            "exits": [{"month": 30, "amount": 2000.0}],
        },
        "opening": {
            "cash": 30_000.0,
            "assets": [
                {"id": "vieux", "book_value": 20_000.0, "years_left": 3.0},
                {"id": "champ", "book_value": 5000.0, "years_left": None},
            ],
            "stock": 15_000.0,
            "receivables": {"amount": 9000.0, "months": 3},
            "payables": {"amount": 7000.0, "months": 2},
            "member_payables": {"amount": 4000.0, "months": 1},
            "capital": 10_000.0,
            "legal_reserve": 1500.0,
            "other_reserves": 800.0,
            "losses_for_tax": 40_000.0,
        },
    }


def _loans() -> list[dict[str, Any]]:
    return [
        {
            "id": "annuite",
            "draws": [{"month": 1, "amount": 200_123.0}, {"month": 3, "amount": 50_000.0}],
            "annual_rate": 0.0617,
            "months": 48,
            "grace_months": 6,
            "fees": 3000.0,
            "spread_fees": True,
        },
        {
            "id": "constant",
            "draws": [{"month": 0, "amount": 60_000.0}],
            "annual_rate": 0.07,
            "months": 36,
            "grace_months": 3,
            "grace": "capitalised",
            "kind": "constant_principal",
            "rate_basis": "actuarial",
            "fees": 500.0,
        },
        {
            "id": "in_fine",
            "lender": "members",
            "draws": [{"month": 2, "amount": 30_000.0}],
            "annual_rate": 0.04,
            "months": 24,
            "kind": "in_fine",
            "interest_vat": 0.0,
        },
        {"id": "sans_interet", "draws": [{"month": 5, "amount": 10_000.0}], "annual_rate": 0.0, "months": 10},
        {
            "id": "long",
            "draws": [{"month": 0, "amount": 650_000.0}],
            "annual_rate": 0.05,
            "months": 120,
            "grace_months": 12,
            "grace": "capitalised",
        },
        {
            "id": "ancien",
            "draws": [{"month": 0, "amount": 25_000.0}],
            "annual_rate": 0.06,
            "months": 20,
            "existing": True,
            "fees": 100.0,
        },
    ]


def plain_plan() -> dict[str, Any]:
    """A workshop that presses oil: no financing, no tax; ten years at constant prices."""
    return {
        "start": "2027-01",
        "members": {"count": 40},
        "products": [
            {
                "id": "huile",
                "name": "Huile",
                "unit": "L",
                "capacity": 2600.0,
                "price": {"mode": 415.0, "low": 240.0, "high": 550.0, "conf": "D", "src": ["A2"]},
                "seasonality": [0.05, 0.06, 0.09, 0.12, 0.11, 0.07, 0.06, 0.07, 0.09, 0.11, 0.08, 0.09],
            },
            {
                "id": "tourteau",
                "name": "Tourteau",
                "unit": "kg",
                "capacity": 5200.0,
                "price": {"mode": 5.0, "low": 4.0, "high": 6.0, "conf": "E"},
                "seasonality": [1 / 12] * 12,
            },
        ],
        "inputs": [
            {
                "id": "fruits",
                "name": "Fruits secs",
                "unit": "kg",
                "unit_cost": {"mode": 6.0, "low": 4.0, "high": 9.0, "conf": "D"},
                "qty_per_unit": {"huile": 38.0},
                "from_members": True,
            },
            {"id": "flacons", "unit_cost": 9.0, "qty_per_unit": {"huile": 1.0}},
        ],
        "piece_work": [{"id": "casse", "name": "Concassage", "rate_per_unit": {"huile": 55.0}}],
        "fixed_costs": [{"id": "energie", "annual": 24_000.0}, {"id": "analyses", "annual": 18_000.0}],
        "staff": [{"id": "gerante", "fte": 1.0, "gross": 4500.0}],
        "assets": [
            {"id": "presse", "amount": 180_000.0, "life_years": 8.0, "residual": 0.1},
            {"id": "local", "amount": 220_000.0, "life_years": 20.0},
        ],
        "ramp_up": [0.6, 0.8, 1.0],
        "staff_phasing": [1.0],
        "fixed_phasing": [0.9, 1.0],
        "working_capital": {
            "receivable_days": 45.0, "payable_days": 30.0, "member_payable_days": 0.0, "stock_days": 60.0,
        },
    }  # fmt: skip
