"""Counts that could point at somebody are not shown, nor what would give them back by subtraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Name = TypeVar("Name", bound=tuple[str, ...])
SMALLEST = 5  # below it a figure could point at somebody


def is_small(number: int) -> bool:
    """Whether a count is hidden; nobody at all is no person to point at."""
    return 0 < number < SMALLEST


def without_small(cells: Mapping[str, int]) -> dict[str, int | None]:
    """Parts of a whole that is shown: a small one is None, « moins de cinq »; zero stays zero.

    With a small part the smallest of the others is hidden too, or all of them when there is none: no subtraction from
    the whole gives it back.
    """
    hidden = {name for name, number in cells.items() if is_small(number)}
    if hidden:
        others = sorted((number, name) for name, number in cells.items() if number >= SMALLEST)
        hidden |= {others[0][1]} if others else set(cells)
    return {name: None if name in hidden else number for name, number in cells.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one row: from how many it comes, and the counts of people it would tell, each too small or not."""

    contributors: int
    counts: tuple[int, ...] = ()

    @property
    def hides(self) -> bool:
        """Whether it may not be shown; that of nobody is unknown, and hides nobody."""
        return is_small(self.contributors) or any(is_small(count) for count in self.counts)


def hidden_rows(cells: Mapping[str, Cell], *, already: frozenset[str] = frozenset()) -> frozenset[str]:
    """The rows whose figure is hidden when the figure of the whole is shown.

    Those that hide, those `already` hidden, and then the smallest of the others until what is hidden is at least two
    rows that together would not hide: the whole less what is shown tells no more. Rows of nobody stay as they are.
    """
    hidden = {name for name, cell in cells.items() if cell.contributors and (cell.hides or name in already)}
    left = sorted(
        (cell.contributors, name) for name, cell in cells.items() if cell.contributors and name not in hidden
    )
    while hidden and left and not _is_enough([cells[name] for name in hidden]):
        hidden.add(left.pop(0)[1])
    return frozenset(hidden)


def _is_enough(hidden: list[Cell]) -> bool:
    sums = tuple(sum(counts) for counts in zip(*(cell.counts for cell in hidden), strict=True))
    return len(hidden) > 1 and not Cell(sum(cell.contributors for cell in hidden), sums).hides


def hidden_cells(
    cells: Mapping[Name, Cell],
    sums: Sequence[tuple[Name, Sequence[Name]]],
    *,
    already: frozenset[Name] = frozenset(),
) -> frozenset[Name]:
    """The cells hidden when several sums bind them: country = its regions, region = its provinces, or by sector.

    `sums`: a whole and its parts; a cell may be the part of one and the whole of another. As `hidden_rows` for each of
    them; and where a whole is hidden, at least one part is too, or the parts would add up to it. Of two alike the
    first by name is hidden.
    """
    hidden = {name for name, cell in cells.items() if cell.contributors and (cell.hides or name in already)}
    by_size = [
        (whole, sorted((part for part in parts if part in cells and cells[part].contributors), key=lambda part: (
            cells[part].contributors, part
        )))
        for whole, parts in sums
    ]  # fmt: skip
    number = -1
    while number != len(hidden):
        number = len(hidden)
        for whole, parts in by_size:
            _hide_one_more(cells, whole, parts, hidden)
    return frozenset(hidden)


def _hide_one_more(cells: Mapping[Name, Cell], whole: Name, parts: Sequence[Name], hidden: set[Name]) -> None:
    """Hide the smallest shown part, or the whole when none is left, where what is hidden could be found."""
    out = [cells[part] for part in parts if part in hidden]
    is_safe = (bool(out) or not parts) if whole in hidden else not out or _is_enough(out)
    if not is_safe:
        hidden.add(next((part for part in parts if part not in hidden), whole))
