"""Sources and groups of the tests, with the figures of the facts; the real files are tested in test_oracle."""

from datetime import date
from typing import Any

from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.vocabulary import Beneficiary
from bpc.core.matching.vocabulary import Operator as Op

TODAY = date(2026, 11, 22)
TAROUDANNT, AGADIR, LAAYOUNE = "09.541", "09.001", "11.321"
COOPERATIVES = (
    Beneficiary.EXISTING_COOPERATIVE,
    Beneficiary.NEW_COOPERATIVE,
    Beneficiary.WOMEN_COOPERATIVE,
    Beneficiary.YOUTH_COOPERATIVE,
)

FRAME = Scheme(
    "indh-p3-ess",
    "recurring",
    sectors=("agriculture", "crafts"),
    beneficiaries=(*COOPERATIVES, Beneficiary.UNION, Beneficiary.GIE),
    conditions=(
        Condition("legal_form", Op.IN, ("cooperative", "union", "gie")),
        Condition("women_or_youth_share", Op.GT, 0.3),
    ),
    stages=("launch", "growth", "diversification"),
)
TAROUDANNT_CALL = Scheme(
    "indh-taroudant-2026",
    "recurring",
    regions=("09",),
    beneficiaries=(*COOPERATIVES, Beneficiary.UNION),
    conditions=(
        Condition("legal_form", Op.IN, ("cooperative", "union", "gie")),
        Condition("province", Op.EQ, TAROUDANNT),
        Condition("women_share", Op.GT, 0.5),
    ),
    parent="indh-p3-ess",
)
LAAYOUNE_CALL = Scheme(
    "indh-laayoune-2023",
    "closed",
    regions=("11",),
    conditions=(Condition("province", Op.EQ, LAAYOUNE),),
    parent="indh-p3-ess",
)
INTELAKA = Scheme(
    "intelaka-damane-intelak",
    "open",
    beneficiaries=(*COOPERATIVES, Beneficiary.COOPERATIVE_IN_CREATION, Beneficiary.INDIVIDUAL_HOLDER),
    conditions=(
        Condition("annual_turnover_mad", Op.LTE, 10_000_000),
        Condition("age_years", Op.LTE, 5),
    ),
)
START_TPE = Scheme(
    "start-tpe",
    "open",
    beneficiaries=(Beneficiary.INDIVIDUAL_HOLDER,),
    unconfirmed=(Beneficiary.NEW_COOPERATIVE, Beneficiary.COOPERATIVE_IN_CREATION),
    conditions=(Condition("intelaka_loan_mad", Op.LTE, 300_000),),
    requires_any=("intelaka-damane-intelak", "intelaka-al-moustatmir-al-qarawi"),
)
VAT = Scheme(
    "exoneration-tva",
    "open",
    beneficiaries=(*COOPERATIVES, Beneficiary.UNION),
    any_of=(
        (
            Condition("annual_turnover_mad", Op.LT, 10_000_000),
            Condition("activity_mode", Op.EQ, "collect_and_sell_members_raw_materials"),
        ),
    ),
)
FISHERIES = Scheme(
    "peche-cooperatives",
    "recurring",
    sectors=("fishing",),
    beneficiaries=COOPERATIVES,
    conditions=(Condition("project_cost_mad", Op.GTE, 100_000),),
)


def cooperative(**answers: Any) -> dict[str, Any]:
    """A women's group of Taroudannt in the argan trade, three years old, and what is said otherwise."""
    return {
        "legal_form": "cooperative",
        "commune": f"{TAROUDANNT}.05.01",
        "registered_on": date(2023, 11, 1),
        "sector": "agriculture",
        "stage": "growth",
        "members": 20,
        "women": 14,
        "youth": 4,
        **answers,
    }
