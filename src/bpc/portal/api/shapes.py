"""Types that several resources share: levels, codes of places, and how a place is named in an answer."""

from typing import Literal

from django.utils.translation import gettext as _
from ninja import Schema

from bpc.datasets.territories import Territory
from bpc.portal.api.problems import RefusedError
from bpc.portal.reference.gazetteer import gazetteer

Level = Literal["country", "region", "province", "commune"]
#: MA · 09 · 09.541 · 09.541.01.13 (or 06.141.01.0 for a city with arrondissements)
CODE = r"^(MA|\d{2}(\.\d{3}(\.\d{2}\.\d{1,2})?)?)$"
LICENCE = "CC BY 4.0"


class PlaceName(Schema):
    """A territory by its code and its two official names."""

    code: str
    name_fr: str
    name_ar: str


def place_or_refuse(code: str) -> Territory:
    """The territory of this code; a problem 404 when there is none."""
    place = gazetteer().by_code.get(code)
    if place is None:
        detail = _("Aucun territoire ne porte le code %(code)s.") % {"code": code}
        raise RefusedError(404, "unknown_territory", detail)
    return place


def named(place: Territory) -> PlaceName:
    """The names of a territory."""
    return PlaceName(code=place.code, name_fr=place.name_fr, name_ar=place.name_ar)
