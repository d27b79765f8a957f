"""The collections of places: the territories with their outlines, and the regional meetings."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.permissions import visible
from bpc.portal.gatherings.models import Gathering
from bpc.portal.ogc.collection import Collection, Order, Property, Row
from bpc.portal.ogc.places import Outlines, Points
from bpc.portal.reference.gazetteer import gazetteer
from bpc.portal.reference.models import Territory

CODE = r"(MA|\d{2}(\.\d{3}(\.\d{2}\.\d{1,2})?)?)"
REGION, PROVINCE, COMMUNE = r"\d{2}", r"\d{2}\.\d{3}", r"\d{2}\.\d{3}\.\d{2}\.\d{1,2}"
LEVELS = ("country", "region", "province", "commune")


def named(column: str, language: str) -> Any:
    """Reads the name of a territory from its code, without a join."""

    def name(row: Row) -> str | None:
        code = row[column]
        return str(getattr(gazetteer().by_code[code], f"name_{language}")) if code else None

    return name


def place_properties() -> tuple[Property, ...]:
    """The commune, province and region of something, the commune by its names too."""
    return (
        Property("commune", "string", _("Commune (code)"), "commune_id", queryable=True, pattern=COMMUNE),
        Property("commune_fr", "string", _("Commune, en français"), value=named("commune_id", "fr")),
        Property("commune_ar", "string", _("Commune, en arabe"), value=named("commune_id", "ar")),
        Property("province", "string", _("Province (code)"), "province_id", queryable=True, pattern=PROVINCE),
        Property("region", "string", _("Région (code)"), "region_id", queryable=True, pattern=REGION),
    )


def _area(row: Row) -> float:
    return gazetteer().by_code[row["code"]].area_km2


def _territories() -> "QuerySet[Territory]":
    return Territory.objects.all()


def _count_territories(asked: Mapping[str, Any]) -> int:
    paths = {"parent": "parent_id"}
    return _territories().filter(**{paths.get(name, name): value for name, value in asked.items()}).count()


TERRITORIES = Collection(
    id="territories",
    title=_("Territoires"),
    text=_(
        "Le pays, les 12 régions, les 75 provinces et préfectures et les 1 503 communes, avec leurs limites précises à "
        "250 m, leur population et leurs ménages."
    ),
    rows=_territories,
    order=(Order("code", "string"),),
    name="code",
    place=Outlines(),
    properties=(
        Property("code", "string", _("Code du HCP"), queryable=True, pattern=CODE),
        Property("level", "string", _("Niveau"), queryable=True, values=LEVELS),
        Property(
            "kind",
            "string",
            _("Milieu, ou province et préfecture"),
            queryable=True,
            values=("urban", "rural", "province", "prefecture"),
        ),
        Property(
            "parent",
            "string",
            _("Territoire qui le contient (code)"),
            "parent_id",
            queryable=True,
            pattern=CODE,
        ),
        Property("name_fr", "string", _("Nom français"), queryable=True),
        Property("name_ar", "string", _("Nom arabe"), queryable=True),
        Property("population_2014", "integer", _("Population en 2014")),
        Property("population_2024", "integer", _("Population en 2024")),
        Property("households_2014", "integer", _("Ménages en 2014")),
        Property("households_2024", "integer", _("Ménages en 2024")),
        Property("area_km2", "number", _("Superficie calculée, en km²"), value=_area),
    ),
    outdated_by=("reference",),
    number=_count_territories,
    page=lambda code: reverse("web:territory", args=[code]),
)

_MEETING_POINTS = Points("commune_id", wider=("region_id",))


def _meetings() -> "QuerySet[Gathering]":
    return visible(None, Gathering).filter(is_demo=False)


def _count_meetings(asked: Mapping[str, Any]) -> int:
    paths = {"commune": "commune_id", "region": "region_id"}
    return _meetings().filter(**{paths.get(name, name): value for name, value in asked.items()}).count()


MEETINGS = Collection(
    id="meetings",
    title=_("Rencontres régionales"),
    text=_(
        "Les rencontres de la tournée, à la commune qui les reçoit. Une date inconnue reste vide ; « inferred » dit "
        "qu’elle est déduite, « announced » que la délégation l’annonce."
    ),
    rows=_meetings,
    order=(Order("key", "string"),),
    name="key",
    place=_MEETING_POINTS,
    properties=(
        Property("date", "date", _("Date"), queryable=True),
        Property(
            "date_status",
            "string",
            _("Comment la date est connue"),
            queryable=True,
            values=("reported", "inferred", "announced", "unknown"),
        ),
        Property("city_fr", "string", _("Ville, en français")),
        Property("city_ar", "string", _("Ville, en arabe")),
        Property(
            "state",
            "string",
            _("État : annoncée, inscriptions ouvertes, tenue, annulée"),
            queryable=True,
            values=("planned", "open", "held", "cancelled"),
        ),
        Property("venue_fr", "string", _("Lieu")),
        Property("venue_ar", "string", _("Lieu, en arabe")),
        Property("theme_fr", "string", _("Thème, en français")),
        Property("theme_ar", "string", _("Thème, en arabe")),
        Property("commune", "string", _("Commune (code)"), "commune_id", queryable=True, pattern=COMMUNE),
        Property("region", "string", _("Région (code)"), "region_id", queryable=True, pattern=REGION),
        Property("position", "string", _("Ce que montre le point"), value=_MEETING_POINTS.told),
        Property("source_url", "string", _("Source")),
    ),
    outdated_by=("reference", "gatherings"),
    moment="date",
    moment_kind="date",
    number=_count_meetings,
    page=lambda key: reverse("web:gathering", args=[key]),
)
