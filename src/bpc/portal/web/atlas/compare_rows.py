"""What a comparison is made of: sections of rows, one cell per territory and one for the country."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

#: Width of the small bar under a figure, in units of its drawing.
_WIDTH = 100.0
_UNKNOWN = 12.0


@dataclass(frozen=True)
class Cell:
    """One figure of one territory: as written, as a number for the file, with its bar and a word beside."""

    text: str
    value: float | None = None
    aside: str = ""
    url: str = ""
    bar: str = ""


@dataclass(frozen=True)
class Row:
    """One line: the same question for each territory in turn, the country last where it is known."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind. `confidence` is that of all its figures; `has_nation`: the last cell is the country's.

    `is_wordy`: cells hold names rather than figures, and want a line each on a phone.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    confidence: str = "official"
    source: str = ""
    origin: str = ""
    note: str = ""
    method_url: str = ""
    has_nation: bool = True
    is_wordy: bool = False
    links: tuple[tuple[str, str], ...] = field(default=())


def bars_of(values: Sequence[float | None], *, rtl: bool, middle: float = 0.0) -> list[SafeString]:
    """A small bar for each value, all on one scale from `middle`, which is drawn where values lie on both sides.

    The figure stands over its bar, so the drawing is hidden from screen readers. Unknown is a hatched stub.
    """
    known = [value - middle for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = _WIDTH / ((high - low) or 1.0)
    zero = -low * scale
    return [_bar(None if value is None else (value - middle) * scale, zero, rtl) for value in values]


def _bar(length: float | None, zero: float, rtl: bool) -> SafeString:
    if length is None:
        start, wide, look = zero, _UNKNOWN, "unknown"
    else:
        start, wide, look = zero + min(length, 0.0), abs(length), "less" if length < 0 else "more"
    left, line = (_WIDTH - start - wide, _WIDTH - zero) if rtl else (start, zero)
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="cell-bar" viewBox="0 0 {_WIDTH:g} 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{look}" x="{left:.1f}" y="1" width="{wide:.1f}" height="6"/>'
        f'<path d="M{line:.1f} 0v8"/></svg>'
    )
