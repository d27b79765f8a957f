"""What must be nil or equal in every month, and the few figures that say at a glance that it is."""

from django.utils.translation import gettext as _

from bpc.portal.plans.line_words import INDIRECT
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import vat_line
from bpc.portal.plans.workbook.formulas import (
    Formula,
    absolute,
    add_up,
    formula,
    least,
    most,
    product_sum,
    total,
)
from bpc.portal.plans.workbook.grid import Opening, Pick, Row


def lay_controls(book: Book) -> None:
    """The indirect cash flow, the differences of each month, and the verdicts."""
    lines, sheet = book.lines, book.controls
    sheet.heading(_("Flux de trésorerie, méthode indirecte"))
    change = _indirect(book)
    sheet.heading(_("Écarts de chaque mois"))
    lines["gap.balance"] = sheet.row(
        _("Actif moins passif"), lines["balance.assets"] - lines["balance.liabilities"], style="cents"
    )
    lines["gap.methods"] = sheet.row(
        _("Flux direct moins flux indirect"), lines["cash.change"] - change, style="cents"
    )
    lines["gap.cash"] = sheet.row(
        _("Trésorerie du tableau de flux moins trésorerie du bilan"),
        lines["cash.closing_cash"] - lines["balance.cash"],
        style="cents",
    )
    _verdicts(book)


def _indirect(book: Book) -> Row:
    lines = book.lines
    parts: list[Formula] = []

    def lay(code: str, given: Formula) -> None:
        lines[f"indirect.{code}"] = book.controls.row(str(INDIRECT[code]), given)
        parts.append(lines[f"indirect.{code}"])

    def moved(row: Row) -> Formula:
        return row - row.back()

    lay("net_result", lines["income.net_result"] + 0)
    lay("depreciation", lines["depreciation"] + 0)
    lay("grant_release", 0 - lines["released"])
    lay("capitalised_interest", lines["debt.capitalised"] + 0)
    lay("prepaid_fees", lines["debt.fees_expensed"] - lines["debt.fees_paid"])
    lay("stock", 0 - (moved(lines["stock"])))
    lay("receivables", 0 - (moved(lines["receivables"])))
    lay("payables", moved(lines["payables"]))
    lay("member_payables", moved(lines["member_payables"]))
    vat = lines.get("vat_position")
    position = moved(vat) + lines["vat_on_investments"] if vat is not None else formula(0)
    lay("vat", position)
    lay("tax", lines["tax"] - lines["tax_paid"])
    lay("operating_grants", lines["cash_operating"] - lines["operating"])
    paid = lines["bought"] - lines["in_kind"] + vat_line(book, "vat_on_investments")
    lay("investments", lines["sold"] - (paid))
    lay("capital", lines["paid_in"] - lines["refunded"])
    lay("investment_grants", lines["cash_investment"] + 0)
    lay("loans", lines["debt.drawn"] - lines["debt.principal"])
    lay("share_interest", 0 - lines["share_interest"])
    lay("patronage", 0 - lines["patronage_paid"])
    lay("overdraft", moved(lines["overdraft"]))
    row = book.controls.row(str(INDIRECT["change"]), add_up(parts), bold=True)
    lines["indirect.change"] = row
    return row


def _verdicts(book: Book) -> None:
    """Each verdict is a figure that must be nil; the writer adds the word beside it."""
    lines = book.lines
    book.checks.heading(_("En un coup d’œil"))
    for code, label in (
        ("balance", _("Le bilan est équilibré chaque mois : plus grand écart")),
        ("methods", _("Flux direct et indirect : plus grand écart")),
        ("cash", _("Flux et bilan finissent sur la même trésorerie : plus grand écart")),
    ):
        _check(book, code, label, _largest(lines[f"gap.{code}"]))
    result = total(lines["annual.net_result"].whole) - total(lines["income.net_result"].whole)
    _check(book, "years", _("La somme des exercices égale la somme des mois (résultat)"), result)
    moved = total(lines["annual.cash.change"].whole) - total(lines["cash.change"].whole)
    _check(book, "cash_years", _("La somme des exercices égale la somme des mois (trésorerie)"), moved)
    gap = product_sum(absolute(lines["annual.assets"].whole - lines["annual.liabilities"].whole))
    _check(book, "annual_balance", _("Le bilan annuel est équilibré"), gap)
    owed = total(lines["debt.drawn"].whole) + total(lines["debt.capitalised"].whole)
    debts = (lines["debt.bank"], lines["debt.members"])
    first = add_up([Opening(row) for row in debts])
    repaid = (first) + owed - total(lines["debt.principal"].whole) - (add_up([_last(row) for row in debts]))
    _check(book, "loans", _("Emprunts : débloqué moins remboursé égale reste dû"), repaid)
    spent = total(lines["bought"].whole) - total(lines["depreciation"].whole) - total(lines["sold"].whole)
    old = Opening(lines["net_book_value"]) + spent - _last(lines["net_book_value"])
    _check(book, "assets", _("Achats moins amortissements et cessions égalent la valeur nette"), old)
    grants = total(lines["claimed"].whole) - total(lines["released"].whole) - _last(lines["deferred_grants"])
    _check(book, "grants", _("Subventions acquises moins reprises égalent le solde"), grants)
    _check(
        book,
        "stock",
        _("Le stock n’est jamais négatif : plus grand manque"),
        most(0, 0 - least(lines["stock"].whole)),
    )
    missing = most(0, book["plancher"] - least(lines["cash"].whole))
    _check(book, "funding", _("La trésorerie reste au-dessus du plancher : plus grand manque"), missing)


def _check(book: Book, code: str, label: str, given: Formula) -> None:
    book.lines[f"check.{code}"] = book.checks.row(label, given, style="cents")


def _largest(row: Row) -> Formula:
    return product_sum(most(absolute(row.whole)))


def _last(row: Row) -> Formula:
    return Pick(row.whole, row.sheet.columns)
