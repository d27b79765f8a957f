"""The causes that move a plan, in words: a factor's name with the item it is about."""

from django.utils.translation import gettext_lazy as _

from bpc.core.plan.schema import Plan

#: Family of factors → (words with an item, words for all of them, the list of the plan that holds the items).
FAMILIES = {
    "price": (_("Prix de vente : %(item)s"), _("Prix de vente"), "products"),
    "volume": (_("Quantité vendue : %(item)s"), _("Quantités vendues"), "products"),
    "input_price": (_("Prix d’achat : %(item)s"), _("Prix d’achat"), "inputs"),
    "fixed_costs": (_("Charges : %(item)s"), _("Charges fixes"), "fixed_costs"),
    "wages": (_("Salaire : %(item)s"), _("Salaires"), "staff"),
    "piece_work": (_("Travail à la pièce : %(item)s"), _("Travail à la pièce"), "piece_work"),
    "assets": (_("Équipement : %(item)s"), _("Équipement"), "assets"),
    "grants": (_("Subvention : %(item)s"), _("Subventions"), "grants"),
    "member_price": (_("Prix payé aux membres : %(item)s"), _("Prix payé aux membres"), "inputs"),
}


def driver_words(name: str, plan: Plan) -> str:
    """The words for a factor such as "price.oil" or "wages"."""
    family, _dot, item = name.partition(".")
    with_item, alone, part = FAMILIES[family]
    if not item:
        return str(alone)
    found = next((entry for entry in getattr(plan, part) if entry.id == item), None)
    label = (getattr(found, "name", "") or getattr(found, "role", "")) if found is not None else ""
    return str(with_item) % {"item": label} if label else str(alone)
