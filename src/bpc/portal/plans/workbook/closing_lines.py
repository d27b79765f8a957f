"""From the flows of operations to cash: overdraft, price complements, tax and refunds, month by month.

Everything depends on the past only, except the test for paying refunds, which looks ahead to the year's end at flows
that do not depend on them: there is no circle.
"""

from django.utils.translation import gettext as _

from bpc.core.plan.closing import HALF_A_CENTIME
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import opening_line, vat_line
from bpc.portal.plans.workbook.formulas import Formula, If, formula, least, most
from bpc.portal.plans.workbook.grid import Pick, Row


def lay_flows(book: Book) -> None:
    """Cash from operations and result, before what only the walk through the years can tell."""
    lines, sheet = book.lines, book.monthly
    sheet.heading(_("Flux et résultat avant impôt, compléments et ristournes"))
    work = lines["piece_members"] + lines["piece_others"] + wages(book)
    settled = opening_line(book, "received") + opening_line(book, "stock_saved")
    settled = settled - opening_line(book, "paid") - opening_line(book, "paid_members")
    paid = lines["paid_members"] + lines["paid_suppliers"] + work + vat_line(book, "vat_paid")
    operating = lines["receipts"] + lines["cash_operating"] - (paid)
    if book.plan.opening is not None:
        operating = operating + (settled)
    lines["operating_flow"] = sheet.row(_("Flux d’exploitation avant impôt"), operating)
    invested = lines["sold"] - (lines["bought"] - lines["in_kind"] + vat_line(book, "vat_on_investments"))
    borrowed = (
        lines["debt.drawn"] - lines["debt.interest"] - lines["debt.principal"] - lines["debt.fees_paid"]
    )
    money = lines["cash_investment"] + borrowed + lines["paid_in"] - lines["refunded"]
    lines["flow"] = sheet.row(
        _("Flux du mois avant impôt, compléments et ristournes"),
        lines["operating_flow"] + invested + money,
        bold=True,
    )
    consumed = lines["use_members"] + lines["use_suppliers"] + lines["external"] + lines["bad_debts"]
    income = lines["sales_members"] + lines["sales_third"] + lines["operating"] + lines["released"]
    cost = lines["debt.interest"] + lines["debt.capitalised"] + lines["debt.fees_expensed"]
    lines["result_before"] = sheet.row(
        _("Résultat avant agios, compléments et impôt"),
        income - (consumed + work + lines["depreciation"] + cost),
        bold=True,
    )


def wages(book: Book) -> Formula:
    """All salaried work, charges included."""
    return book.lines["wages_members"] + book.lines["wages_others"] + book.lines["charges"]


def at_meeting(book: Book, decided: Row) -> Formula:
    """What was decided for the year before, in the month of the general meeting."""
    meeting = book.rhythms["pos"].equals(book["mois_assemblee"])
    return If(meeting, Pick(decided.with_opening, book.rhythms["fy"]), 0)


def at_close(book: Book, decided: Row) -> Formula:
    """What a year owes, in its last month."""
    closing = book.rhythms["t"].equals(Pick(book.lines["year.last"].whole, book.rhythms["fy"]))
    return If(closing, Pick(decided.whole, book.rhythms["fy"]), 0)


def since_meeting(book: Book, decided: Row) -> Formula:
    """A reserve as the last general meeting left it."""
    fy = book.rhythms["fy"]
    held = If(book.rhythms["pos"] >= book["mois_assemblee"], fy, most(fy - 1, 1))
    return Pick(decided.with_opening, held)


def lay_walk(book: Book) -> None:
    """Cash, month after month."""
    lines, sheet = book.lines, book.monthly
    sheet.heading(_("Impôt, compléments, ristournes et trésorerie"))
    lines["bonus"] = sheet.row(_("Complément de prix dû aux membres"), at_close(book, lines["year.bonus"]))
    lines["bonus_paid"] = sheet.row(_("Complément de prix payé"), at_meeting(book, lines["year.bonus"]))
    lines["tax"] = sheet.row(_("Impôt de l’exercice"), at_close(book, lines["year.tax"]))
    lines["tax_paid"] = sheet.row(_("Impôt payé"), _tax_paid(book))
    lines["share_interest"] = sheet.row(
        _("Intérêts servis aux parts"), at_meeting(book, lines["year.share_interest"])
    )
    lines["patronage"] = sheet.row(_("Ristournes décidées"), at_meeting(book, lines["year.patronage"]))
    lines["shared_result"] = sheet.row(
        _("Résultat partagé par l’assemblée"), at_meeting(book, lines["year.result"])
    )
    net_flow = lines["net_flow"] = sheet.row(
        _("Flux du mois avant ristournes et agios"),
        lines["flow"] - lines["tax_paid"] - lines["bonus_paid"] - lines["share_interest"],
    )
    _lay_cash(book, net_flow)


def _tax_paid(book: Book) -> Formula:
    pos, fy = book.rhythms["pos"], book.rhythms["fy"]
    amount: Formula = formula(0)
    for number in (4, 3, 2, 1):
        payment = Pick(book.lines[f"year.tax_payment.{number}"].with_opening, fy)
        amount = If(pos.equals(3 * number), payment, amount)
    return amount


def _lay_cash(book: Book, net_flow: Row) -> None:
    """Refunds are paid when cash stays above its floor until the year's end; else they wait for the next meeting."""
    lines, sheet = book.lines, book.monthly
    opening = book["ouverture.tresorerie"] if book.plan.opening is not None else formula(0)
    fy, t = book.rhythms["fy"], book.rhythms["t"]
    lowest = sheet.row(_("Plus bas cumul de flux d’ici la fin de l’exercice"), sums=False)
    is_last = t.equals(Pick(lines["year.last"].whole, fy))
    lowest.formula = net_flow + If(is_last, 0, least(0, lowest.ahead()))
    net = Row(sheet, 0, _("Trésorerie nette de découvert"), sums=False, opening=opening)
    pending = Row(sheet, 0, _("Ristournes à payer"), sums=False, opening=formula(0))
    overdraft = Row(sheet, 0, _("Découvert"), sums=False, opening=formula(0))
    owed = sheet.row(_("Ristournes dues"), pending.back() + lines["patronage"], sums=False)
    enough = net.back() + lowest - owed >= book["plancher"] - HALF_A_CENTIME
    meeting = book.rhythms["pos"].equals(book["mois_assemblee"])
    paid = sheet.row(_("Ristournes payées"), If(meeting, If(enough, owed, 0), 0))
    pending.formula = owed - paid
    interest = sheet.row(_("Agios du découvert"), overdraft.back() * book["taux_decouvert"] / 12)
    net.formula = net.back() + net_flow - paid - interest
    overdraft.formula = least(most(book["plancher"] - net, 0), book["decouvert"])
    for row in (pending, net, overdraft):
        row.line = sheet.next_line
        sheet.entries.append(row)
        sheet.next_line += 1
    lines["patronage_paid"], lines["patronage_payable"] = paid, pending
    lines["overdraft_interest"], lines["overdraft"] = interest, overdraft
    lines["cash"] = sheet.row(
        _("Trésorerie de fin de mois"), net + overdraft, sums=False, bold=True, opening=opening
    )
