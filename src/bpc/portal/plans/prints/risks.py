"""What was found by shaking the plan: named stresses, and the assumptions that weigh most."""

from django.utils.translation import gettext as _

from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.portal.foundation.typesetting.characters import drawable
from bpc.portal.foundation.writing import LEFT_TO_RIGHT, written_number, written_percent
from bpc.portal.plans.figure_words import written_figure
from bpc.portal.plans.prints.amounts import Amounts, ratio_written
from bpc.portal.plans.prints.blocks import Block, paragraph, row, table
from bpc.portal.plans.prints.charts import tornado_chart
from bpc.portal.plans.prints.context import Risk, Swing

#: A chart of more bars is not read.
MOST_BARS = 10


def risk_blocks(appraisal: Appraisal, risk: Risk, amounts: Amounts) -> list[Block]:
    """The tables and the chart there is something to show in."""
    blocks: list[Block] = []
    if risk.loss_probability is not None:
        text = _(
            "Sur %(draws)s tirages dans les fourchettes, %(share)s donnent une valeur actuelle nette négative."
        )
        share = written_percent(100 * risk.loss_probability)
        blocks.append(paragraph(text % {"draws": written_number(risk.draws), "share": share}))
    if risk.stresses:
        blocks.append(_stress_table(risk, amounts))
    if risk.swings:
        blocks += _swings(appraisal, risk, amounts)
    return blocks


def _stress_table(risk: Risk, amounts: Amounts) -> Block:
    def amount(value: float | None) -> str:
        return "–" if value is None else amounts.written(value)

    rows = [
        row(
            "sub" if case is risk.base else "line",
            drawable(case.name, 160),
            amount(case.npv),
            amount(case.min_cash),
            ratio_written(case.dscr_min),
            amount(case.income_per_member),
        )
        for case in (risk.base, *risk.stresses)
    ]
    head = [
        _("Si…"),
        _("Valeur actuelle nette"),
        _("Trésorerie la plus basse"),
        _("DSCR le plus faible"),
        _("Revenu moyen par membre"),
    ]
    caption = amounts.beside(_("Épreuves"))
    return table(head, rows, widths=("label", *["number"] * 4), caption=caption)


def _swings(appraisal: Appraisal, risk: Risk, amounts: Amounts) -> list[Block]:
    ordered = sorted(risk.swings, key=lambda swing: -abs(swing.at_high - swing.at_low))
    base = appraisal.figures["npv"].value or 0.0
    title = _("Ce qui fait bouger la valeur actuelle nette, %(unit)s") % {"unit": amounts.unit}
    written = written_figure("npv", appraisal.figures["npv"])
    note = _(
        "Trait : le plan comme il est écrit, %(amount)s. Barre : l’hypothèse seule va d’un bout à l’autre "
        "de sa fourchette."
    )
    bars = [(drawable(swing.name, 50), swing.at_low, swing.at_high) for swing in ordered[:MOST_BARS]]
    chart = tornado_chart(title, f"{title}. {note % {'amount': written}}", base, bars, unit=amounts.scale)
    rows = [
        row(
            "line",
            drawable(swing.name, 110),
            amounts.written(swing.at_low),
            amounts.written(swing.at_high),
            _switch(swing),
        )
        for swing in ordered
    ]
    head = [
        _("Hypothèse"),
        _("au bas de la fourchette"),
        _("en haut de la fourchette"),
        _("le projet bascule à"),
    ]
    values = table(head, rows, widths=("label", *["number"] * 3), small=True)
    return [chart, paragraph(note % {"amount": written}, quiet=True), values]


def _switch(swing: Swing) -> str:
    if swing.switching is None:
        return "–"
    sign = f"{LEFT_TO_RIGHT}+" if swing.switching > 0 else ""
    return f"{sign}{written_percent(100 * swing.switching)}"
