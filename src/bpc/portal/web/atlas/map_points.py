"""The circles a map can lay over its colours: what people said or brought, and what is listed, per territory.

One entry of `LAYERS` is all the map, its table, its file and its filters need to know of a layer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.atlas.points import (
    Counts,
    Narrowing,
    cooperatives_per_place,
    counted_upwards,
    heard,
    ideas_per_place,
    resources_per_place,
)
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.observations.states import Kind


@dataclass(frozen=True)
class PointLayer:
    """One kind of circles. `filters`: the fields of `Narrowing` it answers to; `page`: where they are read.

    `kind`: that of the categories they are narrowed by.
    """

    id: str
    name: str | Promise
    origin: str | Promise
    count: Callable[[Narrowing], Counts]
    filters: frozenset[str] = frozenset()
    page: str = ""
    kind: str = ""
    about: str | Promise = ""


_HEARD = _("Entendu")
_SAID = _("Dit par des personnes : ce ne sont pas des chiffres calculés.")
_OBSERVED = frozenset({"sector", "audience", "category", "stage"})


def _gatherings(narrowing: Narrowing) -> Counts:
    """Meetings by code of territory, of every level; without a known commune, of its region only."""
    shown = Gathering.objects.filter(is_demo=False).exclude(state=GatheringState.CANCELLED)
    rows = shown.order_by().values_list("commune_id", "region_id")
    return counted_upwards(commune or region for commune, region in rows)


LAYERS: dict[str, PointLayer] = {
    layer.id: layer
    for layer in (
        PointLayer(
            id="ideas",
            name=_("Idées publiées"),
            origin=_HEARD,
            count=ideas_per_place,
            filters=frozenset({"sector", "audience"}),
            page="web:ideas",
            about=_SAID,
        ),
        PointLayer(
            id="needs",
            name=_("Besoins signalés"),
            origin=_HEARD,
            count=partial(heard, Kind.NEED.value),
            filters=_OBSERVED,
            page="web:needs",
            kind=Kind.NEED.value,
            about=_SAID,
        ),
        PointLayer(
            id="opportunities",
            name=_("Opportunités signalées"),
            origin=_HEARD,
            count=partial(heard, Kind.OPPORTUNITY.value),
            filters=_OBSERVED,
            page="web:opportunities",
            kind=Kind.OPPORTUNITY.value,
            about=_SAID,
        ),
        PointLayer(
            id="resources",
            name=_("Ressources connues"),
            origin=_("Répertorié"),
            count=resources_per_place,
            filters=frozenset({"sector"}),
            page="web:resources",
            about=_(
                "Chaque ressource compte là où sa source la place : "
                "celle d’une province n’est comptée dans aucune commune."
            ),
        ),
        PointLayer(
            id="cooperatives",
            name=_("Coopératives inscrites"),
            origin=_("Registre"),
            count=cooperatives_per_place,
            filters=frozenset({"sector", "audience"}),
            about=_(
                "Le registre de l’ODCO, additionné par territoire : "
                "sans commune connue, une coopérative compte dans sa province."
            ),
        ),
        PointLayer(
            id="gatherings",
            name=_("Rencontres régionales"),
            origin=_HEARD,
            count=_gatherings,
            page="web:gatherings",
            about=_(
                "Rencontres tenues ou annoncées ; celles dont la commune n’est pas connue comptent dans leur région."
            ),
        ),
    )
}


def counts_of(points: str, narrowing: Narrowing) -> Counts:
    """Counts by code for a choice of the address, none for the empty one. One query at most."""
    return LAYERS[points].count(narrowing) if points else {}
