"""What each assumption is called, and the sort of value it holds; `*` stands for an item, `#` for a rank.

One name for every field of the schema (a test walks them): pages, remarks, trails and refusals use the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sort(StrEnum):
    """How a value is written."""

    AMOUNT = "amount"  # MAD
    SHARE = "share"  # a fraction of 1, written in percent
    NUMBER = "number"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    RANK = "rank"  # a month of the plan, the first is 0
    CALENDAR = "calendar"  # a month of the year, January is 1
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    NAME = "name"  # of another item, by its id
    LIST = "list"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class FieldName:
    """The words and the sort of one field."""

    words: "str | Promise"
    sort: Sort


def _field(words: "str | Promise", sort: Sort) -> FieldName:
    return FieldName(words, sort)


A, S, N, D, M, Y = Sort.AMOUNT, Sort.SHARE, Sort.NUMBER, Sort.DAYS, Sort.MONTHS, Sort.YEARS
R, C, B, O, T, I, L, G = (  # noqa: E741 (a table of one-letter sorts is easier to read in columns)
    Sort.RANK, Sort.CALENDAR, Sort.YES_NO, Sort.CHOICE, Sort.TEXT, Sort.NAME, Sort.LIST, Sort.GROUP,
)  # fmt: skip

_IDENTIFIER, _NAME = _field(_("Identifiant"), T), _field(_("Nom"), T)
_VAT, _PHASE = _field(_("Taux de TVA"), S), _field(_("Attend la fin de"), I)
_SEASON = pgettext_lazy("douze parts de l’année", "Saison de vente")

_WHOLE: Mapping[str, FieldName] = {
    "": _field(_("Le plan"), G),
    "schema_version": _field(_("Version du format"), N),
    "name": _field(_("Nom du plan"), T),
    "kind": _field(_("Sorte de projet"), O),
    "law_class": _field(_("Classe de coopérative (loi 112-12)"), O),
    "start": _field(_("Premier mois du plan"), T),
    "dated": _field(_("Plan daté"), B),
    "years": _field(_("Durée du plan"), Y),
    "fiscal_year_end": _field(_("Dernier mois de l’exercice"), C),
    "prices": _field(_("Prix constants ou avec inflation"), O),
    "discount_rate": _field(_("Taux d’actualisation"), S),
    "rate_is_nominal": _field(_("Taux d’actualisation nominal"), B),
    "cash_floor": _field(_("Argent à garder toujours en caisse"), A),
    "contingency": _field(_("Imprévus sur les investissements"), S),
    "ramp_up": _field(_("Montée en production, année par année"), L),
    "staff_phasing": _field(_("Montée du personnel, année par année"), L),
    "fixed_phasing": _field(_("Montée des charges fixes, année par année"), L),
    "inflation": _field(_("Hausse des prix"), G),
    "inflation.sales": _field(_("Hausse des prix de vente par an"), S),
    "inflation.inputs": _field(_("Hausse des prix d’achat par an"), S),
    "inflation.wages": _field(_("Hausse des salaires par an"), S),
    "inflation.energy": _field(_("Hausse de l’énergie par an"), S),
    "inflation.other": _field(_("Hausse des autres charges par an"), S),
    "inflation.capex": _field(_("Hausse du prix du matériel par an"), S),
    "members": _field(_("Les membres"), G),
    "members.count": _field(_("Nombre de membres"), N),
    "members.women": _field(_("Part des femmes parmi les membres"), S),
    "members.youth": _field(_("Part des jeunes parmi les membres"), S),
    "members.transactions": _field(_("Ce que chaque membre livre, achète ou travaille"), L),
    "members.own_cost_per_unit": _field(_("Ce qu’il en coûte au membre"), G),
    "members.own_cost_per_unit.*": _field(_("Ce qu’il en coûte au membre, par unité"), A),
    "working_capital": _field(_("Délais de paiement et stocks"), G),
    "working_capital.receivable_days": _field(_("Délai de paiement des clients"), D),
    "working_capital.payable_days": _field(_("Délai de paiement des fournisseurs"), D),
    "working_capital.member_payable_days": _field(_("Délai de paiement des membres"), D),
    "working_capital.stock_days": _field(_("Stock d’avance"), D),
    "without_project": _field(_("Ce qui se passerait sans le projet"), G),
    "without_project.cooperative_net": _field(_("Résultat de la coopérative sans le projet, par an"), L),
    "without_project.household_net": _field(_("Revenu des familles sans le projet, par an"), L),
    "beneficiaries": _field(_("Les bénéficiaires"), G),
    "beneficiaries.count": _field(_("Nombre de bénéficiaires"), N),
    "beneficiaries.unit": _field(_("Comment on les appelle"), T),
    "beneficiaries.first_month": _field(_("Premier mois où ils bénéficient"), R),
}

_MAKING: Mapping[str, FieldName] = {
    "phases": _field(_("Étapes des travaux"), L),
    "phases.*": _field(_("Étape"), G),
    "phases.*.id": _IDENTIFIER,
    "phases.*.name": _NAME,
    "phases.*.months": _field(_("Durée"), M),
    "phases.*.after": _field(_("Commence après"), I),
    "products": _field(_("Produits et services vendus"), L),
    "products.*": _field(_("Produit"), G),
    "products.*.id": _IDENTIFIER,
    "products.*.name": _NAME,
    "products.*.unit": _field(_("Unité"), T),
    "products.*.capacity": _field(_("Quantité par an à pleine production"), N),
    "products.*.price": _field(_("Prix de vente"), A),
    "products.*.member_price": _field(_("Prix de vente aux membres"), A),
    "products.*.member_share": _field(_("Part vendue aux membres"), S),
    "products.*.ramp": _field(_("Montée en production, année par année"), L),
    "products.*.seasonality": _field(_SEASON, L),
    "products.*.hijri_event": _field(_("Fête qui déplace la saison"), O),
    "products.*.harvest": _field(_("Saison de production"), L),
    "products.*.loss_rate": _field(_("Pertes"), S),
    "products.*.receivable_days": _field(_("Délai de paiement des clients"), D),
    "products.*.bad_debt_rate": _field(_("Part des ventes jamais payées"), S),
    "products.*.vat_rate": _VAT,
    "products.*.vat_class": _field(_("Régime de TVA"), O),
    "products.*.phase": _PHASE,
    "inputs": _field(_("Achats pour produire"), L),
    "inputs.*": _field(_("Achat"), G),
    "inputs.*.id": _IDENTIFIER,
    "inputs.*.name": _NAME,
    "inputs.*.unit": _field(_("Unité"), T),
    "inputs.*.unit_cost": _field(_("Prix d’achat"), A),
    "inputs.*.qty_per_unit": _field(_("Quantités par unité produite"), G),
    "inputs.*.qty_per_unit.*": _field(_("Quantité par unité produite"), N),
    "inputs.*.from_members": _field(_("Acheté aux membres"), B),
    "inputs.*.replaces_members": _field(_("Remplace ce que livrent les membres"), B),
    "inputs.*.member_price": _field(_("Prix payé aux membres"), G),
    "inputs.*.member_price.kind": _field(_("Façon de fixer le prix payé aux membres"), O),
    "inputs.*.member_price.share": _field(_("Parts du prix de vente"), G),
    "inputs.*.member_price.share.*": _field(_("Part du prix de vente payée aux membres"), S),
    "inputs.*.member_price.bonus_share": _field(_("Part du résultat versée en complément de prix"), S),
    "inputs.*.member_price.target": _field(_("But du prix le plus haut possible"), O),
    "inputs.*.stock_days": _field(_("Stock d’avance"), D),
    "inputs.*.payment_days": _field(_("Délai de paiement"), D),
    "inputs.*.purchase_months": _field(_("Mois d’achat"), L),
    "inputs.*.vat_rate": _VAT,
    "piece_work": _field(_("Travail payé à la pièce"), L),
    "piece_work.*": _field(_("Travail à la pièce"), G),
    "piece_work.*.id": _IDENTIFIER,
    "piece_work.*.name": _NAME,
    "piece_work.*.rate_per_unit": _field(_("Prix du travail par unité"), G),
    "piece_work.*.rate_per_unit.*": _field(_("Prix du travail par unité"), A),
    "piece_work.*.by_members": _field(_("Fait par les membres"), B),
    "piece_work.*.hours_per_unit": _field(_("Heures par unité"), G),
    "piece_work.*.hours_per_unit.*": _field(_("Heures par unité"), N),
    "fixed_costs": _field(_("Charges fixes"), L),
    "fixed_costs.*": _field(_("Charge fixe"), G),
    "fixed_costs.*.id": _IDENTIFIER,
    "fixed_costs.*.name": _NAME,
    "fixed_costs.*.annual": _field(_("Montant par an"), A),
    "fixed_costs.*.family": _field(_("Énergie ou autre"), O),
    "fixed_costs.*.month_weights": _field(_("Répartition sur les mois"), L),
    "fixed_costs.*.phasing": _field(_("Montée, année par année"), L),
    "fixed_costs.*.payment_days": _field(_("Délai de paiement"), D),
    "fixed_costs.*.vat_rate": _VAT,
    "fixed_costs.*.phase": _PHASE,
    "staff": _field(_("Personnel salarié"), L),
    "staff.*": _field(_("Poste"), G),
    "staff.*.id": _IDENTIFIER,
    "staff.*.role": _field(_("Fonction"), T),
    "staff.*.fte": _field(_("Nombre de temps pleins"), N),
    "staff.*.gross": _field(_("Salaire brut par mois"), A),
    "staff.*.minimum": _field(_("Salaire minimum appliqué"), O),
    "staff.*.farm_work": _field(_("Travail agricole"), B),
    "staff.*.months": _field(_("Mois travaillés"), L),
    "staff.*.phasing": _field(_("Montée, année par année"), L),
    "staff.*.members": _field(_("Part des membres parmi ces salariés"), S),
    "staff.*.women": _field(_("Part des femmes"), S),
    "staff.*.youth": _field(_("Part des jeunes"), S),
    "staff.*.phase": _PHASE,
}

_FUNDING: Mapping[str, FieldName] = {
    "assets": _field(_("Investissements"), L),
    "assets.*": _field(_("Investissement"), G),
    "assets.*.id": _IDENTIFIER,
    "assets.*.name": _NAME,
    "assets.*.amount": _field(_("Montant"), A),
    "assets.*.month": _field(_("Mois d’achat"), R),
    "assets.*.life_years": _field(_("Durée de vie"), Y),
    "assets.*.residual": _field(_("Valeur de revente"), S),
    "assets.*.renew": _field(_("Remplacé en fin de vie"), B),
    "assets.*.in_kind": _field(_("Apporté par les membres contre des parts"), B),
    "assets.*.vat_rate": _VAT,
    "assets.*.phase": _PHASE,
    "grants": _field(_("Subventions"), L),
    "grants.*": _field(_("Subvention"), G),
    "grants.*.id": _IDENTIFIER,
    "grants.*.name": _NAME,
    "grants.*.kind": _field(_("Investissement ou fonctionnement"), O),
    "grants.*.amount": _field(_("Montant"), A),
    "grants.*.items": _field(_("Investissements payés"), L),
    "grants.*.claim_month": _field(_("Mois où elle est accordée"), R),
    "grants.*.cash_month": _field(_("Mois où elle est versée"), R),
    "grants.*.land_part": _field(_("Part qui paie le terrain"), O),
    "loans": _field(_("Prêts"), L),
    "loans.*": _field(_("Prêt"), G),
    "loans.*.id": _IDENTIFIER,
    "loans.*.name": _NAME,
    "loans.*.lender": _field(_("Prêteur"), O),
    "loans.*.draws": _field(_("Versements du prêt"), L),
    "loans.*.draws.#": _field(_("Versement du prêt"), G),
    "loans.*.draws.#.month": _field(_("Mois du versement"), R),
    "loans.*.draws.#.amount": _field(_("Montant du versement"), A),
    "loans.*.annual_rate": _field(_("Taux d’intérêt par an"), S),
    "loans.*.months": _field(_("Durée"), M),
    "loans.*.grace_months": _field(_("Différé"), M),
    "loans.*.grace": _field(_("Intérêts pendant le différé"), O),
    "loans.*.kind": _field(_("Façon de rembourser"), O),
    "loans.*.rate_basis": _field(_("Calcul du taux par mois"), O),
    "loans.*.interest_vat": _field(_("TVA sur les intérêts"), S),
    "loans.*.fees": _field(_("Frais de dossier"), A),
    "loans.*.spread_fees": _field(_("Frais étalés sur la durée"), B),
    "loans.*.existing": _field(_("Prêt déjà en cours"), B),
    "shares": _field(_("Parts sociales"), G),
    "shares.nominal": _field(_("Valeur d’une part"), A),
    "shares.subscriptions": _field(_("Souscriptions"), L),
    "shares.subscriptions.#": _field(_("Souscription"), G),
    "shares.subscriptions.#.month": _field(_("Mois de la souscription"), R),
    "shares.subscriptions.#.members": _field(_("Membres qui souscrivent"), N),
    "shares.subscriptions.#.shares_each": _field(_("Parts par membre"), N),
    "shares.calls": _field(_("Paiement des parts"), L),
    "shares.calls.#": _field(_("Versement des parts"), G),
    "shares.calls.#.after_months": _field(_("Mois après la souscription"), M),
    "shares.calls.#.fraction": _field(_("Part payée"), S),
    "shares.exits": _field(_("Départs de membres"), L),
    "shares.exits.#": _field(_("Départ de membres"), G),
    "shares.exits.#.month": _field(_("Mois du départ"), R),
    "shares.exits.#.amount": _field(_("Parts remboursées"), A),
    "overdraft": _field(_("Découvert autorisé"), G),
    "overdraft.limit": _field(_("Plafond du découvert"), A),
    "overdraft.annual_rate": _field(_("Taux du découvert par an"), S),
}

_OPENING: Mapping[str, FieldName] = {
    "opening": _field(_("Ce que la coopérative a déjà"), G),
    "opening.cash": _field(_("Argent en caisse et en banque"), A),
    "opening.assets": _field(_("Matériel déjà possédé"), L),
    "opening.assets.*": _field(_("Matériel"), G),
    "opening.assets.*.id": _IDENTIFIER,
    "opening.assets.*.name": _NAME,
    "opening.assets.*.book_value": _field(_("Valeur comptable"), A),
    "opening.assets.*.years_left": _field(_("Années qu’il durera encore"), Y),
    "opening.stock": _field(_("Stock"), A),
    "opening.receivables": _field(_("Ce que doivent les clients"), G),
    "opening.receivables.amount": _field(_("Ce que doivent les clients"), A),
    "opening.receivables.months": _field(_("Mois pour que les clients paient"), M),
    "opening.payables": _field(_("Ce qui est dû aux fournisseurs"), G),
    "opening.payables.amount": _field(_("Ce qui est dû aux fournisseurs"), A),
    "opening.payables.months": _field(_("Mois pour payer les fournisseurs"), M),
    "opening.member_payables": _field(_("Ce qui est dû aux membres"), G),
    "opening.member_payables.amount": _field(_("Ce qui est dû aux membres"), A),
    "opening.member_payables.months": _field(_("Mois pour payer les membres"), M),
    "opening.capital": _field(_("Capital"), A),
    "opening.legal_reserve": _field(_("Réserve légale"), A),
    "opening.other_reserves": _field(_("Autres réserves"), A),
    "opening.losses_for_tax": _field(_("Pertes à déduire de l’impôt"), A),
}

_FRAMEWORK: Mapping[str, FieldName] = {
    "vat": _field(_("TVA"), G),
    "vat.regime": _field(_("Régime de TVA"), O),
    "vat.period": _field(_("Déclaration de TVA"), O),
    "vat.amounts_exclude_vat": _field(_("Montants écrits hors taxe"), B),
    "tax": _field(_("Impôt sur les sociétés"), G),
    "tax.enabled": _field(_("Impôt compté"), B),
    "tax.activity": _field(_("Activité pour l’impôt"), O),
    "tax.services_choice": _field(_("Régime fiscal des services"), O),
    "tax.refunds_deductible": _field(_("Ristournes déduites de l’impôt"), B),
    "tax.months_since_registration": _field(_("Mois depuis l’immatriculation"), M),
    "allocation": _field(_("Partage de l’excédent"), G),
    "allocation.education_rate": _field(_("Part pour l’éducation et la formation"), S),
    "allocation.share_interest_rate": _field(_("Intérêt servi aux parts"), S),
    "allocation.patronage_share": _field(_("Part rendue aux membres en ristournes"), S),
    "allocation.special_reserve_share": _field(_("Part mise en réserve"), S),
    "allocation.agm_month": _field(_("Mois entre la fin de l’exercice et l’assemblée"), M),
}

FIELDS: Mapping[str, FieldName] = {**_WHOLE, **_MAKING, **_FUNDING, **_OPENING, **_FRAMEWORK}

#: What a number with its range is made of.
ESTIMATE_WORDS: Mapping[str, "str | Promise"] = {
    "mode": _("valeur retenue"),
    "low": _("valeur basse"),
    "high": _("valeur haute"),
    "conf": _("confiance"),
    "src": _("sources"),
}
