"""Tax, value added tax, sharing of the surplus and legal figures, one cell each."""

from django.utils.translation import gettext as _

from bpc.portal.plans.workbook.book import Book

SHARE = (0.0, 1.0)


def assume_legal(book: Book) -> None:
    """What law and by-laws fix."""
    _vat(book)
    _tax(book)
    _sharing(book)
    book.section(_("Paramètres légaux"))
    _social_rules(book)
    _tax_rules(book)


def _vat(book: Book) -> None:
    vat = book.plan.vat
    if vat.regime != "exempt_no_deduction":
        book.section(_("Taxe sur la valeur ajoutée"))
        label = _("Déclaration par trimestre (1) ou par mois (0)")
        quarterly = 1 if vat.period == "quarterly" else 0
        book.assume("tva_trimestre", label, quarterly, "", style="count", limits=SHARE)


def _tax(book: Book) -> None:
    tax = book.plan.tax
    book.section(_("Impôt sur les sociétés"))
    book.assume(
        "mois_immatriculation",
        _("Mois écoulés depuis l’immatriculation"),
        tax.months_since_registration,
        _("mois"),
        style="count",
    )
    label = _("Ristournes déduites du résultat imposable (1) ou non (0)")
    deducted = int(tax.refunds_deductible)
    book.assume("ristournes_deductibles", label, deducted, "", style="count", limits=SHARE)


def _sharing(book: Book) -> None:
    rule = book.plan.allocation
    book.section(_("Partage de l’excédent"))
    shares = {
        "education": (_("Fonds d’éducation, part de l’excédent"), rule.education_rate),
        "interet_parts": (_("Intérêt servi aux parts"), rule.share_interest_rate),
        "ristourne": (_("Part du reste versée en ristournes"), rule.patronage_share),
        "reserve_speciale": (_("Part du reste en réserve spéciale"), rule.special_reserve_share),
    }
    for name, (label, share) in shares.items():
        book.assume(f"partage.{name}", label, share, "", style="rate", limits=SHARE)
    book.assume(
        "mois_assemblee",
        _("Assemblée générale : mois après la clôture"),
        rule.agm_month,
        "",
        style="count",
        limits=(1, 6),
    )


def _social_rules(book: Book) -> None:
    if not book.plan.staff and not book.plan.piece_work:
        return
    book.rule("hours_a_month", _("Heures légales par mois"), _("heures"), "count")
    kinds = {post.minimum for post in book.plan.staff}
    if "smig" in kinds:
        book.rule("smig_hour", _("Salaire minimum (SMIG)"), _("MAD par heure"), "price")
    if "smag" in kinds:
        book.rule("smag_day", _("Salaire minimum agricole (SMAG)"), _("MAD par jour"), "price")
        book.rule("days_a_month", _("Jours de travail par mois"), _("jours"), "count")
    if book.plan.staff:
        book.rule("social_ceiling", _("Plafond des cotisations plafonnées"), _("MAD"), "amount")
        book.rule("employer_capped", _("Cotisations patronales plafonnées"), "")
        book.rule("employer_uncapped", _("Cotisations patronales non plafonnées"), "")


def _tax_rules(book: Book) -> None:
    book.rule("legal_reserve_rate", _("Dotation à la réserve légale"), "")
    book.rule("tax_rate", _("Taux de l’impôt sur les sociétés"), "")
    book.rule("minimum_tax_rate", _("Cotisation minimale, part du chiffre d’affaires"), "")
    book.rule("minimum_tax_floor", _("Cotisation minimale, plancher"), _("MAD"), "amount")
    book.rule(
        "minimum_tax_free_months", _("Mois sans cotisation minimale après la création"), _("mois"), "count"
    )
    book.rule(
        "exemption_turnover", _("Chiffre d’affaires sous lequel l’impôt n’est pas dû"), _("MAD"), "amount"
    )
    book.rule("loss_years", _("Années de report des pertes"), _("ans"), "count")
