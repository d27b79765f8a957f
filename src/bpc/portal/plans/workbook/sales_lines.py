"""Volumes, sales and receipts of each product, month by month."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.operations import Product
from bpc.portal.plans.unit_words import written_unit
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, add_up, formula, total
from bpc.portal.plans.workbook.lags import settled
from bpc.portal.plans.workbook.shapes import moved_share, phased, season_share, when_begun


def lay_volumes(book: Book) -> None:
    """Units made and units sold."""
    sheet = book.monthly
    if book.plan.products:
        sheet.heading(_("Production et ventes en quantité"))
    for product in book.plan.products:
        key, label = product.id, book.label(product)
        yearly = when_begun(
            book, product.phase, book[f"capacite.{key}"] * phased(book, f"montee.{key}", "montee")
        )
        moved = product.hijri_event is not None and book.plan.dated
        selling = moved_share(book, product) if moved else season_share(book, f"saison.{key}")
        making = selling if product.harvest is None else season_share(book, f"recolte.{key}")
        words = {"name": label}
        options = {"unit": written_unit(product.unit), "style": "quantity"}
        made = sheet.row(_("%(name)s : produit") % words, yearly * making, **options)
        book.lines[f"made.{key}"] = made
        same = made if product.harvest is None else yearly * selling
        sold = sheet.row(_("%(name)s : vendu") % words, same * (1 - book[f"perte.{key}"]), **options)
        book.lines[f"sold.{key}"] = sold


def sale_price(book: Book, product: Product, *, to_members: bool) -> Formula:
    """The price of a unit, for members or for third parties."""
    own = to_members and product.member_price is not None
    return book[f"prix_membres.{product.id}" if own else f"prix.{product.id}"]


def vat_of(book: Book, product: Product) -> Formula | None:
    """The VAT invoiced with 1 MAD of sales; None when there is none."""
    taxed = book.plan.vat.regime == "taxable" and product.vat_class == "taxable"
    return book[f"tva.{product.id}"] if taxed else None


def lay_sales(book: Book) -> None:
    """Sales to members and to others, what is invoiced, paid, and never paid."""
    sheet = book.monthly
    sheet.heading(_("Ventes"))
    for product in book.plan.products:
        _lay_product(book, product)
    products = book.plan.products
    for code, label in (("sales_members", _("Ventes aux membres")), ("sales_third", _("Ventes aux tiers"))):
        parts = [book.lines[f"{code}.{product.id}"] for product in products]
        book.lines[code] = sheet.row(label, add_up(parts), bold=True)
    unpaid = [book.lines[f"unpaid.{product.id}"] for product in products]
    net = [_without_vat(book, product, book.lines[f"unpaid.{product.id}"]) for product in products]
    book.lines["bad_debts"] = sheet.row(_("Impayés, hors TVA"), add_up(net), bold=True)
    paid = [book.lines[f"paid_sales.{product.id}"] for product in products]
    received = add_up(paid) - (add_up(unpaid))
    book.lines["receipts"] = sheet.row(_("Encaissements des ventes"), received, bold=True)


def _without_vat(book: Book, product: Product, amount: Formula) -> Formula:
    vat = vat_of(book, product)
    return amount if vat is None else amount / (1 + vat)


def _lay_product(book: Book, product: Product) -> None:
    sheet, key, words = book.monthly, product.id, {"name": book.label(product)}
    sold, index = book.lines[f"sold.{key}"], book.rhythms["index.sales"]
    share = book[f"part_membres.{key}"]
    parts = {
        "sales_members": (_("%(name)s : ventes aux membres") % words, share, True),
        "sales_third": (_("%(name)s : ventes aux tiers") % words, 1 - share, False),
    }
    for code, (label, part, to_members) in parts.items():
        price = sale_price(book, product, to_members=to_members)
        book.lines[f"{code}.{key}"] = sheet.row(label, sold * index * part * price)
    net = book.lines[f"sales_members.{key}"] + book.lines[f"sales_third.{key}"]
    vat = vat_of(book, product)
    label = _("%(name)s : facturé") % words if vat is None else _("%(name)s : facturé, TVA comprise") % words
    invoiced = sheet.row(label, net if vat is None else (net) * (1 + vat))
    book.lines[f"invoiced.{key}"] = invoiced
    days = "delai_clients" if product.receivable_days is None else f"delai_clients.{key}"
    paid = sheet.row(_("%(name)s : à encaisser") % words, settled(book, invoiced, days))
    book.lines[f"paid_sales.{key}"] = paid
    lost = If(book[days] > 0, book[f"impayes.{key}"], 0) * paid
    book.lines[f"unpaid.{key}"] = sheet.row(_("%(name)s : impayés") % words, lost)


def set_deductible_share(book: Book) -> None:
    """Pro rata of the VAT that is deducted: turnover that opens the right over all turnover, VAT included."""
    if book.plan.vat.regime != "taxable":
        return
    opening: list[Formula] = []
    whole: list[Formula] = []
    for product in book.plan.products:
        key = product.id
        turnover = total(book.lines[f"sold.{key}"].whole) * book[f"prix.{key}"] * (1 + book[f"tva.{key}"])
        whole.append(turnover)
        if product.vat_class != "exempt":
            opening.append(turnover)
    book["prorata"].derived = (
        If(add_up(whole) > 0, add_up(opening) / add_up(whole), 1) if whole else formula(1)
    )
