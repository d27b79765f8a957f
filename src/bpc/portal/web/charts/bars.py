"""Horizontal bars with their words and figures on them: shares of a whole, one figure beside two others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH = 320.0
_SMALL, _NAMES, _PITCH = 260.0, 76.0, 21.0  # of a comparison: its width, the room of the names, a row
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


@dataclass(frozen=True)
class _Ground:
    """What does not depend on the figures: the words of the bars and their zero lines, and where each bar lies."""

    tops: tuple[float, ...]
    height: float
    marks: str


def bars(
    rows: Sequence[Bar], *, label: str, rtl: bool, reference_label: str = "", full: float = 0
) -> SafeString:
    """Bars from a common zero line, each under its words; the thin one beneath is the reference (the province).

    `full` is the value of the longest possible bar; 0 takes the largest one shown.
    """
    ground = _ground(tuple((row.label, row.strong) for row in rows), 26.0 if reference_label else 0.0, rtl)
    drawing = Drawing(WIDTH, ground.height, label=label, rtl=rtl)
    known = [value for row in rows for value in (row.value, row.reference) if value is not None]
    scale = (WIDTH - _VALUE_ROOM) / (full or max(known, default=0) or 1)
    if reference_label:
        drawing.rect(0, 8, 24, _THIN, "dark")
        drawing.text(32, 14, reference_label)
    for row, top in zip(rows, ground.tops, strict=True):
        _bar(drawing, top, row, scale)
    drawing.add(ground.marks)
    return drawing.finish()


@lru_cache(maxsize=100)  # a language has eight
def _ground(labels: tuple[tuple[str, bool], ...], head: float, rtl: bool) -> _Ground:
    """`labels`: the words of each bar and whether they are strong; `head`: the room above the first."""
    drawing = Drawing(WIDTH, 0, label="", rtl=rtl)
    line = 21.0 if rtl else 17.0  # Arabic letters reach further under their line
    tops, top = [], head
    for label, strong in labels:
        for words in wrap(label, _LETTERS):
            drawing.text(0, top + 12, words, strong=strong)
            top += line
        drawing.line(0.5, top - 2, 0.5, top + _BAR + _THIN + 2, "zero")
        tops.append(top)
        top += _BAR + _THIN + _GAP
    return _Ground(tuple(tops), top, drawing.marks)


def _bar(drawing: Drawing, top: float, row: Bar, scale: float) -> None:
    length = _UNKNOWN if row.value is None else row.value * scale
    look = "hatched" if row.value is None else "here" if row.strong else "quiet"
    drawing.rect(0.5, top, length, _BAR, look)
    drawing.text(length + 6, top + _BAR - 2, row.text, strong=True)
    if row.reference is not None:
        drawing.rect(0.5, top + _BAR + 1, row.reference * scale, _THIN, "dark")


def comparison(rows: Sequence[Bar], *, label: str, rtl: bool) -> SafeString:
    """One figure here, in the parent and in the country: short bars with their names, negatives allowed.

    The first row is the place itself. The zero line is always drawn, so that a length is a quantity.
    """
    drawing = Drawing(_SMALL, _PITCH * len(rows) + 2, label=label, rtl=rtl)
    known = [row.value for row in rows if row.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = (_SMALL - _NAMES - _VALUE_ROOM) / ((high - low) or 1)
    zero = _NAMES - low * scale
    for position, row in enumerate(rows):
        look = "hatched" if row.value is None else "here" if position == 0 else "pale"
        value = (row.value or 0.0) * scale
        start, length = (zero, _UNKNOWN) if row.value is None else (zero + min(value, 0), abs(value))
        drawing.rect(start, _PITCH * position + 5, length, 12, look)
        drawing.text(max(start + length, zero) + 6, _PITCH * position + 15, row.text, strong=position == 0)
    drawing.add(_sides(tuple(row.label for row in rows), rtl))
    drawing.line(zero, 1, zero, _PITCH * len(rows) + 1, "zero")
    return drawing.finish()


@lru_cache(maxsize=100)  # in a language, one for each kind of territory
def _sides(names: tuple[str, ...], rtl: bool) -> str:
    """The names of the bars that are compared."""
    drawing = Drawing(_SMALL, 0, label="", rtl=rtl)
    for position, name in enumerate(names):
        drawing.text(0, _PITCH * position + 15, name, strong=position == 0)
    return drawing.marks
