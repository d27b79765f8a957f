"""Charts as fractions of their frame: `templates/charts.typ` draws them, from the side where reading starts."""

import math
from collections.abc import Sequence
from itertools import pairwise

from bpc.portal.foundation.writing import written_number
from bpc.portal.plans.prints.blocks import Block


def nice_ticks(low: float, high: float, most: int = 5, *, with_zero: bool = True) -> list[float]:
    """Round values that cover a range, zero among them unless told otherwise, in about so many steps.

    >>> nice_ticks(-30_000, 95_000)
    [-50000.0, -25000.0, 0.0, 25000.0, 50000.0, 75000.0, 100000.0]
    >>> nice_ticks(0, 0)
    [0.0, 1.0]
    """
    if with_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 0:
        return [low, low + 1.0]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def _axis(values: Sequence[float], unit: float, with_zero: bool = True) -> tuple[list[Block], float, float]:
    ticks = nice_ticks(min(values, default=0.0), max(values, default=0.0), with_zero=with_zero)
    low, span = ticks[0], ticks[-1] - ticks[0]
    decimals = 0 if unit == 1 or all(float(tick / unit).is_integer() for tick in ticks) else 1
    marks = [{"at": (tick - low) / span, "label": written_number(tick / unit, decimals)} for tick in ticks]
    return marks, low, span


def line_chart(
    title: str,
    alt: str,
    values: Sequence[float],
    marks: Sequence[tuple[int, str]],
    *,
    note: tuple[int, str],
    unit: float = 1,
) -> Block:
    """A line over months. `marks`: labels under some months; `note`: a month singled out and what is said of it."""
    ticks, low, span = _axis(values, unit)
    last = max(len(values) - 1, 1)
    at, words = note
    return {
        "kind": "line_chart",
        "title": title,
        "alt": alt,
        "ticks": ticks,
        "zero": -low / span,
        "points": [[index / last, (value - low) / span] for index, value in enumerate(values)],
        "marks": [{"at": index / last, "label": label} for index, label in marks],
        "note": {"at": at / last, "y": (values[at] - low) / span, "label": words},
        "below": any(min(pair) < -0.5 for pair in pairwise([*values, values[-1]])),
    }


def bar_chart(
    title: str, alt: str, values: Sequence[float], labels: Sequence[str], *, unit: float = 1
) -> Block:
    """Columns with their value above."""
    ticks, low, span = _axis(values, unit)
    bars = [
        {
            "top": (max(value, 0.0) - low) / span,
            "bottom": (min(value, 0.0) - low) / span,
            "label": label,
            "value": written_number(value / unit),
            "negative": value < 0,
        }
        for value, label in zip(values, labels, strict=True)
    ]
    return {
        "kind": "bar_chart",
        "title": title,
        "alt": alt,
        "ticks": ticks,
        "zero": -low / span,
        "bars": bars,
    }


def tornado_chart(
    title: str, alt: str, base: float, swings: Sequence[tuple[str, float, float]], *, unit: float = 1
) -> Block:
    """Horizontal bars around the plan's value: name, value at the low end and at the high end of the range."""
    ends = [end for _name, low, high in swings for end in (low, high)]
    ticks, start, span = _axis([*ends, base], unit, with_zero=False)
    rows = [
        {
            "label": name,
            "low": (min(low, high) - start) / span,
            "high": (max(low, high) - start) / span,
            "texts": [written_number(min(low, high) / unit), written_number(max(low, high) / unit)],
        }
        for name, low, high in swings
    ]
    zero = -start / span
    return {
        "kind": "tornado",
        "title": title,
        "alt": alt,
        "ticks": ticks,
        "zero": zero,
        "base": (base - start) / span,
        "rows": rows,
    }
