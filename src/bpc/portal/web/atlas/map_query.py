"""The address of a map: everything the page shows is in it, and nothing else decides."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from bpc.datasets.census import Area, Sex
from bpc.portal.atlas.country import NATION
from bpc.portal.atlas.points import Narrowing
from bpc.portal.atlas.readings import Comparison, Reading

DEFAULT_INDICATOR = "labour_unemployment_rate"
#: Words of the address → level of the shapes.
LEVELS = {"regions": "region", "provinces": "province", "communes": "commune"}
SEXES: dict[str, Sex] = {"femmes": "female", "hommes": "male"}
AREAS: dict[str, Area] = {"urbain": "urban", "rural": "rural"}
COMPARISONS = {"annees": Comparison.YEARS, "sexes": Comparison.SEXES, "milieux": Comparison.AREAS}
POINTS = {
    "idees": "ideas",
    "besoins": "needs",
    "opportunites": "opportunities",
    "ressources": "resources",
    "cooperatives": "cooperatives",
    "rencontres": "gatherings",
}
#: Parts of the public a thing said is meant for.
AUDIENCES = {"femmes": "women", "jeunes": "youth"}
STAGES = {"publies": "published", "repondus": "answered", "clos": "closed"}
KINDS = {"urbaines": "urban", "rurales": "rural"}
#: Columns a table is sorted by; a minus before them turns the order round.
SORTS = ("valeur", "nom", "population", "points")
DEFAULT_SORT = "-valeur"

_WORDS: dict[str, dict[Any, str]] = {
    "level": {value: word for word, value in LEVELS.items()},
    "sex": {value: word for word, value in SEXES.items()},
    "area": {value: word for word, value in AREAS.items()},
    "comparison": {value: word for word, value in COMPARISONS.items()},
    "points": {value: word for word, value in POINTS.items()},
    "audience": {value: word for word, value in AUDIENCES.items()},
    "stage": {value: word for word, value in STAGES.items()},
    "kind": {value: word for word, value in KINDS.items()},
}
#: Field → name in the address, in the order they are written.
NAMES = {
    "indicator": "indicateur",
    "within": "dans",
    "level": "niveau",
    "year": "annee",
    "sex": "sexe",
    "area": "milieu",
    "comparison": "comparer",
    "points": "points",
    "sector": "secteur",
    "audience": "public",
    "category": "categorie",
    "stage": "etat",
    "kind": "type",
    "minimum": "population",
    "chosen": "choisi",
    "sort": "tri",
    "page": "page",
}


@dataclass(frozen=True)
class MapQuery:
    """A valid view of the map. `level`, `year` and `within` are always set; the rest may be empty."""

    indicator: str
    within: str
    level: str
    year: int
    default_level: str
    default_year: int
    sex: Sex = "all"
    area: Area = "total"
    comparison: Comparison = Comparison.NONE
    points: str = ""
    sector: str = ""
    audience: str = ""
    category: str = ""
    stage: str = ""
    kind: str = ""
    minimum: int = 0
    chosen: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1

    @property
    def reading(self) -> Reading:
        """The figures this view asks the census for."""
        return Reading(self.indicator, self.year, self.area, self.sex, self.comparison)

    @property
    def narrowing(self) -> Narrowing:
        """Which points are counted."""
        return Narrowing(self.sector, self.audience, self.category, self.stage)

    def parameters(self) -> dict[str, str]:
        """What the address must say: only what differs from a fresh map, in a fixed order."""
        fresh: dict[str, Any] = {
            "indicator": DEFAULT_INDICATOR,
            "within": NATION,
            "level": self.default_level,
            "year": self.default_year,
            "sex": "all",
            "area": "total",
            "sort": DEFAULT_SORT,
            "minimum": 0,
            "page": 1,
        }
        said = {}
        for name, word in NAMES.items():
            value = getattr(self, name)
            if value != fresh.get(name, ""):
                said[word] = _WORDS.get(name, {}).get(value, str(value))
        return said

    def address(self, **changes: object) -> str:
        """The query part of the address of this view, with some fields changed (`?` alone: the fresh map).

        A change other than of the page begins again at the first page.
        """
        changed = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        return f"?{urlencode(changed.parameters())}"

    def into(self, code: str, default_level: str) -> str:
        """The address of the map inside another place: same figures, its next level down."""
        return self.address(within=code, level=default_level, default_level=default_level, chosen="")


def address_of_indicator(indicator: str) -> str:
    """The query part of the address of a fresh map of this indicator or computed layer."""
    return f"?{urlencode({NAMES['indicator']: indicator})}"
