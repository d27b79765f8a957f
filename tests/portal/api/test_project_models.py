"""Project models over the API: what is published, its filters, one whole with its sources."""

from urllib.parse import quote

import pytest
from django.utils import timezone

from bpc.datasets.project_models import parse_model, read_models, read_vocabulary
from bpc.portal.blueprints.actions import retire
from bpc.portal.blueprints.models import Blueprint
from bpc.portal.people.roles import Role
from tests.portal.api.test_territories import read
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
MODELS = read_models()


def _slugs(query: str) -> list[str]:
    return [line["slug"] for line in read(f"project-models?{query}")["results"]]


def test_the_list_names_every_model_with_its_results() -> None:
    page = read("project-models")
    assert (page["count"], page["page"], page["size"]) == (34, 1, 100)
    assert [line["slug"] for line in page["results"]] == sorted(MODELS)
    first = page["results"][0]
    assert first["headline"]["npv"] == pytest.approx(357_898.06, abs=0.01)
    assert (first["version"], first["sector"], first["kind"]) == (1, "care", "income_generating")
    assert first["regions"] == ["06", "04", "01", "03", "07", "09"]


def test_filters_combine() -> None:
    here = {slug for slug, model in MODELS.items() if "09" in {place.territory for place in model.regions}}
    assert set(_slugs("region=09")) == here
    assert 0 < len(here) < 34
    food = {slug for slug in here if MODELS[slug].sector == "food"}
    assert set(_slugs("region=09&sector=food")) == food
    assert _slugs("sector=nothing_known") == []
    assert read("project-models?region=99", 404)["code"] == "unknown_territory"


@pytest.mark.parametrize(
    ("words", "first"), [("miel", "miel"), ("زعفران", "safran"), ("huile d'argan", "huile-argan")]
)
def test_words_find_the_nearest_model_first(words: str, first: str) -> None:
    assert _slugs(f"q={quote(words)}")[0] == first


def test_words_that_say_nothing_find_nothing() -> None:
    assert _slugs(f"q={quote('zzzz')}") == []
    assert _slugs("q=pour+les") == []
    assert len(_slugs("q=")) == 34


def test_pages_follow_each_other() -> None:
    slugs = [slug for page in (1, 2, 3) for slug in _slugs(f"size=15&page={page}")]
    assert slugs == sorted(MODELS)
    assert _slugs("page=2000") == []


def test_one_model_is_the_exchange_schema_with_its_sources() -> None:
    sheet = read("project-models/safran")
    assert parse_model(sheet["content"], read_vocabulary()) == MODELS["safran"]
    assert [source["id"] for source in sheet["sources"]] == list(MODELS["safran"].cited_sources)
    assert all(source["title"] and source["url"].startswith("http") for source in sheet["sources"])
    assert sheet["headline"]["members_typical"] == MODELS["safran"].members_typical


def test_one_language_leaves_the_other_out() -> None:
    french, arabic = (read(f"project-models/safran?language={code}")["content"] for code in ("fr", "ar"))
    assert (french["name_fr"], arabic["name_ar"]) == tuple(MODELS["safran"].name)
    assert "name_ar" not in french
    assert "name_fr" not in arabic
    assert set(french["steps"][0]) == {"fr", "src"}
    assert "name_fr" not in arabic["products"][0]
    assert french["products"][0]["price_mad"] == arabic["products"][0]["price_mad"]


def test_a_retired_model_leaves_the_interface_at_once() -> None:
    read("project-models/safran")
    keeper, model = make_user(Role.ADMINISTRATOR), Blueprint.objects.get(slug="safran")
    retire(blueprint=model, reason="Fermé", actor=keeper, at=timezone.now())
    assert read("project-models/safran", 404)["code"] == "unknown_model"
    assert read("project-models")["count"] == 33
