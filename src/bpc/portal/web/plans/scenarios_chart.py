"""Cash over the months of up to four scenarios, each with its own dash and letter: no reading rests on colour."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from bpc.portal.foundation.writing import written_number
from bpc.portal.plans.prints.charts import nice_ticks
from bpc.portal.web.charts.drawing import Drawing, px

WIDTH, HEIGHT = 640.0, 260.0
_FOOT, _HEAD, _SIDE, _END = 24.0, 12.0, 64.0, 20.0
DASHES = ("", "8 4", "2 4", "10 3 2 3")
LETTERS = "ABCD"
THOUSAND = 1000.0
_COLOURS = ("#0b6150", "#a2471f", "#2e4685", "#9c3450")


def cash_lines(series: Sequence[Sequence[float]], *, label: str, year: str, rtl: bool) -> SafeString:
    """`series`: cash at the end of each month, MAD; thousands are marked. `year`: « an %(number)s », under the axis."""
    drawing = Drawing(WIDTH, HEIGHT, label=label, rtl=rtl)
    values = [value for line in series for value in line]
    ticks = nice_ticks(min(values, default=0.0), max(values, default=0.0))
    low, span = ticks[0], ticks[-1] - ticks[0]
    months = max((len(line) for line in series), default=1)

    def across(month: int) -> float:
        return _SIDE + (WIDTH - _SIDE - _END) * month / max(months - 1, 1)

    def down(value: float) -> float:
        return _HEAD + (HEIGHT - _HEAD - _FOOT) * (1 - (value - low) / span)

    for tick in ticks:
        drawing.line(_SIDE, down(tick), WIDTH - _END, down(tick), "zero" if tick == 0 else "grid")
        drawing.text(
            _SIDE - 6,
            down(tick) + 4,
            written_number(tick / THOUSAND, 0 if span >= 5 * THOUSAND else 1),
            anchor="end",
        )
    for first in range(0, months, 12 if months <= 60 else 24):
        drawing.text(across(first), HEIGHT - 6, year % {"number": first // 12 + 1})
    for number, line in enumerate(series):
        points = " ".join(
            f"{px(drawing.x(across(month)))},{px(down(value))}" for month, value in enumerate(line)
        )
        drawing.add(_line(number, points))
        drawing.text(across(len(line) - 1) + 5, down(line[-1]) + 4, LETTERS[number], strong=True)
    return drawing.finish()


def _line(number: int, points: str) -> str:
    dash = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
    return (
        f'<polyline class="c-series c-series-{number}" fill="none" stroke="{_COLOURS[number]}" stroke-width="2"'
        f'{dash} points="{points}"/>'
    )


def sample(number: int) -> SafeString:
    """A piece of the line of a scenario, for the legend."""
    return format_html(
        '<svg viewBox="0 0 40 16" aria-hidden="true"><line class="c-series-{}" x1="0" y1="8" x2="40" y2="8" '
        'stroke="{}" stroke-width="3" stroke-dasharray="{}"/></svg>',
        number, _COLOURS[number], DASHES[number] or "none",
    )  # fmt: skip
