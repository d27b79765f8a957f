"""The moderators' desk as it is served."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.ideas import moderation
from bpc.portal.ideas.models import Attachment, Comment, Idea, Report, Support
from bpc.portal.ideas.near import index
from bpc.portal.people.roles import Role
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import ELSEWHERE, make_idea, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
QUEUE = "/fr/moderation"


def desk(idea: Idea, step: str = "") -> str:
    """The address of an idea on the desk, or of one of its moves."""
    return f"/fr/moderation/idees/{idea.reference}{'/' + step if step else ''}"


@pytest.fixture
def delegate() -> Any:
    """The delegate of the region of these tests."""
    return make_user(Role.DELEGATE, display_name="Najat")


@pytest.fixture
def page(client: Client, delegate: Any) -> Client:
    """A browser in which the delegate signed in."""
    sign_in_with_factor(client, delegate)
    return client


def titles(answer: Any) -> list[str]:
    """The ideas of the queue, in their order."""
    return [row["idea"].title for row in answer.context["rows"]]


def test_the_queue_shows_the_region_s_waiting_ideas_oldest_first(page: Client) -> None:
    make_idea(state="submitted", title="Récente", submitted_at=NOW - timedelta(hours=1))
    make_idea(state="submitted", title="Ancienne", submitted_at=NOW - timedelta(days=12, hours=1))
    make_idea(ELSEWHERE, state="submitted", title="Ailleurs")
    make_idea(state="published", title="Publiée")
    answer = page.get(QUEUE)
    assert titles(answer) == ["Ancienne", "Récente"]
    assert [row["days"] for row in answer.context["rows"]] == [12, 0]
    assert "12 jours" in " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=published", ["Publiée"]),
        ("?state=all", ["Ancienne", "Miel", "Publiée"]),
        ("?sector=crafts", ["Miel"]),
        ("?age=7", ["Ancienne"]),
        ("?region=09", ["Ancienne", "Miel"]),
        ("?region=02&state=all", ["Ancienne", "Miel", "Publiée"]),  # not hers: the filter is not offered
        ("?state=nonsense&age=x&sector=x", ["Ancienne", "Miel"]),
    ],
)
def test_the_queue_filters(page: Client, query: str, expected: list[str]) -> None:
    make_idea(state="submitted", title="Ancienne", submitted_at=NOW - timedelta(days=12))
    make_idea(state="submitted", title="Miel", submitted_at=NOW - timedelta(days=2), sector_id="crafts")
    make_idea(title="Publiée", submitted_at=NOW - timedelta(days=1))
    make_idea(ELSEWHERE, state="submitted", title="Ailleurs", submitted_at=NOW - timedelta(days=20))
    assert titles(page.get(QUEUE + query)) == expected


def test_the_nation_filters_by_region(client: Client) -> None:
    sign_in_with_factor(client, make_user(Role.ADMINISTRATOR))
    make_idea(state="submitted", title="Ici")
    make_idea(ELSEWHERE, state="submitted", title="Ailleurs")
    assert titles(client.get(QUEUE)) == ["Ici", "Ailleurs"]
    assert titles(client.get(f"{QUEUE}?region={ELSEWHERE[:2]}")) == ["Ailleurs"]


def test_the_queue_costs_the_same_whatever_its_length(
    page: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(60):
        make_idea(state="submitted")
    page.get(QUEUE)
    with django_assert_max_num_queries(9) as few:
        assert len(page.get(QUEUE).context["rows"]) == 25
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(page.get(f"{QUEUE}?page=3").context["rows"]) == 10


def test_an_empty_queue_says_so(page: Client) -> None:
    assert "Rien n’attend" in page.get(QUEUE).content.decode()
    assert "Aucune idée ne répond à ces filtres" in page.get(f"{QUEUE}?age=7").content.decode()


def test_others_do_not_enter(client: Client) -> None:
    assert client.get(QUEUE).status_code == 302
    sign_in_with_factor(client, make_user(Role.ADVISOR))
    assert client.get(QUEUE).status_code == 403
    idea = make_idea(state="submitted")
    assert client.get(desk(idea)).status_code == 403
    assert client.post(desk(idea, "publish")).status_code == 403


def test_a_delegate_elsewhere_learns_nothing_of_an_unpublished_idea(client: Client) -> None:
    sign_in_with_factor(client, make_user(Role.DELEGATE, region=ELSEWHERE[:2]))
    assert client.get(desk(make_idea(state="submitted"))).status_code == 404
    assert client.get(desk(make_idea(state="published"))).status_code == 403
    for step in ("publish", "return", "archive", "merge", "restore", "contact"):
        assert client.post(desk(make_idea(state="submitted"), step)).status_code == 404


def test_the_desk_shows_the_idea_whole_without_the_contact(page: Client) -> None:
    idea = make_idea(state="submitted", contact_name="Fatima", contact_email="fatima@example.org")
    Attachment.objects.create(
        idea=idea, kind="photo", file=ContentFile(b"", name="x.jpg"), original_name="figues.jpg",
        content_type="image/jpeg", size=1, width=40, height=30, alt="Des figues au soleil",
    )  # fmt: skip
    near = make_idea(title="Un séchoir voisin")
    index(near)
    shown = page.get(desk(idea)).content.decode()
    for text in (
        idea.title,
        idea.need,
        idea.proposal,
        '<p class="small" lang="fr" dir="auto">Des figues au soleil</p>',
        near.title,
    ):
        assert text in shown
    assert "fatima@example.org" not in shown
    assert trail_of(idea).count() == 0


def test_the_contact_is_shown_on_demand_and_the_trail_remembers(page: Client, delegate: Any) -> None:
    idea = make_idea(state="submitted", contact_name="Fatima", contact_email="fatima@example.org")
    assert page.get(desk(idea, "contact")).status_code == 302
    assert trail_of(idea).count() == 0
    assert "fatima@example.org" in page.post(desk(idea, "contact")).content.decode()
    assert (trail_of(idea).get().verb, trail_of(idea).get().actor) == ("read_contact", delegate)


def test_the_desk_costs_the_same_whatever_surrounds_the_idea(
    page: Client, django_assert_max_num_queries: Any
) -> None:
    alone, crowded = make_idea(ELSEWHERE), make_idea(state="submitted")
    sign_in_with_factor(page, make_user(Role.ADMINISTRATOR))
    for _ in range(12):
        make_idea(state="submitted")
        make_idea(state="merged", merged_into=crowded, show_author=True, author=make_user())
        moderation.read_contact(idea=crowded, actor=make_user(Role.DELEGATE), at=NOW)
    with django_assert_max_num_queries(14) as few:
        page.get(desk(alone))
    with django_assert_max_num_queries(len(few.captured_queries)):
        page.get(desk(crowded))


def test_publishing_needs_the_confirmation(page: Client) -> None:
    idea = make_idea(state="submitted")
    answer = page.post(desk(idea, "publish"), {"publish-seen_version": "1"})
    assert answer.status_code == 422
    assert "Cochez cette case" in answer.content.decode()
    answer = page.post(
        desk(idea, "publish"), {"publish-seen_version": "1", "publish-confirmed": "on"}, follow=True
    )
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert f"{idea.reference} · L’idée est publiée." in answer.content.decode()
    assert Idea.objects.get(pk=idea.pk).state == "published"


def test_returning_writes_the_ready_reasons_and_one_s_own(page: Client) -> None:
    idea = make_idea(state="submitted")
    answer = page.post(desk(idea, "return"), {"return-words": "  "})
    assert (answer.status_code, "Donnez une raison" in answer.content.decode()) == (422, True)
    page.post(desk(idea, "return"), {"return-ready": ["need", "place"], "return-words": "Appelez-moi."})
    reason = trail_of(idea).get(verb="return").reason.split("\n")
    assert reason[1:] == ["La commune choisie ne semble pas être la bonne. Vérifiez-la.", "Appelez-moi."]


def test_merging_by_code(page: Client) -> None:
    idea, into = make_idea(support_count=1), make_idea()
    Support.objects.create(idea=idea, user=make_user())
    for wrong in ("", "K7M4-2QX", idea.reference, make_idea(state="submitted").reference):
        answer = page.post(desk(idea, "merge"), {"merge-into": wrong, "merge-ready": "same"})
        assert answer.status_code == 422
    elsewhere = make_idea(ELSEWHERE)
    answer = page.post(desk(idea, "merge"), {"merge-into": elsewhere.reference, "merge-ready": "same"})
    assert (answer.status_code, "autre région" in answer.content.decode()) == (422, True)
    page.post(desk(idea, "merge"), {"merge-into": into.reference.lower(), "merge-ready": "same"})
    into.refresh_from_db()
    assert (Idea.objects.get(pk=idea.pk).merged_into, into.support_count) == (into, 1)


def test_the_second_moderator_keeps_what_was_typed(page: Client) -> None:
    idea = make_idea(state="submitted")
    moderation.publish(idea=idea, actor=make_user(Role.ADMINISTRATOR, display_name="Karim"), at=NOW)
    answer = page.post(desk(idea, "return"), {"return-words": "Il manque le lieu précis."})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Karim" in shown
    assert "Il manque le lieu précis." in shown
    assert Idea.objects.get(pk=idea.pk).state == "published"


def test_an_idea_amended_meanwhile_is_read_again(page: Client) -> None:
    idea = make_idea(state="submitted", version=2)
    answer = page.post(desk(idea, "publish"), {"publish-seen_version": "1", "publish-confirmed": "on"})
    assert (answer.status_code, "Relisez-la" in answer.content.decode()) == (409, True)


def test_archiving_and_restoring(page: Client) -> None:
    idea = make_idea()
    page.post(desk(idea, "archive"), {"archive-ready": "outdated"})
    assert Idea.objects.get(pk=idea.pk).state == "archived"
    shown = page.get(desk(idea)).content.decode()
    assert desk(idea, "restore") in shown
    assert desk(idea, "publish") not in shown
    page.post(desk(idea, "restore"))
    assert Idea.objects.get(pk=idea.pk).state == "published"


def test_unknown_moves_do_not_exist(page: Client) -> None:
    assert page.post(desk(make_idea(), "submit")).status_code == 404


def test_reports_are_listed_and_answered(page: Client, django_assert_max_num_queries: Any) -> None:
    idea = make_idea(comment_count=1)
    comment = Comment.objects.create(idea=idea, author=make_user(), text="Idiot", language="fr")
    report = Report.objects.create(idea=idea, comment=comment, reporter=make_user(), reason="Une insulte")
    Report.objects.create(idea=make_idea(ELSEWHERE), reporter=make_user(), reason="Ailleurs")
    with django_assert_max_num_queries(8):
        shown = page.get("/fr/moderation/signalements").content.decode()
    assert "Une insulte" in shown
    assert "Ailleurs" not in shown
    address = f"/fr/moderation/signalements/{report.pk}"
    assert page.get(address).status_code == 200
    assert page.post(address, {"report-outcome": "hidden"}).status_code == 422
    assert page.post(address, {"report-outcome": "archived", "report-words": "Non"}).status_code == 422
    answer = page.post(address, {"report-outcome": "hidden", "report-ready": "insult"})
    assert answer.status_code == 302
    report.refresh_from_db()
    comment.refresh_from_db()
    assert (report.outcome, comment.state) == ("hidden", "hidden")
    again = page.post(address, {"report-outcome": "kept"})
    assert (again.status_code, "avant vous" in again.content.decode()) == (422, True)


def test_a_comment_is_hidden_and_shown_again(page: Client) -> None:
    idea = make_idea(comment_count=1)
    comment = Comment.objects.create(idea=idea, author=make_user(), text="Idiot", language="fr")
    address = f"/fr/moderation/commentaires/{comment.pk}"
    assert page.post(address, {}).status_code == 422
    assert page.post(address, {"comment-ready": "insult"}).status_code == 302
    assert Comment.objects.get(pk=comment.pk).state == "hidden"
    assert page.get(address).status_code == 200
    page.post(address)
    assert Comment.objects.get(pk=comment.pk).state == "shown"
    elsewhere = Comment.objects.create(
        idea=make_idea(ELSEWHERE), author=make_user(), text="Oui", language="fr"
    )
    assert (
        page.post(f"/fr/moderation/commentaires/{elsewhere.pk}", {"comment-ready": "insult"}).status_code
        == 403
    )


def test_the_desk_speaks_arabic(page: Client) -> None:
    idea = make_idea(state="submitted", title="تعاونية للعسل", language="ar")
    answer = page.get(f"/ar/moderation/idees/{idea.reference}")
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode()
