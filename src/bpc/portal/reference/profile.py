"""What the sheet of a territory shows: which indicators, against whom, and which may be compared over time.

Figures come from the census cube as published; nothing is averaged or estimated here.
"""

from dataclasses import dataclass

from bpc.datasets.census import Area, Census, Indicator, Sex, Topic
from bpc.portal.reference.census import census
from bpc.portal.reference.places import Place

NATION = "MA"
AGE_GROUPS = (
    "age_0_4", "age_5_9", "age_10_14", "age_15_19", "age_20_24", "age_25_29", "age_30_34", "age_35_39",
    "age_40_44", "age_45_49", "age_50_54", "age_55_59", "age_60_64", "age_65_69", "age_70_74", "age_75_plus",
)  # fmt: skip

COOPERATIVE_SHARE = "employment_status_cooperative_member"
# Parts of a whole, drawn as bars: the chart's name → its indicators, in the order of the questionnaire.
BREAKDOWNS: dict[str, tuple[str, ...]] = {
    "employment_status": (
        "employment_status_private_sector", "employment_status_self_employed",
        "employment_status_public_sector", "employment_status_employer", COOPERATIVE_SHARE,
        "employment_status_family_worker", "employment_status_apprentice", "employment_status_other",
    ),
    "work_sectors": (
        "work_sector_agriculture", "work_sector_industry", "work_sector_utilities",
        "work_sector_construction", "work_sector_commerce", "work_sector_transport",
        "work_sector_market_services", "work_sector_public_services", "work_sector_other",
    ),
    "education": (
        "education_none", "education_preschool", "education_primary", "education_lower_secondary",
        "education_upper_secondary", "education_higher",
    ),
    "comforts": (
        "amenities_electricity", "amenities_running_water", "amenities_toilet", "amenities_bathroom",
        "wastewater_public_sewer", "household_waste_truck",
    ),
}  # fmt: skip

# Asked alike in both years; which of them are is said by the dictionary, and a test holds this list to it.
CHANGES = (
    "population_legal", "households_count", "households_average_size", "age_15_34", "age_60_plus",
    "illiteracy_rate_10_plus", "education_higher", "labour_activity_rate", "labour_unemployment_rate",
    "amenities_electricity", "amenities_running_water", "wastewater_public_sewer", "household_waste_truck",
)  # fmt: skip
BY_SEX = (
    "labour_activity_rate", "labour_unemployment_rate", COOPERATIVE_SHARE, "employment_status_self_employed",
    "illiteracy_rate_10_plus", "education_higher", "disability_prevalence",
)  # fmt: skip
BY_AREA = (
    "population_municipal", "labour_activity_rate", "labour_unemployment_rate", "illiteracy_rate_10_plus",
    "amenities_running_water", "wastewater_public_sewer",
)  # fmt: skip
ECONOMY = (
    "establishments_weekly_souks", "establishments_business", "establishments_jobs",
    "establishments_public_services", "establishments_non_profit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One indicator here, in the parent and in the country, for one year, area and sex; None is unknown."""

    indicator: Indicator
    year: int
    area: Area
    sex: Sex
    value: float | None
    parent: float | None
    nation: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The same question twice: two years, men and women, or town and country."""

    indicator: Indicator
    year: int
    first: float | None
    second: float | None

    @property
    def difference(self) -> float | None:
        """The second less the first, None where one is unknown."""
        return None if self.first is None or self.second is None else self.second - self.first


def fact(
    code: str, indicator: str, *, parent: str, year: int | None = None, area: Area = "total", sex: Sex = "all"
) -> Fact:
    """The figure of `code` beside those of its parent and of the country; the latest year unless told.

    Raises KeyError for a territory or an indicator that does not exist.
    """
    cube = census()
    entry = cube.indicators[indicator]
    at = year or entry.years[0]
    column = cube.column(indicator, at, area, sex)
    value, above, nation = (
        _known(float(column[cube.position[place]])) if place else None for place in (code, parent, NATION)
    )
    return Fact(entry, at, area, sex, value, above, nation)


def _known(figure: float) -> float | None:
    return None if figure != figure else figure  # NaN is the only number that differs from itself


def key_facts(place: Place) -> list[Fact]:
    """The six figures that open the sheet.

    The last one follows the kind of place: how far the road is where houses are scattered, how many
    businesses there are in a town, running water elsewhere and where the road's distance is not known.
    """
    chosen: list[tuple[str, Sex]] = [
        ("population_legal", "all"),
        ("age_15_34", "all"),
        ("labour_activity_rate", "female"),
        ("labour_unemployment_rate", "all"),
        ("illiteracy_rate_10_plus", "all"),
    ]
    facts = [fact(place.code, indicator, parent=place.parent, sex=sex) for indicator, sex in chosen]
    last = "businesses_per_1000" if place.kind == "urban" else "amenities_running_water"
    if place.kind == "rural":
        road = fact(place.code, "households_distance_to_paved_road_km", parent=place.parent)
        if road.value is not None:
            return [*facts, road]
    return [*facts, fact(place.code, last, parent=place.parent)]


def breakdown(name: str, code: str, parent: str) -> list[Fact]:
    """The parts of one whole, with the parent's beside; an empty list where none is known."""
    facts = [fact(code, indicator, parent=parent) for indicator in BREAKDOWNS[name]]
    return facts if any(part.value is not None for part in facts) else []


def ages(code: str, parent: str) -> dict[Sex, list[Fact]]:
    """Shares of each age group among men and among women."""
    return {
        sex: [fact(code, group, parent=parent, sex=sex) for group in AGE_GROUPS] for sex in ("male", "female")
    }


def changes(code: str) -> list[Pair]:
    """2014 and 2024, only where both are known for this place."""
    cube = census()
    pairs = (
        Pair(cube.indicators[i], 2024, cube.value(code, i, 2014), cube.value(code, i, 2024)) for i in CHANGES
    )
    return [pair for pair in pairs if pair.difference is not None]


def men_and_women(code: str) -> list[Pair]:
    """Men and women, only where one at least is known."""
    return _pairs(code, BY_SEX, ("total", "male"), ("total", "female"))


def town_and_country(code: str) -> list[Pair]:
    """Urban and rural, empty unless the place has both."""
    pairs = _pairs(code, BY_AREA, ("urban", "all"), ("rural", "all"))
    return pairs if any(pair.difference is not None for pair in pairs) else []


def _pairs(
    code: str, indicators: tuple[str, ...], first: tuple[Area, Sex], second: tuple[Area, Sex]
) -> list[Pair]:
    cube = census()
    found = []
    for indicator in indicators:
        entry = cube.indicators[indicator]
        year = entry.years[0]
        values = [cube.value(code, indicator, year, area, sex) for area, sex in (first, second)]
        if any(value is not None for value in values):
            found.append(Pair(entry, year, values[0], values[1]))
    return found


def economy(code: str, parent: str) -> list[Fact]:
    """Establishments, souks and jobs counted in 2024; unknown ones stay in the list as unknown."""
    return [fact(code, indicator, parent=parent) for indicator in ECONOMY]


def everything(code: str) -> list[tuple[Topic, list[Pair]]]:
    """Every indicator known for the place, by topic: 2014 first, 2024 second, both sexes and areas together.

    `Pair.year` is the latest year. Indicators of which nothing is known here are left out.
    """
    cube = census()
    by_topic: dict[str, list[Pair]] = {}
    for entry in cube.indicators.values():
        before, now = (_at(cube, code, entry, year) for year in (2014, 2024))
        if before is not None or now is not None:
            by_topic.setdefault(entry.topic, []).append(Pair(entry, entry.years[0], before, now))
    return [(topic, by_topic[topic.id]) for topic in cube.topics if topic.id in by_topic]


def _at(cube: Census, code: str, entry: Indicator, year: int) -> float | None:
    return cube.value(code, entry.id, year) if year in entry.years else None
