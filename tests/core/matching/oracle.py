"""What a reader of the sources' own pages would answer, source by source, without the files or the engine.

Each predicate reads raw answers and says yes, no, or None when an answer is missing. Written from the facts (issue 5),
not from `data/funding`: where the two disagree, one of them has misread.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Answers = Mapping[str, Any]
Three = bool | None
Predicate = Callable[[Answers], Three]

TODAY = date(2026, 11, 22)
COOPERATIVE, CREATION = "cooperative", "cooperative_in_creation"
ALONE = ("individual", "auto_entrepreneur")
ASSOCIATIONS = ("association", "reseau_associations")
FARM = ("agriculture", "livestock", "beekeeping", "food", "aromatic")
LAND = ("agriculture", "aromatic")  # those who grow something
GREEN = ("forest", "recycling")
TAROUDANNT, AGADIR, CHTOUKA, TAZA = "09.541", "09.001", "09.163", "03.561"


def every(*found: Three) -> Three:
    """And."""
    return False if False in found else None if None in found else True


def either(*found: Three) -> Three:
    """Or."""
    return True if True in found else None if None in found else False


def contrary(found: Three) -> Three:
    """Not."""
    return None if found is None else not found


def form(p: Answers, *forms: str) -> Three:
    """It is one of these forms."""
    return None if p.get("legal_form") is None else p["legal_form"] in forms


def sector(p: Answers, *sectors: str) -> Three:
    """It works in one of these sectors."""
    return None if p.get("sector") is None else p["sector"] in sectors


def region(p: Answers, *codes: str) -> Three:
    """It lies in one of these regions."""
    return None if p.get("commune") is None else p["commune"][:2] in codes


def province(p: Answers, *codes: str) -> Three:
    """It lies in one of these provinces."""
    return None if p.get("commune") is None else p["commune"][:6] in codes


def ago(years: int) -> date:
    """The same day so many years before."""
    return date(TODAY.year - years, TODAY.month, TODAY.day)


def at_most_years_old(p: Answers, years: int) -> Three:
    """Registered (or at work) for no more than so many years; not founded yet is younger than anything."""
    if p.get("legal_form") == CREATION:
        return True
    if p.get("registered_on") is not None:
        return bool(p["registered_on"] >= ago(years))
    return None if p.get("age_years") is None else p["age_years"] <= years


def younger_than(p: Answers, years: int) -> Three:
    """Less than so many years."""
    if p.get("legal_form") == CREATION:
        return True
    if p.get("registered_on") is not None:
        return bool(p["registered_on"] > ago(years))
    return None if p.get("age_years") is None else p["age_years"] < years


def amount(p: Answers, name: str, test: Callable[[float], bool]) -> Three:
    """A test of a number that was given."""
    return None if p.get(name) is None else test(p[name])


def true(p: Answers, name: str) -> Three:
    """A yes."""
    return p.get(name)


def heads(p: Answers, name: str, test: Callable[[int, int], bool]) -> Three:
    """A test of a number of members against all of them."""
    if p.get(name) is None or p.get("members") is None:
        return None
    return test(p[name], p["members"])


def women(p: Answers, test: Callable[[int, int], bool]) -> Three:
    """The same of women; somebody alone is one or none of one."""
    if p.get("legal_form") in ALONE and p.get("founder_gender") is not None:
        return test(int(p["founder_gender"] == "female"), 1)
    return heads(p, "women", test)


def women_or_youth_above(p: Answers, share: float) -> Three:
    """Women or young people, each counted once, above this share of the members."""
    exact = heads(p, "women_or_youth", lambda some, whole: some > share * whole)
    if exact is not None:
        return exact
    if either(
        heads(p, "women", lambda some, whole: some > share * whole),
        heads(p, "youth", lambda some, whole: some > share * whole),
    ):
        return True
    if None in (p.get("women"), p.get("youth"), p.get("members")):
        return None
    return False if p["women"] + p["youth"] <= share * p["members"] else None


def label(p: Answers, name: str) -> Three:
    """A cooperative "of women" or "of young people" where nobody says what that is: not one with fewer than half."""
    return every(form(p, COOPERATIVE), heads(p, name, lambda some, whole: 2 * some >= whole))


def any_cooperative(p: Answers) -> Three:
    """A registered cooperative."""
    return form(p, COOPERATIVE)


def indh_terms(p: Answers) -> Three:
    """The national frame of the INDH."""
    return every(
        form(p, COOPERATIVE, "union", "gie"),
        women_or_youth_above(p, 0.3),
        sector(p, *FARM, "crafts", "care", "tourism", "fishing"),
    )


def small(p: Answers) -> Three:
    """Sales of ten million at most."""
    return amount(p, "annual_turnover_mad", lambda sales: sales <= 10_000_000)


def tax_relief(p: Answers) -> Three:
    """Relief of cooperatives: under ten million, or only collecting and selling what members bring."""
    collects = p.get("activity_mode")
    return every(
        form(p, COOPERATIVE, "union"),
        either(
            amount(p, "annual_turnover_mad", lambda sales: sales < 10_000_000),
            None if collects is None else collects == "collect_and_sell_members_raw_materials",
        ),
    )


def held(p: Answers, *sources: str) -> Three:
    """One of these was obtained."""
    return None if p.get("held") is None else any(one in p["held"] for one in sources)


def founder(p: Answers, test: Callable[[float], bool]) -> Three:
    """A test of the age of who carries the project."""
    return amount(p, "founder_age_years", test)


def project(p: Answers, *types: str) -> Three:
    """What the money is for."""
    return None if p.get("project_type") is None else p["project_type"] in types
