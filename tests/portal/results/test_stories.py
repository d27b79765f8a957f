"""Words of alumni: read by a delegate of the region before everybody, sent back, taken off, taken back."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.results.alumni import (
    AlumniWishes,
    ChangedMeanwhile,
    publish_story,
    return_story,
    set_alumni,
    withdraw_story,
)
from bpc.portal.results.models import Following
from bpc.portal.results.queries import alumni_cards, stories_to_read, waiting_stories
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.projects.project_world import Group, make_group
from tests.portal.results.result_world import launched
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
WORDS = "نبيع اليوم معا، ونحن اثنتا عشرة أسرة."
DESK = "/fr/moderation/temoignages"


def wish(group: Group, **wishes: Any) -> Following:
    now = Following.objects.get(project=group.project)
    chosen = {"is_over": True, "public": True, "story": WORDS, "language": "ar", **wishes}
    return set_alumni(
        project=group.project, wishes=AlumniWishes(**chosen), revision=now.revision,
        actor=group.inside["owner"], at=timezone.now(),
    )  # fmt: skip


def decide(verb: Any, group: Group, who: str = "delegate", **words: Any) -> Following:
    now = Following.objects.get(project=group.project)
    found: Following = verb(
        following=now, actor=group.everybody[who], at=timezone.now(), **{"revision": now.revision, **words}
    )
    return found


def told(kind: str) -> list[Notification]:
    return list(Notification.objects.filter(kind=f"results.{kind}"))


def test_from_the_group_to_everybody_through_a_delegate() -> None:
    group = launched(make_group())
    wish(group)
    assert not alumni_cards().exists()
    delegate = group.outside["delegate"]
    assert [one.user for one in told("story_to_read")] == [delegate]
    assert [one.project for one in stories_to_read(delegate)] == [group.project]
    decide(publish_story, group)
    assert [one.story for one in alumni_cards()] == [WORDS]
    assert waiting_stories(delegate) == 0
    assert [one.user for one in told("story_published")] == [group.inside["owner"]]
    verbs = [entry.verb for entry in trail_of(Following.objects.get())]
    assert verbs == ["hand_in", "publish"]


def test_other_choices_leave_what_is_online_and_new_words_wait_again() -> None:
    group = launched(make_group())
    wish(group)
    decide(publish_story, group)
    assert wish(group, contact=True).story_state == "published"
    assert wish(group, story="Nous sommes treize.", language="fr").story_state == "waiting"
    assert not alumni_cards().exists()


def test_sent_back_with_a_reason_and_not_twice_the_same() -> None:
    group = launched(make_group())
    wish(group)
    with pytest.raises(ReasonMissing):
        decide(return_story, group, reason=" ")
    decide(return_story, group, reason="Enlevez le nom du président.")
    (notice,) = told("story_returned")
    assert notice.data["reason"] == "Enlevez le nom du président."
    assert wish(group).story_state == "returned"
    page = _as(group.inside["owner"]).get(f"/fr/mon-espace/projets/{group.project.reference}/resultats/apres")
    assert "Enlevez le nom du président." in page.content.decode()
    again = wish(group, story="Nous vendons ensemble.", language="fr")
    assert (again.story_state, again.story_reason) == ("waiting", "")


def test_taken_off_by_the_delegate_and_taken_back_by_the_group() -> None:
    group = launched(make_group())
    wish(group)
    decide(publish_story, group)
    decide(withdraw_story, group, reason="Une personne s’y reconnaît.")
    assert not alumni_cards().exists()
    decide(publish_story, group)  # a mistake is undone
    assert alumni_cards().exists()
    back = wish(group, public=False)
    assert (back.story_state, back.public_agreed_at, back.story) == ("", None, WORDS)
    assert not alumni_cards().exists()
    with pytest.raises(PermissionDenied):  # no longer offered: no longer anybody's to decide
        decide(publish_story, group)
    assert wish(group).story_state == "waiting"


def test_words_changed_meanwhile_are_not_published_unread() -> None:
    group = launched(make_group())
    seen = wish(group).revision
    wish(group, story="Appelez le 06 12 34 56 78.")
    with pytest.raises(ChangedMeanwhile):
        decide(publish_story, group, revision=seen)
    page = _as(group.outside["delegate"]).post(
        f"{DESK}/{group.project.reference}", {"step": "publish", "revision": str(seen)}
    )
    assert page.status_code == 409
    assert "Appelez le" in page.content.decode()
    decide(return_story, group, reason="Retirez le numéro.")
    with pytest.raises(IllegalMove):
        decide(withdraw_story, group, reason="Non")


def test_only_delegates_of_the_region_and_administrators_decide() -> None:
    group = launched(make_group())
    elsewhere = make_user(Role.DELEGATE, region="02")
    wish(group)
    one = f"{DESK}/{group.project.reference}"
    for who in (elsewhere, group.outside["person"], group.outside["other advisor"], group.inside["owner"]):
        with pytest.raises(PermissionDenied):
            publish_story(following=Following.objects.get(), revision=2, actor=who, at=timezone.now())
        assert _as(who).post(one, {"step": "publish", "revision": "2"}).status_code in (403, 404)
    assert Client().get(one).status_code == 302  # asked to sign in
    assert not stories_to_read(elsewhere).exists()
    assert _as(elsewhere).get(DESK).status_code == 200
    administrator = _as(group.outside["administrator"])
    assert administrator.get(one).status_code == 200
    for wrong in (
        {},
        {"step": "erase", "revision": "2"},
        {"step": "return", "revision": "2"},
        {"step": "publish"},
    ):
        assert administrator.post(one, wrong).status_code == 422, wrong
    assert administrator.post(one, {"step": "publish", "revision": "2"}).status_code == 302
    assert alumni_cards().exists()


def _as(who: Any) -> Client:
    client = Client()
    sign_in_with_factor(client, who)
    return client
