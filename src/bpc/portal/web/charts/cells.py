"""Answers as cells in a row, the strongest first: solid, begun, weak, and hatched where nothing is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH = 340.0
_CELL, _GAP, _HEIGHT, _ROW = 44.0, 4.0, 16.0, 52.0
_LEGEND = 24.0


@dataclass(frozen=True)
class CellRow:
    """A family in words, and the strength of each of its answers from 0 to 1; None is not known."""

    label: str
    note: str
    strengths: tuple[float | None, ...]


def look_of(strength: float | None) -> str:
    """How an answer is drawn; each look differs by darkness, outline or hatching.

    >>> look_of(1.0), look_of(2 / 3), look_of(0.0), look_of(None)
    ('here', 'quiet', 'outline', 'hatched')
    """
    if strength is None:
        return "hatched"
    return "here" if strength >= 1 else "quiet" if strength >= 0.5 else "outline"


def answer_cells(
    rows: Sequence[CellRow], *, legend: tuple[str, str, str, str], label: str, rtl: bool
) -> SafeString:
    """A row for each family. `legend`: the words of solid, begun, weak and unknown."""
    drawing = Drawing(WIDTH, _ROW * len(rows) + 2 * _LEGEND + 4, label=label, rtl=rtl)
    for at, row in enumerate(rows):
        top = _ROW * at
        drawing.text(0, top + 14, row.label, strong=True)
        drawing.text(WIDTH, top + 14, row.note, anchor="end")
        ordered = sorted(row.strengths, key=lambda one: -1.0 if one is None else one, reverse=True)
        for place, strength in enumerate(ordered):
            # an outline is drawn half outside of its rectangle
            drawing.rect(place * (_CELL + _GAP) + 1, top + 22, _CELL - 2, _HEIGHT, look_of(strength))
    for at, (strength, words) in enumerate(zip((1.0, 0.5, 0.0, None), legend, strict=True)):
        start, top = WIDTH / 2 * (at % 2), _ROW * len(rows) + 4 + _LEGEND * (at // 2)
        drawing.rect(start + 1, top + 1, 14, 12, look_of(strength))
        drawing.text(start + 22, top + 12, words)
    return drawing.finish()
