"""How solid a project is, family by family, from answers of which some are not known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Below this share of what a family asks, too little is known to say anything.
LEAST_KNOWN = 0.5
#: A family is under way from the first, solid from the second.
FAIR, STRONG = 0.4, 0.75
#: What a second piece of advice on the same family is still worth.
REPEATED = 0.5


class Level(StrEnum):
    """What is said of a family."""

    UNKNOWN = "unknown"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its answer: `strength` from 0 (weakest) to 1 (strongest), None when not known."""

    code: str
    family: str
    weight: float
    strength: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A family: `score` of what is known (None: nothing is), `known` the share of its weight that is answered."""

    level: Level
    score: float | None
    known: float
    answered: int
    asked: int


def strength_of(rank: int, answers: int) -> float:
    """The strength of the answer of this rank, from 0, among so many from weak to strong: rank / (answers - 1).

    Raises ValueError for less than two answers or a rank that is none of theirs.

    >>> strength_of(0, 4), strength_of(1, 3), strength_of(3, 4)
    (0.0, 0.5, 1.0)
    """
    if answers < 2 or not 0 <= rank < answers:
        raise ValueError(f"rank {rank} of {answers} answers")
    return rank / (answers - 1)


def standing(items: Sequence[Item]) -> Standing:
    """How solid a family is, from its own items.

    score = sum(w s) / sum(w) over the answers that are known; known = sum(w known) / sum(w asked). What is not known
    is in neither sum of the score: it never counts as weak. Below `LEAST_KNOWN` the level is not said.
    Source: ours, an ordinary weighted mean (docs/methods/diagnosis.md). Raises ValueError without any weight.

    >>> place = standing([Item("a", "money", 3, 1.0), Item("b", "money", 1, 0.0), Item("c", "money", 2, None)])
    >>> str(place.level), place.score, round(place.known, 2), place.answered, place.asked
    ('strong', 0.75, 0.67, 2, 3)
    """
    asked = sum(one.weight for one in items)
    if asked <= 0:
        raise ValueError("a family without weight")
    known = [(one.weight, one.strength) for one in items if one.strength is not None]
    weight = sum(part for part, _ in known)
    score = sum(part * strength for part, strength in known) / weight if weight else None
    return Standing(_level(score, weight / asked), score, weight / asked, len(known), len(items))


def _level(score: float | None, known: float) -> Level:
    if score is None or known < LEAST_KNOWN:
        return Level.UNKNOWN
    # what is written as 40 % is 40 %: sums of floats may fall a hair short
    return Level.WEAK if score < FAIR - 1e-9 else Level.FAIR if score < STRONG - 1e-9 else Level.STRONG


def standings(items: Iterable[Item]) -> dict[str, Standing]:
    """Each family by its code, in the order in which it is first met.

    >>> list(standings([Item("a", "idea", 1, 0.0), Item("b", "law", 1, None)]))
    ['idea', 'law']
    """
    families: dict[str, list[Item]] = {}
    for item in items:
        families.setdefault(item.family, []).append(item)
    return {family: standing(own) for family, own in families.items()}


def what_helps_most(items: Sequence[Item], most: int = 3) -> list[str]:
    """The codes of the questions to work on first, the best first; at most `most`.

    gain = w (1 - s): what the family would gain if the answer became the strongest. The largest gain comes first; each
    further question of a family already named is worth `REPEATED` times less, so that the advice is not all about one
    thing. Equal gains keep the order given. What is not known, and what is strong, has no gain.

    >>> what_helps_most([Item("a", "idea", 2, 0.0), Item("b", "idea", 2, 0.25), Item("c", "law", 1, 0.0),
    ...                  Item("d", "law", 3, 1.0), Item("e", "money", 3, None)], most=2)
    ['a', 'c']
    """
    left = {one.code: one for one in items if one.strength is not None and one.strength < 1}
    chosen: list[str] = []
    named: dict[str, int] = {}
    while left and len(chosen) < most:
        best = max(left.values(), key=lambda one: _gain(one, named.get(one.family, 0)))
        chosen.append(best.code)
        named[best.family] = named.get(best.family, 0) + 1
        del left[best.code]
    return chosen


def _gain(item: Item, already: int) -> float:
    return item.weight * (1 - (item.strength or 0.0)) * REPEATED**already


def changes(before: Iterable[Item], after: Iterable[Item]) -> dict[str, float]:
    """How much each family moved, from -1 to 1, over the questions known both times; none in common, no entry.

    change = sum(w (s after - s before)) / sum(w) over those questions: an answer newly known is not progress, nor one
    forgotten a loss.

    >>> changes([Item("a", "idea", 1, 0.0), Item("b", "law", 1, None)],
    ...         [Item("a", "idea", 1, 0.5), Item("b", "law", 1, 1.0)])
    {'idea': 0.5}
    """
    earlier: Mapping[str, Item] = {one.code: one for one in before if one.strength is not None}
    moved: dict[str, list[tuple[float, float]]] = {}
    for item in after:
        old = earlier.get(item.code)
        if old is None or old.strength is None or item.strength is None:
            continue
        moved.setdefault(item.family, []).append((item.weight, item.strength - old.strength))
    return {
        family: sum(weight * step for weight, step in steps) / sum(weight for weight, _ in steps)
        for family, steps in moved.items()
    }
