"""The closed vocabulary: what a condition may speak of, and how.

A field is asked of the group or worked out from what was answered (the province from the commune, the age from the
day of registration). Places are codes of `data/territories`, sectors those of `data/sectors.csv`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

#: A boolean, a count or measure, a fraction 0–1, an amount in MAD, a day, a code of a list, a code of a place;
#: sources held, certificates held.
Nature = Literal["boolean", "number", "share", "amount", "day", "choice", "place", "sector", "list", "badges"]


class LegalForm(StrEnum):
    """What the group is in law; a group that has not yet founded is `cooperative_in_creation`."""

    COOPERATIVE = "cooperative"
    COOPERATIVE_IN_CREATION = "cooperative_in_creation"
    UNION = "union"
    GIE = "gie"
    ASSOCIATION = "association"
    ASSOCIATION_NETWORK = "reseau_associations"
    INDIVIDUAL = "individual"
    SELF_EMPLOYED = "auto_entrepreneur"
    SARL = "sarl"
    SA = "sa"
    SAS = "sas"


class Beneficiary(StrEnum):
    """Whom a source names. `existing_cooperative` is any registered one, `new_cooperative` one under two years old."""

    EXISTING_COOPERATIVE = "existing_cooperative"
    NEW_COOPERATIVE = "new_cooperative"
    WOMEN_COOPERATIVE = "women_cooperative"
    YOUTH_COOPERATIVE = "youth_cooperative"
    COOPERATIVE_IN_CREATION = "cooperative_in_creation"
    UNION = "union"
    GIE = "gie"
    ASSOCIATION = "association"
    INDIVIDUAL_HOLDER = "individual_holder"
    COMPANY = "company"


class Stage(StrEnum):
    """How far the project has come."""

    IDEA = "idea"
    CREATION = "creation"
    LAUNCH = "launch"
    GROWTH = "growth"
    DIVERSIFICATION = "diversification"


class Operator(StrEnum):
    """How a fact is held against a value; `between` includes both ends, `contains` asks for one among several held."""

    EQ = "eq"
    NEQ = "neq"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IN = "in"
    NOT_IN = "not_in"
    BETWEEN = "between"
    CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class Field:
    """A fact about the group or its project. `choices` closes it when it is a choice."""

    nature: Nature
    choices: tuple[str, ...] = ()


_FORMS = tuple(LegalForm)
_PROJECT_TYPES = (
    "collective_irrigation", "solar_pumping", "processing_unit", "grazing_exclusion", "equipment", "building",
    "planting", "certification", "trade_fair", "service", "other",
)  # fmt: skip

#: Every field a condition or a profile may use.
FIELDS: Mapping[str, Field] = {
    "legal_form": Field("choice", _FORMS),
    "registered_on": Field("day"),
    "created_on": Field("day"),  # the same day, in the words of a tax text
    "age_years": Field("number"),
    "stage": Field("choice", tuple(Stage)),
    "region": Field("place"),
    "province": Field("place"),
    "commune": Field("place"),
    "rural": Field("boolean"),
    "mountain_or_oasis": Field("boolean"),
    "coastal": Field("boolean"),
    "earthquake_zone": Field("boolean"),
    "sector": Field("sector"),
    "project_type": Field("choice", _PROJECT_TYPES),
    "activity_mode": Field(
        "choice", ("collect_and_sell_members_raw_materials", "processing", "services", "trade")
    ),
    "industrial_activity": Field("boolean"),
    "members": Field("number"),
    "women": Field("number"),
    "youth": Field("number"),
    "women_or_youth": Field("number"),  # each person once
    "women_share": Field("share"),
    "youth_share": Field("share"),
    "women_or_youth_share": Field("share"),
    "founder_age_years": Field("number"),
    "founder_gender": Field("choice", ("female", "male")),
    "annual_turnover_mad": Field("amount"),
    "project_cost_mad": Field("amount"),
    "own_cash_mad": Field("amount"),
    "own_in_kind_mad": Field("amount"),
    "own_contribution_pct": Field("number"),
    "loan_amount_mad": Field("amount"),
    "intelaka_loan_mad": Field("amount"),
    "employees": Field("number"),
    "jobs_created": Field("number"),
    "jobs_per_million_mad": Field("number"),
    "keeps_accounts": Field("boolean"),
    "has_audited_accounts": Field("boolean"),
    "law_112_12_compliant": Field("boolean"),
    "tax_up_to_date": Field("boolean"),
    "cnss_up_to_date": Field("boolean"),
    "pays_training_tax": Field("boolean"),
    "has_water_authorisation": Field("boolean"),
    "has_localized_irrigation": Field("boolean"),
    "land_area_ha": Field("number"),
    "land_status": Field("choice", ("melkisation", "melk", "collective", "state", "rented", "other")),
    "microcredit_client": Field("boolean"),
    "home_price_mad": Field("amount"),
    "owns_home": Field("boolean"),
    "already_received_housing_aid": Field("boolean"),
    "held": Field("list"),  # ids of sources already obtained
    "badges": Field("badges"),  # codes of certificates that members of the group hold, "course:five-amounts"
    "past_aid": Field("list"),  # help once received, `facts.PastAid`: the source and between which days
    "refused_interest": Field("boolean"),
}

_ORDERED = frozenset({"number", "share", "amount", "day"})
_EQUAL = frozenset({Operator.EQ, Operator.NEQ, Operator.IN, Operator.NOT_IN})


def operators_of(name: str) -> frozenset[Operator]:
    """What a field may be held against with. Raises KeyError for a field outside the vocabulary.

    >>> sorted(map(str, operators_of("rural")))
    ['eq', 'neq']
    >>> "between" in operators_of("age_years"), "gt" in operators_of("sector")
    (True, False)
    """
    nature = FIELDS[name].nature
    if nature == "boolean":
        return frozenset({Operator.EQ, Operator.NEQ})
    if nature == "badges":
        return frozenset({Operator.CONTAINS})
    return frozenset(Operator) - {Operator.CONTAINS} if nature in _ORDERED else _EQUAL
