"""A lack as it was seen on a page of the project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bpc.core.learning.gaps import Lack


@dataclass(frozen=True, slots=True)
class SeenLack:
    """One thing missing: `code` as lessons name it, what was seen in one sentence, the page that shows it.

    `weight`: how much it matters, see docs/methods/learning.md.
    """

    code: str
    weight: float
    words: str
    where: str
    url: str


def lacks(seen: Iterable[SeenLack]) -> list[Lack]:
    """As the thinking floor weighs them; a lack seen twice weighs once."""
    return [Lack(one.code, one.weight) for one in seen]


def reasons_told(codes: Iterable[str], seen: Sequence[SeenLack]) -> tuple[SeenLack, ...]:
    """What was seen under these codes, in their order; the same words on one page are told once."""
    reasons = dict.fromkeys(one for code in codes for one in seen if one.code == code)
    once = {one.words: one for one in reversed(reasons)}
    return tuple(one for one in reasons if once[one.words] is one)
