"""The figures on a sheet are the cube's, beside the parent's and the country's; unknown stays unknown."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from bpc.portal.atlas.units import figure_text
from bpc.portal.reference import profile
from bpc.portal.reference.census import census
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import places_by_code

# a town, a village, a city of arrondissements, a province, a region
PLACES = ("09.541.01.13", "09.541.03.07", "06.141.01.0", "02.411", "09")


def sheet(client: Client, code: str, language: str = "fr") -> str:
    response = client.get(f"/{language}/territoires/{code}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def cells_of(page: str, caption: str) -> dict[str, list[str]]:
    """Row label → figures of the table with this caption."""
    found = re.search(rf"<caption[^>]*>{re.escape(caption)}</caption>(.*?)</table>", page, re.S)
    assert found, caption
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', found[1], re.S)
    return {label: re.findall(r"<td[^>]*>(.*?)</td>", cells) for label, cells in rows}


@pytest.fixture
def existing() -> list[str]:
    """The places above, the village replaced by the first rural commune of Taroudannt."""
    village = Territory.objects.filter(parent="09.541", kind="rural").first()
    assert village is not None
    return [village.pk if code == "09.541.03.07" else code for code in PLACES]


@pytest.mark.django_db
def test_key_figures_are_those_of_the_cube(client: Client, existing: list[str]) -> None:
    cube = census()
    for code in existing:
        page = sheet(client, code)
        shown = re.findall(r'<div class="key-value[^"]*"><strong>(.*?)</strong>', page)[:6]
        facts = profile.key_facts(places_by_code()[code])
        for fact, text in zip(facts, shown, strict=True):
            value = cube.value(code, fact.indicator.id, fact.year, "total", fact.sex)
            assert value is not None
            assert text.startswith(figure_text(value, fact.indicator.unit)), (code, fact.indicator.id)


@pytest.mark.django_db
def test_comparison_shows_the_parent_and_the_country(client: Client) -> None:
    cube = census()
    page = sheet(client, "09.541.01.13")
    for code in ("09.541.01.13", "09.541", "MA"):
        value = cube.value(code, "labour_unemployment_rate", 2024)
        assert value is not None
        assert f">{figure_text(value, 'percent')}</text>" in page
    fact = profile.fact("09.541.01.13", "labour_activity_rate", parent="09.541", sex="female")
    assert (fact.value, fact.parent, fact.nation) == (19.1, 7.9, 16.8)


@pytest.mark.django_db
def test_change_table_holds_both_censuses_and_only_questions_asked_alike(client: Client) -> None:
    cube = census()
    assert all(cube.indicators[name].comparable for name in profile.CHANGES)
    rows = cells_of(sheet(client, "09.541.01.13"), "Ce qui a changé de 2014 à 2024")
    assert rows["Population légale"] == ["80\u202f149", "83\u202f496", "+4,2\u202f%"]
    assert rows["Taux de chômage"] == ["18,3\u202f%", "24,7\u202f%", "+6,4"]
    assert rows["Nombre de personnes par ménage"] == ["4,2", "3,8", "−0,4"]


@pytest.mark.django_db
def test_men_and_women_and_town_and_country(client: Client) -> None:
    rows = cells_of(sheet(client, "09.541.01.13"), "Les hommes et les femmes")
    assert rows["Taux d'activité"] == ["67,1\u202f%", "19,1\u202f%", "−48,0"]
    assert "La ville et la campagne" not in sheet(client, "09.541.01.13")
    assert "La ville et la campagne" in sheet(client, "09.541")


@pytest.mark.django_db
def test_every_indicator_of_the_cube_is_on_the_sheet_with_its_figure() -> None:
    cube = census()
    shown = {
        pair.indicator.id: pair for _topic, pairs in profile.everything("09.541.01.13") for pair in pairs
    }
    for name, entry in cube.indicators.items():
        for year, side in ((2014, "first"), (2024, "second")):
            expected = cube.value("09.541.01.13", name, year) if year in entry.years else None
            assert (getattr(shown[name], side) if name in shown else None) == expected, (name, year)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_all_figures_stand_on_a_page_of_their_own(client: Client, language: str) -> None:
    address = f"/{language}/territoires/09.541.01.13"
    links = re.findall(
        rf'<a class="chip" href="{address}/chiffres#(\w+)">', sheet(client, "09.541.01.13", language)
    )
    page = unescape(client.get(f"{address}/chiffres").content.decode())
    assert re.findall(r'<h2 id="(\w+)">', page) == links
    assert len(links) == 19
    shown = sum(
        len(re.findall(r'<th scope="row">', table)) for table in re.findall(r"<table.*?</table>", page, re.S)
    )
    assert shown == sum(len(pairs) for _topic, pairs in profile.everything("09.541.01.13"))
    labour = next(topic for topic in census().topics if topic.id == "labour")
    rows = cells_of(page, getattr(labour, f"name_{language}"))
    label = getattr(census().indicators["labour_unemployment_rate"], f"label_{language}")
    assert rows[label] == ["18,3\u202f%", "24,7\u202f%"]


@pytest.mark.django_db
def test_charts_draw_the_figures_and_repeat_them_in_a_table(client: Client) -> None:
    page = sheet(client, "09.541.01.13")
    rows = cells_of(page, "Statut des personnes qui travaillent")
    assert rows["Coopérateurs ou associés"] == ["3,2\u202f%", "2,2\u202f%", "2,3\u202f%"]
    assert 'font-weight="700">Coopérateurs ou associés</text>' in page
    assert cells_of(page, "Âges")["0 à 4 ans"] == ["6,3\u202f%", "5,9\u202f%"]
    assert "Recensement 2014, HCP" in page  # work sectors were not asked in 2024


@pytest.mark.django_db
def test_unknown_is_said_with_its_reason_and_never_zero(client: Client) -> None:
    empty = Territory.objects.filter(level="commune", population_2024=None).first()
    zero = Territory.objects.filter(level="commune", population_2024=0).first()
    place = empty or zero
    if place is None:
        cube = census()
        unknown = [
            code
            for code in cube.territories
            if len(code) > 6 and cube.value(code, "labour_unemployment_rate") is None
        ]
        place = Territory.objects.get(pk=unknown[0])
    page = sheet(client, place.pk)
    assert '<div class="key-value unknown"><strong>inconnu</strong></div>' in page
    assert "recensé" in page or "ne publie pas" in page
    assert "<strong>0</strong>" not in page


@pytest.mark.django_db
def test_arabic_sheet_is_mirrored_and_named_in_arabic(client: Client) -> None:
    page = sheet(client, "09.541.01.13", "ar")
    assert 'dir="rtl"' in page
    assert "<h1>تارودانت</h1>" in page
    assert 'direction="rtl"' in page
    assert "معدل البطالة" in page


@pytest.mark.django_db
def test_the_sixth_figure_follows_the_kind_of_place() -> None:
    def last(code: str) -> str:
        return profile.key_facts(places_by_code()[code])[-1].indicator.id

    village = Territory.objects.filter(parent="09.541", kind="rural").first()
    assert village is not None
    assert last("09.541.01.13") == "businesses_per_1000"
    assert last(village.pk) in {"households_distance_to_paved_road_km", "amenities_running_water"}
    assert last("09") == "amenities_running_water"


def test_labels_of_units_follow_the_language() -> None:
    with translation.override("ar"):
        assert census().indicators["population_legal"].label_ar == "السكان القانونيون"
