"""What the engine moves, in words: « Prix de vente : Huile », « Toutes les charges fixes »."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.core.plan.schema import Plan
from bpc.portal.plans.path_words import isolated
from bpc.portal.web.plans.expert_records import item_name

Words = Mapping[str, "str | Promise"]

_ONE: Words = {
    "price": gettext_lazy("Prix de vente"),
    "volume": gettext_lazy("Quantité produite"),
    "input_price": gettext_lazy("Prix d’achat"),
    "fixed_costs": gettext_lazy("Charge fixe"),
    "wages": gettext_lazy("Salaire"),
    "piece_work": gettext_lazy("Travail à la pièce"),
    "assets": gettext_lazy("Investissement"),
}
_ALL: Words = {
    "price": gettext_lazy("Tous les prix de vente"),
    "volume": gettext_lazy("Toutes les quantités produites"),
    "input_price": gettext_lazy("Tous les prix d’achat"),
    "fixed_costs": gettext_lazy("Toutes les charges fixes"),
    "wages": gettext_lazy("Tous les salaires"),
    "piece_work": gettext_lazy("Tout le travail à la pièce"),
    "assets": gettext_lazy("Tous les investissements"),
}
_FAMILIES = {
    "price": "products", "volume": "products", "input_price": "inputs", "fixed_costs": "fixed_costs",
    "wages": "staff", "piece_work": "piece_work", "assets": "assets",
}  # fmt: skip


def driver_name(name: str, plan: Plan) -> str:
    """The words of a factor of the engine."""
    family, _dot, item = name.partition(".")
    if not item:
        return str(_ALL.get(family, family))
    items = getattr(plan, _FAMILIES[family]) if family in _FAMILIES else ()
    found = next((item_name(one.model_dump()) for one in items if one.id == item), item)
    return _("%(what)s : %(item)s") % {"what": _ONE.get(family, family), "item": isolated(found)}
