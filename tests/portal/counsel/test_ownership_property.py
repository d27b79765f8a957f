"""One owner at every instant, over 10,000 random histories: pure, with the very functions the database uses.

Each history draws a region (perhaps without staff), then asks, answers, transfers, lets time pass, ends roles, closes
accounts, sends people away, and lets two people transfer in the same instant on clocks that do not agree.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bpc.portal.counsel.choosing import (
    Advisor,
    Choice,
    Delegate,
    Need,
    Staff,
    above,
    at_region,
    choose,
    may_hold,
)
from bpc.portal.counsel.ownership import (
    NATIONAL,
    Desk,
    History,
    Owner,
    begin,
    faults,
    hand,
    owners_at,
)

HISTORIES = 10_000
BORN = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
ASKER = 1
_VERBS = (
    "silence",
    "transfer",
    "role ends",
    "account closes",
    "goes away",
    "comes",
    "hand over",
    "race",
    "follow",
)


@dataclass
class World:
    """What one history has lived through so far."""

    draw: random.Random
    staff: Staff
    history: History = ()
    now: datetime = BORN
    turns: list[str] = field(default_factory=list)

    @property
    def owner(self) -> Owner:
        return self.history[-1].owner

    def need(self) -> Need:
        return Need(ASKER, self.draw.choice(("fr", "ar")), "food", self.draw.random() < 0.1)

    def give(self, choice: Choice, why: str, at: datetime | None = None) -> None:
        self.history = hand(self.history, choice.owner, at or self.now, why)
        self.turns.append(why)


def random_staff(draw: random.Random) -> Staff:
    """None, one or several of each; the asker may be one of them."""
    people = list(range(1, 9))
    draw.shuffle(people)
    advisors = tuple(
        Advisor(
            person, frozenset(draw.sample(("fr", "ar"), draw.randint(0, 2))), frozenset(),
            open_requests=draw.randint(0, 5), received=draw.randint(0, 12), requests_a_week=draw.choice((0, 5, 10)),
            is_away=draw.random() < 0.2, knows_project=draw.random() < 0.2,
        )
        for person in people[: draw.choice((0, 0, 1, 2, 4))]
    )  # fmt: skip
    delegates = tuple(
        Delegate(person, draw.randint(0, 3)) for person in people[4 : 4 + draw.choice((0, 1, 2))]
    )
    return Staff(advisors, delegates)


def without(staff: Staff, person: int | None, advisor: bool = True, delegate: bool = True) -> Staff:
    """The staff once a person left one role, or both."""
    return Staff(
        tuple(one for one in staff.advisors if not (advisor and one.person == person)),
        tuple(one for one in staff.delegates if not (delegate and one.person == person)),
    )


def settle(world: World) -> None:
    """What the site does at once when an owner may no longer hold the request."""
    need = world.need()
    if may_hold(world.owner, need, world.staff):
        return
    but = frozenset({world.owner.holder} if world.owner.holder is not None else ())
    choice = (
        choose(need, world.staff, but)
        if world.owner.desk == Desk.ADVISOR
        else at_region(need, world.staff, but)
    )
    world.give(choice, "role_ended")


def live(world: World, verb: str) -> None:
    """One thing that happens."""
    draw, holder = world.draw, world.owner.holder
    if verb == "silence":
        world.give(above(world.owner, world.need(), world.staff), "silence")
    elif verb == "transfer":
        transfer(world, world.now)
    elif verb == "role ends":
        world.staff = without(world.staff, holder, advisor=draw.random() < 0.7, delegate=draw.random() < 0.7)
    elif verb == "account closes":
        world.staff = without(world.staff, holder if draw.random() < 0.6 else draw.randint(1, 8))
    elif verb == "goes away" and holder is not None:
        away = tuple(
            replace(one, is_away=one.person == holder or one.is_away) for one in world.staff.advisors
        )
        world.staff = replace(world.staff, advisors=away)
        if world.owner.desk == Desk.ADVISOR:
            world.give(choose(world.need(), world.staff, frozenset({holder})), "absence")
    elif verb == "comes":
        world.staff = random_staff(draw)
    elif verb == "hand over" and world.owner.desk == Desk.ADVISOR and holder is not None:
        world.give(choose(world.need(), world.staff, frozenset({holder})), "hand_over")
    elif verb == "race":  # two people in the same instant; the clock of the second runs behind
        transfer(world, world.now)
        transfer(world, world.now - timedelta(hours=draw.randint(0, 72)))
    settle(world)


def transfer(world: World, at: datetime) -> None:
    """To an advisor, to the region's desk or to the national one."""
    offered = [Owner(Desk.ADVISOR, one.person) for one in world.staff.advisors if one.person != ASKER]
    picked = world.draw.choice([*offered, None, NATIONAL])
    choice = at_region(world.need(), world.staff) if picked is None else Choice(picked, ())
    world.give(choice, "transferred", at)


def one_history(seed: int) -> World:
    """Eighteen things at most, from the first instant on."""
    draw = random.Random(seed)
    world = World(draw, random_staff(draw))
    world.history = begin(choose(world.need(), world.staff).owner, BORN, "asked")
    for _step in range(draw.randint(0, 18)):
        world.now += timedelta(minutes=draw.choice((0, 0, 1, 90, 3000, 20_000)))
        live(world, draw.choice(_VERBS))
    return world


def moments(world: World) -> list[datetime]:
    """Every instant where an owner could be missed or doubled: each change, just before and after, and at random."""
    changes = [one.since for one in world.history] + [one.until for one in world.history if one.until]
    around = [at + timedelta(microseconds=step) for at in changes for step in (-1, 0, 1)]
    later = [world.now, world.now + timedelta(days=10_000)]
    drawn = [BORN + (world.now - BORN) * world.draw.random() for _number in range(5)]
    return [at for at in (*around, *later, *drawn) if at >= BORN]


def test_one_owner_at_every_instant_of_ten_thousand_histories() -> None:
    longest = nobody_there = raced = judged = 0
    for seed in range(HISTORIES):
        world = one_history(seed)
        assert faults(world.history, BORN) == [], seed
        for at in moments(world):
            judged += 1
            assert len(owners_at(world.history, at)) == 1, (seed, at)
        assert owners_at(world.history, BORN - timedelta(microseconds=1)) == []
        assert may_hold(world.owner, Need(ASKER, "fr"), world.staff), seed
        assert all(one.owner.holder != ASKER for one in world.history), seed
        longest = max(longest, len(world.history))
        nobody_there += not world.staff.advisors and not world.staff.delegates
        raced += "transferred" in world.turns
    # the histories were worth telling
    assert longest >= 10
    assert nobody_there > 1_000
    assert raced > 5_000
    assert judged > 200_000


def test_the_checker_sees_what_is_broken() -> None:
    first = Owner(Desk.ADVISOR, 2)
    whole = hand(begin(first, BORN, "asked"), NATIONAL, BORN + timedelta(days=1), "silence")
    assert faults(whole, BORN) == []
    assert faults((), BORN) == ["nobody"]
    assert faults(whole[1:], BORN) == ["late start"]
    assert faults(whole[:1], BORN) == ["ended"]
    hole = (replace(whole[0], until=BORN + timedelta(hours=1)), whole[1])
    assert faults(hole, BORN) == ["gap or overlap"]
    assert owners_at(hole, BORN + timedelta(hours=2)) == []
    twice = (replace(whole[0], until=BORN + timedelta(days=3)), whole[1])
    assert len(owners_at(twice, BORN + timedelta(days=2))) == 2
