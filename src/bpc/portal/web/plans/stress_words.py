"""The named stresses in words: what happens, and why one cannot strike this plan."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.core.plan.schema import Plan
from bpc.portal.foundation.writing import written_percent
from bpc.portal.web.plans.expert_records import item_name

Words = Mapping[str, "str | Promise"]

TITLES: Words = {
    "drought": gettext_lazy("Sécheresse la deuxième année"),
    "late_grant": gettext_lazy("Subvention en retard"),
    "public_buyer": gettext_lazy("Client public qui paie tard"),
    "client_lost": gettext_lazy("Principal client perdu"),
}
REASONS: Words = {
    "no_grant": gettext_lazy("Sans objet : le plan n’a pas de subvention."),
    "no_sales": gettext_lazy("Sans objet : le plan ne vend rien."),
    "all_sold_to_members": gettext_lazy("Sans objet : tout est vendu aux membres."),
    "plan_too_short": gettext_lazy("Sans objet : le plan est trop court."),
    "already_slower": gettext_lazy("Sans objet : le plan compte déjà ce délai ou plus."),
}


def stress_sentence(code: str, figures: Mapping[str, Any], plan: Plan) -> str:
    """What happens, with its figures."""
    product = {one.id: item_name(one.model_dump()) for one in plan.products}.get(
        str(figures.get("product")), ""
    )
    match code:
        case "drought":
            return _(
                "On produit 40 % de moins la deuxième année, et la matière première coûte 30 % de plus cette année-là."
            )
        case "late_grant":
            return _("Les subventions arrivent neuf mois plus tard que prévu.")
        case "public_buyer":
            return _("« %(product)s » est payé au bout de six mois.") % {"product": product}
        case _:
            lost = written_percent(-100 * float(figures.get("volume", 0)))
            return _("Dès la deuxième année, « %(product)s » se vend %(share)s de moins.") % {
                "product": product,
                "share": lost,
            }
