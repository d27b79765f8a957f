"""The census as read equals the census as published, cell by cell, and unknown stays unknown."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from bpc.datasets.build.census import SOURCES, Source, indicator_ids
from bpc.datasets.build.packages import table
from bpc.datasets.census import Census

#: A city with arrondissements, the capital, the south, a tiny one, mountains, an oasis, a renumbered one,
#: one uninhabited in 2014, a coast, and a plain.
COMMUNES = (
    "06.141.01.0", "04.421.01.0", "11.221.01.01", "12.066.03.05", "05.081.15.11",
    "02.251.01.03", "01.051.11.01",
    "12.066.01.03", "07.211.01.05", "09.163.01.11",
)  # fmt: skip


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.file)
def test_ten_communes_cell_by_cell(census: Census, source: Source) -> None:
    ids = indicator_ids(source)
    compared = 0
    for row in table(source.table):
        if row["level"] != "commune" or row["code"] not in COMMUNES:
            continue
        for column, indicator in ids.items():
            published = float(row[column]) if row[column] else None
            area, sex = row.get("area", "total"), row.get("sex", "all")
            figure = census.value(row["code"], indicator, source.year, area, sex)  # type: ignore[arg-type]
            assert figure == published, (row["code"], indicator, area, sex)
            compared += 1
    assert compared > 200


def test_cities_of_arrondissements_in_2014(census: Census) -> None:
    assert census.value("06.141.01.0", "population_legal", 2014) == 3357173
    assert census.value("06.141.01.0", "households_count", 2014) == 819309
    assert census.is_deduced("06.141.01.0", "population_legal", 2014)
    assert not census.is_deduced("06.141.01.0", "population_legal", 2024)
    assert census.value("06.141.01.0", "labour_unemployment_rate", 2014) is None
    assert census.value("06.141", "labour_unemployment_rate", 2014) is not None


def test_the_nation(census: Census) -> None:
    assert census.value("MA", "labour_unemployment_rate") == 21.3
    assert census.value("MA", "illiteracy_rate_15_plus", 2024) == 27.9
    assert census.value("MA", "employment_status_cooperative_member") == 2.3
    assert census.value("MA", "establishments_weekly_souks") == 1022


def test_derived_indicators(census: Census) -> None:
    assert census.value("MA", "population_change") == round(100 * (36828330 / 33848242 - 1), 2)
    assert census.value("MA", "age_15_34") == 8.2 + 7.3 + 6.8 + 7.2
    assert census.value("MA", "businesses_per_1000") == round(1130021 / 36828330 * 1000, 2)
    rural = census.value("12.066.03.05", "urban_share", 2024)
    assert rural == 0.0
    assert census.indicators["density"].confidence == "deduced"


def test_unknown_is_nan_and_none(census: Census) -> None:
    assert census.value("12.066.01.03", "labour_unemployment_rate", 2014) is None
    column = census.column("labour_unemployment_rate", 2014)
    assert np.isnan(column[census.position["12.066.01.03"]])
    assert np.isnan(census.column("equipment_internet", 2024)).all()
    with pytest.raises(KeyError):
        census.column("no_such_indicator", 2024)
    with pytest.raises(KeyError):
        census.value("99.999", "population_legal")


def test_same_id_only_where_asked_alike(census: Census) -> None:
    assert census.years("employment_status_cooperative_member") == (2024,)
    assert census.years("employment_status_cooperative_member_2014") == (2014,)
    assert census.years("illiteracy_rate_10_plus") == (2024, 2014)
    assert ("rural", "female") in census.breakdowns("labour_activity_rate", 2014)


def test_every_indicator_is_named_in_both_languages(census: Census) -> None:
    assert len(census.indicators) == 254
    topics = {topic.id for topic in census.topics}
    for entry in census.indicators.values():
        assert all((entry.label_fr, entry.label_ar, entry.method_fr, entry.method_ar)), entry.id
        assert entry.topic in topics


def test_compiled_once_even_by_two_at_once(tmp_path: Path) -> None:
    opened: list[Census] = []
    threads = [threading.Thread(target=lambda: opened.append(Census.open(tmp_path))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.value("MA", "population_legal") for each in opened] == [36828330, 36828330]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".npy"]
    start = time.process_time()
    Census.open(tmp_path)
    assert time.process_time() - start < 0.05
