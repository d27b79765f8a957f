"""Purchases, work, wages and running costs, month by month, accrued and paid."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.operations import FixedCost, Input, Position
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, add_up, formula, least, most, total
from bpc.portal.plans.workbook.funding_assumptions import cost_rate, vat_on_top
from bpc.portal.plans.workbook.grid import Pick, Row
from bpc.portal.plans.workbook.lags import cover, in_campaign, settled
from bpc.portal.plans.workbook.sales_lines import sale_price
from bpc.portal.plans.workbook.shapes import phased, when_begun


def lay_costs(book: Book) -> None:
    """Everything the cooperative buys and pays to run."""
    _lay_inputs(book)
    _lay_fixed_costs(book)
    _lay_piece_work(book)
    _lay_wages(book)


def _use(book: Book, item: Input) -> Formula:
    products = {product.id: product for product in book.plan.products}
    if item.from_members and item.member_price.kind == "share":
        parts = []
        for name in item.member_price.share:
            product, share = products[name], book[f"part_membres.{name}"]
            price = sale_price(book, product, to_members=False) * (1 - share)
            price += sale_price(book, product, to_members=True) * share
            sold = book.lines[f"sold.{name}"] * book.rhythms["index.sales"]
            parts.append(sold * book[f"part_prix.{item.id}.{name}"] * (price))
        return add_up(parts)
    made = add_up(
        [book.lines[f"made.{name}"] * book[f"quantite.{item.id}.{name}"] for name in item.qty_per_unit]
    )
    unit = book[f"cout.{item.id}"] * cost_rate(book, f"tva_achat.{item.id}")
    return made * unit * book.rhythms["index.inputs"]


def _lay_inputs(book: Book) -> None:
    sheet = book.monthly
    if book.plan.inputs:
        sheet.heading(_("Achats de matières"))
    for item in book.plan.inputs:
        _lay_input(book, item)
    groups = {
        "members": [item for item in book.plan.inputs if item.from_members],
        "suppliers": [item for item in book.plan.inputs if not item.from_members],
    }
    labels = {
        "use_members": _("Apports des membres utilisés"),
        "use_suppliers": _("Autres matières utilisées"),
        "bought_members": _("Apports des membres achetés"),
        "bought_suppliers": _("Autres matières achetées"),
    }
    for code, label in labels.items():
        verb, who = code.split("_")
        parts: list[Formula] = [book.lines[f"{verb}.{item.id}"] for item in groups[who]]
        book.lines[code] = sheet.row(label, add_up(parts), bold=True)


def _lay_input(book: Book, item: Input) -> None:
    sheet, key, words = book.monthly, item.id, {"name": book.label(item)}
    use = book.lines[f"use.{key}"] = sheet.row(_("%(name)s : utilisé") % words, _use(book, item))
    if item.purchase_months is not None:
        bought = sheet.row(
            _("%(name)s : acheté") % words, in_campaign(book, use, book.rhythms[f"campagne.{key}"])
        )
    else:
        days = "stock" if item.stock_days is None else f"stock.{key}"
        stock = sheet.row(
            _("%(name)s : stock de fin de mois") % words,
            cover(book, use, days),
            sums=False,
            opening=formula(0),
        )
        bought = sheet.row(_("%(name)s : acheté") % words, use + stock - stock.back())
    book.lines[f"bought.{key}"] = bought
    invoiced = _with_vat(book, bought, f"tva_achat.{key}", words)
    general = "delai_membres" if item.from_members else "delai_fournisseurs"
    days = general if item.payment_days is None else f"delai_achat.{key}"
    book.lines[f"paid.{key}"] = sheet.row(_("%(name)s : payé") % words, settled(book, invoiced, days))


def _with_vat(book: Book, bought: Row, key: str, words: dict[str, str]) -> Row:
    """What is invoiced: the row itself, or a further row with the VAT that is deducted."""
    if book.plan.vat.regime == "exempt_no_deduction":
        return bought
    label = _("%(name)s : facturé, TVA comprise") % words
    return book.monthly.row(label, bought * (1 + vat_on_top(book, key)))


def _lay_fixed_costs(book: Book) -> None:
    sheet = book.monthly
    sheet.heading(_("Charges fixes"))
    waiting: list[Formula] = []
    payments: list[Formula] = []
    for cost in book.plan.fixed_costs:
        invoiced = _lay_fixed_cost(book, cost)
        if cost.payment_days is None:
            waiting.append(invoiced)
        else:
            words = {"name": book.label(cost)}
            paid = settled(book, invoiced, f"delai_charge.{cost.id}")
            payments.append(sheet.row(_("%(name)s : payé") % words, paid))
            book.lines[f"paid_cost.{cost.id}"] = sheet.rows[-1]
    accrued: list[Formula] = [book.lines[f"cost.{cost.id}"] for cost in book.plan.fixed_costs]
    book.lines["external"] = sheet.row(_("Charges externes"), add_up(accrued), bold=True)
    common = sheet.row(_("Charges payées au délai général : facturé"), add_up(waiting))
    book.lines["paid_costs"] = sheet.row(
        _("Charges payées au délai général : payé"), settled(book, common, "delai_fournisseurs")
    )
    for code, who in (("paid_members", True), ("paid_suppliers", False)):
        parts: list[Formula] = [
            book.lines[f"paid.{item.id}"] for item in book.plan.inputs if item.from_members is who
        ]
        if not who:
            parts += [book.lines["paid_costs"], *payments]
        label = _("Payé aux membres") if who else _("Payé aux fournisseurs")
        book.lines[code] = sheet.row(label, add_up(parts), bold=True)


def _lay_fixed_cost(book: Book, cost: FixedCost) -> Row:
    key, sheet = cost.id, book.monthly
    share: Formula = formula(1) / 12
    if cost.month_weights is not None:
        weights = book.rhythms[f"mois_charge.{key}"].whole
        share = If(
            total(weights) > 0,
            Pick(weights, book.rhythms["cal"]) / If(total(weights) > 0, total(weights), 1),
            0,
        )
    amount = book[f"charge.{key}"] * share * phased(book, f"charges.{key}", "charges")
    amount = when_begun(book, cost.phase, amount) * book.rhythms[f"index.{cost.family}"]
    rate = cost_rate(book, f"tva_charge.{key}")
    row = sheet.row(book.label(cost), amount * rate)
    book.lines[f"cost.{key}"] = row
    return _with_vat(book, row, f"tva_charge.{key}", {"name": book.label(cost)})


def _lay_piece_work(book: Book) -> None:
    sheet = book.monthly
    if book.plan.piece_work:
        sheet.heading(_("Travail à la pièce"))
    for work in book.plan.piece_work:
        made = [book.lines[f"made.{name}"] * book[f"piece.{work.id}.{name}"] for name in work.rate_per_unit]
        book.lines[f"piece.{work.id}"] = sheet.row(
            book.label(work), (add_up(made)) * book.rhythms["index.wages"]
        )
    for code, who in (("piece_members", True), ("piece_others", False)):
        parts: list[Formula] = [
            book.lines[f"piece.{work.id}"] for work in book.plan.piece_work if work.by_members is who
        ]
        label = _("Travail à la pièce des membres") if who else _("Travail à la pièce des autres")
        book.lines[code] = sheet.row(label, add_up(parts), bold=True)


def _lay_wages(book: Book) -> None:
    sheet = book.monthly
    if book.plan.staff:
        sheet.heading(_("Personnel"))
    for post in book.plan.staff:
        _lay_post(book, post)
    labels = {
        "wages_members": _("Salaires des membres"),
        "wages_others": _("Salaires des autres"),
        "charges": _("Charges patronales"),
    }
    for code, label in labels.items():
        parts: list[Formula] = [book.lines[f"{code}.{post.id}"] for post in book.plan.staff]
        book.lines[code] = sheet.row(label, add_up(parts), bold=True)


def _gross(book: Book, post: Position) -> Formula:
    written: Formula | None = book[f"salaire.{post.id}"] if post.gross is not None else None
    legal: Formula | None = None
    if post.minimum == "smag":
        legal = book.law("smag_day") * book.law("days_a_month")
    elif post.minimum == "smig":
        legal = book.law("smig_hour") * book.law("hours_a_month")
    parts = [part for part in (written, legal) if part is not None]
    return (parts[0] if len(parts) == 1 else most(*parts)) * book.rhythms["index.wages"]


def _lay_post(book: Book, post: Position) -> None:
    sheet, key, words = book.monthly, post.id, {"name": book.label(post)}
    held: Formula = book[f"postes.{key}"] * phased(book, f"postes.{key}", "postes")
    if post.months is not None:
        held = held * Pick(book.rhythms[f"mois_poste.{key}"].whole, book.rhythms["cal"])
    posts = sheet.row(
        _("%(name)s : temps pleins") % words,
        when_begun(book, post.phase, held),
        style="quantity",
        sums=False,
    )
    gross = sheet.row(_("%(name)s : salaire brut d’un temps plein") % words, _gross(book, post), sums=False)
    share = book[f"membres_poste.{key}"]
    charge = (
        book.law("employer_capped") * least(gross, book.law("social_ceiling"))
        + book.law("employer_uncapped") * gross
    )
    book.lines[f"posts.{key}"] = posts
    rows = {
        "wages_members": (_("%(name)s : salaires de membres") % words, posts * gross * share),
        "wages_others": (_("%(name)s : salaires d’autres") % words, posts * gross * (1 - share)),
        "charges": (_("%(name)s : charges patronales") % words, posts * charge),
    }
    for code, (label, amount) in rows.items():
        book.lines[f"{code}.{key}"] = sheet.row(label, amount)
