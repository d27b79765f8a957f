"""The dictionary of indicators: what people wrote (dictionary.csv) joined with what the tables hold."""

from collections.abc import Mapping
from pathlib import Path

from bpc.datasets.build.census import AREAS, SEXES, SOURCES, indicator_ids, units
from bpc.datasets.tables import read_header_and_cells, read_rows, write_rows

AUTHORED = Path(__file__).with_name("dictionary.csv")
HEADER = [
    "id",
    "order",
    "topic",
    "label_fr",
    "label_ar",
    "unit",
    "direction",
    "years",
    "comparable",
    "comparison_fr",
    "comparison_ar",
    "sexes",
    "areas",
    "breakdowns",
    "sources",
    "confidence",
    "map",
    "denominator",
    "method_fr",
    "method_ar",
]
#: Where a column does not come from the main workbook of its table: (year, beginning of the id) → source.
OTHER_SOURCES = {
    (2024, "commute_"): "hcp-2024-commute",
    (2014, "commute_"): "hcp-2014-mobility",
    (2014, "workplace_"): "hcp-2014-mobility",
    (2014, "study_"): "hcp-2014-mobility",
    (2014, "profession_"): "hcp-2014-professions",
    (2014, "work_sector_"): "hcp-2014-professions",
    (2014, "diploma_"): "hcp-2014-diplomas",
    (2014, "vocational_diploma_"): "hcp-2014-diplomas",
}
TABLE_SOURCES = {
    "people_2024": "hcp-2024-indicators",
    "households_2024": "hcp-2024-indicators",
    "establishments_2024": "hcp-2024-establishments",
    "people_2014": "hcp-2014-indicators-people",
    "households_2014": "hcp-2014-indicators-households",
}
#: What the derived indicators are computed from.
DERIVED_SOURCES = {
    "density": ("hcp-2024-indicators", "hcp-2014-indicators-people", "hcp-maroc-en-cartes"),
    "workplace_outside_commune": ("hcp-2014-mobility",),
    "employment_rate": ("hcp-2024-indicators",),
}
ONLY = {
    "2024": ("Publié pour 2024 seulement.", "منشور لسنة 2024 فقط."),
    "2014": ("Publié pour 2014 seulement.", "منشور لسنة 2014 فقط."),
}
CITY_SUMS = (
    "En 2014, pour les six villes à arrondissements : somme exacte des arrondissements (déduit).",
    "سنة 2014، بالنسبة للمدن الست ذات المقاطعات: المجموع الدقيق للمقاطعات (مستنتج).",
)
SUMMED_UNITS = ("people", "households")


def build_dictionary(folder: Path) -> None:
    """Writes indicators.csv beside the tables of `folder`. Raises ValueError when a column has no entry."""
    held = _breakdowns(folder)
    published = {name: unit for source in SOURCES for name, unit in units(source).items()}
    rows = []
    for order, entry in enumerate(read_rows(AUTHORED), start=1):
        name = entry["id"]
        if name not in held:
            raise ValueError(f"dictionary.csv: no table holds « {name} »")
        rows.append(_row(order, entry, held.pop(name), published.get(name, entry["unit"])))
    if held:
        raise ValueError(f"dictionary.csv lacks {sorted(held)}")
    write_rows(folder / "indicators.csv", HEADER, rows)


def _row(order: int, entry: Mapping[str, str], breakdowns: list[str], unit: str) -> list[object]:
    years = sorted({item.split(".")[0] for item in breakdowns}, reverse=True)
    areas = [area for area in AREAS if any(item.split(".")[1] == area for item in breakdowns)]
    sexes = [sex for sex in SEXES if any(item.split(".")[2] == sex for item in breakdowns)]
    comparable = len(years) > 1
    comparison = ("", "") if comparable else ONLY[years[0]]
    summed = "2014" in years and unit in SUMMED_UNITS
    methods = [
        " ".join(filter(None, (entry[f"method_{language}"], note if summed else "")))
        for language, note in zip(("fr", "ar"), CITY_SUMS, strict=True)
    ]
    return [
        entry["id"], order, entry["topic"], entry["label_fr"], entry["label_ar"], unit, entry["direction"],
        " ".join(years), "yes" if comparable else "no", *comparison, " ".join(sexes), " ".join(areas),
        " ".join(breakdowns), " ".join(_sources(entry["id"], years)), entry["confidence"], entry["map"],
        entry["denominator"], *methods,
    ]  # fmt: skip


def _breakdowns(folder: Path) -> dict[str, list[str]]:
    """Indicator id → `year.area.sex` of every breakdown that holds at least one figure."""
    held: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*_20[12]4.csv.gz")):
        year = path.name.split(".")[0].rsplit("_", 1)[1]
        header, rows = read_header_and_cells(path)
        for row in rows:
            where = f"{year}.{row[1]}.{row[2]}"
            for name, cell in zip(header[4:], row[4:], strict=True):
                if cell:
                    held.setdefault(name, set()).add(where)
    return {name: sorted(found, key=_rank) for name, found in held.items()}


def _rank(breakdown: str) -> tuple[int, int, int]:
    year, area, sex = breakdown.split(".")
    return -int(year), AREAS.index(area), SEXES.index(sex)


def _sources(name: str, years: list[str]) -> list[str]:
    if name in DERIVED_SOURCES:
        return list(DERIVED_SOURCES[name])
    found = []
    for source in SOURCES:
        if str(source.year) in years and name in set(indicator_ids(source).values()):
            special = [
                other for (year, start), other in OTHER_SOURCES.items()
                if year == source.year and name.startswith(start)
            ]  # fmt: skip
            found.append(special[0] if special else TABLE_SOURCES[source.file])
    if found:
        return found
    economy = name.endswith(("_per_1000", "_share")) and name not in ("women_share", "urban_share")
    if economy:
        return ["hcp-2024-establishments", *(["hcp-2024-indicators"] if name.endswith("_per_1000") else [])]
    return ["hcp-2024-indicators", "hcp-2014-indicators-people"]
