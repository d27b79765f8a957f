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
    """A lesson, and the codes of the lacks that it answers: the one it answers best first."""

    lesson: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """A lesson to take, with the lacks that name it, the heaviest first."""

    lesson: str
    reasons: tuple[Lack, ...]


def advise(
    lacks: Iterable[Lack], offers: Sequence[Offer], *, done: Collection[str] = (), most: int = 6
) -> list[Advice]:
    """The fewest lessons that answer the most, one after another; a lesson already done is not named again.

    Greedy weighted cover: each turn takes the lesson with the largest sum of weight x `part` over the lacks not yet
    answered (the earlier offer on a tie), until all are answered. Every reason of a lesson is told, also those that a
    lesson before it answers. Worked figures: docs/methods/learning.md.

    >>> offers = [Offer("cash", ("plan:E05",)), Offer("price", ("diagnosis:price", "plan:E05"))]
    >>> [one.lesson for one in advise([Lack("plan:E05", 3)], offers)]
    ['cash']
    >>> [one.lesson for one in advise([Lack("diagnosis:price"), Lack("plan:E05", 1)], offers)]
    ['price']
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
            (weights[code] for code in set(best.answers) & weights.keys()),
            key=lambda one: (-one.weight, one.code),
        )
        chosen.append(Advice(best.lesson, tuple(reasons)))
        able.remove(best)
        for code in best.answers:
            left.pop(code, None)
    return chosen


def _weight(offer: Offer, lacks: dict[str, Lack]) -> float:
    return sum(lacks[code].weight * part(rank) for rank, code in enumerate(offer.answers) if code in lacks)


def part(rank: int) -> float:
    """How much of a lack a lesson answers, by the place from 0 it gives it: 1 / (1 + rank).

    >>> [round(part(rank), 2) for rank in range(4)]
    [1.0, 0.5, 0.33, 0.25]
    """
    return 1 / (1 + rank)


def main_lesson(code: str, offers: Iterable[Offer]) -> str | None:
    """The lesson that answers one lack best: it names it soonest; the earlier offer on a tie.

    >>> main_lesson("b", [Offer("both", ("a", "b")), Offer("own", ("b",))]), main_lesson("c", [])
    ('own', None)
    """
    able = [(offer.answers.index(code), offer.lesson) for offer in offers if code in offer.answers]
    return min(able, key=lambda one: one[0])[1] if able else None
