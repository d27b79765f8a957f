"""The collection of registered cooperatives, as the register states them: what it does not say is null, never zero."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.ogc.about_places import place_properties
from bpc.portal.ogc.collection import Collection, Order, Property
from bpc.portal.ogc.places import Points
from bpc.portal.register.queries import GENERATION, tally_of
from bpc.portal.register.states import PRESENT_STATUSES
from bpc.portal.register.tallies import COUNTRY, present

_POINTS = Points("territory_id", "lon", "lat")
_PLACES = ("commune", "province", "region")


def _count(asked: Mapping[str, Any]) -> int | None:
    """From the kept tallies: one territory and one sector at most."""
    places = [asked[name] for name in _PLACES if name in asked]
    if asked.keys() - {*_PLACES, "sector"} or len(places) > 1:
        return None
    tally = tally_of(places[0] if places else COUNTRY, asked.get("sector"))
    return tally.count if tally is not None else 0


COOPERATIVES = Collection(
    id="cooperatives",
    title=_("Coopératives enregistrées"),
    text=_(
        "Les coopératives du registre de l’ODCO, par ordre de nom. Le point est celui du territoire le plus précis que "
        "donne le registre ; sans territoire, il n’y a pas de point. Vide tant qu’aucun registre n’a été importé."
    ),
    rows=present,
    order=(Order("sort_name", "string"), Order("pk", "integer")),
    name="number",
    place=_POINTS,
    properties=(
        Property("number", "string", _("Numéro au registre"), queryable=True),
        Property("name_fr", "string", _("Nom français"), queryable=True),
        Property("name_ar", "string", _("Nom arabe"), queryable=True),
        Property(
            "sector", "string", _("Secteur (code)"), "sector_id", queryable=True, pattern="[a-z_]{1,20}"
        ),
        Property("activity", "string", _("Activité déclarée")),
        Property("territory", "string", _("Territoire le plus précis connu (code)"), "territory_id"),
        *place_properties(),
        Property("registered_on", "date", _("Date d’enregistrement"), queryable=True),
        Property("year", "integer", _("Année d’enregistrement"), queryable=True),
        Property("members", "integer", _("Membres")),
        Property("women", "integer", _("Femmes")),
        Property("youth", "integer", _("Jeunes")),
        Property("is_women", "boolean", _("Coopérative de femmes"), queryable=True),
        Property("is_youth", "boolean", _("Coopérative de jeunes"), queryable=True),
        Property(
            "status", "string", _("Situation"), queryable=True, values=tuple(map(str, PRESENT_STATUSES))
        ),
        Property("position", "string", _("Ce que montre le point"), value=_POINTS.told),
        Property("is_demo", "boolean", _("Exemple de démonstration"), queryable=True),
    ),
    outdated_by=(GENERATION, "reference"),
    moment="registered_on",
    moment_kind="date",
    number=_count,
)
