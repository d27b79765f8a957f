"""The territories are those of the Kingdom, whole and named in both languages."""

from collections import Counter

from bpc.datasets.territories import read_neighbours, read_territories

PLACES = {place.code: place for place in read_territories()}


def test_counts_of_each_level() -> None:
    assert Counter(place.level for place in PLACES.values()) == {
        "country": 1,
        "region": 12,
        "province": 75,
        "commune": 1503,
    }
    assert Counter(place.type for place in PLACES.values() if place.level == "province") == {
        "province": 62,
        "prefecture": 13,
    }
    assert Counter(place.type for place in PLACES.values() if place.level == "commune") == {
        "rural": 1261,
        "urban": 242,
    }


def test_figures_of_the_nation() -> None:
    nation = PLACES["MA"]
    assert (nation.population_2014, nation.population_2024) == (33848242, 36828330)
    assert (nation.households_2014, nation.households_2024) == (7313806, 9275038)
    assert round(nation.area_km2) == 685106


def test_a_city_of_arrondissements_has_the_sum_of_2014() -> None:
    casablanca = PLACES["06.141.01.0"]
    assert (casablanca.population_2014, casablanca.population_2024) == (3357173, 3215935)
    assert casablanca.households_2014 == 819309


def test_no_prefecture_of_arrondissements() -> None:
    assert not [
        code for code in PLACES if code.startswith("06.141.01.") and code.endswith("0") and len(code) == 12
    ]


def test_unknown_is_not_zero() -> None:
    lagouira = PLACES["12.066.01.03"]
    assert (lagouira.population_2014, lagouira.households_2014) == (0, None)


def test_names_in_both_languages() -> None:
    assert (PLACES["09.541"].name_fr, PLACES["09.541"].name_ar) == ("Taroudannt", "تارودانت")
    assert PLACES["03.271.01.01"].name_ar == "أزرو"


def test_neighbours_of_a_region() -> None:
    pairs = {(pair.code, pair.neighbour): pair.shared_km for pair in read_neighbours()}
    assert {other for code, other in pairs if code == "12"} == {"11"}
    assert {other for code, other in pairs if code == "01"} == {"02", "03", "04"}
    assert pairs["01", "02"] == pairs["02", "01"] == 40.73


def test_a_commune_inside_another_has_one_neighbour() -> None:
    around = Counter(pair.code for pair in read_neighbours() if pair.level == "commune")
    assert len(around) == 1503
    assert sum(count == 1 for count in around.values()) >= 42
