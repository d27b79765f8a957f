"""A quantity over the months or years of a plan: bars by year, a line by month, the zero line honest."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH, HEIGHT = 340.0, 190.0
_HEAD, _FOOT = 22.0, 22.0  # room for the highest figure above, for the years below


def yearly_bars(
    values: Sequence[float], names: Sequence[str], texts: Sequence[str], *, label: str, rtl: bool
) -> SafeString:
    """One bar a year from the zero line; the first, the last and the highest carry their figure."""
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    low, high = min(0.0, *values), max(0.0, *values)
    scale = (HEIGHT - _HEAD - _FOOT) / ((high - low) or 1.0)
    zero = _HEAD + high * scale
    pitch = WIDTH / len(values)
    told = {0, len(values) - 1, max(range(len(values)), key=values.__getitem__)}
    for at, value in enumerate(values):
        height = abs(value) * scale
        top = zero - height if value >= 0 else zero
        drawing.rect(
            pitch * at + pitch * 0.15, top, pitch * 0.7, height, "here" if value >= 0 else "quiet", texts[at]
        )
        if at in _apart(told):
            # above its neighbours too, which may be taller
            nearby = max([0.0, *values[max(0, at - 1) : at + 2]])
            _figure(drawing, pitch * (at + 0.5), zero - nearby * scale - 5, texts[at])
        drawing.text(pitch * (at + 0.5), HEIGHT - 5, names[at], anchor="middle")
    drawing.line(0, zero, WIDTH, zero, "zero")
    return drawing.finish()


def _apart(told: set[int]) -> set[int]:
    """Figures too near their neighbour would overlap: the later one gives way."""
    kept: set[int] = set()
    for at in sorted(told):
        if all(at - other >= 3 for other in kept):
            kept.add(at)
    return kept


def _figure(drawing: Drawing, start: float, baseline: float, words: str) -> None:
    anchor = "start" if start < 50 else "end" if start > WIDTH - 50 else "middle"
    place = {"start": max(0.0, start - 16), "end": min(WIDTH, start + 16)}.get(anchor, start)
    drawing.text(place, baseline, words, anchor=anchor, strong=True)


def monthly_line(
    values: Sequence[float], years: Sequence[str], lowest: str, last: str, *, label: str, rtl: bool
) -> SafeString:
    """A balance at each month's end, its zero line, the years below, the figures of its lowest and last points."""
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    low, high = min(0.0, *values), max(0.0, *values)
    scale = (HEIGHT - _HEAD - _FOOT) / ((high - low) or 1.0)
    zero = _HEAD + high * scale
    step = WIDTH / max(1, len(values) - 1)
    for number, name in enumerate(years):
        start = step * 12 * number
        drawing.line(start, _HEAD - 8, start, HEIGHT - _FOOT, "grid")
        drawing.text(min(start + step * 6, WIDTH - 8), HEIGHT - 5, name, anchor="middle")
    drawing.line(0, zero, WIDTH, zero, "zero")
    drawing.path([(step * at, zero - value * scale) for at, value in enumerate(values)], "outline")
    worst = min(range(len(values)), key=values.__getitem__)
    place, height = step * worst, zero - values[worst] * scale
    drawing.rect(place - 4, height - 4, 8, 8, "here", lowest)
    _figure(drawing, place, max(14.0, height - 9), lowest)
    if len(values) - worst > 24:  # nearer, the two figures would overlap
        _figure(drawing, WIDTH, max(14.0, zero - values[-1] * scale - 7), last)
    return drawing.finish()
