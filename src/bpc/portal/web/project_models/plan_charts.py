"""The plan at a glance: income by year, cash by month, what breaks it; each a drawing with its table."""

from dataclasses import dataclass

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.indicators.people import member_income
from bpc.core.plan.risk.tornado import tornado as plan_tornado
from bpc.core.plan.schema import Plan
from bpc.portal.foundation.writing import written_amount, written_number
from bpc.portal.plans.driver_words import driver_words
from bpc.portal.plans.problem_words import month_written, year_written
from bpc.portal.web.charts.series import monthly_line, yearly_bars
from bpc.portal.web.charts.sheet_charts import Chart
from bpc.portal.web.charts.table import figure_table
from bpc.portal.web.charts.tornado import Range, tornado

#: The causes shown: the widest ones.
MOST_CAUSES = 5
THOUSAND = 1000.0


@dataclass(frozen=True)
class PlanCharts:
    """The three charts of a plan; `breaks` is None when nothing in it has a range."""

    income: Chart
    cash: Chart
    breaks: Chart | None


def plan_charts(appraisal: Appraisal) -> PlanCharts:
    """The charts of an appraised plan, in the language of the page."""
    return PlanCharts(income_chart(appraisal), cash_chart(appraisal), break_chart(appraisal))


def _source() -> str:
    return _("calcul de la banque de projets, prix constants")


def income_chart(appraisal: Appraisal) -> Chart:
    """What a member receives, full year after full year."""
    run = appraisal.run
    received = member_income(run)[:, 0] / run.plan.members.count
    full = [number for number, year in enumerate(run.frame.timeline.fiscal_years) if year.closes]
    years = [run.frame.timeline.fiscal_years[number].label for number in full]
    values = [float(received[number]) for number in full]
    title = _("Ce que reçoit un membre par an")
    texts = [written_number(value) for value in values]
    names = [_short_year(run.plan, year) for year in years]
    table = [
        (year_written(run.plan, year), written_amount(value))
        for year, value in zip(years, values, strict=True)
    ]
    return Chart(
        title=title,
        drawing=yearly_bars(values, names, texts, label=title, rtl=get_language_bidi()),
        table=figure_table(title, [_("Année"), _("Par membre")], table, hide_caption=True),
        source=_source(),
        note=_("En MAD, avant ce que le membre dépense lui-même pour produire."),
    )


def cash_chart(appraisal: Appraisal) -> Chart:
    """Cash at each month's end, and the month when there is least; the campaign line used is taken off."""
    run = appraisal.run
    own = (run.closing.cash - run.closing.overdraft)[:, 0]
    lowest = int(own.argmin())
    title = _("L’argent en caisse au fil des mois")
    years = [
        _short_year(run.plan, run.frame.timeline.start.year + number) for number in range(run.plan.years)
    ]
    table = [
        (month_written(run.plan, month), written_amount(float(own[month])))
        for month in sorted({lowest, *range(11, run.frame.months, 12)})
    ]
    return Chart(
        title=title,
        drawing=monthly_line(
            [float(value) for value in own],
            years,
            written_number(float(own[lowest])),
            written_number(float(own[-1])),
            label=title,
            rtl=get_language_bidi(),
        ),
        table=figure_table(title, [_("Fin du mois"), _("En caisse")], table, hide_caption=True),
        source=_source(),
        note=_("Au plus bas : %(amount)s, %(month)s.")
        % {"amount": written_amount(float(own[lowest])), "month": month_written(run.plan, lowest)},
    )


def break_chart(appraisal: Appraisal) -> Chart | None:
    """What moves the value of the project most, each cause between its low and its high figure."""
    run = appraisal.run
    found = plan_tornado(run.plan, run.frame.rules)
    widest = found.bars[:MOST_CAUSES]
    if not widest:
        return None
    title = _("Ce qui peut le faire échouer")
    rows = [
        Range(
            driver_words(bar.driver.name, run.plan),
            min(bar.npv_low, bar.npv_high),
            max(bar.npv_low, bar.npv_high),
            _thousands(min(bar.npv_low, bar.npv_high)),
            _thousands(max(bar.npv_low, bar.npv_high)),
        )
        for bar in widest
    ]
    base = _("prévu : %(amount)s") % {"amount": _thousands(found.npv)}
    head = [_("Si change"), _("au pire"), _("au mieux")]
    table = [(row.label, row.low_text, row.high_text) for row in rows]
    return Chart(
        title=title,
        drawing=tornado(rows, found.npv, base, label=title, rtl=get_language_bidi()),
        table=figure_table(title, head, table, hide_caption=True),
        source=_source(),
        note=_(
            "Valeur du projet sur toute sa durée, en milliers de MAD d’aujourd’hui, quand un seul chiffre va "
            "d’un bout à l’autre de sa fourchette. Sous zéro, le projet perd de l’argent."
        ),
    )


def _short_year(plan: Plan, year: int) -> str:
    """Two digits of a year, or its number in a plan of no particular year."""
    return str(year)[2:] if plan.dated else str(year - plan.first_month.year + 1)


def _thousands(amount: float) -> str:
    return written_number(amount / THOUSAND)
