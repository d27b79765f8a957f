"""The answers a plan accepts where it does not accept a number, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[Any, "str | Promise"]

#: By the pattern of the field, as in `plans.field_names`.
CHOICES: Mapping[str, Words] = {
    "kind": {
        "income_generating": _("vit de ses ventes"),
        "social_income_generating": _("vit de ses ventes, avec un but social"),
        "cost_recovery": _("service dont les usagers couvrent les frais"),
    },
    "law_class": {1: _("classe 1"), 2: _("classe 2"), 3: _("classe 3")},
    "prices": {"constant": _("prix constants"), "nominal": _("avec inflation")},
    "products.*.hijri_event": {
        "ramadan": _("ramadan"),
        "eid_al_fitr": _("Aïd al-Fitr"),
        "eid_al_adha": _("Aïd al-Adha"),
    },
    "products.*.vat_class": {
        "exempt": _("exonéré"),
        "with_deduction": _("exonéré, avec récupération"),
        "taxable": _("imposable"),
    },
    "inputs.*.member_price.kind": {
        "fixed": _("prix fixe"),
        "share": _("part du prix de vente"),
        "residual": _("le plus haut que le projet supporte"),
        "floor_plus_bonus": _("prix à la livraison, plus un complément"),
    },
    "inputs.*.member_price.target": {
        "npv": _("ne rien perdre sur la durée"),
        "cash": _("ne jamais manquer d’argent"),
    },
    "fixed_costs.*.family": {"energy": _("énergie"), "other": _("autre")},
    "staff.*.minimum": {"smig": _("SMIG (hors agriculture)"), "smag": _("SMAG (agriculture)")},
    "grants.*.kind": {"investment": _("investissement"), "operating": _("fonctionnement")},
    "grants.*.land_part": {"ten_years": _("étalée sur dix ans"), "keep": _("gardée telle quelle")},
    "loans.*.lender": {"bank": _("banque"), "members": _("membres")},
    "loans.*.grace": {"interest_only": _("payés chaque mois"), "capitalised": _("ajoutés au prêt")},
    "loans.*.kind": {
        "annuity": _("mensualités égales"),
        "constant_principal": _("capital égal chaque mois"),
        "in_fine": _("capital à la fin"),
    },
    "loans.*.rate_basis": {"proportional": _("proportionnel"), "actuarial": _("actuariel")},
    "vat.regime": {
        "exempt_no_deduction": _("exonérée, sans récupération"),
        "exempt_with_deduction": _("exonérée, avec récupération"),
        "taxable": _("imposable"),
    },
    "vat.period": {"monthly": _("chaque mois"), "quarterly": _("chaque trimestre")},
    "tax.activity": {
        "collection": _("collecte des produits des membres"),
        "processing": _("transformation"),
        "services": _("services"),
    },
    "tax.services_choice": {"exempt": _("exonérés"), "taxable": _("imposables")},
}

#: How well a number is founded.
CONFIDENCE: Words = {
    "S": _("source officielle"),
    "D": _("déduit d’une source"),
    "K": _("connu, à vérifier"),
    "E": _("estimation"),
}
