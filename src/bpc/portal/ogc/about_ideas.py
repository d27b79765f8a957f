"""The collection of published ideas: never who wrote one."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import Audience, IdeaState, Speaker
from bpc.portal.ideas.tallies import published_count
from bpc.portal.ogc.about_places import place_properties
from bpc.portal.ogc.collection import Collection, Order, Property
from bpc.portal.ogc.places import Points

_POINTS = Points("commune_id", "lon", "lat")
_TALLIED = frozenset({"commune", "province", "region", "sector"})


def _published() -> "QuerySet[Idea]":
    """As in the open data: a merged idea is read under the one it was merged into."""
    return Idea.objects.filter(state=IdeaState.PUBLISHED)


def _count(asked: Mapping[str, Any]) -> int | None:
    """From the kept tallies: one territory and one sector at most; None for anything else."""
    places = [asked[name] for name in ("commune", "province", "region") if name in asked]
    if asked.keys() - _TALLIED or len(places) > 1:
        return None
    return published_count(places[0] if places else None, asked.get("sector"))


IDEAS = Collection(
    id="ideas",
    title=_("Idées publiées"),
    text=_(
        "Les idées publiées, les plus récentes d’abord, sans rien sur leurs auteurs. Une position donnée par une "
        "personne est arrondie à 100 m environ ; sinon le point est celui de la commune."
    ),
    rows=_published,
    order=(Order("published_at", "date-time", descending=True), Order("pk", "integer", descending=True)),
    name="reference",
    place=_POINTS,
    properties=(
        Property("reference", "string", _("Code")),
        Property("title", "string", _("Titre")),
        Property("language", "string", _("Langue"), queryable=True, pattern="[a-z]{2,3}"),
        Property(
            "sector", "string", _("Secteur (code)"), "sector_id", queryable=True, pattern="[a-z_]{1,20}"
        ),
        *place_properties(),
        Property("speaker", "string", _("Qui parle"), queryable=True, values=tuple(Speaker.values)),
        Property("audience", "string", _("Pour qui"), queryable=True, values=tuple(Audience.values)),
        Property("published_at", "date-time", _("Date de publication")),
        Property("support_count", "integer", _("Soutiens")),
        Property("comment_count", "integer", _("Commentaires")),
        Property("position", "string", _("Ce que montre le point"), value=_POINTS.told),
        Property("is_demo", "boolean", _("Exemple de démonstration"), queryable=True),
    ),
    outdated_by=("ideas", "reference"),
    moment="published_at",
    number=_count,
    page=lambda reference: reverse("web:idea", args=[reference]),
)
