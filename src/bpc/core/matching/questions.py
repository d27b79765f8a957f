"""The questions that may be asked: which answers each gives, and how easily a group answers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bpc.core.matching.facts import PEOPLE, Facts


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, named after its first field; `gives` are the fields settled by it, asked on the same screen or known
    from the answer. `effort` 1: known by heart; 2: to be counted; 3: to be looked up in papers.
    """

    gives: tuple[str, ...]
    effort: int = 1


#: By the field that names the question, the easiest first.
ASKS: Mapping[str, Ask] = {
    "legal_form": Ask(("legal_form",)),
    "commune": Ask(
        ("commune", "province", "region", "rural", "coastal", "mountain_or_oasis", "earthquake_zone")
    ),
    "sector": Ask(("sector",)),
    "registered_on": Ask(("registered_on", "created_on", "age_years")),
    "stage": Ask(("stage",)),
    "founder_age_years": Ask(("founder_age_years", "founder_gender")),
    "members": Ask(
        ("members", "women", "youth", "women_or_youth", "women_share", "youth_share", "women_or_youth_share")
    ),
    "project_type": Ask(("project_type",)),
    "activity_mode": Ask(("activity_mode",)),
    "held": Ask(("held", "past_aid")),
    "annual_turnover_mad": Ask(("annual_turnover_mad",), 2),
    "project_cost_mad": Ask(("project_cost_mad",), 2),
    "loan_amount_mad": Ask(("loan_amount_mad", "intelaka_loan_mad"), 2),
    "own_cash_mad": Ask(("own_cash_mad", "own_in_kind_mad", "own_contribution_pct"), 2),
    "jobs_created": Ask(("jobs_created", "jobs_per_million_mad"), 2),
    "employees": Ask(("employees",), 2),
    "has_water_authorisation": Ask(
        ("has_water_authorisation", "has_localized_irrigation", "land_area_ha", "land_status"), 2
    ),
    "keeps_accounts": Ask(("keeps_accounts", "has_audited_accounts"), 2),
    "law_112_12_compliant": Ask(
        ("law_112_12_compliant", "tax_up_to_date", "cnss_up_to_date", "pays_training_tax"), 2
    ),
    "industrial_activity": Ask(("industrial_activity",)),
    "microcredit_client": Ask(("microcredit_client",)),
    "home_price_mad": Ask(("home_price_mad", "owns_home", "already_received_housing_aid"), 2),
}
QUESTION_OF: Mapping[str, str] = {field: name for name, ask in ASKS.items() for field in ask.gives}


def roots_of(field: str, facts: Facts, skipped: Collection[str] = ()) -> tuple[str, ...]:
    """The answers still to give for a field to be known: members and women for the share of women.

    When those are skipped (not known, not said) the field itself is left to ask; none once it is skipped too.

    >>> roots_of("women_share", {"members": 20}), roots_of("province", {}), roots_of("rural", {"commune": "x"})
    (('women',), ('commune',), ('rural',))
    >>> roots_of("rural", {}, {"commune"}), roots_of("rural", {}, {"commune", "rural"})
    (('rural',), ())
    """
    roots = tuple(root for root in _roots(field, facts) if facts.get(root) is None)
    if not roots or not any(root in skipped for root in roots):
        return roots or (field,)
    return (field,) if field not in skipped else ()


def _roots(field: str, facts: Facts) -> tuple[str, ...]:
    if facts.get("legal_form") in PEOPLE and field in _ROOTS_ALONE:
        return _ROOTS_ALONE[field]
    if field in _ROOTS:
        return _ROOTS[field]
    return ("commune",) if field in ASKS["commune"].gives else (field,)


_ROOTS_ALONE: Mapping[str, tuple[str, ...]] = {
    "age_years": ("age_years",),
    "women_share": ("founder_gender",),
    "women_or_youth_share": ("founder_gender",),
}
_ROOTS: Mapping[str, tuple[str, ...]] = {
    "age_years": ("registered_on",),
    "created_on": ("registered_on",),
    "women_share": ("members", "women"),
    "youth_share": ("members", "youth"),
    "women_or_youth_share": ("members", "women_or_youth"),
    "own_contribution_pct": ("project_cost_mad", "own_cash_mad", "own_in_kind_mad"),
    "jobs_per_million_mad": ("project_cost_mad", "jobs_created"),
    "past_aid": ("held",),
}
