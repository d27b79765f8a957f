"""The ready-made models of data/models as plans: their figures as they are, and funded as each suggests."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[3] / "data" / "models"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "sources")


def _estimate(written: dict[str, Any]) -> dict[str, Any]:
    return {name: written[name] for name in ("mode", "low", "high", "conf")}


def _products(model: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": product["id"],
            "capacity": product["annual_capacity"],
            "price": _estimate(product["price_mad"]),
            "seasonality": product["seasonality"],
            "loss_rate": product["finished_loss_rate"],
            "member_share": product["share_sold_to_members"],
        }
        for product in model["products"]
    ]


def _running(model: dict[str, Any]) -> dict[str, Any]:
    days = model["working_capital_days"]
    staff = [
        {
            "id": job["id"],
            "fte": job["fte"],
            "gross": _estimate(job["monthly_gross_mad"]),
            "months": job.get("months"),
        }
        for job in model["staff"]
    ]
    return {
        "inputs": [
            {
                "id": item["id"],
                "unit_cost": _estimate(item["unit_cost_mad"]),
                "qty_per_unit": item["qty_per_unit"],
                "from_members": item["from_members"],
            }
            for item in model["inputs"]
        ],
        "piece_work": [
            {"id": work["id"], "rate_per_unit": work["mad_per_unit"]} for work in model["member_labour"]
        ],
        "fixed_costs": [
            {"id": cost["id"], "annual": _estimate(cost["annual_mad"])} for cost in model["fixed_costs"]
        ],
        "staff": staff,
        "ramp_up": model["ramp_up"],
        "staff_phasing": model["staff_phase_in"],
        "fixed_phasing": model["fixed_phase_in"],
        "working_capital": {
            f"{name}_days": days[name] for name in ("receivable", "payable", "stock", "member_payable")
        },
    }


def _funding(model: dict[str, Any], cost: float) -> dict[str, Any]:
    mix, members = model["financing_mix"], model["members_typical"]
    loan = mix["loan"]
    lent = round(cost * mix["loan_pct"] / 100, 2)
    return {
        "grants": [
            {
                "id": "grant",
                "amount": round(cost * mix["grant_pct"] / 100, 2),
                "claim_month": 2,
                "cash_month": 6,
            }
        ],
        "loans": [
            {
                "id": "loan",
                "draws": [{"month": 0, "amount": lent}],
                "annual_rate": loan["annual_rate"],
                "months": loan["months"],
                "grace_months": loan["grace_months"],
            }
        ],
        "shares": {
            "subscriptions": [
                {
                    "month": 0,
                    "members": members,
                    "shares_each": cost * mix["members_equity_pct"] / 1e4 / members + 1,
                }
            ]
        },
        "overdraft": {"limit": cost, "annual_rate": 0.08},
        "allocation": {"patronage_share": 0.6, "special_reserve_share": 0.2},
    }


def model_document(slug: str, *, funded: bool = False) -> dict[str, Any]:
    """The plan of a model as a document; with its loan, its grant, its shares and an overdraft when `funded`."""
    model = yaml.load((FOLDER / f"{slug}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assets = [
        {
            "id": item["id"],
            "amount": _estimate(item["amount_mad"]),
            "life_years": item["life_years"],
            "residual": item["residual_pct"],
            "month": 12 * item["year"],
        }
        for item in model["capex"]
    ]
    cost = sum(item["amount"]["mode"] for item in assets)
    return {
        "start": "2027-01",
        "members": {"count": model["members_typical"]},
        "products": _products(model),
        "assets": assets,
        **_running(model),
        **(_funding(model, cost) if funded else {}),
    }
