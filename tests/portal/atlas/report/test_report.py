"""The territory report: four tagged pages whatever is known, true figures, nothing of a person read as markup."""

import re
import time
from datetime import date
from typing import Literal

import pytest
from django.utils import translation

from bpc.portal.atlas.country import country
from bpc.portal.atlas.fit import all_scores, fits_of_place
from bpc.portal.atlas.fit_words import score_text
from bpc.portal.atlas.report import Meeting, ReportContext, territory_report
from bpc.portal.atlas.report.document import report_data
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.reference.models import Territory
from bpc.portal.resources.models import Resource
from tests.portal.observations.observation_world import make_observation
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.print_world import HOSTILE, LITERAL, LONG
from tests.portal.world import HERE, make_idea

pytestmark = pytest.mark.django_db
Language = Literal["fr", "ar"]
LANGUAGES: tuple[Language, ...] = ("fr", "ar")
#: A region, a province, a town, a hamlet of 433 people, the largest city, a palace town where nothing is published.
PLACES = (
    "09",
    "09.541",
    "09.541.01.11",
    "10.261.07.11",
    "06.141",
    "06.141.01.0",
    "06.141.01.81",
    "12.066.01.03",
    "12",
)


def context(code: str, language: Language = "fr", **changes: object) -> ReportContext:
    known = country()
    values: dict[str, object] = {
        "place": known.places[code],
        "country": known,
        "language": language,
        "made_on": date(2026, 11, 22),
        "address": f"https://projets.example/{language}/territoires/{code}",
        "meetings": [Meeting("Agadir", date(2025, 5, 8), True, "Chambre de commerce")],
        **changes,
    }
    return ReportContext(**values)  # type: ignore[arg-type]


def paper(code: str, language: Language = "fr", **changes: object) -> Paper:
    return Paper(territory_report(context(code, language, **changes)))


def plain(text: str) -> str:
    """The words with plain spaces; the reader takes the mark that ends an isolate, which draws a space, for one."""
    return " ".join(re.sub("[\u202f\xa0\u2069]", " ", text.replace("\u200e", "")).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PLACES)
def test_is_four_tagged_pages(code: str, language: Language) -> None:
    made = paper(code, language)
    assert len(made.pages) == 4
    assert made.says_it_is_accessible
    assert made.language.startswith(language)
    assert all(len(made.page_text(page)) > 200 for page in made.pages)


def crowd(code: str) -> None:
    """A commune where everything is there, with the longest words a form takes."""
    for number in range(12):
        kind, category = ("need", "N08") if number % 2 else ("opportunity", "O01")
        make_observation(code, kind=kind, category_id=category, title=f"{LONG[:110]} {number}")
        make_idea(code, title=f"{LONG[:110]} {number}")
    place = Territory.objects.get(pk=code)
    for number in range(40):
        Resource.objects.create(
            reference=f"D{number:03}", territory=place, commune=place, province_id=place.province_code,
            region_id=place.region_code, sector_id="food", name_fr=f"{LONG[:150]} {number}",
            name_ar=f"منتوج محلي طويل الاسم {number}", confidence="reported", origin="delegation",
            source_note="Réunion", season_start=9, season_end=11,
        )  # fmt: skip
    outdate("resources")


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_pages_however_much_there_is(language: Language) -> None:
    crowd(HERE)
    made = paper(HERE, language, meetings=[Meeting(LONG, None, False, LONG)] * 5)
    assert len(made.pages) == 4
    with translation.override("fr"):
        blocks = report_data(context(HERE, meetings=[Meeting(LONG, None, False, LONG)]))["pages"][1]["blocks"]
    assert {"kind": "paragraph", "text": "et 28 autres, sur la fiche en ligne", "quiet": True} in blocks
    assert sum(len(block["items"]) for block in blocks if block["kind"] == "entries") >= 12


def test_the_figures_are_those_of_the_census() -> None:
    told = plain(paper("09.541").page_text(paper("09.541").pages[0]))
    assert "858 162" in told  # population of Taroudannt in 2024
    assert "7,9 %" in told  # women's activity
    assert "Recensement 2024, HCP" in told
    assert "Établie le 22 novembre 2026" in told


def test_what_is_unknown_is_said_so_and_never_zero() -> None:
    with translation.override("fr"):
        pages = report_data(context("12.066.01.03"))["pages"]
    cards = next(block for block in pages[0]["blocks"] if block["kind"] == "figures")["items"]
    unknown = [card for card in cards if card["value"] == "inconnu"]
    assert unknown
    assert all(card["note"] and card["sides"][0]["share"] is None for card in unknown)


def test_a_hamlet_is_told_that_its_percentages_are_not_exact() -> None:
    assert "Peu d’habitants" in plain(paper("10.261.07.11").text())
    assert "Peu d’habitants" not in plain(paper("09.541").text())


def test_what_people_say_is_never_added_to_what_is_computed() -> None:
    first = make_observation(title="Le puits est à sec", confirmation_count=3)
    make_observation(title="Pas de route", confirmation_count=7, category_id="N10")
    make_observation(title="Rien encore lu", state="submitted")
    page = paper(HERE).pages[2]
    told = plain(paper(HERE).page_text(page))
    assert told.index("Pas de route") < told.index(first.title)  # the most confirmed first
    assert "confirmé par 7 personnes" in told
    assert "Rien encore lu" not in told
    assert told.index("calculé, non dit") > told.index(first.title)


def test_nobody_heard_is_said_in_words() -> None:
    told = plain(paper("10.261.07.11").text())
    assert "Personne n’a encore signalé de besoin ici" in told
    assert "Aucune idée n’a encore été publiée ici" in told


def test_a_fact_of_the_province_is_not_told_of_the_commune() -> None:
    with translation.override("fr"):
        blocks = report_data(context("09.541.01.11"))["pages"][1]["blocks"]
    titles = [block["text"] for block in blocks if block["kind"] == "heading"]
    assert titles[0] == "Les ressources de ce territoire"
    assert blocks[1]["kind"] == "empty"
    assert "sans que l’on sache pour quelles communes" in titles[1]


def test_funds_are_those_open_there() -> None:
    told = plain(paper("09.541").page_text(paper("09.541").pages[3]))
    assert "INDH Taroudant 2026" in told
    assert "jusqu’à 200 000 MAD par dossier" in told
    assert "Chtouka" not in told
    assert "Aucune rencontre à venir" in told


def test_models_that_fit_come_with_reasons_and_objections() -> None:
    with translation.override("fr"):
        page = report_data(context("09.541.01.11"))["pages"][3]
        shown = next(block for block in page["blocks"] if block["kind"] == "entries")["items"]
        best = fits_of_place("09.541.01.11", limit=len(shown))
        assert [item["count"] for item in shown] == [score_text(fit.score) for fit in best]
        saffron = next(item for item in shown if "safran" in item["title"])
    assert any("Safran de Taliouine" in line for line in saffron["lines"])
    assert any(line.startswith("Mais") for line in saffron["lines"])


def test_a_province_is_told_how_many_communes_suit_its_own_products_first() -> None:
    with translation.override("fr"):
        page = report_data(context("09.541"))["pages"][3]
    shown = next(block for block in page["blocks"] if block["kind"] == "entries")["items"]
    named = {published.model.name_fr: slug for slug, published in catalogue().items()}
    for item in shown:
        scores = all_scores(named[item["title"]]).items()
        suiting = sum(score >= 60 for code, score in scores if code.startswith("09.541."))
        assert re.match(f"convient à {suiting} communes? sur 89$", plain(item["meta"]))
    assert "safran" in " ".join(item["title"] for item in shown[:4])


def test_a_demonstration_says_so() -> None:
    assert "sont fictifs" in plain(paper("09.541.01.11", is_demo=True).text())
    assert "sont fictifs" not in plain(paper("09.541.01.11").text())


def test_what_is_done_no_more_than_elsewhere_is_no_speciality() -> None:
    with translation.override("fr"):
        blocks = report_data(context("09"))["pages"][1]["blocks"]
    columns = next(block for block in blocks if block["kind"] == "columns")
    rows = [row for block in columns["sides"][0] if block["kind"] == "bars" for row in block["rows"]]
    assert rows
    assert all(float(row["about"].split()[0].replace(",", ".")) > 1.0 for row in rows)


def test_words_of_people_are_never_markup() -> None:
    make_observation(title=HOSTILE[:110])
    told = paper(HERE).text()
    assert LITERAL in told


def test_is_quick_once_the_fonts_are_read() -> None:
    crowd(HERE)
    territory_report(context(HERE))
    began = time.process_time()
    territory_report(context("09.541"))
    assert time.process_time() - began < 1.5
