"""The charts of the page of risks: what weighs most, and how thousands of draws are spread."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from bpc.portal.foundation.writing import written_number
from bpc.portal.web.charts.drawing import Drawing

WIDTH = 480.0
_PITCH, _BAR, _ROOM = 52.0, 14.0, 72.0


def tornado_bars(
    rows: Sequence[tuple[str, float, float]], base: float, *, label: str, rtl: bool
) -> SafeString:
    """A bar for each assumption, from its low end to its high end, around the plan as written; thousands of MAD."""
    drawing = Drawing(WIDTH, _PITCH * len(rows) + 8, label=label, rtl=rtl)
    ends = [end for _name, low, high in rows for end in (low, high)] + [base]
    low, high = min(ends), max(ends)
    scale = (WIDTH - 2 * _ROOM) / ((high - low) or 1)

    def place(value: float) -> float:
        return _ROOM + (value - low) * scale

    for rank, (name, one, other) in enumerate(rows):
        top = _PITCH * rank + 24
        start, end = sorted((place(one), place(other)))
        drawing.text(0, top - 6, name, strong=True)
        drawing.rect(start, top, max(end - start, 1), _BAR, "quiet")
        drawing.text(start - 4, top + 12, written_number(min(one, other) / 1000), anchor="end")
        drawing.text(end + 4, top + 12, written_number(max(one, other) / 1000))
        drawing.line(place(base), top - 3, place(base), top + _BAR + 3, "mark")
    return drawing.finish()


def histogram(edges: Sequence[float], counts: Sequence[int], *, label: str, rtl: bool) -> SafeString:
    """How often each result came: below zero hatched, thousands of MAD under the axis."""
    height, foot = 160.0, 22.0
    drawing = Drawing(WIDTH, height, label=label, rtl=rtl)
    width = (WIDTH - 40) / max(len(counts), 1)
    most = max(counts, default=1) or 1
    for rank, count in enumerate(counts):
        tall = (height - foot - 8) * count / most
        look = "hatched" if edges[rank + 1] <= 0 else "here"
        drawing.rect(20 + rank * width, height - foot - tall, max(width - 1, 1), tall, look)
    drawing.line(20, height - foot, WIDTH - 20, height - foot, "zero")
    for rank in (0, len(counts) // 2, len(counts)):
        drawing.text(20 + rank * width, height - 6, written_number(edges[rank] / 1000), anchor="middle")
    return drawing.finish()
