"""What the pages of results call their figures."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.writing import written_amount, written_date, written_number
from bpc.portal.results.jumps import MONEY, Jump
from bpc.portal.results.periods import Period, months_after

NAMES: dict[str, Any] = {
    "members": _("Membres"),
    "women": _("dont femmes"),
    "youth": _("dont moins de 35 ans"),
    "jobs_permanent": _("Emplois toute l’année"),
    "jobs_seasonal": _("Emplois de saison"),
    "turnover_mad": _("Ventes de la période"),
    "income_per_member_mad": _("Revenu par membre, sur la période"),
}
#: What is a part of the members, where it stands alone.
ALONE: dict[str, Any] = {"women": _("Femmes"), "youth": _("Moins de 35 ans")}
HINTS: dict[str, Any] = {
    "jobs_permanent": _("Personnes payées toute l’année, membres compris."),
    "jobs_seasonal": _("Personnes payées une partie de l’année."),
    "turnover_mad": _("Tout ce qui a été vendu, en dirhams. Une estimation suffit."),
    "income_per_member_mad": _("Ce qu’un membre a reçu en moyenne, en dirhams."),
}
#: Written after each box.
UNITS: dict[str, Any] = {
    **dict.fromkeys(("members", "women", "youth", "jobs_permanent", "jobs_seasonal"), _("personnes")),
    **dict.fromkeys(("turnover_mad", "income_per_member_mad"), _("MAD")),
}


def spelled_period(period: Period) -> str:
    """The days a period holds, written out."""
    first, last = months_after(period.ends_on, -period.months), period.ends_on - timedelta(days=1)
    return gettext("du %(first)s au %(last)s") % {"first": written_date(first), "last": written_date(last)}


def hint_of(name: str, period: Period) -> str:
    """What a box asks for, and of which days."""
    hint = str(HINTS.get(name, ""))
    when = (
        spelled_period(period)
        if name in MONEY
        else gettext("au %(day)s") % {"day": written_date(period.ends_on - timedelta(days=1))}
    )
    return f"{hint} {when[0].upper()}{when[1:]}.".strip()


def written(name: str, value: float | int | None) -> str:
    """A figure as written; unknown in words."""
    return written_amount(value) if name in MONEY else written_number(value)


def jump_words(one: Jump) -> str:
    """What surprises, to be confirmed."""
    words = {
        "what": str(NAMES[one.column]), "now": written(one.column, one.now), "before": written(one.column, one.before),
    }  # fmt: skip
    if one.column in MONEY:
        return (
            gettext("%(what)s : %(now)s, contre environ %(before)s la dernière fois, à durée égale.") % words
        )
    return gettext("%(what)s : %(now)s, contre %(before)s la dernière fois.") % words
