"""A small ideathon whose jury has marked: a president, three jurors, entries whose marks are given."""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bpc.portal.contests.deciding import decide_as_proposed
from bpc.portal.contests.models import AdvisorSlot, Edition, Entry, Juror, Ranking
from bpc.portal.contests.ranking import compute_ranking
from bpc.portal.contests.states import Phase
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror, make_reading
from tests.portal.world import make_user

#: One line an entry, one group of marks a juror: clearly apart, so that every rank is sure.
APART = (
    ((5, 5, 5, 5), (5, 5, 5, 5), (5, 5, 5, 4)),
    ((4, 4, 4, 4), (4, 4, 4, 4), (4, 4, 4, 3)),
    ((3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 2)),
    ((2, 2, 2, 2), (2, 2, 2, 2), (2, 2, 2, 1)),
    ((1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1)),
)  # fmt: skip
#: The second and the third are the same to every juror.
TIED = (APART[0], APART[2], APART[2], APART[4])
_slots = itertools.count(1)


@dataclass(frozen=True)
class World:
    """An edition that waits for its president; `entries` in the order of the marks given."""

    edition: Edition
    president: User
    jurors: tuple[Juror, ...]
    entries: tuple[Entry, ...]
    teams: tuple[User, ...]
    advisor: User


def make_world(
    marks: Any = APART, *, unread: int = 0, laureates: int = 2, phase: Phase = Phase.DECIDING
) -> World:
    """Entries marked by three jurors as told, then some that nobody read."""
    edition = make_edition(phase, laureates=laureates)
    president = make_user()
    make_juror(edition, president, is_president=True)
    jurors = tuple(make_juror(edition, make_user()) for _ in range(3))
    teams = tuple(make_user() for _ in range(len(marks) + unread))
    entries = tuple(make_entry(edition, team) for team in teams)
    for entry, given in zip(entries, marks, strict=False):
        for juror, values in zip(jurors, given, strict=True):
            make_reading(juror, entry, values)
    return World(edition, president, jurors, entries, teams, make_user(Role.ADVISOR, display_name="Amina"))


def compute(world: World) -> Ranking:
    """The ranking as the president asks for it."""
    return compute_ranking(edition=world.edition, actor=world.president, at=NOW)


def decide_all(world: World) -> tuple[int, ...]:
    """Compute and take the proposal wherever it is clear."""
    compute(world)
    return decide_as_proposed(
        edition=world.edition,
        reason="Le jury suit le classement.",
        language="fr",
        actor=world.president,
        at=NOW,
    )


def open_slots(world: World, number: int) -> list[AdvisorSlot]:
    """Free moments of the advisor of the region."""
    return [
        AdvisorSlot.objects.create(
            edition=world.edition, advisor=world.advisor, starts_at=NOW + timedelta(days=7, hours=next(_slots)),
            place="Délégation d’Agadir", language="fr",
        )
        for _ in range(number)
    ]  # fmt: skip
