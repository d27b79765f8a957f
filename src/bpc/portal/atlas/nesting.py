"""Which place lies in which, as arrays in the order of the census: what statistics over all places at once read."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bpc.core.territory.shrinkage import effective_sizes, sampled_fraction
from bpc.datasets.census import Area, Sex
from bpc.portal.atlas.country import LEVELS
from bpc.portal.reference.census import census

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

COUNTRY, COMMUNE = 0, 3
#: Length of the code of a city of arrondissements (06.141.01.0); other communes have one digit more.
CITY_CODE = 11
#: Topics asked, in 2024, by the long questionnaire: of all in small communes, of one household in five elsewhere.
SAMPLED_TOPICS = frozenset({"literacy", "local_languages", "education", "labour", "employment_status"})


@dataclass(frozen=True)
class Nesting:
    """All places: `parent` is the position of the one above (its own for the country), `level` 0 to 3."""

    parent: Positions
    level: Positions

    def at(self, level: str) -> NDArray[np.bool_]:
        """Which places are of this level. Raises ValueError for a level that does not exist."""
        found: NDArray[np.bool_] = self.level == LEVELS.index(level)
        return found

    def only(self, values: Floats, level: str) -> Floats:
        """The values of this level; those of the others unknown."""
        return np.where(self.at(level), values, np.nan)

    def above(self, values: Floats) -> Floats:
        """The values of each one's parent; the country's own for the country."""
        return values[self.parent]


def parent_code(code: str) -> str:
    """The code of the place that holds this one, which it begins with; empty for the country.

    >>> parent_code("09.541.01.13"), parent_code("09.541"), parent_code("09"), parent_code("MA")
    ('09.541', '09', 'MA', '')
    """
    if len(code) > 6:
        return code[:6]
    return code[:2] if len(code) > 2 else "MA" if code != "MA" else ""


@cache
def nesting() -> Nesting:
    """The nesting of the places of the census."""
    cube = census()
    parents = [cube.position[parent_code(code) or code] for code in cube.territories]
    depth = {0: 0, 2: 1, 6: 2}
    levels = [depth.get(0 if code == "MA" else len(code), COMMUNE) for code in cube.territories]
    return Nesting(np.array(parents, dtype=np.intp), np.array(levels, dtype=np.intp))


@cache
def people_behind(indicator: str, year: int, area: Area = "total", sex: Sex = "all") -> Floats:
    """How many people (or households) drawn evenly stand behind a count of the census, everywhere.

    The count itself where all were asked; fewer where the long questionnaire of 2024 was put to a sample.
    """
    cube = census()
    counts = cube.column(indicator, year, area, sex)
    if year != 2024 or cube.indicators[indicator].topic not in SAMPLED_TOPICS:
        return counts
    nest = nesting()
    communes = np.flatnonzero(nest.level == COMMUNE)
    fractions = sampled_fraction(cube.column("households_count", 2024)[communes])
    units = counts[communes]
    found = np.full(len(counts), np.nan)
    found[communes] = units * fractions
    owner = communes
    for _step in range(COMMUNE):
        owner = nest.parent[owner]
        held = effective_sizes(units, fractions, owner, len(counts))
        places = np.unique(owner)
        found[places] = held[places]
    return found


@cache
def stratum_counts(indicator: str, year: int, groups: tuple[tuple[Area, Sex], ...]) -> Floats:
    """A count by place (rows) and group of area and sex (columns); NaN where it cannot be told.

    HCP leaves a row out where nobody is urban, or rural: such a group is 0 where the other holds everybody. A city of
    arrondissements has only its total in 2014, and is urban throughout.
    """
    cube = census()
    cities = np.array([len(code) == CITY_CODE for code in cube.territories])
    columns = []
    for area, sex in groups:
        total = cube.column(indicator, year, "total", sex)
        sides: dict[Area, Floats] = {
            "urban": cube.column(indicator, year, "urban", sex),
            "rural": cube.column(indicator, year, "rural", sex),
        }
        own, other = sides[area], sides["rural" if area == "urban" else "urban"]
        found = np.where(np.isnan(own) & (other == total), 0.0, own)
        neither = np.isnan(own) & np.isnan(other) & cities
        columns.append(np.where(neither, total if area == "urban" else 0.0 * total, found))
    return np.stack(columns, axis=1)
