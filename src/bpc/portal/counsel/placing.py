"""Who should advise a project, and why: language, sector, load and room. Pure.

Everybody here advises in the project's region. A person proposed by the site is never full, away, or of the group:
a delegate who wants one all the same writes why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bpc.portal.counsel.choosing import KNOWS_PROJECT, KNOWS_SECTOR, SPEAKS

#: Reasons, in the order they are told; those of `choosing` are told alike.
FEWEST, AWAY, FULL = "fewest", "away", "full"


@dataclass(frozen=True)
class Seat:
    """What is known of an advisor on the day. Empty `languages` or `sectors`: not said, so never against.

    `projects`: those that let them in, and those chosen for them that have not yet.
    """

    person: int
    languages: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    projects: int = 0
    projects_most: int = 20
    waiting: int = 0  # requests that wait for their answer
    is_away: bool = False
    known: frozenset[int] = frozenset()  # projects they were let into, or answered about, before

    @property
    def is_full(self) -> bool:
        """As many projects as planned."""
        return self.projects >= self.projects_most

    @property
    def room(self) -> int:
        """Projects they may still take."""
        return max(self.projects_most - self.projects, 0)

    @property
    def may_be_proposed(self) -> bool:
        """By the site, without a written reason."""
        return not self.is_full and not self.is_away


@dataclass(frozen=True)
class Place:
    """A project that needs an advisor; `group`: its members, who never advise it."""

    project: int
    language: str = ""
    sector: str = ""
    is_laureate: bool = False
    group: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Ranked:
    """An advisor for a project, with the reasons for and against."""

    seat: Seat
    reasons: tuple[str, ...]


def rank_seats(place: Place, seats: Iterable[Seat]) -> list[Ranked]:
    """The advisors for a project, the best placed first; who is away or full comes last, and says so.

    >>> seats = [Seat(7, projects=3), Seat(8, languages=frozenset({"fr"}), projects=20), Seat(9)]
    >>> [(one.seat.person, one.reasons) for one in rank_seats(Place(1, "fr"), seats)]
    [(9, ('fewest',)), (7, ()), (8, ('language', 'full'))]
    """
    able = [seat for seat in seats if seat.person not in place.group]
    ordered = sorted(able, key=lambda seat: _order(seat, place))
    return [Ranked(seat, _reasons(seat, place, able)) for seat in ordered]


def _order(seat: Seat, place: Place) -> tuple[bool, bool, bool, bool, bool, float, int, int]:
    return (
        seat.is_away,
        seat.is_full,
        place.project not in seat.known,
        bool(seat.languages) and place.language not in seat.languages,
        not (place.sector and place.sector in seat.sectors),
        seat.projects / max(seat.projects_most, 1),
        seat.waiting,
        seat.person,
    )


def _reasons(seat: Seat, place: Place, among: Sequence[Seat]) -> tuple[str, ...]:
    loads = {one.projects for one in among}
    told = (
        (KNOWS_PROJECT, place.project in seat.known),
        (SPEAKS, place.language in seat.languages),
        (KNOWS_SECTOR, bool(place.sector) and place.sector in seat.sectors),
        (FEWEST, len(loads) > 1 and seat.projects == min(loads)),
        (AWAY, seat.is_away),
        (FULL, seat.is_full),
    )
    return tuple(code for code, holds in told if holds)


@dataclass(frozen=True)
class Proposal:
    """Who is proposed for a project, None when nobody has room."""

    project: int
    person: int | None
    reasons: tuple[str, ...] = ()


def propose(places: Iterable[Place], seats: Iterable[Seat]) -> list[Proposal]:
    """An advisor for each project within what each can take: laureates served first, then in the order given.

    >>> propose([Place(1), Place(2, is_laureate=True)], [Seat(7, projects=19)])
    [Proposal(project=2, person=7, reasons=()), Proposal(project=1, person=None, reasons=())]
    """
    now = {seat.person: seat for seat in seats}
    made = []
    for place in sorted(places, key=lambda one: not one.is_laureate):
        best = next((one for one in rank_seats(place, now.values()) if one.seat.may_be_proposed), None)
        if best is None:
            made.append(Proposal(place.project, None))
            continue
        person = best.seat.person
        now[person] = replace(best.seat, projects=best.seat.projects + 1)
        made.append(Proposal(place.project, person, best.reasons))
    return made
