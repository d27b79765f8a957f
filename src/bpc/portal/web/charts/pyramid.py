"""The age pyramid: men and women by age group, side by side, over the outline of a reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH = 320.0
_MIDDLE = 52.0  # room of the age labels between the two sides
_SIDE = (WIDTH - _MIDDLE) / 2
_ROW = 16.0
_HEAD, _FOOT = 40.0, 36.0


@dataclass(frozen=True)
class AgeGroup:
    """Shares (percent) of the men and of the women of a place who are of this age; None is unknown."""

    label: str
    men: float | None
    women: float | None
    men_reference: float | None = None
    women_reference: float | None = None


@dataclass(frozen=True)
class PyramidWords:
    """The words on the pyramid, in the language of the page."""

    men: str
    women: str
    axis: str
    reference: str


def pyramid(
    groups: Sequence[AgeGroup], *, label: str, words: PyramidWords, rtl: bool, step: int = 5
) -> SafeString:
    """The youngest at the foot, men on the side where reading starts, women (hatched) on the other.

    Gridlines every `step` percent on both sides of the two zero lines; the line is the reference.
    """
    drawing = Drawing(WIDTH, _HEAD + _ROW * len(groups) + _FOOT, label=label, rtl=rtl)
    values = [
        v for g in groups for v in (g.men, g.women, g.men_reference, g.women_reference) if v is not None
    ]
    top_value = max(step, -(-max(values, default=0) // step) * step)
    scale = (_SIDE - 8) / top_value
    ticks = tuple(range(0, int(top_value) + 1, step))
    drawing.add(_ground(words, tuple(group.label for group in groups), ticks, rtl))
    men_line: list[tuple[float, float]] = []
    women_line: list[tuple[float, float]] = []
    for position, group in enumerate(reversed(groups)):
        top = _HEAD + _ROW * position
        men, women = (group.men or 0) * scale, (group.women or 0) * scale
        drawing.rect(_SIDE - men, top + 1, men, _ROW - 2, "here")
        drawing.rect(_SIDE + _MIDDLE, top + 1, women, _ROW - 2, "hatched")
        if group.men_reference is not None and group.women_reference is not None:
            for line, edge in (
                (men_line, _SIDE - group.men_reference * scale),
                (women_line, _SIDE + _MIDDLE + group.women_reference * scale),
            ):
                line += [(edge, top), (edge, top + _ROW)]
    for line in (men_line, women_line):
        if line:
            drawing.path(line, "outline")
    return drawing.finish()


@lru_cache(maxsize=100)  # a language has one for each last tick, with and without a reference
def _ground(words: PyramidWords, labels: tuple[str, ...], ticks: tuple[int, ...], rtl: bool) -> str:
    """What does not depend on the figures: words, ages, grid and zero lines."""
    drawing = Drawing(WIDTH, 0, label="", rtl=rtl)
    scale, foot = (_SIDE - 8) / ticks[-1], _HEAD + _ROW * len(labels)
    if words.reference:
        drawing.line(4, 10, 24, 10, "mark")
        drawing.text(30, 14, words.reference)
    drawing.text(_SIDE, _HEAD - 8, words.men, anchor="end", strong=True)
    drawing.text(_SIDE + _MIDDLE, _HEAD - 8, words.women, strong=True)
    for tick in ticks:
        look = "grid" if tick else "zero"
        for edge in (_SIDE - tick * scale, _SIDE + _MIDDLE + tick * scale):
            drawing.line(edge, _HEAD, edge, foot, look)
            drawing.text(edge, foot + 14, str(tick), anchor="middle")
    for position, label in enumerate(reversed(labels)):
        drawing.text(WIDTH / 2, _HEAD + _ROW * position + 12, label, anchor="middle")
    drawing.text(WIDTH / 2, foot + 31, words.axis, anchor="middle")
    return drawing.marks
