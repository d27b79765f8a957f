"""What may be chosen while writing a course: pictograms, kinds, the facts of a project that fill a field."""

from typing import Any, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.training_exercises import Fact

ICONS: dict[str, Any] = {
    "idea": gettext_lazy("Idée"), "people": gettext_lazy("Groupe"), "document": gettext_lazy("Papiers"),
    "meeting": gettext_lazy("Assemblée"), "model": gettext_lazy("Calcul"), "souk": gettext_lazy("Souk"),
    "funding": gettext_lazy("Argent"), "fund-grant": gettext_lazy("Subvention"), "fund-loan": gettext_lazy("Prêt"),
    "need-market": gettext_lazy("Vente"), "need-label": gettext_lazy("Label"), "calendar": gettext_lazy("Saisons"),
    "path": gettext_lazy("Parcours"), "woman": gettext_lazy("Femmes"), "youth": gettext_lazy("Jeunes"),
    "phone": gettext_lazy("Téléphone"), "agriculture": gettext_lazy("Agriculture"),
    "livestock": gettext_lazy("Élevage"), "food": gettext_lazy("Alimentation"), "crafts": gettext_lazy("Artisanat"),
    "training": gettext_lazy("Formation"), "star8": gettext_lazy("Étoile"),
}  # fmt: skip
_KINDS: dict[str, Any] = {
    "amount": gettext_lazy("Un montant en MAD"), "number": gettext_lazy("Un nombre"),
    "percent": gettext_lazy("Un pourcentage"), "yes_no": gettext_lazy("Oui ou non"),
    "text": gettext_lazy("Un texte"), "date": gettext_lazy("Une date"), "choice": gettext_lazy("Un choix"),
}  # fmt: skip
_DIAGRAMS: dict[str, Any] = {
    "steps": gettext_lazy("Des étapes numérotées"), "cycle": gettext_lazy("Un cycle qui recommence"),
    "bars": gettext_lazy("Des valeurs comparées"), "split": gettext_lazy("Un tout partagé en parts"),
    "compare": gettext_lazy("Deux colonnes : bien, à éviter"), "months": gettext_lazy("Les douze mois"),
    "roles": gettext_lazy("Qui fait quoi"),
}  # fmt: skip
FACTS: dict[str, Any] = {
    "plan.unit_price": gettext_lazy("Prix d’une unité"),
    "plan.unit_variable_cost": gettext_lazy("Charge variable d’une unité"),
    "plan.units_year": gettext_lazy("Unités vendues en un an"), "plan.sales_year": gettext_lazy("Ventes d’une année"),
    "plan.variable_costs_year": gettext_lazy("Charges variables d’une année"),
    "plan.fixed_costs_year": gettext_lazy("Charges fixes d’une année"),
    "plan.wages_year": gettext_lazy("Salaires d’une année"),
    "plan.break_even_sales": gettext_lazy("Seuil de rentabilité"), "plan.investment": gettext_lazy("Investissement"),
    "plan.financing_need": gettext_lazy("Besoin de financement"), "plan.own_money": gettext_lazy("Apport du groupe"),
    "plan.loan_amount": gettext_lazy("Montant du prêt"),
    "plan.loan_payment_month": gettext_lazy("Échéance du prêt par mois"),
    "plan.grants": gettext_lazy("Subventions"), "plan.lowest_cash": gettext_lazy("Caisse la plus basse"),
    "plan.surplus_year": gettext_lazy("Excédent d’une année"),
    "plan.member_income_month": gettext_lazy("Revenu d’un membre par mois"),
    "project.members": gettext_lazy("Nombre de membres"), "project.women": gettext_lazy("Nombre de femmes"),
    "project.commune": gettext_lazy("Commune"), "project.sector": gettext_lazy("Secteur"),
    "founding.share_value": gettext_lazy("Valeur d’une part"), "founding.capital": gettext_lazy("Capital"),
    "founding.name": gettext_lazy("Nom de la coopérative"),
}  # fmt: skip
assert FACTS.keys() == set(get_args(Fact))
LISTS: dict[str, dict[str, Any]] = {
    "kind": _KINDS,
    "result_kind": {key: _KINDS[key] for key in ("amount", "number", "percent")},
    "diagram_kind": _DIAGRAMS,
    "side": {"good": gettext_lazy("Bien"), "bad": gettext_lazy("À éviter")},
    "icon": ICONS,
    "known": FACTS,
    "right": {"true": gettext_lazy("Vrai"), "false": gettext_lazy("Faux")},
}


class Lists:
    """The lists of the editor, for the boxes."""

    products: list[tuple[str, str]] = []

    def of(self, name: str, required: bool) -> list[tuple[str, Any]]:
        """What the field `name` may hold; first of all nothing."""
        return [("", _("Choisissez") if required else _("Aucun")), *self.options(name)]

    def options(self, name: str) -> list[tuple[str, Any]]:
        """What the list `name` offers."""
        return list(LISTS[name].items())
