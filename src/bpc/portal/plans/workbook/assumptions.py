"""The assumptions of operations, one cell each: general, products, inputs, work, costs."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.operations import FixedCost, Input, Position, Product
from bpc.portal.plans.unit_words import written_unit
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, formula
from bpc.portal.plans.workbook.funding_assumptions import assume_funding
from bpc.portal.plans.workbook.legal_assumptions import assume_legal

SHARE = (0.0, 1.0)


def assume_all(book: Book) -> None:
    """Every assumption of the plan, in reading order."""
    _general(book)
    _phases(book)
    _terms(book)
    for product in book.plan.products:
        _product(book, product)
    for item in book.plan.inputs:
        _input(book, item)
    _piece_work(book)
    _fixed_costs(book)
    for post in book.plan.staff:
        _post(book, post)
    assume_funding(book)
    assume_legal(book)


def _general(book: Book) -> None:
    plan = book.plan
    book.section(_("Généralités"))
    book.assume(
        "taux_actualisation", _("Taux d’actualisation"), plan.discount_rate, _("par an"), style="rate"
    )
    book.assume(
        "prix_nominaux",
        _("Prix nominaux (1) ou constants (0)"),
        1 if plan.prices == "nominal" else 0,
        "",
        style="count",
        limits=SHARE,
    )
    labels = {
        "sales": _("Hausse des prix de vente"),
        "inputs": _("Hausse des achats"),
        "wages": _("Hausse des salaires"),
        "energy": _("Hausse de l’énergie"),
        "other": _("Hausse des autres charges"),
        "capex": _("Hausse des équipements"),
    }
    for family, label in labels.items():
        growth = getattr(plan.inflation, family)
        book.assume(f"inflation.{family}", label, growth, _("par an"), style="rate")
    book.assume("plancher", _("Trésorerie minimale à garder"), plan.cash_floor, _("MAD"))
    book.assume("membres", _("Nombre de membres"), plan.members.count, "", style="count")
    if plan.beneficiaries is not None:
        unit = plan.beneficiaries.unit
        book.assume("beneficiaires", _("Bénéficiaires"), plan.beneficiaries.count, unit, style="count")
    if plan.vat.regime == "taxable":
        book.deductible = book.derive("prorata", _("TVA déductible : prorata"), formula(1), "", style="rate")


def _phases(book: Book) -> None:
    if not book.plan.phases:
        return
    book.section(_("Phases des travaux"))
    for phase in book.plan.phases:
        label = _("Durée : %(name)s") % {"name": book.label(phase)}
        book.assume(f"duree_phase.{phase.id}", label, phase.months, _("mois"), style="count", limits=(0, 60))
    known = {phase.id: phase for phase in book.plan.phases}

    def end_of(name: str) -> Formula:
        after = known[name].after
        own: Formula = book[f"duree_phase.{name}"]
        return own if after is None else end_of(after) + own

    for phase in book.plan.phases:
        label = _("Dernier mois : %(name)s") % {"name": book.label(phase)}
        book.derive(f"fin_phase.{phase.id}", label, formula(end_of(phase.id)), _("mois"), style="count")


def _terms(book: Book) -> None:
    capital = book.plan.working_capital
    book.section(_("Délais et stocks (jours de mois de 30 jours)"))
    book.days("delai_clients", _("Délai de paiement des clients"), capital.receivable_days)
    book.days("delai_fournisseurs", _("Délai de paiement aux fournisseurs"), capital.payable_days)
    book.days("delai_membres", _("Délai de paiement aux membres"), capital.member_payable_days)
    book.cover_days("stock", _("Stock de matières, en jours d’utilisation"), capital.stock_days)


def _product(book: Book, product: Product) -> None:
    key = product.id
    book.section(_("Produit : %(name)s") % {"name": book.label(product)})
    unit = written_unit(product.unit) or _("unités")
    book.assume(f"capacite.{key}", _("Capacité par an"), product.capacity, unit, style="quantity")
    book.assume(f"prix.{key}", _("Prix de vente"), product.price, _("MAD par unité"), style="price")
    if product.member_price is not None:
        book.assume(
            f"prix_membres.{key}",
            _("Prix de vente aux membres"),
            product.member_price,
            _("MAD par unité"),
            style="price",
        )
    share = {"style": "rate", "limits": SHARE}
    book.assume(f"part_membres.{key}", _("Part vendue aux membres"), product.member_share, "", **share)
    book.assume(f"perte.{key}", _("Perte sur la production"), product.loss_rate, "", **share)
    book.assume(f"impayes.{key}", _("Impayés sur ventes à crédit"), product.bad_debt_rate, "", **share)
    if product.receivable_days is not None:
        book.days(f"delai_clients.{key}", _("Délai de paiement des clients"), product.receivable_days)
    if book.plan.vat.regime == "taxable":
        book.assume(f"tva.{key}", _("Taux de TVA"), product.vat_rate, "", **share)


def _input(book: Book, item: Input) -> None:
    key, products = item.id, {product.id: product for product in book.plan.products}
    book.section(_("Achat : %(name)s") % {"name": book.label(item)})
    unit = _("MAD par %(unit)s") % {"unit": written_unit(item.unit) or _("unité")}
    if item.from_members and item.member_price.kind == "share":
        for name, share in item.member_price.share.items():
            label = _("Part du prix de vente : %(name)s") % {"name": book.label(products[name])}
            book.assume(f"part_prix.{key}.{name}", label, share, "", style="rate", limits=SHARE)
    else:
        book.assume(f"cout.{key}", _("Coût unitaire"), item.unit_cost, unit, style="price")
        for name, quantity in item.qty_per_unit.items():
            label = _("Quantité par unité de : %(name)s") % {"name": book.label(products[name])}
            book.assume(f"quantite.{key}.{name}", label, quantity, written_unit(item.unit), style="quantity")
    if item.from_members and item.member_price.kind == "floor_plus_bonus":
        book.assume(
            f"complement.{key}",
            _("Part du résultat versée en complément de prix"),
            item.member_price.bonus_share,
            "",
            style="rate",
            limits=SHARE,
        )
    if item.stock_days is not None and item.purchase_months is None:
        book.cover_days(f"stock.{key}", _("Stock, en jours d’utilisation"), item.stock_days)
    if item.payment_days is not None:
        book.days(f"delai_achat.{key}", _("Délai de paiement"), item.payment_days)
    if key in book.plan.members.own_cost_per_unit:
        label = _("Ce que coûte une unité au membre qui l’apporte")
        own = book.plan.members.own_cost_per_unit[key]
        book.assume(f"cout_membre.{key}", label, own, unit, style="price")
    assume_vat_on_cost(book, f"tva_achat.{key}", item.vat_rate)


def assume_vat_on_cost(book: Book, key: str, rate: float) -> None:
    """The VAT rate of a cost, where the regime makes it matter."""
    vat = book.plan.vat
    if vat.regime != "exempt_no_deduction" or vat.amounts_exclude_vat:
        book.assume(key, _("Taux de TVA"), rate, "", style="rate", limits=SHARE)


def _piece_work(book: Book) -> None:
    products = {product.id: product for product in book.plan.products}
    for work in book.plan.piece_work:
        book.section(_("Travail à la pièce : %(name)s") % {"name": book.label(work)})
        for name, rate in work.rate_per_unit.items():
            label = _("Payé par unité de : %(name)s") % {"name": book.label(products[name])}
            book.assume(f"piece.{work.id}.{name}", label, rate, _("MAD"), style="price")
        for name, hours in work.hours_per_unit.items():
            label = _("Heures par unité de : %(name)s") % {"name": book.label(products[name])}
            book.assume(f"heures.{work.id}.{name}", label, hours, _("heures"), style="quantity")


def _fixed_costs(book: Book) -> None:
    if book.plan.fixed_costs:
        book.section(_("Charges fixes"))
    for cost in book.plan.fixed_costs:
        _fixed_cost(book, cost)


def _fixed_cost(book: Book, cost: FixedCost) -> None:
    label = book.label(cost)
    book.assume(f"charge.{cost.id}", label, cost.annual, _("MAD par an"))
    if cost.payment_days is not None:
        title = _("%(name)s : délai de paiement") % {"name": label}
        book.days(f"delai_charge.{cost.id}", title, cost.payment_days)
    assume_vat_on_cost(book, f"tva_charge.{cost.id}", cost.vat_rate)


def _post(book: Book, post: Position) -> None:
    book.section(_("Poste : %(name)s") % {"name": book.label(post)})
    book.assume(f"postes.{post.id}", _("Équivalents temps plein"), post.fte, "", style="quantity")
    if post.gross is not None:
        label = _("Salaire brut mensuel d’un temps plein")
        book.assume(f"salaire.{post.id}", label, post.gross, _("MAD"))
    shares = {
        "membres_poste": (_("Part tenue par des membres"), post.members),
        "femmes": (_("Part tenue par des femmes"), post.women),
        "jeunes": (_("Part tenue par des jeunes"), post.youth),
    }
    for name, (label, share) in shares.items():
        if share is not None:
            book.assume(f"{name}.{post.id}", label, share, "", style="rate", limits=SHARE)
