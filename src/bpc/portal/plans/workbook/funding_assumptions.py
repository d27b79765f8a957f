"""The assumptions of investments and of the money that pays for them, one cell each."""

from django.utils.translation import gettext as _

from bpc.core.plan.schema.funding import Asset, Grant, Loan, Opening
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, add_up, formula, least, modulo, most, rounded

SHARE = (0.0, 1.0)
#: A month of the plan, the first being 1.
IN_PLAN = (1, 120)


def assume_funding(book: Book) -> None:
    """Investments, grants, loans, capital, overdraft and what was there before."""
    _assets(book)
    for grant in book.plan.grants:
        _grant(book, grant)
    for loan in book.plan.loans:
        _loan(book, loan)
    _capital(book)
    _overdraft(book)
    if book.plan.opening is not None:
        _opening(book, book.plan.opening)


def _assets(book: Book) -> None:
    if not book.plan.assets:
        return
    book.section(_("Investissements"))
    book.assume(
        "imprevus",
        _("Imprévus sur les investissements"),
        book.plan.contingency,
        "",
        style="rate",
        limits=SHARE,
    )
    for asset in book.plan.assets:
        _asset(book, asset)


def _asset(book: Book, asset: Asset) -> None:
    key = asset.id
    vat = book.plan.vat
    book.section(_("Investissement : %(name)s") % {"name": book.label(asset)})
    amount = book.assume(f"montant.{key}", _("Montant"), asset.amount, _("MAD"))
    month = book.assume(
        f"mois.{key}",
        _("Mois d’achat (1 = premier mois)"),
        asset.month + 1,
        "",
        style="count",
        limits=IN_PLAN,
    )
    if asset.phase is not None:
        month = book.derive(
            f"debut.{key}",
            _("Mois d’achat, la phase terminée"),
            most(month, book[f"fin_phase.{asset.phase}"] + 1),
            "",
            style="count",
        )
    _wear(book, asset)
    if vat.regime != "exempt_no_deduction" or vat.amounts_exclude_vat:
        book.assume(f"tva_invest.{key}", _("Taux de TVA"), asset.vat_rate, "", style="rate", limits=SHARE)
    book.derive(
        f"cout_invest.{key}",
        _("Coût inscrit, imprévus compris"),
        amount * (1 + book["imprevus"]) * cost_rate(book, f"tva_invest.{key}"),
        _("MAD"),
    )


def _wear(book: Book, asset: Asset) -> None:
    """How long it lasts, what is left at the end, whether it is bought again."""
    key = asset.id
    if asset.life_years is None:
        return
    life = book.assume(
        f"duree.{key}", _("Durée de vie"), asset.life_years, _("ans"), style="quantity", limits=(0.25, 60)
    )
    rate = {"style": "rate", "limits": SHARE}
    book.assume(f"residuel.{key}", _("Valeur restante à la fin"), asset.residual, "", **rate)
    book.assume(
        f"renouvele.{key}",
        _("Renouvelé (1) ou non (0)"),
        int(asset.renew),
        "",
        style="count",
        limits=SHARE,
    )
    book.derive(f"duree_mois.{key}", _("Durée de vie en mois"), _months(life), _("mois"), style="count")


def _months(years: Formula) -> Formula:
    """Whole months of a life in years: at least one, halves to the even one."""
    months = 12 * years
    even = 2 * rounded(6 * years, 0)
    return most(1, If(modulo(months, 1).equals(0.5), even, rounded(months, 0)))


def cost_rate(book: Book, key: str) -> Formula:
    """What a written cost of 1 costs once the VAT that is not recovered is in it."""
    vat = book.plan.vat
    if vat.regime == "exempt_no_deduction":
        return 1 + book[key] if vat.amounts_exclude_vat else formula(1)
    return 1 + book[key] * (1 - book.deductible)


def vat_on_top(book: Book, key: str) -> Formula:
    """The deductible VAT invoiced with 1 MAD of cost as the accounts hold it."""
    if book.plan.vat.regime == "exempt_no_deduction":
        return formula(0)
    return book[key] * book.deductible / cost_rate(book, key)


def _grant(book: Book, grant: Grant) -> None:
    key = grant.id
    book.section(_("Subvention : %(name)s") % {"name": book.label(grant)})
    book.assume(f"subvention.{key}", _("Montant"), grant.amount, _("MAD"))
    month = {"style": "count", "limits": (1, 180)}
    book.assume(f"mois_acquis.{key}", _("Mois où elle est acquise"), grant.claim_month + 1, "", **month)
    book.assume(f"mois_verse.{key}", _("Mois où elle est versée"), grant.cash_month + 1, "", **month)
    if grant.kind == "investment":
        book.assume(
            f"terrain_dix_ans.{key}",
            _("Part du terrain reprise sur dix ans (1) ou gardée (0)"),
            1 if grant.land_part == "ten_years" else 0,
            "",
            style="count",
            limits=SHARE,
        )


def _loan(book: Book, loan: Loan) -> None:
    key = loan.id
    book.section(_("Emprunt : %(name)s") % {"name": book.label(loan)})
    for number, draw in enumerate(loan.draws, start=1):
        label = _("Capital restant dû à l’ouverture") if loan.existing else _("Déblocage : montant")
        book.assume(f"deblocage.{key}.{number}", label, draw.amount, _("MAD"))
        if not loan.existing:
            label = _("Déblocage : mois (1 = premier mois)")
            book.assume(
                f"mois_deblocage.{key}.{number}", label, draw.month + 1, "", style="count", limits=IN_PLAN
            )
    rate = book.assume(
        f"taux.{key}", _("Taux d’intérêt annuel hors taxe"), loan.annual_rate, "", style="rate"
    )
    months = {"style": "count", "limits": (1, 480)}
    book.assume(f"mois_emprunt.{key}", _("Durée, différé compris"), loan.months, _("mois"), **months)
    grace = {"style": "count", "limits": (0, 120)}
    book.assume(f"differe.{key}", _("Différé de remboursement"), loan.grace_months, _("mois"), **grace)
    book.assume(f"tva_interets.{key}", _("TVA sur les intérêts"), loan.interest_vat, "", style="rate")
    book.assume(f"frais.{key}", _("Frais de dossier et de garantie"), loan.fees, _("MAD"))
    by_month = rate / 12 if loan.rate_basis == "proportional" else (1 + rate) ** (formula(1) / 12) - 1
    book.derive(f"taux_mois.{key}", _("Taux du mois"), by_month, "", style="index")
    first = (
        formula(0)
        if loan.existing
        else least(*(book[f"mois_deblocage.{key}.{n}"] for n in range(1, len(loan.draws) + 1)))
    )
    book.derive(f"premier_mois.{key}", _("Mois du premier déblocage"), first, "", style="count")


def _capital(book: Book) -> None:
    shares = book.plan.shares
    book.section(_("Capital social"))
    book.assume("valeur_part", _("Valeur d’une part"), shares.nominal, _("MAD"))
    month = {"style": "count", "limits": IN_PLAN}
    for number, entry in enumerate(shares.subscriptions, start=1):
        which = {"number": number}
        book.assume(
            f"mois_adhesion.{number}", _("Adhésion %(number)s : mois") % which, entry.month + 1, "", **month
        )
        label = _("Adhésion %(number)s : membres") % which
        book.assume(f"membres_adhesion.{number}", label, entry.members, "", style="count")
        label = _("Adhésion %(number)s : parts par membre") % which
        book.assume(f"parts_adhesion.{number}", label, entry.shares_each, "", style="quantity")
    for number, call in enumerate(shares.calls, start=1):
        which = {"number": number}
        label = _("Appel %(number)s : mois après l’adhésion") % which
        book.assume(f"mois_appel.{number}", label, call.after_months, "", style="count", limits=(0, 60))
        label = _("Appel %(number)s : part appelée") % which
        book.assume(f"part_appel.{number}", label, call.fraction, "", style="rate", limits=SHARE)
    for number, leaving in enumerate(shares.exits, start=1):
        which = {"number": number}
        book.assume(
            f"mois_depart.{number}", _("Départ %(number)s : mois") % which, leaving.month + 1, "", **month
        )
        book.assume(f"depart.{number}", _("Départ %(number)s : montant") % which, leaving.amount, _("MAD"))


def _overdraft(book: Book) -> None:
    overdraft = book.plan.overdraft
    book.section(_("Découvert bancaire"))
    book.assume("decouvert", _("Plafond du découvert"), overdraft.limit if overdraft else 0.0, _("MAD"))
    rate = overdraft.annual_rate if overdraft else 0.0
    book.assume("taux_decouvert", _("Taux annuel du découvert"), rate, "", style="rate")


def _opening(book: Book, opening: Opening) -> None:
    book.section(_("Bilan d’ouverture"))
    amounts = {
        "tresorerie": (_("Trésorerie"), opening.cash),
        "stock": (_("Stock"), opening.stock),
        "capital": (_("Capital"), opening.capital),
        "reserve_legale": (_("Réserve légale"), opening.legal_reserve),
        "autres_reserves": (_("Autres réserves"), opening.other_reserves),
        "pertes": (_("Pertes fiscales à reporter"), opening.losses_for_tax),
    }
    for name, (label, amount) in amounts.items():
        book.assume(f"ouverture.{name}", label, amount, _("MAD"))
    debts = {
        "clients": (_("Créances clients"), opening.receivables),
        "fournisseurs": (_("Dettes fournisseurs"), opening.payables),
        "membres": (_("Dettes envers les membres"), opening.member_payables),
    }
    for name, (label, debt) in debts.items():
        book.assume(f"ouverture.{name}", label, debt.amount if debt else 0.0, _("MAD"))
        over = _("%(name)s : réglées en") % {"name": label}
        months = {"style": "count", "limits": (1, 24)}
        book.assume(f"ouverture_mois.{name}", over, debt.months if debt else 1, _("mois"), **months)
    for owned in opening.assets:
        label = book.label(owned)
        book.assume(
            f"ancien.{owned.id}", _("%(name)s : valeur") % {"name": label}, owned.book_value, _("MAD")
        )
        if owned.years_left is not None:
            left = book.assume(
                f"ancien_duree.{owned.id}",
                _("%(name)s : durée restante") % {"name": label},
                owned.years_left,
                _("ans"),
                style="quantity",
            )
            title = _("%(name)s : mois restants") % {"name": label}
            book.derive(f"ancien_mois.{owned.id}", title, _months(left), _("mois"), style="count")
    book.derive("ouverture.report", _("Report à nouveau (solde du bilan)"), _carried(book, opening), _("MAD"))


def _carried(book: Book, opening: Opening) -> Formula:
    owned = [book["ouverture.tresorerie"], book["ouverture.stock"], book["ouverture.clients"]]
    owned += [book[f"ancien.{asset.id}"] for asset in opening.assets]
    owed = [book["ouverture.fournisseurs"], book["ouverture.membres"], book["ouverture.capital"]]
    owed += [book["ouverture.reserve_legale"], book["ouverture.autres_reserves"]]
    owed += [book[f"deblocage.{loan.id}.1"] for loan in book.plan.loans if loan.existing]
    return add_up(owned) - add_up(owed)
