"""The public pages of editions: list, sheet, rules, calendar; their costs."""

import pytest
from django.test import Client

from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.rules import canonical, digest, freeze_rules
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.page_cache import outdate
from tests.portal.contests.contest_world import NOW, make_edition

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_runs_first_and_hides_drafts(client: Client) -> None:
    names = {}
    for phase in Phase:
        names[phase] = make_edition(phase, name_fr=f"Édition {phase.value}").name_fr
    page = client.get("/fr/ideathons").content.decode()
    shown = [phase for phase in Phase if names[phase] in page]
    assert Phase.DRAFT not in shown
    assert len(shown) == len(Phase) - 1
    places = {phase: page.index(names[phase]) for phase in shown}
    assert places[Phase.ENTRIES] < places[Phase.MARKING] < places[Phase.ANNOUNCED] < places[Phase.RESULTS]


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.DRAFT])
def test_the_sheet_tells_the_phase(client: Client, phase: Phase, language: str) -> None:
    edition = make_edition(phase)
    page = client.get(f"/{language}/ideathons/{edition.slug}").content.decode()
    assert page.count('aria-current="step"') == (
        phase not in {Phase.ANNOUNCED, Phase.CANCELLED, Phase.RESULTS}
    )
    assert ("Niveau 3" if language == "fr" else "مستوى 3") in page
    assert "40\u202f%" in page  # weight 4 of 10


def test_a_draft_does_not_exist_for_strangers(client: Client) -> None:
    edition = make_edition(Phase.DRAFT)
    for end in ("", ".ics", "/reglement", "/reglement/1", "/reglement/1.json"):
        assert client.get(f"/fr/ideathons/{edition.slug}{end}").status_code == 404


def test_the_rules_stay_readable_version_by_version(client: Client) -> None:
    edition = make_edition(Phase.ENTRIES, laureates=3, rules_fr="Article 1.")
    first = freeze_rules(edition, actor=None, at=NOW)
    edition.laureates = 4
    edition.save()
    second = freeze_rules(edition, actor=None, at=NOW)
    page = client.get(f"/fr/ideathons/{edition.slug}/reglement/2").content.decode()
    assert "Nombre de lauréats" in page
    assert "<del" in page
    assert first.sha256 in page
    assert second.sha256 in page
    former = client.get(f"/fr/ideathons/{edition.slug}/reglement/1").content.decode()
    assert "Elle a été remplacée" in former
    file = client.get(f"/fr/ideathons/{edition.slug}/reglement/1.json").content.decode()
    assert file == canonical(first.content)
    assert digest(first.content) == first.sha256


def test_the_calendar_file_holds_whole_days(client: Client) -> None:
    edition = make_edition(Phase.ENTRIES)
    answer = client.get(f"/fr/ideathons/{edition.slug}.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 3
    assert "STATUS:CONFIRMED" in text
    cancelled = client.get(f"/fr/ideathons/{make_edition(Phase.CANCELLED).slug}.ics").content.decode()
    assert "STATUS:CANCELLED" in cancelled


def test_the_search_of_the_site_finds_editions_by_their_words(client: Client) -> None:
    edition = make_edition(Phase.ENTRIES, name_fr="Idéathon du safran", theme_ar="الزعفران")
    make_edition(Phase.DRAFT, name_fr="Idéathon du safran caché")
    outdate(GENERATION)
    for language, words in (("fr", "safran"), ("ar", "زعفران"), ("fr", "safran souss")):
        page = client.get(f"/{language}/recherche", {"q": words}).content.decode()
        assert f"/{language}/ideathons/{edition.slug}" in page, words
        assert "caché" not in page
    page = client.get("/fr/recherche", {"q": "safran dakhla"}).content.decode()
    assert f"/fr/ideathons/{edition.slug}" not in page
