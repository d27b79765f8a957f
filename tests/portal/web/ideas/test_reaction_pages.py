"""Reacting to an idea, and following one's own, as it is served."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from bpc.portal.ideas import follow_links, following, moderation, notices, reactions
from bpc.portal.ideas.models import Comment, Idea, Report
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from bpc.portal.people.sms import MemoryGateway
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db
FOLLOW = "/fr/idees/suivre"


def at(idea: Idea, what: str = "") -> str:
    """The page of an idea, or one of its reactions."""
    return f"/fr/idees/{idea.reference}{'/' + what if what else ''}"


@pytest.fixture
def reader() -> User:
    """Somebody signed in."""
    return make_user(display_name="Salma")


@pytest.fixture
def page(client: Client, reader: User) -> Client:
    """Their browser."""
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_support_toggles_without_javascript(page: Client) -> None:
    idea = make_idea()
    for wish, count in (("support", 1), ("support", 1), ("stop", 0), ("stop", 0)):
        answer = page.post(at(idea, "soutien"), {"wish": wish})
        assert (answer.status_code, answer["Location"]) == (302, f"{at(idea)}#soutiens")
        assert Idea.objects.get(pk=idea.pk).support_count == count


def test_support_answers_htmx_with_its_fragment(page: Client) -> None:
    idea = make_idea()
    answer = page.post(at(idea, "soutien"), {"wish": "support"}, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert "<html" not in shown
    assert re.search(r"<strong>1</strong>\s+personne soutient", shown)
    assert "Retirer mon soutien" in shown


def test_a_stranger_signs_in_and_comes_back(client: Client) -> None:
    idea = make_idea()
    shown = client.get(at(idea)).content.decode()
    assert urlencode({"next": at(idea)}) in shown
    assert "csrfmiddlewaretoken" not in shown
    assert "htmx" not in shown  # a stranger has nothing to press
    for what in ("soutien", "commenter", "signaler"):
        answer = client.post(at(idea, what), {"wish": "support"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/fr/compte/login/?next=")
    assert Idea.objects.get(pk=idea.pk).support_count == 0


def test_returning_from_sign_in_to_a_post_address_shows_the_idea(page: Client) -> None:
    idea = make_idea()
    assert page.get(at(idea, "soutien"))["Location"] == f"{at(idea)}#soutiens"


def test_a_comment_appears_at_once(page: Client) -> None:
    idea, key = make_idea(), str(uuid4())
    for _ in range(2):
        answer = page.post(
            at(idea, "commenter"), {"text": "فكرة <b>ممتازة</b>", "language": "ar", "key": key}
        )
        assert answer["Location"] == f"{at(idea)}#commentaire-{Comment.objects.get().pk}"
    shown = page.get(at(idea)).content.decode()
    assert "فكرة &lt;b&gt;ممتازة&lt;/b&gt;" in shown
    assert "Salma" in shown


@pytest.mark.parametrize(
    ("text", "message"), [("   ", "Écrivez votre commentaire."), ("a" * 2001, "2\u202f000 au plus")]
)
def test_a_refused_comment_is_kept_beside_its_message(page: Client, text: str, message: str) -> None:
    idea = make_idea()
    answer = page.post(at(idea, "commenter"), {"text": text, "language": "fr", "key": str(uuid4())})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert text.strip() in answer.content.decode()


def test_too_many_comments_are_told(page: Client, reader: User) -> None:
    idea = make_idea()
    for _ in range(reactions.COMMENTS_AT_ONCE):
        reactions.comment(idea=idea, actor=reader, text="Oui", language="fr", key=uuid4(), at=timezone.now())
    answer = page.post(at(idea, "commenter"), {"text": "Encore", "language": "fr", "key": str(uuid4())})
    assert (answer.status_code, "Attendez dix minutes" in answer.content.decode()) == (422, True)


def test_withdrawing_one_s_comment(page: Client, reader: User) -> None:
    idea = make_idea()
    said = {"language": "fr", "at": timezone.now()}
    mine = reactions.comment(idea=idea, actor=reader, text="Oups", key=uuid4(), **said)
    other = reactions.comment(idea=idea, actor=make_user(), text="Reste", key=uuid4(), **said)
    assert page.post(at(idea, f"commentaires/{other.pk}/retirer")).status_code == 403
    assert "Oups" in page.get(at(idea, f"commentaires/{mine.pk}/retirer")).content.decode()
    page.post(at(idea, f"commentaires/{mine.pk}/retirer"))
    shown = page.get(at(idea)).content.decode()
    assert ("Oups" in shown, "Reste" in shown) == (False, True)


def test_reporting_an_idea_or_a_comment(page: Client, reader: User) -> None:
    idea = make_idea()
    said = reactions.comment(
        idea=idea, actor=make_user(), text="Idiot", language="fr", key=uuid4(), at=timezone.now()
    )
    assert page.post(at(idea, "signaler"), {"reason": ""}).status_code == 422
    page.post(at(idea, "signaler"), {"reason": "Publicité"})
    page.post(at(idea, f"signaler?commentaire={said.pk}"), {"reason": "Insulte"})
    assert list(Report.objects.order_by("pk").values_list("comment", "reporter", "reason")) == [
        (None, reader.pk, "Publicité"),
        (said.pk, reader.pk, "Insulte"),
    ]
    for number in ("0", "x", "99999999"):
        assert page.get(at(idea, f"signaler?commentaire={number}")).status_code == 404


def test_what_is_not_published_takes_no_reaction(page: Client, reader: User) -> None:
    hidden, mine = make_idea(state="submitted"), make_idea(state="submitted", author=reader)
    for what in ("soutien", "commenter", "signaler"):
        assert page.post(at(hidden, what), {"wish": "support"}).status_code == 404
        assert page.post(at(mine, what), {"wish": "support"}).status_code == 403


def test_the_page_names_the_ideas_it_groups(client: Client) -> None:
    into = make_idea()
    make_idea(
        state="merged", merged_into=into, title="Sécher ensemble", show_author=True, contact_name="Fatima"
    )
    shown = client.get(at(into)).content.decode()
    assert "Regroupe 1 idée" in " ".join(shown.split())
    assert "Sécher ensemble" in shown
    assert "Fatima" in shown


def test_the_discussion_costs_the_same_whatever_its_length(
    page: Client, django_assert_max_num_queries: Any
) -> None:
    quiet, loud = make_idea(), make_idea()
    for idea in [quiet, *[loud] * 36]:
        Comment.objects.create(idea=idea, author=make_user(), text="Oui", language="fr")
    page.get(at(quiet))
    with django_assert_max_num_queries(25) as few:
        page.get(at(quiet))
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert page.get(at(loud)).content.decode().count('id="commentaire-') == 30


def test_my_ideas_tell_state_reason_and_next_step(
    page: Client, reader: User, django_assert_max_num_queries: Any
) -> None:
    assert "Aucune idée pour l’instant" in page.get("/fr/mon-espace/idees").content.decode()
    delegate = make_user(Role.DELEGATE)
    make_idea(title="D’une autre")
    for _ in range(3):
        idea = make_idea(state="submitted", author=reader, title="La mienne")
        moderation.return_to_author(idea=idea, actor=delegate, at=timezone.now(), reason="Précisez le lieu.")
        make_idea(state="draft", author=reader)
    with django_assert_max_num_queries(9):
        shown = page.get("/fr/mon-espace/idees").content.decode()
    assert shown.count("Précisez le lieu.") == 3
    assert shown.count("Compléter mon idée") == 3
    assert shown.count("Terminer mon idée") == 3
    assert "D’une autre" not in shown


@pytest.fixture
def left() -> Idea:
    """A returned idea of somebody without an account."""
    idea = make_idea(
        state="submitted", reference=new_reference(), title="Le miel", contact_phone="+212612345678"
    )
    delegate = make_user(Role.DELEGATE)
    return moderation.return_to_author(
        idea=idea, actor=delegate, at=timezone.now(), reason="Précisez le lieu."
    )


def follow(client: Client, reference: str, contact: str) -> Any:
    """Type code and contact."""
    return client.post(FOLLOW, {"reference": reference, "contact": contact}, follow=True)


def test_following_with_code_and_contact(client: Client, left: Idea) -> None:
    typed = left.reference.replace("-", " ").lower()
    shown = follow(client, typed, "06 12 34 56 78").content.decode()
    assert "Le miel" in shown
    assert "Précisez le lieu." in shown
    (token,) = re.findall(r"/modifier\?lien=([^\"]+)", shown)
    assert follow_links.idea_to_amend(token) == left
    assert client.get(f"{at(left, 'modifier')}?lien={token}").status_code == 200


def test_wrong_code_and_wrong_contact_are_answered_alike(client: Client, left: Idea) -> None:
    with_account = make_idea(reference=new_reference(), author=make_user(email="a@example.org"))
    without_contact = make_idea(reference=new_reference())
    tries = [
        (left.reference, "06 12 34 56 79"),
        (left.reference, "x"),
        (new_reference(), "06 12 34 56 78"),
        ("bonjour", "06 12 34 56 78"),
        (with_account.reference, "a@example.org"),
        (without_contact.reference, "+212"),
    ]
    answers = {(answer := follow(client, *typed)).status_code for typed in tries}
    assert answers == {422}
    for typed in tries[:2]:
        assert "Aucune idée ne correspond" in follow(client, *typed).content.decode()
    assert answer.redirect_chain == []


def test_trying_codes_is_stopped_for_everybody_on_that_code_and_from_that_address(left: Idea) -> None:
    now, right = timezone.now(), "06 12 34 56 78"
    for number in range(following.TRIES):
        following.find_followed(reference=left.reference, contact="x", address=f"10.0.0.{number}", at=now)
    with pytest.raises(following.TooManyTries):
        following.find_followed(reference=left.reference, contact=right, address="10.0.1.1", at=now)
    for _ in range(following.TRIES - 1):
        following.find_followed(reference=new_reference(), contact=right, address="10.0.0.1", at=now)
    with pytest.raises(following.TooManyTries):
        following.find_followed(reference=new_reference(), contact=right, address="10.0.0.1", at=now)
    later = now + following.WINDOW + timedelta(seconds=1)
    assert (
        following.find_followed(reference=left.reference, contact=right, address="10.0.0.1", at=later) == left
    )


def test_signed_links_expire_and_open_one_purpose(client: Client, left: Idea) -> None:
    seeing, amending = follow_links.make_follow_token(left), follow_links.make_amend_token(left)
    assert follow_links.idea_to_follow(seeing) == left
    assert follow_links.idea_to_follow(amending) is None
    assert follow_links.idea_to_amend(seeing) is None
    assert follow_links.idea_to_amend(amending + "x") is None
    assert client.get(f"{FOLLOW}?lien={seeing}x").status_code == 410
    Idea.objects.filter(pk=left.pk).update(state="submitted")
    assert follow_links.idea_to_amend(amending) is None
    Idea.objects.filter(pk=left.pk).update(state="returned", author=make_user())
    assert follow_links.idea_to_amend(amending) is None
    assert follow_links.idea_to_follow(seeing) is None


def test_an_old_link_is_closed(left: Idea, monkeypatch: pytest.MonkeyPatch) -> None:
    token = follow_links.make_follow_token(left)
    monkeypatch.setattr(follow_links, "FOLLOW_LIFETIME", timedelta(seconds=-1))
    assert follow_links.idea_to_follow(token) is None


def test_an_author_without_account_is_written_to(django_capture_on_commit_callbacks: Any) -> None:
    MemoryGateway.outbox.clear()
    by_phone = make_idea(state="submitted", contact_phone="+212612345678")
    by_mail = make_idea(state="submitted", contact_email="fatima@example.org", title="الأركان", language="ar")
    delegate = make_user(Role.DELEGATE)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.return_to_author(idea=by_phone, actor=delegate, at=timezone.now(), reason="Où ?")
        moderation.publish(idea=by_mail, actor=delegate, at=timezone.now())
    ((number, text),) = MemoryGateway.outbox
    assert number == "+212612345678"
    assert "Où ?" in text
    assert by_phone.reference in text
    (letter,) = mail.outbox
    assert letter.to == ["fatima@example.org"]
    assert by_mail.title in letter.body
    assert by_mail.reference in letter.body
    assert Notification.objects.count() == 0


def test_delegates_of_the_region_are_told_of_a_new_idea(client: Client) -> None:
    here, elsewhere = make_user(Role.DELEGATE), make_user(Role.DELEGATE, region="02")
    author = make_user()
    idea = make_idea(state="submitted", author=author)
    notices.tell_submitted(idea, at=timezone.now())
    told = dict(Notification.objects.values_list("user", "kind"))
    assert told == {here.pk: "idea.to_moderate", author.pk: "idea.received"}
    assert elsewhere.pk not in told
    sign_in_with_factor(client, here)
    assert idea.title in client.get("/fr/mon-espace/notifications").content.decode()


def test_an_idea_never_published_has_no_discussion(client: Client, reader: User) -> None:
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    shown = client.get(at(make_idea(state="submitted", published_at=None, author=reader))).content.decode()
    assert "Soutenir et discuter" not in shown
