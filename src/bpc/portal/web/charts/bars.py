"""Horizontal bars with their words and figures on them: shares of a whole, one figure beside two others."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH = 320.0
_BAR, _THIN, _GAP = 12.0, 4.0, 13.0
_LETTERS = 44  # what fits on a line of WIDTH; longer words for a bar take a second line
_VALUE_ROOM = 64.0  # kept free after the longest bar, for its figure
_UNKNOWN = 24.0  # length of the hatched stub that stands for an unknown figure


@dataclass(frozen=True)
class Bar:
    """One bar. `value` None is unknown; `text` is the figure as written; `reference` is drawn thin beneath."""

    label: str
    value: float | None
    text: str
    reference: float | None = None
    strong: bool = False


def bars(
    rows: Sequence[Bar], *, label: str, rtl: bool, reference_label: str = "", full: float = 0
) -> SafeString:
    """Bars from a common zero line, each under its words; the thin one beneath is the reference (the province).

    `full` is the value of the longest possible bar; 0 takes the largest one shown.
    """
    # most labels fit on a line, and cutting is slow
    lines = [[row.label] if len(row.label) <= _LETTERS else wrap(row.label, _LETTERS) for row in rows]
    line = 21.0 if rtl else 17.0  # Arabic letters reach further under their line
    heights = [len(words) * line + _BAR + _THIN + _GAP for words in lines]
    head = 26.0 if reference_label else 0.0
    drawing = Drawing(WIDTH, head + sum(heights), label=label, rtl=rtl)
    known = [value for row in rows for value in (row.value, row.reference) if value is not None]
    scale = (WIDTH - _VALUE_ROOM) / (full or max(known, default=0) or 1)
    if reference_label:
        drawing.rect(0, 8, 24, _THIN, "dark")
        drawing.text(32, 14, reference_label)
    top = head
    for row, words, height in zip(rows, lines, heights, strict=True):
        _bar(drawing, top, row, words, line, scale)
        top += height
    return drawing.finish()


def _bar(drawing: Drawing, top: float, row: Bar, words: Sequence[str], line: float, scale: float) -> None:
    for position, text in enumerate(words):
        drawing.text(0, top + line * position + 12, text, strong=row.strong)
    top += line * len(words)
    length = _UNKNOWN if row.value is None else row.value * scale
    look = "hatched" if row.value is None else "here" if row.strong else "quiet"
    drawing.rect(0.5, top, length, _BAR, look)
    drawing.text(length + 6, top + _BAR - 2, row.text, strong=True)
    if row.reference is not None:
        drawing.rect(0.5, top + _BAR + 1, row.reference * scale, _THIN, "dark")
    drawing.line(0.5, top - 2, 0.5, top + _BAR + _THIN + 2, "zero")


def comparison(rows: Sequence[Bar], *, label: str, rtl: bool) -> SafeString:
    """One figure here, in the parent and in the country: short bars with their names, negatives allowed.

    The first row is the place itself. The zero line is always drawn, so that a length is a quantity.
    """
    width, names, pitch = 260.0, 76.0, 21.0
    drawing = Drawing(width, pitch * len(rows) + 2, label=label, rtl=rtl)
    known = [row.value for row in rows if row.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = (width - names - _VALUE_ROOM) / ((high - low) or 1)
    zero = names - low * scale
    for position, row in enumerate(rows):
        look = "hatched" if row.value is None else "here" if position == 0 else "pale"
        value = (row.value or 0.0) * scale
        start, length = (zero, _UNKNOWN) if row.value is None else (zero + min(value, 0), abs(value))
        drawing.text(0, pitch * position + 15, row.label, strong=position == 0)
        drawing.rect(start, pitch * position + 5, length, 12, look)
        drawing.text(max(start + length, zero) + 6, pitch * position + 15, row.text, strong=position == 0)
    drawing.line(zero, 1, zero, pitch * len(rows) + 1, "zero")
    return drawing.finish()
