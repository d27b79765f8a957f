"""The collections of needs and opportunities: what people said, never what is computed, never who said it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.states import Audience, Speaker
from bpc.portal.observations.models import Observation
from bpc.portal.observations.open_data import ObservationFilter
from bpc.portal.observations.states import PUBLIC_STATES, Closing, Kind
from bpc.portal.ogc.about_places import place_properties
from bpc.portal.ogc.collection import Collection, Order, Property
from bpc.portal.ogc.places import Points

_POINTS = Points("territory_id", "lon", "lat")
_PLACES = ("commune", "province", "region")


def _public(kind: Kind) -> "Callable[[], QuerySet[Observation]]":
    return lambda: Observation.objects.filter(kind=kind, state__in=PUBLIC_STATES)


def _count(kind: Kind) -> Callable[[Mapping[str, Any]], int | None]:
    """From the kept tallies, for one territory at most."""

    def number(asked: Mapping[str, Any]) -> int | None:
        places = [asked[name] for name in _PLACES if name in asked]
        if asked.keys() - set(_PLACES) or len(places) > 1:
            return None
        return ObservationFilter(kind, places[0] if places else "").count()

    return number


def _properties(code: str) -> tuple[Property, ...]:
    return (
        Property("reference", "string", _("Code")),
        Property("title", "string", _("Titre")),
        Property("language", "string", _("Langue"), queryable=True, pattern="[a-z]{2,3}"),
        Property("state", "string", _("État"), queryable=True, values=tuple(map(str, PUBLIC_STATES))),
        Property(
            "category",
            "string",
            _("Catégorie (code)"),
            "category_id",
            queryable=True,
            pattern=rf"{code}\d{{2}}",
        ),
        Property(
            "sector", "string", _("Secteur (code)"), "sector_id", queryable=True, pattern="[a-z_]{1,20}"
        ),
        Property("territory", "string", _("Commune, ou province dont cela est dit (code)"), "territory_id"),
        *place_properties(),
        Property("speaker", "string", _("Qui parle"), queryable=True, values=tuple(Speaker.values)),
        Property("audience", "string", _("Pour qui"), queryable=True, values=tuple(Audience.values)),
        Property("published_at", "date-time", _("Date de publication")),
        Property("answered_at", "date-time", _("Date de la première réponse")),
        Property("closed_at", "date-time", _("Date de clôture")),
        Property("closing", "string", _("Pourquoi c’est clos"), queryable=True, values=tuple(Closing.values)),
        Property("confirmation_count", "integer", _("Confirmations")),
        Property("position", "string", _("Ce que montre le point"), value=_POINTS.told),
        Property("is_demo", "boolean", _("Exemple de démonstration"), queryable=True),
    )


def _collection(kind: Kind, key: str, code: str, title: Any, text: Any) -> Collection:
    return Collection(
        id=key,
        title=title,
        text=text,
        rows=_public(kind),
        # the index is in order of date within one state
        parts=tuple({"state": state} for state in PUBLIC_STATES),
        order=(Order("published_at", "date-time", descending=True), Order("pk", "integer", descending=True)),
        name="reference",
        place=_POINTS,
        properties=_properties(code),
        outdated_by=("observations", "reference"),
        moment="published_at",
        number=_count(kind),
        page=lambda reference: reverse(f"web:{kind}", args=[reference]),
    )


NEEDS = _collection(
    Kind.NEED,
    "needs",
    "N",
    _("Besoins signalés"),
    _(
        "Ce qui manque, dit par les gens, relu par la délégation ; les plus récents d’abord. Ce qui est dit de toute "
        "une province porte le point de la province et aucune commune."
    ),
)
OPPORTUNITIES = _collection(
    Kind.OPPORTUNITY,
    "opportunities",
    "O",
    _("Opportunités signalées"),
    _(
        "Ce qui pourrait être mis en valeur, dit par les gens, relu par la délégation ; les plus récentes d’abord. Ce "
        "qui est dit de toute une province porte le point de la province et aucune commune."
    ),
)
