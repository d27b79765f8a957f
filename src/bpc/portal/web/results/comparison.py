"""The answers of a project beside its plan: a table of every figure, a chart of those a plan speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_duration, written_month
from bpc.portal.journeys.results_against_plan import AgainstPlan, Planned
from bpc.portal.projects.states import Answer
from bpc.portal.results.answering import FIGURES
from bpc.portal.results.queries import PeriodLine
from bpc.portal.web.charts.followed import FollowedPeriod, followed
from bpc.portal.web.charts.table import figure_table
from bpc.portal.web.results.words import NAMES, written

#: Figures that have a chart, and the column of the plan that speaks of the same.
_CHARTED = {
    "turnover_mad": "turnover_mad", "members": "members", "income_per_member_mad": "income_per_member_mad",
}  # fmt: skip


@dataclass(frozen=True)
class FollowedChart:
    """A chart, and its figures as a table."""

    title: str
    drawing: SafeString
    table: SafeString


def period_words(line: PeriodLine) -> str:
    """A period by its last month."""
    last = line.period.ends_on - timedelta(days=1)
    return written_month(last.year, last.month)


def charts(lines: Sequence[PeriodLine], against: AgainstPlan) -> list[FollowedChart]:
    """A chart for each figure that was told at least once."""
    return [
        _chart(name, column, lines, against.periods)
        for name, column in _CHARTED.items()
        if any(_value(line, name) is not None for line in lines)
    ]


def _value(line: PeriodLine, name: str) -> int | None:
    value: int | None = getattr(line.result, name) if line.answered else None
    return value


def _chart(name: str, column: str, lines: Sequence[PeriodLine], planned: Sequence[Planned]) -> FollowedChart:
    title = str(NAMES[name])
    rows = [
        (line, _value(line, name), getattr(plan, column)) for line, plan in zip(lines, planned, strict=True)
    ]
    drawing = followed(
        [
            FollowedPeriod(line.period.ends_on.strftime("%m/%Y"), value, _short(name, value), plan)
            for line, value, plan in rows
        ],
        names=(_("Ce qui s’est passé"), _("Votre plan")),
        label=_("%(figure)s, comparé au plan") % {"figure": title},
        rtl=get_language_bidi(),
    )  # fmt: skip
    table = figure_table(
        title,
        [_("Fin de la période"), _("Durée"), _("Réponse"), _("Plan")],
        [
            [
                period_words(line),
                written_duration(line.period.months),
                written(name, value),
                written(name, plan),
            ]
            for line, value, plan in rows
        ],
        hide_caption=True,
    )
    return FollowedChart(title, drawing, table)


def _short(name: str, value: int | None) -> str:
    """Above a column: the number alone, its unit is in the title and the table."""
    return "?" if value is None else written("members", value)


def period_rows(lines: Sequence[PeriodLine]) -> list[dict[str, Any]]:
    """Each period, the last first: what was said of it, or that nothing was."""
    return [
        {
            "ends_on": line.period.ends_on.isoformat(),
            "words": period_words(line),
            "length": written_duration(line.period.months),
            "answered": line.answered,
            "at": line.result.answered_at if line.result is not None else None,
            "stopped": line.answered and line.result is not None and line.result.alive == Answer.NO,
            "figures": [(NAMES[name], written(name, _value(line, name))) for name in FIGURES]
            if line.answered
            else [],
        }
        for line in reversed(lines)
    ]
