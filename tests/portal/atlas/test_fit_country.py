"""The fit against the country: what everybody knows must come out of the facts, without a bonus for any place."""

import pytest

from bpc.datasets.coasts import read_coasts
from bpc.portal.atlas.fit import (
    all_scores,
    fits_of_place,
    models_with_fit,
    places_for_model,
    places_for_product,
    places_for_sector,
)
from bpc.portal.reference.places import places_by_code
from bpc.portal.resources.models import Resource
from tests.portal.atlas.fit_world import renew

pytestmark = pytest.mark.django_db

#: Communes of the argan forest: Lagfifat (Taroudannt), Ouijjane (Tiznit), Tidzi (Essaouira), Massa (Chtouka).
ARGAN_FOREST = ("09.541.01.07", "09.541.11.71", "07.211.05.49", "09.163.05.21")
OASES = ("08.201.11.03", "08.201.13.13")  # Er-Rissani, Tadighoust
CASABLANCA = "06.141.01.0"
SERVICES = {
    "services-numeriques", "habitat", "recyclage-tri", "cantine-scolaire", "creche-prescolaire", "aide-a-domicile",
    "proprete-espaces-verts", "boutique-terroir",
}  # fmt: skip
KALAAT, BOUMALNE, LAKHMIS = "08.577.01.05", "08.577.01.03", "08.577.09.25"
TALIOUINE, TAZNAKHT = "09.541.01.11", "08.401.01.09"
DAKHLA, OUALIDIA = "12.391.01.01", "06.467.01.05"
AZROU = "03.271.01.01"
#: Communes of the Dadès and its tributaries, around those the rose is named after.
DADES = {
    KALAAT, BOUMALNE, LAKHMIS, "08.577.05.05", "08.577.05.07", "08.577.09.09", "08.577.09.11", "08.577.09.15",
}  # fmt: skip


def best(slug: str, limit: int) -> list[str]:
    return [fit.place for fit in places_for_model(slug, limit=limit)]


def provinces(codes: list[str]) -> set[str]:
    return {code[:6] for code in codes}


def test_roses_rank_the_dades_valley() -> None:
    first = best("eau-de-rose", 10)
    assert provinces(first) == {"08.577"}
    assert {KALAAT, BOUMALNE, LAKHMIS} <= set(first[:4])
    assert len(DADES & set(first)) >= 5


def test_saffron_ranks_taliouine_and_taznakht_and_no_sea_port() -> None:
    assert best("safran", 2) == [TALIOUINE, TAZNAKHT]
    coast = read_coasts()
    assert not coast.keys() & set(best("safran", 100))
    scores = all_scores("safran")
    assert max(scores[code] for code in coast if code in scores) <= 25


def test_argan_ranks_its_forest() -> None:
    #: Agadir, Chtouka, Inezgane, Taroudannt, Tiznit; Essaouira; Sidi Ifni
    belt = {"09.001", "09.163", "09.273", "09.541", "09.581", "07.211", "10.473"}
    assert provinces(best("huile-argan", 50)) <= belt


def test_oysters_rank_dakhla_then_oualidia() -> None:
    assert best("huitres-dakhla", 2) == [DAKHLA, OUALIDIA]


def test_dates_rank_the_draa_and_tafilalet() -> None:
    found = provinces(best("dattes", 30))
    assert found <= {"08.201", "08.401", "08.577", "08.587", "09.551", "02.251"}  # the last two: Tata, Figuig
    draa_tafilalet = [code for code in best("dattes", 30) if code.startswith("08.")]
    assert len(draa_tafilalet) >= 20


def test_cedar_ranks_azrou_and_has_no_model() -> None:
    first = places_for_product("cedar", limit=5)
    assert first[0].place == AZROU
    assert first[0].strength > first[1].strength
    assert first[0].reasons[0].sources


def test_carpets_rank_taznakht_among_the_very_first() -> None:
    assert TAZNAKHT in best("tapis", 5)


@pytest.mark.parametrize(
    ("code", "expected", "among"),
    [
        (TALIOUINE, {"safran"}, 1),
        (TAZNAKHT, {"safran", "tapis"}, 2),
        (KALAAT, {"eau-de-rose"}, 1),
        (DAKHLA, {"huitres-dakhla"}, 1),
        *((code, {"huile-argan"}, 3) for code in ARGAN_FOREST),
        *((code, {"dattes"}, 3) for code in OASES),
    ],
)
def test_what_a_place_is_known_for_comes_first(code: str, expected: set[str], among: int) -> None:
    assert expected <= {fit.model for fit in fits_of_place(code, limit=among)}


def test_a_great_city_is_for_services() -> None:
    assert {fit.model for fit in fits_of_place(CASABLANCA, limit=6)} <= SERVICES


def test_where_no_resource_is_needed_towns_come_first_for_services() -> None:
    places = places_by_code()
    for slug in ("services-numeriques", "aide-a-domicile", "proprete-espaces-verts"):
        assert {places[code].kind for code in best(slug, 10)} == {"urban"}, slug


def test_a_sector_is_ranked_by_its_best_model() -> None:
    first = places_for_sector("aromatic", limit=1)[0]
    assert first.score == max(max(all_scores(slug).values()) for slug in models_with_fit() if slug in {
        "eau-de-rose", "safran", "huile-argan", "pam-distillation", "moulin-huile-olive", "cactus-figue-barbarie",
    })  # fmt: skip
    assert places_for_sector("no-such-sector") == []


def test_only_facts_move_a_rank_not_names_in_code() -> None:
    """Were nobody to know saffron there, Taliouine and Taznakht would be two communes among others."""
    Resource.objects.filter(reference__in=["R202", "R223"]).update(state="retired")
    renew("resources")
    assert not {TALIOUINE, TAZNAKHT} & set(best("safran", 50))
