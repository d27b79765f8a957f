"""What happened period after period, as columns, and what the plan had said of the same months, as a line across."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bpc.portal.web.charts.drawing import Drawing

WIDTH, HEIGHT = 340.0, 190.0
_HEAD, _FOOT = 48.0, 24.0  # room for the legend and the figures above, for the dates below
_UNKNOWN, _FIGURE = 14.0, 24.0


@dataclass(frozen=True)
class FollowedPeriod:
    """One period: its date in short, the value and the plan's, None where unknown; `text`: the value as written."""

    name: str
    value: float | None
    text: str
    planned: float | None


def followed(
    periods: Sequence[FollowedPeriod], *, names: tuple[str, str], label: str, rtl: bool
) -> SafeString:
    """Columns from a zero line; a hatched one is unknown. `names`: of the columns, of the plan's lines (or empty)."""
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    known = [one for period in periods for one in (period.value, period.planned) if one is not None]
    scale = (HEIGHT - _HEAD - _FOOT) / (max(known, default=0.0) or 1.0)
    floor, pitch = HEIGHT - _FOOT, WIDTH / max(1, len(periods))
    drawing.rect(0, 2, 12, 12, "quiet")
    drawing.text(18, 13, names[0])
    if names[1]:
        drawing.line(WIDTH / 2, 8, WIDTH / 2 + 16, 8, "mark")
        drawing.text(WIDTH / 2 + 22, 13, names[1])
    width = min(pitch * 0.6, 60.0)
    for at, period in enumerate(periods):
        middle = pitch * (at + 0.5)
        height = _UNKNOWN if period.value is None else period.value * scale
        drawing.rect(
            middle - width / 2, floor - height, width, height, "hatched" if period.value is None else "quiet"
        )
        line = (period.planned or 0.0) * scale
        # above its column, or above the line where that would cross the figure
        top = line if height < line < height + _FIGURE else height
        drawing.text(middle, floor - top - 6, period.text, anchor="middle", strong=True)
        drawing.text(middle, HEIGHT - 6, period.name, anchor="middle")
        if period.planned is not None:
            top = floor - period.planned * scale
            drawing.line(middle - width / 2 - 6, top, middle + width / 2 + 6, top, "mark")
    drawing.line(0, floor, WIDTH, floor, "zero")
    return drawing.finish()
