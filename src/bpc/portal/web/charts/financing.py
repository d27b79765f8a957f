"""Who pays what as one bar, and cash over the months with the floor it must not cross."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing, px

WIDTH, HEIGHT = 340.0, 190.0
_HEAD, _FOOT = 24.0, 22.0
_BAR = 34.0
_LETTER_ROOM = 16.0  # a narrower piece bears no letter: its place in the legend says which it is
#: How each kind of money is drawn: light or dark, plain or hatched, so that no reading rests on colour.
LOOKS = {
    "own_cash": "here",
    "own_in_kind": "pale",
    "grant": "quiet",
    "in_kind": "hatched",
    "loan": "dark",
    "member_loan": "outline",
}
_ON_DARK = frozenset({"here", "dark"})


@dataclass(frozen=True)
class Piece:
    """A part of the whole: `letter` names it in the legend, `text` is its amount as written."""

    kind: str
    letter: str
    amount: float
    text: str


def who_pays(pieces: Sequence[Piece], *, label: str, rtl: bool) -> SafeString:
    """One bar of all that pays, in the order given, each piece with its letter where there is room."""
    drawing = Drawing(WIDTH, _BAR + 4, label=label, rtl=rtl)
    whole = sum(piece.amount for piece in pieces) or 1.0
    start = 0.0
    for piece in pieces:
        length = WIDTH * piece.amount / whole
        look = LOOKS[piece.kind]
        drawing.rect(start + 1, 2, max(length - 2, 0.6), _BAR, look, f"{piece.letter} : {piece.text}")
        if length >= _LETTER_ROOM:
            if (
                look in _ON_DARK or look == "hatched"
            ):  # a label of its own ground: it must be read on any of them
                drawing.add(_plate(drawing, start + length / 2))
            drawing.text(start + length / 2, _BAR / 2 + 7, piece.letter, anchor="middle", strong=True)
        start += length
    return drawing.finish()


def _plate(drawing: Drawing, middle: float) -> str:
    place = px(drawing.x(middle - 8, 16))
    return f'<rect class="c-plate" fill="#ffffff" x="{place}" y="{px(_BAR / 2 - 7)}" width="16" height="18" rx="3"/>'


def legend_sample(kind: str) -> SafeString:
    """A small piece drawn like those of that kind, for the legend."""
    drawing = Drawing(18, 14, label="", rtl=False)
    drawing.rect(1, 1, 16, 12, LOOKS[kind])
    return format_html(
        '<svg class="chart-sample" viewBox="0 0 18 14" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(drawing.marks.replace("url(#hatch-0)", "#efe7da")),
    )


def _ground(drawing: Drawing, start: float, top: float, width: float) -> str:
    """A plain ground, so that words over a line can be read."""
    place = px(drawing.x(start, width))
    return (
        f'<rect class="c-plate" fill="#ffffff" opacity="0.85" x="{place}" y="{px(top)}" width="{px(width)}" '
        'height="15" rx="2"/>'
    )


@dataclass(frozen=True)
class Axis:
    """Words of a line of cash: what stands under each year, and beside its lowest month and the floor."""

    years: Sequence[str]
    lowest: str
    floor: str


def cash_line(values: Sequence[float], floor: float, axis: Axis, *, label: str, rtl: bool) -> SafeString:
    """Cash at each month's end, the zero line, the floor as dashes with its words, the lowest month named."""
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    low, high = min(0.0, floor, *values), max(0.0, floor, *values)
    scale = (HEIGHT - _HEAD - _FOOT) / ((high - low) or 1.0)
    step = WIDTH / max(1, len(values) - 1)

    def down(value: float) -> float:
        return _HEAD + (high - value) * scale

    for number, name in enumerate(axis.years):
        drawing.line(step * 12 * number, _HEAD - 8, step * 12 * number, HEIGHT - _FOOT, "grid")
        drawing.text(min(step * (12 * number + 6), WIDTH - 8), HEIGHT - 5, name, anchor="middle")
    drawing.line(0, down(0), WIDTH, down(0), "zero")
    if abs(floor) >= 0.5:
        for dash in range(0, int(WIDTH), 10):
            drawing.line(dash, down(floor), dash + 5, down(floor), "mark")
        drawing.text(WIDTH, down(floor) - 5, axis.floor, anchor="end")
    drawing.path([(step * at, down(value)) for at, value in enumerate(values)], "outline")
    worst = min(range(len(values)), key=values.__getitem__)
    place = step * worst
    drawing.rect(place - 4, down(values[worst]) - 4, 8, 8, "here", axis.lowest)
    anchor = "start" if place < 60 else "end" if place > WIDTH - 60 else "middle"
    at = {"start": max(0.0, place - 16), "end": min(WIDTH, place + 16)}.get(anchor, place)
    baseline = max(14.0, down(values[worst]) - 10)
    width = 8.0 * len(axis.lowest)
    start = {"start": at, "end": at - width}.get(anchor, at - width / 2)
    drawing.add(_ground(drawing, start - 2, baseline - 12, width + 4))
    drawing.text(at, baseline, axis.lowest, anchor=anchor, strong=True)
    return drawing.finish()


def outlay_bars(
    values: Sequence[float], names: Sequence[str], texts: Sequence[str], *, label: str, rtl: bool
) -> SafeString:
    """What is paid in each month that has something to pay: bars under their month, each with its amount."""
    pitch = 34.0
    drawing = Drawing(WIDTH, pitch * len(values) + 2, label=label, rtl=rtl)
    scale = (WIDTH - 96.0) / (max(values, default=0.0) or 1.0)
    for number, value in enumerate(values):
        top = pitch * number
        drawing.text(0, top + 12, names[number])
        drawing.rect(0.5, top + 16, value * scale, 12, "quiet")
        drawing.text(value * scale + 6, top + 27, texts[number], strong=True)
    drawing.line(0.5, 0, 0.5, pitch * len(values), "zero")
    return drawing.finish()


def crosses(values: Sequence[float], floor: float) -> bool:
    """Whether cash falls under the floor, by more than a centime.

    >>> crosses([10, 5, 7], 5), crosses([10, 4.98], 5)
    (False, True)
    """
    return min(values) < floor - 0.01


def turning_months(values: Sequence[float]) -> list[int]:
    """The months a table of cash tells: the first, each turn, the last.

    >>> turning_months([5, 3, 4, 4, 9])
    [0, 1, 4]
    """
    slopes = [after - before for before, after in pairwise(values)]
    turns = [at + 1 for at, (before, after) in enumerate(pairwise(slopes)) if before * after < 0]
    return sorted({0, *turns, len(values) - 1})
