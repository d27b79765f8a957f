"""To whom a request goes, and why: by region, project, language, sector and load. Pure.

An advisor of the region who is present and has room this week; else the region's desk, held by the delegate who has
the least to answer; else the national desk. Nobody is given their own request.
"""

from dataclasses import dataclass

from bpc.portal.counsel.ownership import NATIONAL, Desk, Owner

#: Reasons, in the order they are told.
KNOWS_PROJECT, SPEAKS, KNOWS_SECTOR, LEAST_LOADED, PRIORITY = (
    "project",
    "language",
    "sector",
    "load",
    "priority",
)
NO_ADVISOR, ALL_AWAY, ALL_FULL, NO_DELEGATE = "no_advisor", "all_away", "all_full", "no_delegate"


@dataclass(frozen=True)
class Advisor:
    """What is known of an advisor of the region on the day. Empty `languages` or `sectors`: not said, so never against.

    `open_requests`: those that wait for their answer now; `received`: those given to them these last seven days.
    """

    person: int
    languages: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    open_requests: int = 0
    received: int = 0
    requests_a_week: int = 10
    is_away: bool = False
    knows_project: bool = False

    @property
    def is_full(self) -> bool:
        """Whether the week planned for them is full."""
        return self.received >= self.requests_a_week


@dataclass(frozen=True)
class Delegate:
    """Somebody who holds the region's desk, and how many requests wait for them there."""

    person: int
    open_requests: int = 0


@dataclass(frozen=True)
class Staff:
    """Everybody of one region to whom a request may be given today."""

    advisors: tuple[Advisor, ...] = ()
    delegates: tuple[Delegate, ...] = ()


@dataclass(frozen=True)
class Need:
    """What decides: who asks (never given to them), in which language, about which sector, whether they go first."""

    asker: int | None
    language: str
    sector: str = ""
    is_priority: bool = False


@dataclass(frozen=True)
class Choice:
    """The owner, and the reasons."""

    owner: Owner
    reasons: tuple[str, ...]


def choose(need: Need, staff: Staff, but: frozenset[int] = frozenset()) -> Choice:
    """The owner of a request; `but` are people it must not go to (who leaves, who was silent).

    >>> choose(Need(1, "ar"), Staff((Advisor(7, frozenset({"fr"})), Advisor(8, frozenset({"ar"})))))
    Choice(owner=Owner(desk=<Desk.ADVISOR: 'advisor'>, holder=8), reasons=('language',))
    """
    ranked = rank_advisors(need, staff, but)
    if ranked:
        best = ranked[0]
        return Choice(Owner(Desk.ADVISOR, best.person), reasons_for(best, need, ranked))
    return at_region(need, staff, but, why_no_advisor(need, staff, but))


def rank_advisors(need: Need, staff: Staff, but: frozenset[int] = frozenset()) -> list[Advisor]:
    """The advisors who may take it, the best first: who knows the project, speaks, knows the sector, has least to do.

    A full week keeps an advisor out, except of what goes first.
    """
    free = [
        one
        for one in staff.advisors
        if one.person not in but
        and one.person != need.asker
        and not one.is_away
        and (need.is_priority or not one.is_full)
    ]
    return sorted(free, key=lambda one: _order(one, need))


def _order(advisor: Advisor, need: Need) -> tuple[bool, bool, bool, float, int, int]:
    share = advisor.received / max(advisor.requests_a_week, 1)
    return (
        not advisor.knows_project,
        bool(advisor.languages) and need.language not in advisor.languages,
        not (need.sector and need.sector in advisor.sectors),
        share + advisor.open_requests / max(advisor.requests_a_week, 1),
        advisor.open_requests,
        advisor.person,
    )


def reasons_for(advisor: Advisor, need: Need, among: list[Advisor]) -> tuple[str, ...]:
    """Why this one, in codes: what fits, and whether somebody else would have had more to do."""
    found = []
    if advisor.knows_project:
        found.append(KNOWS_PROJECT)
    if need.language in advisor.languages:
        found.append(SPEAKS)
    if need.sector and need.sector in advisor.sectors:
        found.append(KNOWS_SECTOR)
    if need.is_priority and advisor.is_full:
        found.append(PRIORITY)
    loads = {one.open_requests for one in among}
    if len(loads) > 1 and advisor.open_requests == min(loads):
        found.append(LEAST_LOADED)
    return tuple(found)


def why_no_advisor(need: Need, staff: Staff, but: frozenset[int] = frozenset()) -> str:
    """Why no advisor of the region can take it."""
    others = [one for one in staff.advisors if one.person not in but and one.person != need.asker]
    if not others:
        return NO_ADVISOR
    return ALL_AWAY if all(one.is_away for one in others) else ALL_FULL


def at_region(need: Need, staff: Staff, but: frozenset[int] = frozenset(), *reasons: str) -> Choice:
    """The region's desk, held by the delegate with the least to answer; the national desk when there is nobody."""
    free = [one for one in staff.delegates if one.person not in but and one.person != need.asker]
    if not free:
        return Choice(NATIONAL, (*reasons, NO_DELEGATE))
    best = min(free, key=lambda one: (one.open_requests, one.person))
    return Choice(Owner(Desk.REGION, best.person), reasons)


def above(owner: Owner, need: Need, staff: Staff) -> Choice:
    """Where silence takes a request: advisor → delegate of the region → national desk, which has nobody above."""
    if owner.desk == Desk.ADVISOR:
        return at_region(need, staff, frozenset({owner.holder} if owner.holder is not None else ()))
    return Choice(NATIONAL, ())


def may_hold(owner: Owner, need: Need, staff: Staff) -> bool:
    """Whether the owner still works where the request waits; the national desk always does."""
    if owner.desk == Desk.NATIONAL:
        return True
    if owner.holder == need.asker:
        return False
    people = staff.advisors if owner.desk == Desk.ADVISOR else staff.delegates
    return any(one.person == owner.holder for one in people)
