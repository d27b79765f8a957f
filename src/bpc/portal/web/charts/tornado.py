"""What moves a result most: one row a cause, its range as a bar around the result as planned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH = 340.0
_PITCH, _BAR = 46.0, 13.0
_HEAD = 24.0


@dataclass(frozen=True)
class Range:
    """A cause: the result at its worst and at its best, both also as written."""

    label: str
    low: float
    high: float
    low_text: str
    high_text: str


def tornado(rows: Sequence[Range], base: float, base_text: str, *, label: str, rtl: bool) -> SafeString:
    """The rows in the order given, from the widest; a thin mark at zero when the ranges cross it."""
    drawing = Drawing(WIDTH, _HEAD + _PITCH * len(rows) + 4, label=label, rtl=rtl)
    low = min(base, *(row.low for row in rows))
    high = max(base, *(row.high for row in rows))
    scale = (WIDTH - 20.0) / ((high - low) or 1.0)

    def at(value: float) -> float:
        return 10.0 + (value - low) * scale

    middle = at(base)
    anchor = "start" if middle < 90 else "end" if middle > WIDTH - 90 else "middle"
    drawing.text(middle, 13, base_text, anchor=anchor, strong=True)
    for number, row in enumerate(rows):
        top = _HEAD + _PITCH * number
        drawing.text(0, top + 13, row.label)
        drawing.rect(at(row.low), top + 19, at(base) - at(row.low), _BAR, "quiet", row.low_text)
        drawing.rect(at(base), top + 19, at(row.high) - at(base), _BAR, "here", row.high_text)
        # beside the bars only: a line through the words could not be read
        drawing.line(middle, top + 17, middle, top + 21 + _BAR, "mark")
        if low < 0 < high:
            drawing.line(at(0), top + 15, at(0), top + 23 + _BAR, "zero")
    return drawing.finish()
