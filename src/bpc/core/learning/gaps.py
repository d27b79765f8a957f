"""Which lessons answer what a project lacks, and why each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing in a project. `code` as lessons name it ("plan:E05"); `weight` > 0: how much it matters."""

    code: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson, and the codes of the lacks that it answers."""

    lesson: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """A lesson to take, with the lacks that name it, the heaviest first."""

    lesson: str
    reasons: tuple[Lack, ...]


def advise(
    lacks: Iterable[Lack], offers: Sequence[Offer], *, done: Collection[str] = (), most: int = 6
) -> list[Advice]:
    """The fewest lessons that answer the most, one after another; a lesson already done is not named again.

    Greedy weighted cover: each turn takes the lesson whose lacks not yet answered weigh most (the earlier offer on a
    tie), until all are answered. Within 1 - 1/e of the best weight for that number of lessons (Nemhauser, Wolsey,
    Fisher, 1978). Every reason of a lesson is told, also those that a lesson before it answers.

    >>> offers = [Offer("cash", frozenset({"plan:E05"})), Offer("price", frozenset({"diagnosis:price"}))]
    >>> [one.lesson for one in advise([Lack("diagnosis:price"), Lack("plan:E05", 3)], offers)]
    ['cash', 'price']
    """
    weights: dict[str, Lack] = {}
    for lack in lacks:
        known = weights.get(lack.code)
        if known is None or lack.weight > known.weight:
            weights[lack.code] = lack
    left = dict(weights)
    able = [offer for offer in offers if offer.lesson not in done]
    chosen: list[Advice] = []
    while left and len(chosen) < most:
        best = max(able, key=lambda offer: _weight(offer, left), default=None)
        if best is None or _weight(best, left) <= 0:
            break
        reasons = sorted(
            (weights[code] for code in best.answers & weights.keys()), key=lambda one: (-one.weight, one.code)
        )
        chosen.append(Advice(best.lesson, tuple(reasons)))
        able.remove(best)
        for code in best.answers:
            left.pop(code, None)
    return chosen


def _weight(offer: Offer, lacks: dict[str, Lack]) -> float:
    return sum(lacks[code].weight for code in offer.answers & lacks.keys())
