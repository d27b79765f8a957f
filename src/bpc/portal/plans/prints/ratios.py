"""The ratios a bank reads, year by year, and every indicator of the engine."""

import numpy as np
from django.utils.translation import gettext as _

from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.indicators.break_even import BreakEven, break_evens
from bpc.core.plan.indicators.debt_cover import debt_service, dscr
from bpc.core.plan.indicators.people import member_income
from bpc.core.plan.indicators.third_parties import third_party_tests
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.writing import written_number
from bpc.portal.plans.figure_words import figure_name, written_figure
from bpc.portal.plans.prints.accounts import balance_lines, income_lines
from bpc.portal.plans.prints.amounts import Amounts, Years, ratio_written, share_written
from bpc.portal.plans.prints.blocks import Block, row, table, year_table
from bpc.portal.plans.problem_words import month_written


def ratio_table(run: Simulation, amounts: Amounts) -> Block:
    """Profitability, debt, equity and working capital by fiscal year."""
    lines, sheet, years = income_lines(run), balance_lines(run), Years(run)
    covers, bare = dscr(run)[:, 0], dscr(run, without_working_capital=True)[:, 0]
    permanent = sheet["liabilities_permanent"] - sheet["assets_fixed"]
    need = sheet["assets_current"] - sheet["liabilities_current"]
    sales, owed = lines["sales"], sheet["bank_loans"] + sheet["member_loans"]
    lengths = np.array([year.end - year.first for year in run.frame.timeline.fiscal_years])
    days = _over(need, sales) * 30 * lengths
    received = member_income(run)[:, 0] / run.plan.members.count
    refunds = years.flow(run.closing.patronage) / run.plan.members.count
    rows = [
        row("line", _("Chiffre d’affaires"), *amounts.each(sales)),
        row("line", _("Valeur ajoutée / chiffre d’affaires"), *_shares(lines["value_added"], sales)),
        row("line", _("EBE / chiffre d’affaires"), *_shares(lines["ebitda"], sales)),
        row("line", _("Résultat net / chiffre d’affaires"), *_shares(lines["net_result"], sales)),
        row("sub", _("Dette à servir : capital et intérêts"), *amounts.each(debt_service(run)[:, 0])),
        row("sub", _("Couverture de la dette (DSCR)"), *map(ratio_written, covers)),
        row("line", _("DSCR hors variation du besoin en fonds de roulement"), *map(ratio_written, bare)),
        row("line", _("Dettes de financement / CAF, en années"), *_debt_years(owed, lines["self_financing"])),
        row(
            "line",
            _("Capitaux propres / capital"),
            *map(ratio_written, _over(sheet["equity"], sheet["capital"])),
        ),
        row("line", _("Capitaux propres et subventions / total du bilan"), *_autonomy(sheet)),
        row("line", _("Fonds de roulement"), *amounts.each(permanent)),
        row("line", _("Besoin en fonds de roulement"), *amounts.each(need)),
        row("line", _("le même, en jours de chiffre d’affaires"), *map(_whole, days)),
        row("sub", _("Revenu moyen par membre"), *amounts.each(received)),
        row("line", _("dont ristourne par membre"), *amounts.each(refunds)),
    ]
    caption = amounts.beside(_("Ratios par exercice"))
    return year_table(caption, [_("Exercice"), *years.labels], rows, note=years.unfinished_note)


def _over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """The ratio, NaN where there is nothing below."""
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=np.abs(below) > 0.005))


def _shares(above: np.ndarray, below: np.ndarray) -> list[str]:
    return [share_written(float(value)) for value in _over(above, below)]


def _debt_years(owed: np.ndarray, cash: np.ndarray) -> list[str]:
    """Years of self-financing that would pay all loans back; none when it is negative."""
    return [
        ratio_written(float(debt / own)) if own > 0.005 else "–" for debt, own in zip(owed, cash, strict=True)
    ]


def _autonomy(sheet: dict[str, np.ndarray]) -> list[str]:
    return _shares(sheet["equity"] + sheet["deferred_grants"], sheet["assets"])


def _whole(value: float) -> str:
    return "–" if not np.isfinite(value) else written_number(value)


def break_even_table(run: Simulation, amounts: Amounts) -> Block:
    """What must be sold each year to pay for everything, and the month it is reached."""
    entries = break_evens(run)
    rows = [
        row("line", _("Chiffre d’affaires prévu"), *amounts.each([entry.turnover for entry in entries])),
        row(
            "line", _("Charges qui suivent les ventes"), *amounts.each([entry.variable for entry in entries])
        ),
        row("line", _("Charges fixes"), *amounts.each([entry.fixed for entry in entries])),
        row("sub", _("Seuil de rentabilité"), *[_optional(amounts, entry.sales) for entry in entries]),
        row("line", _("Seuil de trésorerie"), *[_optional(amounts, entry.cash_sales) for entry in entries]),
        row("line", _("Marge de sécurité"), *[share_written(entry.safety) for entry in entries]),
        row("line", _("Atteint en"), *[_reached(run, entry) for entry in entries]),
    ]
    caption = amounts.beside(_("Seuil de rentabilité"))
    return year_table(caption, [_("Exercice"), *Years(run).labels], rows)


def _optional(amounts: Amounts, value: float | None) -> str:
    return _("aucun seuil") if value is None else amounts.written(value)


def _reached(run: Simulation, entry: BreakEven) -> str:
    if entry.month is None:
        return _("pas dans l’année")
    if not run.plan.dated:
        return _("M%(number)s") % {"number": entry.month + 1}
    month = run.plan.first_month.plus(entry.month)
    return f"{month.month:02d}/{month.year}"


def third_party_table(run: Simulation, amounts: Amounts) -> Block:
    """The test of article 6 of law 112-12."""
    tests = third_party_tests(run)
    rows = [
        row("line", _("Opérations avec les membres"), *amounts.each([test.with_members for test in tests])),
        row("line", _("Opérations avec des tiers"), *amounts.each([test.with_others for test in tests])),
        row("sub", _("Part"), *[share_written(test.ratio, 1) for test in tests]),
        row("line", _("Limite"), *[share_written(test.cap) for test in tests]),
        row(
            "line",
            _("Autorisation exceptionnelle"),
            *[_("nécessaire") if test.needs_authorisation else _("non") for test in tests],
        ),
    ]
    caption = amounts.beside(_("Opérations avec des tiers (loi 112-12, article 6)"))
    return year_table(caption, [_("Exercice"), *Years(run).labels], rows)


def figure_table(appraisal: Appraisal) -> Block:
    """Every indicator, or why it has no value."""
    plan = appraisal.run.plan
    rows = []
    for name, figure in appraisal.figures.items():
        written = written_figure(name, figure)
        if "month" in figure.detail and figure.value:
            written = f"{written} ({month_written(plan, int(figure.detail['month']) - 1)})"
        elif figure.unit == "month" and figure.value is not None:
            written = month_written(plan, int(figure.value) - 1)
        rows.append(row("line", figure_name(name), written))
    head = [_("Indicateur"), _("Valeur")]
    return table(head, rows, widths=("label", "text"), caption=_("Tous les indicateurs"), small=True)
