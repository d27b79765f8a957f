"""Value, returns, debt cover and cash needs as formulas on the months and on the years."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from bpc.core.plan.indicators.returns import HIGHEST, LOWEST, changes_sign, irr_roots, mirr
from bpc.core.plan.indicators.value import valued_flow, yearly_flow
from bpc.portal.plans.figure_words import NAMES
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import vat_line
from bpc.portal.plans.workbook.formulas import (
    Call,
    Formula,
    If,
    Words,
    add_up,
    both,
    either,
    formula,
    least,
    most,
    product_sum,
    total,
)
from bpc.portal.plans.workbook.grid import Pick, Row, Span
from bpc.portal.plans.workbook.years import YearEnd, YearSum

#: Where IRR looks from, by periods a year, once the first guess has failed.
GUESSES = {12: (0.01, -0.02, 0.1), 1: (0.1, -0.2, 1.0)}


def known_rates(flow: Any, per_year: int) -> list[float]:
    """The single rate of a flow on the day of the export, by period, as a guess for later."""
    roots = irr_roots(flow, per_year) if changes_sign(flow) else []
    return [round(float((1.0 + roots[0]) ** (1.0 / per_year) - 1.0), 5)] if len(roots) == 1 else []


def put(
    book: Book, code: str, label: str, given: Formula, style: str = "amount", unit: str | None = None
) -> Row:
    """A single indicator, called as everywhere on the site when it has a name there."""
    row = book.indicators.row(
        str(NAMES.get(code, label)), given, style=style, unit=_("MAD") if unit is None else unit
    )
    book.lines[f"indicator.{code}"] = row
    return row


def lay_flows_valued(book: Book) -> None:
    """The project's flow before financing, month by month: what value and returns are counted on."""
    lines, sheet, t = book.lines, book.monthly, book.rhythms["t"]
    sheet.heading(_("Flux du projet avant financement"))
    spent = lines["bought"] + vat_line(book, "vat_on_investments")
    flow = sheet.row(_("Flux du projet"), lines["cash.operations"] - (spent) + lines["sold"], bold=True)
    left = lines["net_book_value"] + lines["stock"] + lines["receivables"]
    left = left - lines["payables"] - lines["member_payables"]
    last = t.equals(book.frame.months)
    terminal = sheet.row(_("Valeur finale (dernier mois)"), If(last, left, 0))
    valued = sheet.row(_("Flux du projet, valeur finale comprise"), flow + terminal, bold=True)
    running = sheet.row(_("Flux du projet, cumul"), sums=False, opening=formula(0))
    running.formula = running.back() + flow
    discounted = sheet.row(_("Flux du projet actualisé"), flow * book.rhythms["discount"])
    discounted_so_far = sheet.row(_("Flux du projet actualisé, cumul"), sums=False, opening=formula(0))
    discounted_so_far.formula = discounted_so_far.back() + discounted
    start = book["ouverture.tresorerie"] if book.plan.opening is not None else formula(0)
    unfunded = sheet.row(_("Trésorerie sans aucun financement"), sums=False, opening=start)
    unfunded.formula = unfunded.back() + flow + lines["in_kind"]
    lines |= {
        "project_flow": flow,
        "terminal": terminal,
        "valued": valued,
        "running": running,
        "discounted": discounted,
        "discounted_so_far": discounted_so_far,
        "unfunded": unfunded,
    }


def lay_plan_years(book: Book) -> None:
    """The flow by plan year as banks lay it out: year 0 is what is invested in the first year."""
    lines, sheet = book.lines, book.flow_by_year
    sheet.heading(_("Flux du projet par année du plan"))
    number = sheet.row(
        _("Année"),
        given=tuple(float(year + 1) for year in range(book.plan.years)),
        style="count",
        sums=False,
        opening=formula(0),
    )
    year = book.rhythms["year"].whole
    spent: Formula = lines["bought"].whole
    if "vat_on_investments" in lines:
        spent = spent + lines["vat_on_investments"].whole
    first = product_sum(year.equals(1) * (spent))
    flow = sheet.row(_("Flux, valeur finale comprise"), sums=False, opening=0 - first, bold=True)
    flow.formula = product_sum(year.equals(number) * lines["valued"].whole) + If(number.equals(1), first, 0)
    lines["plan_year"], lines["yearly_flow"] = number, flow


def internal_rates(flow: Formula, known: list[float], per_year: int = 12) -> Formula:
    """IRR from the rate found on the day of the export, then from others; the reason when there is none.

    A spreadsheet looks for the rate around a guess: without a good one it may give up on a flow that has a rate.
    """
    rate: Formula = Words(_("non défini"))
    for guess in reversed((*known, *GUESSES[per_year])):
        rate = Call(
            "IFERROR", lambda first, second: second if first is None else first, _irr(flow, guess), rate
        )
    return rate


def _irr(flow: Formula, guess: float) -> Formula:
    return Call("IRR", internal_rate, flow, guess)


def internal_rate(flow: Any, guess: float) -> float | None:
    """The rate a spreadsheet's IRR finds from a guess (Newton's method); None when it finds none.

    >>> round(internal_rate(np.array([-100.0, 60.0, 60.0]), 0.1), 6)
    0.130662
    """
    steps, rate = np.arange(len(flow)), float(guess)
    if not ((flow > 0).any() and (flow < 0).any()):
        return None
    for _step in range(100):
        with np.errstate(all="ignore"):
            factors = (1.0 + rate) ** -steps
            value, slope = float(flow @ factors), float(-(steps * flow) @ factors / (1.0 + rate))
        if not np.isfinite(value) or not np.isfinite(slope) or slope == 0:
            return None
        moved = rate - value / slope
        if moved <= -1:
            return None
        if abs(moved - rate) < 1e-13:
            return moved
        rate = moved
    return None


def yearly_rate(monthly: Formula) -> Formula:
    """A monthly rate compounded to a year, or the reason why there is none."""
    return in_range(monthly, (1 + monthly) ** 12 - 1)


def in_range(found: Formula, rate: Formula) -> Formula:
    """A yearly rate where one is looked for (-99 % to 1 000 %), else the reason why there is none."""
    beyond = Words(_("hors de −99 % à 1 000 % par an"))
    return If(is_number(found), If(either(rate < LOWEST, rate > HIGHEST), beyond, rate), found)


def is_number(given: Formula) -> Formula:
    """ISNUMBER(…): not the reason why there is none."""
    return Call("ISNUMBER", lambda value: not isinstance(value, str), given)


def lay_value(book: Book) -> None:
    """Net present value, rates of return, payback."""
    lines, sheet, rate = book.lines, book.indicators, book["taux_actualisation"]
    sheet.heading(_("Valeur et rendement du projet, avant financement"))
    discount = book.rhythms["discount"].whole
    valued = lines["valued"].whole
    npv = put(book, "npv", "", product_sum(valued * discount))
    year, flow = lines["plan_year"].with_opening, lines["yearly_flow"].with_opening
    put(
        book,
        "npv_annual",
        "",
        product_sum(flow * (1 + rate) ** (0 - year)),
    )
    put(book, "terminal_value", "", total(lines["terminal"].whole))
    spent: Formula = lines["bought"].whole
    if "vat_on_investments" in lines:
        spent = spent + lines["vat_on_investments"].whole
    invested = put(book, "invested", _("Investissements actualisés"), product_sum((spent) * discount))
    ratio = If(invested > 0, 1 + npv / If(invested > 0, invested, 1), Words(_("aucun investissement")))
    put(book, "profitability_index", "", ratio, "ratio", "")
    _lay_returns(book, valued, flow)


def _lay_returns(book: Book, valued: Formula, flow: Formula) -> None:
    """Rates of return by month and by year, and paybacks."""
    rate, months = book["taux_actualisation"], book.frame.months
    found = put(
        book,
        "irr_month",
        _("Taux de rendement interne, par mois"),
        internal_rates(valued, known_rates(valued_flow(book.run)[:, 0], 12)),
        "rate",
        "",
    )
    put(book, "irr", "", yearly_rate(found), "rate", "")
    label = _("Taux trouvé sur les flux par année")
    by_year = internal_rates(flow, known_rates(yearly_flow(book.run)[:, 0], 1), 1)
    found = put(book, "irr_year", label, by_year, "rate", "")
    put(book, "irr_annual", "", in_range(found, found), "rate", "")
    monthly = (1 + rate) ** (formula(1) / 12) - 1

    def modified(flows: Any, finance: float, reinvest: float) -> Any:
        found = mirr(flows, (1 + finance) ** 12 - 1, (1 + reinvest) ** 12 - 1)
        return None if found is None else (1 + found) ** (1 / 12) - 1

    tried = Call("MIRR", modified, valued, monthly, monthly)
    words = Words(_("non défini"))
    month_rate = put(
        book,
        "mirr_month",
        _("Taux de rendement modifié, par mois"),
        Call("IFERROR", lambda first, second: second if first is None else first, tried, words),
        "rate",
        "",
    )
    put(book, "mirr", "", yearly_rate(month_rate), "rate", "")
    _payback(book, "payback_years", _("Délai de récupération"), "running", "project_flow", months)
    label = _("Délai de récupération actualisé")
    _payback(book, "discounted_payback_years", label, "discounted_so_far", "discounted", months)


def _payback(book: Book, code: str, label: str, running: str, flow: str, months: int) -> None:
    """The last month in the red, and how far into the next one the flow fills the gap."""
    lines, t = book.lines, book.rhythms["t"]
    below = (lines[running].whole < 0) * t.whole
    last = put(
        book,
        f"{code}.last",
        _("%(name)s : dernier mois négatif") % {"name": label},
        product_sum(most(below)),
        "count",
        _("mois"),
    )
    missing = 0 - Pick(lines[running].whole, last)
    within = last - 1 + missing / Pick(lines[flow].whole, last + 1)
    value = If(last.equals(0), 0, If(last.equals(months), Words(_("pas pendant le plan")), within / 12))
    put(book, code, label, value, "ratio", _("ans"))


def last_year(row: Row) -> Formula:
    """The last twelve months of a row."""
    return Span(row, row.sheet.columns - 11, row.sheet.columns)


def lay_needs(book: Book) -> None:
    """Peak need, lowest cash, highest overdraft, each with its month."""
    lines = book.lines
    book.indicators.heading(_("Besoin de financement et trésorerie"))
    need = most(0, book["plancher"] - least(lines["unfunded"].whole))
    put(book, "peak_need", "", need)
    _month_of(book, "peak_need_month", _("Mois du besoin maximal"), "unfunded", least)
    put(book, "min_cash", "", least(lines["cash"].whole))
    _month_of(book, "min_cash_month", _("Mois de la trésorerie la plus basse"), "cash", least)
    put(book, "max_overdraft", "", most(lines["overdraft"].whole))
    _month_of(book, "max_overdraft_month", _("Mois du découvert le plus haut"), "overdraft", most)


def _month_of(book: Book, code: str, label: str, line: str, extreme: Callable[..., Formula]) -> None:
    cells = book.lines[line].whole

    def match(value: float, given: Any, exact: int) -> int:
        return int(np.flatnonzero(given == value)[0]) + 1

    put(book, code, label, Call("MATCH", match, extreme(cells), cells, 0), "count", _("mois"))


def lay_debt(book: Book) -> None:
    """Cover of each year's debt service; its lowest and its average; cover of the whole loan."""
    lines, sheet, years = book.lines, book.indicators_by_year, book.frame.timeline.fiscal_years
    sheet.heading(_("Couverture de la dette"))
    cash = sheet.row(_("Flux disponible pour la dette"), YearSum(lines["cash.operations"], years))
    owed = YearSum(lines["debt.interest"], years) + YearSum(lines["debt.principal"], years)
    service = sheet.row(_("Service de la dette"), owed)
    tied = [lines["stock"], lines["receivables"]]
    owing = [lines["payables"], lines["member_payables"]]
    change = add_up([YearEnd(row, years) - YearEnd(row, years, before=True) for row in tied]) - (
        add_up([YearEnd(row, years) - YearEnd(row, years, before=True) for row in owing])
    )
    stocked = sheet.row(_("Variation du besoin en fonds de roulement"), change)
    for code, label, available in (
        ("dscr", _("Couverture de la dette"), cash),
        ("dscr_bare", _("Couverture, hors variation du besoin en fonds de roulement"), cash + stocked),
    ):
        cover = If(service > 0, (available) / If(service > 0, service, 1), Words(_("sans dette")))
        lines[f"by_year.{code}"] = sheet.row(label, cover, style="ratio", bold=True)
    principal = sheet.row(_("dont capital remboursé"), YearSum(lines["debt.principal"], years))
    repaying = If(principal > 0, lines["by_year.dscr"], Words(_("sans remboursement")))
    label = _("Couverture de la dette, années de remboursement")
    lines["by_year.dscr_repaying"] = sheet.row(label, repaying, style="ratio")
    book.indicators.heading(_("Dette"))
    for code, name, reason in (
        ("dscr_min", "dscr", _("sans dette")),
        ("dscr_min_repaying", "dscr_repaying", _("sans remboursement")),
        ("dscr_min_without_working_capital", "dscr_bare", _("sans dette")),
    ):
        title = _("Couverture de la dette, la plus faible en remboursant") if name == "dscr_repaying" else ""
        put(book, code, title, over_years("MIN", min, lines[f"by_year.{name}"].whole, reason), "ratio", "")
    cells = lines["by_year.dscr"].whole
    average = over_years("AVERAGE", lambda found: sum(found) / len(found), cells, _("sans dette"))
    put(book, "dscr_average", "", average, "ratio", "")
    if any(sum(draw.amount for draw in loan.draws) for loan in book.plan.loans):
        _lay_loan_life(book)


def over_years(name: str, act: Callable[[list[float]], float], cells: Formula, reason: str) -> Formula:
    """A figure over the years that have one."""

    def over(given: Any) -> Any:
        return act([float(value) for value in given if _is_number(value)])

    counted = Call("COUNT", lambda given: sum(map(_is_number, given)), cells)
    return If(counted > 0, Call(name, over, cells), Words(reason))


def _is_number(value: Any) -> bool:
    return not isinstance(value, str)


def _lay_loan_life(book: Book) -> None:
    lines, loans, t = book.lines, book.plan.loans, book.rhythms["t"]
    drawn = {
        loan.id: add_up([book[f"deblocage.{loan.id}.{n}"] for n in range(1, len(loan.draws) + 1)])
        for loan in loans
    }
    whole = add_up([*drawn.values()])
    weighted = add_up([(drawn[loan.id]) * book[f"taux_mois.{loan.id}"] for loan in loans]) / (whole)
    rate = put(book, "loan_rate", _("Taux moyen des emprunts, par mois"), weighted, "index", "")
    starts = [book[f"premier_mois.{loan.id}"] for loan in loans]
    first = put(book, "first_draw", _("Mois du premier déblocage"), least(*starts), "count", _("mois"))
    ends = [book[f"premier_mois.{loan.id}"] + book[f"mois_emprunt.{loan.id}"] for loan in loans]
    last = put(book, "maturity", _("Mois de la dernière échéance"), most(*ends), "count", _("mois"))
    counted = (t.whole > first) * (t.whole <= last)
    present = product_sum(counted * lines["cash.operations"].whole * (1 + rate) ** (first - t.whole))
    existing = add_up([If(first.equals(0), drawn[loan.id], 0) for loan in loans if loan.existing])
    at_draw = Pick(lines["debt.bank"].with_opening, first + 1) + Pick(
        lines["debt.members"].with_opening, first + 1
    )
    owed = If(first.equals(0), existing, at_draw)
    served = both(is_number(lines["indicator.dscr_min"]), owed > 0)
    cover = If(served, present / If(owed > 0, owed, 1), Words(_("sans dette")))
    put(book, "llcr", "", cover, "ratio", "")
