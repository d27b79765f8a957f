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
from bpc.portal.web.results.deviations import PLANNED, asks_why, deviations, planned_value
from bpc.portal.web.results.words import ALONE, NAMES, written

#: Figures that have a chart, those a plan speaks of first.
_CHARTED = (*PLANNED, "women", "youth", "jobs_seasonal")


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
        _chart(name, lines, against.periods)
        for name in _CHARTED
        if any(_value(line, name) is not None for line in lines)
    ]


def _value(line: PeriodLine, name: str) -> int | None:
    value: int | None = getattr(line.result, name) if line.answered else None
    return value


def _chart(name: str, lines: Sequence[PeriodLine], planned: Sequence[Planned]) -> FollowedChart:
    title = str(ALONE.get(name, NAMES[name]))
    rows = [
        (line, _value(line, name), planned_value(name, plan))
        for line, plan in zip(lines, planned, strict=True)
    ]
    has_plan = any(plan is not None for _line, _told, plan in rows)
    drawing = followed(
        [
            FollowedPeriod(line.period.ends_on.strftime("%m/%Y"), value, _short(name, value), plan)
            for line, value, plan in rows
        ],
        names=(_("Ce qui s’est passé"), _("Votre plan") if has_plan else ""),
        label=(_("%(figure)s, comparé au plan") if has_plan else _("%(figure)s, d’une période à l’autre"))
        % {"figure": title},
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


def period_rows(lines: Sequence[PeriodLine], against: AgainstPlan) -> list[dict[str, Any]]:
    """Each period, the last first: what was said of it, how far from the plan and why, or that nothing was."""
    return [
        {
            **_beside_plan(line, plan),
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
        for line, plan in reversed(list(zip(lines, against.periods, strict=True)))
    ]


def _beside_plan(line: PeriodLine, plan: Planned) -> dict[str, Any]:
    """The sentences of a period beside its plan, and the reason the group gave; `asks`: none yet, and worth asking."""
    found, result = deviations(line, plan), line.result
    return {
        "sentences": [one.sentence for one in found],
        "cause": result.get_cause_display() if result is not None and result.cause else "",
        "cause_words": result.cause_words if result is not None else "",
        "cause_language": result.cause_language if result is not None else "",
        "asks": asks_why(found),
    }
