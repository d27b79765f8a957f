"""The circles a map can lay over its colours: what people said or brought, and what is listed, per territory.

One entry of `LAYERS` is all the map, its table, its file and its filters need to know of a layer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.atlas.points import Narrowing, counted_upwards, ideas_per_place
from bpc.portal.gatherings.models import Gathering

#: Counts by code of every level; None where nothing is known at all, which is not the same as none.
Counts = dict[str, int] | None


@dataclass(frozen=True)
class PointLayer:
    """One kind of circles. `filters`: the fields of `Narrowing` it answers to; `page`: where they are read."""

    id: str
    name: str | Promise
    origin: str | Promise
    count: Callable[[Narrowing], Counts]
    filters: frozenset[str] = frozenset()
    page: str = ""
    about: str | Promise = ""


_HEARD = _("Entendu")


def _gatherings(narrowing: Narrowing) -> Counts:
    """Meetings by code of territory, of every level; without a known commune, of its region only."""
    rows = Gathering.objects.order_by().values_list("commune_id", "region_id")
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
            about=_("Dit par des personnes, commune par commune : ce ne sont pas des chiffres calculés."),
        ),
        PointLayer(
            id="gatherings",
            name=_("Rencontres de 2025"),
            origin=_HEARD,
            count=_gatherings,
            about=_(
                "Rencontres régionales tenues ; celles dont la commune n’est pas connue comptent dans leur région."
            ),
        ),
    )
}


def counts_of(points: str, narrowing: Narrowing) -> Counts:
    """Counts by code for a choice of the address, none for the empty one. One query at most."""
    return LAYERS[points].count(narrowing) if points else {}
