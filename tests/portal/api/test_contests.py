"""Ideathons over the API: announced ones only, laureates once published, never a person."""

import pytest
from django.test import Client

from bpc.portal.contests.models import Publication
from bpc.portal.contests.states import Phase
from bpc.portal.journeys.announce_winners import announce_winners
from tests.portal.api.test_territories import read
from tests.portal.contests.contest_world import NOW, make_edition
from tests.portal.contests.result_world import decide_all, make_world

pytestmark = pytest.mark.django_db


def test_the_list_goes_on_from_slice_to_slice_without_drafts() -> None:
    shown = [make_edition(phase) for phase in (Phase.RESULTS, Phase.MARKING, Phase.ENTRIES, Phase.ANNOUNCED)]
    make_edition(Phase.DRAFT)
    first = read("contests?limit=3")
    assert [(one["slug"], one["phase"]) for one in first["results"]] == [
        (shown[3].slug, "announced"), (shown[2].slug, "entries"), (shown[1].slug, "marking"),
    ]  # fmt: skip
    rest = read(f"contests?limit=3&after={first['next']}")
    assert ([one["slug"] for one in rest["results"]], rest["next"]) == ([shown[0].slug], None)
    assert read("contests?region=02")["results"] == []
    read("contests?region=99", 404)
    read(f"contests/{make_edition(Phase.DRAFT).slug}", 404)


def test_one_tells_its_laureates_and_its_verdict_once_published() -> None:
    world = make_world()
    slug = world.edition.slug
    decide_all(world)
    before = read(f"contests/{slug}")
    assert (before["laureates"], before["published"]) == ([], None)
    assert [(one["code"], one["weight"]) for one in before["criteria"]] == [
        ("innovation", 3), ("impact", 4), ("environment", 1), ("territory", 2),
    ]  # fmt: skip
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    after = read(f"contests/{slug}")
    assert [(one["reference"], one["place"]) for one in after["laureates"]] == [
        (world.entries[0].reference, 1), (world.entries[1].reference, 2),
    ]  # fmt: skip
    assert after["published"]["verdict"]["head"] == Publication.objects.get().head
    assert Client().get(after["published"]["file"]).content.decode() == Publication.objects.get().text
    told = str(after)
    assert "Responsable" not in told
    assert all(entry.title not in told for entry in world.entries[2:])
