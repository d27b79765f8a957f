"""What the pages of results call their figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.writing import written_amount, written_number

NAMES: dict[str, Any] = {
    "members": _("Membres"),
    "women": _("dont femmes"),
    "youth": _("dont moins de 35 ans"),
    "jobs_permanent": _("Emplois toute l’année"),
    "jobs_seasonal": _("Emplois de saison"),
    "turnover_mad": _("Ventes de la période"),
    "income_per_member_mad": _("Revenu par membre, sur la période"),
}
HINTS: dict[str, Any] = {
    "members": _("À la fin de la période."),
    "jobs_permanent": _("Personnes payées toute l’année, membres compris."),
    "jobs_seasonal": _("Personnes payées une partie de l’année."),
    "turnover_mad": _("Tout ce qui a été vendu pendant la période, en dirhams. Une estimation suffit."),
    "income_per_member_mad": _("Ce qu’un membre a reçu en moyenne pendant la période, en dirhams."),
}
MONEY = frozenset({"turnover_mad", "income_per_member_mad"})


def written(name: str, value: float | int | None) -> str:
    """A figure as written; unknown in words."""
    return written_amount(value) if name in MONEY else written_number(value)
