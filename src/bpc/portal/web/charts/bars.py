"""Horizontal bars with their words and figures on them: shares of a whole, one figure beside two others."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH = 360.0
_ROW, _BAR, _TEXT = 36.0, 12.0, 13.0
_VALUE_ROOM = 64.0  # kept free after the longest bar, for its figure
_UNKNOWN = 24.0  # length of the hatched stub that stands for an unknown figure


@dataclass(frozen=True)
class Bar:
    """One bar. `value` None is unknown; `text` is the figure as written; `reference` is marked by a tick."""

    label: str
    value: float | None
    text: str
    reference: float | None = None
    strong: bool = False


def bars(
    rows: Sequence[Bar], *, label: str, rtl: bool, reference_label: str = "", full: float = 0
) -> SafeString:
    """Bars from a common zero line, each under its words; the tick is the reference (say, the province).

    `full` is the value of the longest possible bar; 0 takes the largest one shown.
    """
    head = 24.0 if reference_label else 4.0
    drawing = Drawing(WIDTH, head + _ROW * len(rows) + 2, label=label, rtl=rtl)
    known = [value for row in rows for value in (row.value, row.reference) if value is not None]
    scale = (WIDTH - _VALUE_ROOM) / (full or max(known, default=0) or 1)
    if reference_label:
        drawing.line(6, 3, 6, 17, "mark")
        drawing.text(14, 14, reference_label)
    for position, row in enumerate(rows):
        _bar(drawing, head + _ROW * position, row, scale)
    drawing.line(0.5, head + _TEXT + 2, 0.5, head + _ROW * len(rows), "zero")
    return drawing.finish()


def _bar(drawing: Drawing, top: float, row: Bar, scale: float) -> None:
    drawing.text(0, top + _TEXT, row.label, strong=row.strong)
    bar_top = top + _TEXT + 5
    end = _UNKNOWN if row.value is None else row.value * scale
    look = "hatched" if row.value is None else "here" if row.strong else "quiet"
    drawing.rect(0.5, bar_top, end, _BAR, look)
    if row.reference is not None:
        tick = 0.5 + row.reference * scale
        drawing.line(tick, bar_top - 3, tick, bar_top + _BAR + 3, "mark")
        end = max(end, tick)
    drawing.text(end + 6, bar_top + _BAR - 1, row.text, strong=True)


def comparison(rows: Sequence[Bar], *, label: str, rtl: bool) -> SafeString:
    """One figure here, in the parent and in the country: short bars with their names, negatives allowed.

    The first row is the place itself. The zero line is always drawn, so that a length is a quantity.
    """
    width, names, pitch = 260.0, 76.0, 20.0
    drawing = Drawing(width, pitch * len(rows) + 2, label=label, rtl=rtl)
    known = [row.value for row in rows if row.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = (width - names - _VALUE_ROOM) / ((high - low) or 1)
    zero = names - low * scale
    for position, row in enumerate(rows):
        look = "hatched" if row.value is None else "here" if position == 0 else "pale"
        value = (row.value or 0.0) * scale
        start, length = (zero, _UNKNOWN) if row.value is None else (zero + min(value, 0), abs(value))
        drawing.text(0, pitch * position + 14, row.label, strong=position == 0)
        drawing.rect(start, pitch * position + 4, length, 12, look)
        drawing.text(max(start + length, zero) + 6, pitch * position + 14, row.text, strong=position == 0)
    drawing.line(zero, 1, zero, pitch * len(rows) + 1, "zero")
    return drawing.finish()
