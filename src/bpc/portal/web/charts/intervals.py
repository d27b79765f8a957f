"""How sure a rank is: the range it may lie in as a bar, the rank itself as a mark, on a line of all the places."""

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH, HEIGHT = 180.0, 22.0
_TRACK, _BAR, _EDGE = 3.0, 10.0, 3.0


def rank_interval(
    low: int, high: int, place: int, *, last: int, border: int, label: str, rtl: bool
) -> SafeString:
    """Places 1 to `last` in reading order. `border`: a line after the last place of the laureates."""
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    step = (WIDTH - 2 * _EDGE) / max(last, 1)

    def at(position: float) -> float:
        return _EDGE + (position - 1) * step

    middle = HEIGHT / 2
    drawing.rect(_EDGE, middle - _TRACK / 2, WIDTH - 2 * _EDGE, _TRACK, "pale")
    drawing.rect(at(low), middle - _BAR / 2, (high - low + 1) * step, _BAR, "quiet")
    if 0 < border < last:
        drawing.line(at(border + 1), 1, at(border + 1), HEIGHT - 1, "zero")
    thick = max(3.0, min(step, 8.0))
    drawing.rect(at(place) + (step - thick) / 2, middle - _BAR / 2 - 3, thick, _BAR + 6, "dark")
    return drawing.finish()
