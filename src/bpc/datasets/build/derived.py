"""Indicators computed here from published ones; the dictionary says the equation of each."""

from collections.abc import Callable, Mapping

Key = tuple[str, str, str]
Cells = dict[str, str]
Tables = Mapping[int, Mapping[Key, Cells]]

AGES = ("0_4", "5_9", "10_14", "15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54",
        "55_59", "60_64", "65_69", "70_74", "75_plus")  # fmt: skip
#: Sums of published shares: indicator → terms.
SUMS = {
    "age_0_14": tuple(f"age_{age}" for age in AGES[:3]),
    "age_15_24": tuple(f"age_{age}" for age in AGES[3:5]),
    "age_15_34": tuple(f"age_{age}" for age in AGES[3:7]),
    "age_15_59": tuple(f"age_{age}" for age in AGES[3:12]),
    "age_60_plus": tuple(f"age_{age}" for age in AGES[12:]),
    "workplace_outside_commune": ("workplace_other_commune", "workplace_other_province"),
}
#: Ratios within one row: indicator → (numerator, denominator, scale).
RATIOS = {
    "employment_rate": ("labour_employed", "labour_population_15_plus", 100),
    "establishments_per_1000": ("establishments_total", "population_legal", 1000),
    "businesses_per_1000": ("establishments_business", "population_legal", 1000),
    "jobs_per_1000": ("establishments_jobs", "population_legal", 1000),
    "associations_per_1000": ("establishments_non_profit", "population_legal", 1000),
    "sector_industry_share": ("sector_industry", "establishments_business", 100),
    "sector_construction_share": ("sector_construction", "establishments_business", 100),
    "sector_commerce_share": ("sector_commerce", "establishments_business", 100),
    "sector_services_share": ("sector_services", "establishments_business", 100),
    "size_1_share": ("size_1", "establishments_business", 100),
    "founded_2020_plus_share": ("founded_2020_plus", "establishments_business", 100),
}


def derive(published: Tables, areas_km2: Mapping[str, float]) -> dict[int, dict[Key, Cells]]:
    """Derived cells by year and key; a cell whose terms are not all known is left out, never zero."""
    derived: dict[int, dict[Key, Cells]] = {}
    for year in sorted(published):
        rows = published[year]
        found: dict[Key, Cells] = {}
        for key, cells in rows.items():
            values = {**_sums(cells), **_ratios(cells), **_across(key, rows, published, year, areas_km2)}
            if values:
                found[key] = {name: _text(value) for name, value in values.items()}
        derived[year] = found
    return derived


def _number(cells: Mapping[str, str] | None, name: str) -> float | None:
    text = (cells or {}).get(name, "")
    return float(text) if text else None


def _ratio(over: float | None, under: float | None, scale: float) -> float | None:
    return None if over is None or not under else scale * over / under


def _text(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _known(values: Mapping[str, float | None]) -> dict[str, float]:
    return {name: value for name, value in values.items() if value is not None}


def _sums(cells: Cells) -> dict[str, float]:
    totals: dict[str, float] = {}
    for name, terms in SUMS.items():
        values = [value for term in terms if (value := _number(cells, term)) is not None]
        if len(values) == len(terms):
            totals[name] = round(sum(values), 1)
    return totals


def _ratios(cells: Cells) -> dict[str, float]:
    return _known(
        {
            name: _ratio(_number(cells, over), _number(cells, under), scale)
            for name, (over, under, scale) in RATIOS.items()
        }
    )


def _across(
    key: Key, rows: Mapping[Key, Cells], published: Tables, year: int, areas_km2: Mapping[str, float]
) -> dict[str, float]:
    """Indicators whose terms lie in several rows: other sex, other area, other year, the map."""
    code, area, sex = key
    if sex != "all":
        return {}
    get: Callable[[str, str], float | None] = lambda other_area, other_sex: _number(  # noqa: E731 - three uses
        rows.get((code, other_area, other_sex)), "population_municipal"
    )
    found = {"women_share": _ratio(get(area, "female"), get(area, "all"), 100)}
    if area == "total":
        legal = _number(rows[key], "population_legal")
        found["urban_share"] = _urban_share(get("total", "all"), get("urban", "all"), get("rural", "all"))
        found["density"] = _ratio(legal, areas_km2.get(code), 1)
        if year == 2024:
            before = _number(published[2014].get(key), "population_legal")
            change = _ratio(legal, before, 100)
            found["population_change"] = None if change is None else change - 100
    return _known(found)


def _urban_share(total: float | None, urban: float | None, rural: float | None) -> float | None:
    """HCP leaves the urban row out where nobody is urban, and the rural row where nobody is rural."""
    if not total:
        return None
    if rural is not None:
        return 100 * (total - rural) / total
    return 100 * urban / total if urban is not None else None
