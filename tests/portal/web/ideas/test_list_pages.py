"""The list and the page of an idea: constant queries, everything in the address, nothing shown to the wrong person."""

import html
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bpc.portal.ideas import search, tallies
from bpc.portal.ideas.models import Attachment, Idea
from bpc.portal.ideas.queries import (
    PAGE_SIZE,
    Sort,
    Wanted,
    counts_by_territory,
    idea_points,
    list_ideas,
    recent_in,
)
from bpc.portal.ideas.search import Facets
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
LIST = "/fr/idees"


def published(number: int, **fields: Any) -> list[Idea]:
    """So many published ideas, counted and indexed."""
    ideas = [make_idea(**fields) for _ in range(number)]
    tallies.rebuild()
    search.rebuild()
    return ideas


def page_of(client: Client, url: str) -> str:
    """The page as people read it."""
    response = client.get(url)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    "query", ["", "?q=séchoir", "?region=09", "?audience=women", "?sort=soutenues", "?q=figues&region=09"]
)
def test_as_many_queries_for_200_ideas_as_for_10(client: Client, query: str) -> None:
    counts = []
    for number in (10, 190):
        published(number, audience="women")
        client.get(LIST)  # what the process reads once
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"{LIST}{query}{'&' if query else '?'}nocache={number}")
        counts.append(len(seen))
        bodies = [row["sql"] for row in seen if '"need"' in row["sql"] or '"proposal"' in row["sql"]]
        assert bodies == []
        assert not any("COUNT(" in row["sql"].upper() and 'ideas_idea"' in row["sql"] for row in seen)
    assert counts[0] == counts[1] <= 10


def test_strangers_get_a_kept_page_until_an_idea_changes(client: Client) -> None:
    published(3)
    client.get(LIST)
    with CaptureQueriesContext(connection) as seen:
        client.get(LIST)
    assert len(seen) == 1


def test_pages_turn_and_are_capped(client: Client) -> None:
    published(PAGE_SIZE + 2)
    assert list_ideas(Wanted(page=2)).last == 2
    assert len(list_ideas(Wanted(page=2)).ideas) == 2
    assert list_ideas(Wanted(page=99)).number == 2
    assert "page=2" in page_of(client, LIST)
    assert client.get(f"{LIST}?page=abc&sector=x&region=zz&sort=y&language=de").status_code == 200


def test_filters_narrow_and_can_be_taken_off(client: Client) -> None:
    published(2, title="Ici")
    published(1, commune=ELSEWHERE, title="Ailleurs", language="ar", speaker="holder")
    page = page_of(client, f"{LIST}?region=02")
    assert "Ailleurs" in page
    assert "Ici" not in page
    assert "Retirer ce filtre" in page
    assert list_ideas(Wanted(facets=Facets(territory="09"))).total == 2
    assert list_ideas(Wanted(facets=Facets(language="ar", speaker="holder"))).total == 1
    assert list_ideas(Wanted(facets=Facets(language="ar", territory="09"))).total == 0
    assert "Aucune idée ne répond" in page_of(client, f"{LIST}?language=ar&region=09")


def test_an_empty_bank_invites(client: Client) -> None:
    page = page_of(client, LIST)
    assert "La première peut être la vôtre" in page
    assert reverse("web:idea_new") in page


def test_only_published_ideas_are_listed_and_in_order(client: Client) -> None:
    first, second = published(2)
    for state in ("draft", "submitted", "returned", "archived", "merged"):
        make_idea(state=state, title=f"Caché {state}")
    search.rebuild()
    Idea.objects.filter(pk=first.pk).update(support_count=5)
    assert [idea.pk for idea in list_ideas(Wanted()).ideas] == [second.pk, first.pk]
    assert [idea.pk for idea in list_ideas(Wanted(sort=Sort.SUPPORTED)).ideas] == [first.pk, second.pk]
    assert "Caché" not in page_of(client, LIST)
    assert list_ideas(Wanted(query="caché")).ideas == []


def test_a_fragment_refreshes_the_list(client: Client) -> None:
    published(1)
    answer = client.get(f"{LIST}?region=09", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="results"' in answer.content
    assert "HX-Request" in answer["Vary"]
    assert b"<html" in client.get(f"{LIST}?region=09").content
    assert b"Province" in answer.content


def test_an_idea_is_read_by_any_spelling_of_its_code(client: Client) -> None:
    idea = make_idea(reference="K7M4-2QX", title="Du miel", is_demo=True)
    assert "démonstration" in page_of(client, "/fr/idees/K7M4-2QX")
    moved = client.get("/fr/idees/k7m42qx")
    assert (moved.status_code, moved["Location"]) == (302, reverse("web:idea", args=[idea.reference]))
    assert client.get("/fr/idees/K7M4-2QK").status_code == 404


def test_an_idea_that_waits_is_seen_by_its_author_and_its_region_only(client: Client) -> None:
    author = make_user()
    idea = make_idea(state="submitted", author=author)
    address = reverse("web:idea", args=[idea.reference])
    assert client.get(address).status_code == 404
    client.force_login(make_user())
    assert client.get(address).status_code == 404
    client.force_login(author)
    assert client.get(address).status_code == 200


def test_names_and_contacts_show_only_when_asked(client: Client) -> None:
    shy = make_idea(
        contact_name="Aïcha Discrète", contact_phone="+212612345678", contact_email="a@example.org"
    )
    page = page_of(client, reverse("web:idea", args=[shy.reference]))
    assert "Discrète" not in page
    assert "612345678" not in page
    assert "a@example.org" not in page
    named = make_idea(contact_name="Aïcha Visible", show_author=True)
    assert "Aïcha Visible" in page_of(client, reverse("web:idea", args=[named.reference]))


def test_a_photo_is_served_to_whoever_sees_the_idea(client: Client) -> None:
    author = make_user()
    for state, public in (("published", True), ("submitted", False)):
        idea = make_idea(state=state, author=author)
        kept = Attachment.objects.create(
            idea=idea, kind="photo", file=ContentFile(b"jpeg", name="x.jpg"), content_type="image/jpeg", size=4,
            thumbnail=ContentFile(b"small", name="x-s.jpg"), original_name="../x\r\n.jpg",
        )  # fmt: skip
        address = reverse("web:idea_attachment", args=[idea.reference, kept.pk])
        client.logout()
        stranger = client.get(address)
        assert stranger.status_code == (200 if public else 404)
        assert b"".join(stranger) == b"jpeg" if public else True  # reading to the end closes the file
        client.force_login(author)
        answer = client.get(address)
        assert b"".join(answer.streaming_content) == b"jpeg"  # type: ignore[attr-defined]
        assert answer["Cache-Control"] == ("public, max-age=3600" if public else "private, no-store")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        small = client.get(reverse("web:idea_thumbnail", args=[idea.reference, kept.pk]))
        assert b"".join(small.streaming_content) == b"small"  # type: ignore[attr-defined]
        other = make_idea()
        assert client.get(reverse("web:idea_attachment", args=[other.reference, kept.pk])).status_code == 404


def test_a_document_is_downloaded_never_opened_in_the_page(client: Client) -> None:
    idea = make_idea()
    kept = Attachment.objects.create(
        idea=idea, kind="document", file=ContentFile(b"%PDF-", name="x.pdf"), content_type="application/pdf",
        size=5, original_name="Étude du projet.pdf",
    )  # fmt: skip
    answer = client.get(reverse("web:idea_attachment", args=[idea.reference, kept.pk]))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert b"".join(answer) == b"%PDF-"


def test_counts_points_and_recent_ideas_of_a_territory() -> None:
    here = make_idea(HERE, lon=-8.87, lat=30.47)
    there = make_idea(ELSEWHERE)
    tallies.rebuild()
    assert counts_by_territory("region") == {"09": 1, "02": 1}
    assert counts_by_territory("commune", within="09") == {HERE: 1}
    assert [idea.pk for idea in recent_in("09")] == [here.pk]
    assert [idea.pk for idea in recent_in()] == [there.pk, here.pk]
    far, near = idea_points()
    assert (near.lon, near.lat, near.exact) == (-8.87, 30.47, True)
    assert (far.lon, far.lat, far.exact) == (there.commune.lon, there.commune.lat, False)
