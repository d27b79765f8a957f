"""What is known of a group, and what follows from it by arithmetic alone; whatever is not known stays unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from bpc.core.matching.vocabulary import LegalForm

#: Field → value of the vocabulary; a field that is absent or None is unknown.
Facts = Mapping[str, Any]


class Interval(NamedTuple):
    """A fact known between two bounds, both included: numbers, or days when only the year was given."""

    low: Any
    high: Any


@dataclass(frozen=True, slots=True)
class PastAid:
    """Help once received from a source, between two days; None when the year was not said."""

    source: str
    first: date | None = None
    last: date | None = None


def read_past_aid(said: "PastAid | str") -> PastAid:
    """Past help as answers write it: the source, and the year after a colon when it is known.

    >>> read_past_aid("fda-plants:2024")
    PastAid(source='fda-plants', first=datetime.date(2024, 1, 1), last=datetime.date(2024, 12, 31))
    >>> read_past_aid("fda-plants")
    PastAid(source='fda-plants', first=None, last=None)
    """
    if isinstance(said, PastAid):
        return said
    source, _, year = said.partition(":")
    if not (year.isdecimal() and len(year) == 4 and int(year) > 0):
        return PastAid(source)
    return PastAid(source, date(int(year), 1, 1), date(int(year), 12, 31))


#: Somebody alone: no members, an age of the activity rather than a registration.
PEOPLE = (LegalForm.INDIVIDUAL, LegalForm.SELF_EMPLOYED)
#: A fact worked out from others: setting it makes these answers stale.
MADE_OF: Mapping[str, tuple[str, ...]] = {
    "age_years": ("registered_on", "created_on"),
    "region": ("province", "commune"),
    "province": ("commune",),
    "women_share": ("women", "women_or_youth", "women_or_youth_share"),
    "youth_share": ("youth", "women_or_youth", "women_or_youth_share"),
    "women_or_youth_share": ("women_or_youth",),
    "own_contribution_pct": ("own_cash_mad", "own_in_kind_mad"),
    "jobs_per_million_mad": ("jobs_created",),
    "held": ("past_aid",),
}


def derive(answers: Facts, today: date) -> dict[str, Any]:
    """Everything the answers say: what was given, and what follows from it.

    Ages are counted in years and parts of a year on `today`; a group not yet registered is of age 0. The share of
    "women or youth" counts each person once: exact from the count `women_or_youth`, otherwise between the larger of
    the two shares and their sum (an `Interval`, which decides some calls and not others); a woman alone is all women.
    Own contribution counts what is known of it: cash without a word on work and land is a lower bound.

    >>> facts = derive({"commune": "09.541.05.01", "members": 20, "women": 6, "youth": 5}, date(2026, 11, 22))
    >>> facts["region"], facts["province"], facts["women_share"], facts["women_or_youth_share"]
    ('09', '09.541', 0.3, Interval(low=0.3, high=0.55))
    >>> derive({"registered_on": date(2024, 11, 22)}, date(2026, 11, 22))["age_years"]
    2.0
    >>> derive({}, date(2026, 11, 22))
    {}
    """
    facts = {name: value for name, value in answers.items() if value is not None}
    for rule in (_place, _age, _shares, _contribution, _past):
        for name, value in rule(facts, today):
            if value is not None:
                facts[name] = value
    return facts


def change(facts: Facts, changes: Iterable[tuple[str, Any]], today: date) -> dict[str, Any]:
    """The facts once these fields have these values; what was counted from a stale answer is counted again.

    A group that takes another legal form is a new one: of age 0.

    >>> facts = derive({"members": 20, "women": 6}, date(2026, 11, 22))
    >>> changed = change(facts, [("women_share", 0.55)], date(2026, 11, 22))
    >>> changed["women_share"], "women" in changed
    (0.55, False)
    """
    wanted = dict(changes)
    stale = {root for name in wanted for root in MADE_OF.get(name, ())} - wanted.keys()
    kept = {name: value for name, value in facts.items() if name not in stale}
    if wanted.get("legal_form", kept.get("legal_form")) != kept.get("legal_form"):
        kept |= {"registered_on": today, "created_on": today} if "age_years" not in wanted else {}
    if "project_cost_mad" in wanted:
        kept.pop("jobs_per_million_mad", None)
        kept.pop("own_contribution_pct", None)
    if wanted.keys() & {"women_share", "youth_share"}:
        kept.pop("women_or_youth_share", None)
    return derive({**kept, **wanted}, today)


def years_between(start: date, today: date) -> float:
    """Years and the part of the year under way; negative before the start.

    >>> years_between(date(2024, 2, 29), date(2025, 2, 28)), years_between(date(2025, 1, 1), date(2026, 3, 15))
    (1.0, 1.2)
    """
    whole = today.year - start.year
    last = _anniversary(start, today.year)
    if last > today:
        whole, last = whole - 1, _anniversary(start, today.year - 1)
    following = _anniversary(start, last.year + 1)
    return whole + (today - last) / (following - last)


def _anniversary(start: date, year: int) -> date:
    try:
        return start.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1) - timedelta(days=1)


_Found = Iterable[tuple[str, Any]]


def _place(facts: Facts, today: date) -> _Found:
    commune, province = facts.get("commune"), facts.get("province")
    if commune:
        province = ".".join(commune.split(".")[:2])
        yield "province", province
    if province:
        yield "region", province.split(".")[0]


def _age(facts: Facts, today: date) -> _Found:
    day = facts.get("registered_on") or facts.get("created_on")
    if facts.get("legal_form") == LegalForm.COOPERATIVE_IN_CREATION:
        yield "age_years", 0.0
    elif isinstance(day, Interval):
        yield "registered_on", day
        yield "created_on", day
        if day.low <= today:
            latest = max(0.0, years_between(day.high, today))
            yield "age_years", Interval(latest, years_between(day.low, today))
    elif day:
        yield "registered_on", day
        yield "created_on", day
        if day <= today:
            yield "age_years", years_between(day, today)


def _shares(facts: Facts, today: date) -> _Found:
    members = facts.get("members")
    shares = {name: facts.get(f"{name}_share") for name in ("women", "youth", "women_or_youth")}
    if facts.get("legal_form") in PEOPLE and facts.get("founder_gender") is not None:
        shares["women"] = (
            1.0 if facts["founder_gender"] == "female" else 0.0
        )  # somebody alone is all the group
        yield "women_share", shares["women"]
    for name in shares:
        count = facts.get(name)
        if members and count is not None and 0 <= count <= members:
            shares[name] = count / members
            yield f"{name}_share", shares[name]
    if shares["women_or_youth"] is None or isinstance(shares["women_or_youth"], Interval):
        yield "women_or_youth_share", _union(shares["women"], shares["youth"])


def _union(women: Any, youth: Any) -> Any:
    """The share of women or youth that the two shares allow; None when they say nothing."""
    if women is None and youth is None:
        return None
    sides = [_bounds(women), _bounds(youth)]
    low = max(side.low for side in sides)
    high = min(1.0, round(sum(side.high for side in sides), 12))  # 0.1 + 0.2 is 0.3
    return low if low == high else Interval(low, high)


def _bounds(share: Any) -> Interval:
    if share is None:
        return Interval(0.0, 1.0)
    return share if isinstance(share, Interval) else Interval(share, share)


def _contribution(facts: Facts, today: date) -> _Found:
    cost, jobs = facts.get("project_cost_mad"), facts.get("jobs_created")
    cash, in_kind = facts.get("own_cash_mad"), facts.get("own_in_kind_mad")
    if not cost:
        return
    if jobs is not None:
        yield "jobs_per_million_mad", jobs / (cost / 1_000_000)
    if cash is not None or in_kind is not None:
        known = min(100.0, 100 * ((cash or 0) + (in_kind or 0)) / cost)
        exact = cash is not None and in_kind is not None
        yield "own_contribution_pct", known if exact or known == 100 else Interval(known, 100.0)


def _past(facts: Facts, today: date) -> _Found:
    held, said = facts.get("held"), facts.get("past_aid")
    past = tuple(read_past_aid(one) for one in said or ())
    if said is not None:
        yield "past_aid", past
        yield "held", tuple(dict.fromkeys((*(held or ()), *(aid.source for aid in past))))
    if held is not None:
        named = {aid.source for aid in past}
        yield "past_aid", (*past, *(PastAid(one) for one in held if one not in named))
