"""The capital called and refunded, what was there before the plan, and the value added tax, month by month."""

from django.utils.translation import gettext as _

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, add_up, formula, least, modulo, most
from bpc.portal.plans.workbook.funding_assumptions import vat_on_top
from bpc.portal.plans.workbook.grid import Row
from bpc.portal.plans.workbook.investment_lines import vat_on_investments
from bpc.portal.plans.workbook.lags import settled
from bpc.portal.plans.workbook.sales_lines import vat_of


def lay_capital(book: Book) -> None:
    """Shares paid in as they are called, refunds, and the capital paid up."""
    sheet, shares, t = book.monthly, book.plan.shares, book.rhythms["t"]
    sheet.heading(_("Capital social"))
    paid: list[Formula] = []
    for n in range(1, len(shares.subscriptions) + 1):
        amount = book[f"membres_adhesion.{n}"] * book[f"parts_adhesion.{n}"] * book["valeur_part"]
        for c in range(1, len(shares.calls) + 1):
            due = t.equals(book[f"mois_adhesion.{n}"] + book[f"mois_appel.{c}"])
            paid.append(If(due, amount * book[f"part_appel.{c}"], 0))
    book.lines["paid_in"] = sheet.row(_("Parts versées"), add_up(paid))
    left: list[Formula] = [
        If(t.equals(book[f"mois_depart.{n}"]), book[f"depart.{n}"], 0)
        for n in range(1, len(shares.exits) + 1)
    ]
    book.lines["refunded"] = sheet.row(_("Parts remboursées"), add_up(left))
    capital = sheet.row(
        _("Capital, apports en nature compris"), sums=False, bold=True, opening=_opening(book, "capital")
    )
    capital.formula = capital.back() + book.lines["paid_in"] - book.lines["refunded"] + book.lines["in_kind"]
    book.lines["capital"] = capital


def _opening(book: Book, name: str) -> Formula:
    return book[f"ouverture.{name}"] if book.plan.opening is not None else formula(0)


def lay_opening(book: Book) -> None:
    """How the opening balances are settled, and the stock used before any is bought."""
    if book.plan.opening is None:
        return
    sheet, t = book.monthly, book.rhythms["t"]
    sheet.heading(_("Reprise du bilan d’ouverture"))
    labels = {
        "clients": ("received", _("Anciennes créances encaissées")),
        "fournisseurs": ("paid", _("Anciennes dettes fournisseurs payées")),
        "membres": ("paid_members", _("Anciennes dettes envers les membres payées")),
    }
    for name, (code, label) in labels.items():
        months = book[f"ouverture_mois.{name}"]
        even = If(t <= months, book[f"ouverture.{name}"] / months, 0)
        book.lines[f"opening.{code}"] = sheet.row(label, even)
    bought = book.lines["bought_suppliers"]
    all_bought = sheet.row(_("Achats cumulés"), sums=False, opening=formula(0))
    all_bought.formula = all_bought.back() + bought
    used = sheet.row(
        _("Ancien stock utilisé, cumul"),
        least(all_bought, book["ouverture.stock"]),
        sums=False,
        opening=formula(0),
    )
    book.lines["opening.stock_used"] = sheet.row(_("Achats évités par l’ancien stock"), used - used.back())
    book.lines["opening.stock_saved"] = sheet.row(
        _("Paiements évités par l’ancien stock"),
        settled(book, book.lines["opening.stock_used"], "delai_fournisseurs"),
    )


def opening_line(book: Book, code: str) -> Formula:
    """A flow of the opening balances; zero for a new cooperative."""
    return book.lines.get(f"opening.{code}") or formula(0)


def lay_vat(book: Book) -> None:
    """VAT collected, deducted, carried forward and paid, on cash received and paid."""
    if book.plan.vat.regime == "exempt_no_deduction":
        return
    sheet = book.monthly
    sheet.heading(_("Taxe sur la valeur ajoutée"))
    parts = _vat_parts(book)
    labels = {
        "vat_on_sales": _("TVA facturée aux clients"),
        "vat_collected": _("TVA encaissée"),
        "vat_on_members": _("TVA facturée par les membres"),
        "vat_on_suppliers": _("TVA facturée par les fournisseurs"),
        "vat_paid_out": _("TVA payée sur achats et charges"),
    }
    for code, label in labels.items():
        book.lines[code] = sheet.row(label, add_up(parts[code]))
    book.lines["vat_on_investments"] = sheet.row(_("TVA sur investissements"), vat_on_investments(book))
    _lay_vat_account(book)


def _vat_parts(book: Book) -> dict[str, list[Formula]]:
    lines = book.lines
    codes = ("vat_on_sales", "vat_collected", "vat_on_members", "vat_on_suppliers", "vat_paid_out")
    parts: dict[str, list[Formula]] = {code: [] for code in codes}
    for product in book.plan.products:
        if (vat := vat_of(book, product)) is not None:
            net = lines[f"sales_members.{product.id}"] + lines[f"sales_third.{product.id}"]
            # the tax on what customers never pay is not owed
            never = lines[f"unpaid.{product.id}"]
            parts["vat_on_sales"].append((net) * vat - never * vat / (1 + vat))
            paid = lines[f"paid_sales.{product.id}"] - never
            parts["vat_collected"].append((paid) * vat / (1 + vat))
    for item in book.plan.inputs:
        rate = vat_on_top(book, f"tva_achat.{item.id}")
        who = "vat_on_members" if item.from_members else "vat_on_suppliers"
        parts[who].append(lines[f"bought.{item.id}"] * rate)
        parts["vat_paid_out"].append(lines[f"paid.{item.id}"] * rate / (1 + rate))
    common: list[Formula] = []
    for cost in book.plan.fixed_costs:
        rate = vat_on_top(book, f"tva_charge.{cost.id}")
        invoiced = lines[f"cost.{cost.id}"] * rate
        parts["vat_on_suppliers"].append(invoiced)
        if cost.payment_days is None:
            common.append(invoiced)
        else:
            parts["vat_paid_out"].append(lines[f"paid_cost.{cost.id}"] * rate / (1 + rate))
    if common:
        due = book.monthly.row(_("Charges payées au délai général : TVA"), add_up(common))
        parts["vat_paid_out"].append(settled(book, due, "delai_fournisseurs"))
    return parts


def _lay_vat_account(book: Book) -> None:
    """What is due is paid the month after the period; a credit is carried for ever."""
    sheet, lines = book.monthly, book.lines
    zero = formula(0)
    balance = sheet.row(_("TVA encaissée moins TVA payée, cumul"), sums=False, opening=zero)
    balance.formula = (
        balance.back() + lines["vat_collected"] - lines["vat_paid_out"] - lines["vat_on_investments"]
    )
    declared = If(
        book["tva_trimestre"].equals(1), If(modulo(book.rhythms["cal"], 3).equals(0), balance, 0), balance
    )
    highest = sheet.row(_("TVA due depuis le début"), sums=False, opening=zero)
    highest.formula = most(highest.back(), declared, 0)
    so_far = sheet.row(_("TVA versée, cumul"), highest.back(), sums=False, opening=zero)
    lines["vat_paid"] = sheet.row(_("TVA versée à l’État"), so_far - so_far.back(), bold=True)
    position = sheet.row(_("Position de TVA (dette +, crédit −)"), sums=False, bold=True, opening=zero)
    position.formula = (
        position.back()
        + lines["vat_on_sales"]
        - lines["vat_on_members"]
        - lines["vat_on_suppliers"]
        - lines["vat_on_investments"]
        - lines["vat_paid"]
    )
    lines["vat_position"] = position


def vat_line(book: Book, code: str) -> Formula:
    """A line of the VAT account; zero when the cooperative is outside VAT."""
    row: Row | None = book.lines.get(code)
    return row if row is not None else formula(0)
