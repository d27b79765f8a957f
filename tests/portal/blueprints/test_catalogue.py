"""The published models in memory: all of them, renewed when one is published, old versions still read."""

import pytest
from pytest_django import DjangoAssertNumQueries

from bpc.datasets.project_models import read_models
from bpc.portal.blueprints.actions import publish, retire, save_draft, start_draft
from bpc.portal.blueprints.catalogue import at_version, catalogue, published
from bpc.portal.people.roles import Role
from tests.portal.blueprints.blueprint_world import NOW, SLUG, blueprint, dearer
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_every_model_of_the_files_is_published_as_the_file_says() -> None:
    found = catalogue()
    assert {slug: one.model for slug, one in found.items()} == read_models()
    assert list(found) == sorted(found)
    assert len(found) == 34


def test_the_headline_is_what_the_command_answers() -> None:
    headline = catalogue()["aide-a-domicile"].headline
    assert headline["npv"] == pytest.approx(357_898.06, abs=0.01)
    assert headline["members_typical"] == 25
    assert headline["estimated_share"] == 1.0
    assert "W17" in headline["problems"]


def test_asking_again_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    before = published(SLUG)
    with django_assert_num_queries(1):
        assert published(SLUG) is before
    assert published("inconnu") is None


def test_a_publication_is_read_at_once_and_the_former_version_as_it_was() -> None:
    keeper, first = make_user(Role.ADMINISTRATOR), catalogue()[SLUG]
    draft = start_draft(blueprint=blueprint(), actor=keeper, at=NOW)
    draft = save_draft(draft=draft, content=dearer(draft.content), revision=1, actor=keeper, at=NOW)
    assert published(SLUG) == first
    assert at_version(SLUG, 2) is None, "a draft is nobody's model"
    publish(draft=draft, revision=2, note="Prix de 2026", actor=keeper, at=NOW)
    now = catalogue()[SLUG]
    assert (now.version, now.published_at, now.model.version) == (2, NOW, 2)
    assert now.model.products[0].price_mad.mode == 2 * first.model.products[0].price_mad.mode
    assert now.headline["npv"] > first.headline["npv"]
    assert at_version(SLUG, 1) == first
    assert at_version(SLUG, 2) == now


def test_a_retired_model_leaves_the_catalogue_and_stays_readable_where_it_was_adopted() -> None:
    keeper, adopted = make_user(Role.ADMINISTRATOR), catalogue()[SLUG]
    retire(blueprint=blueprint(), reason="Filière fermée", actor=keeper, at=NOW)
    assert published(SLUG) is None
    assert len(catalogue()) == 33
    assert at_version(SLUG, 1) == adopted
    assert at_version(SLUG, 9) is None
