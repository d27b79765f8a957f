"""In whose name an idea is proposed: only members may choose an organisation, and the server makes sure."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bpc.portal.ideas import deposit
from bpc.portal.ideas.models import Idea
from bpc.portal.people.actions import update_profile
from bpc.portal.people.models import Membership, Organisation, User
from bpc.portal.people.organisation_actions import rename_organisation
from tests.portal.ideas.test_deposit import content
from tests.portal.web.ideas.sending import NEW, errors, said, text_of
from tests.portal.world import make_idea, make_user

pytestmark = pytest.mark.django_db


def make_organisation(*members: User, name: str = "Coopérative Tafoukt", joined: bool = True) -> Organisation:
    organisation = Organisation.objects.create(kind="cooperative", name=name)
    for member in members:
        at = timezone.now() if joined else None
        Membership.objects.create(organisation=organisation, user=member, accepted_at=at)
    return organisation


def send_as(client: Client, person: User | None, **changes: Any) -> Any:
    if person is not None:
        client.force_login(person)
    return client.post(NEW, said(**changes))


def test_only_members_are_asked(client: Client) -> None:
    assert 'name="organisation"' not in text_of(client.get(NEW))
    client.force_login(make_user())
    assert 'name="organisation"' not in text_of(client.get(NEW))
    member = make_user()
    organisation = make_organisation(member)
    make_organisation(make_user(), name="Une autre")
    make_organisation(member, name="Pas encore acceptée", joined=False)
    client.force_login(member)
    offered = client.get(NEW).context["form"].fields["organisation"].choices
    assert [(str(value), label) for value, label in offered] == [
        ("", "Non, en mon nom"),
        (str(organisation.pk), "Coopérative Tafoukt"),
    ]


def test_a_member_proposes_in_its_name_and_the_pages_say_so(client: Client) -> None:
    member = make_user()
    organisation = make_organisation(member)
    assert send_as(client, member, organisation=organisation.pk).status_code == 303
    idea = Idea.objects.get()
    assert (idea.organisation, idea.author) == (organisation, member)
    assert "Coopérative Tafoukt" in text_of(client.get(reverse("web:my_ideas")))
    Idea.objects.update(state="published", published_at=timezone.now())
    client.logout()
    assert "Au nom de</dt><dd><bdi" in text_of(client.get(reverse("web:idea", args=[idea.reference])))
    assert "Coopérative Tafoukt" in text_of(client.get(reverse("web:idea", args=[idea.reference])))


def test_nobody_else_speaks_in_its_name(client: Client) -> None:
    invited = make_user()
    organisation = make_organisation(make_user())
    Membership.objects.create(organisation=organisation, user=invited)
    member_of_another = make_user()
    make_organisation(member_of_another, name="Une autre")
    for person in (None, make_user(), invited, member_of_another):
        response = send_as(client, person, organisation=organisation.pk)
        assert errors(response, "organisation") == ["Choisissez une organisation dont vous êtes membre."]
        assert "Coopérative Tafoukt" not in text_of(response)
        assert 'id="id_organisation_error"' in text_of(response)
        client.logout()
    for hostile in ("x", "-1", "1 OR 1=1", "9" * 40):
        assert errors(send_as(client, member_of_another, organisation=hostile), "organisation")
    assert Idea.objects.count() == 0


def test_the_action_refuses_too() -> None:
    organisation, stranger = make_organisation(make_user()), make_user()
    idea = make_idea(state="returned", author=stranger)
    words: dict[str, Any] = {
        "content": content(organisation_id=organisation.pk), "submission_key": idea.submission_key,
        "at": timezone.now(),
    }  # fmt: skip
    for actor in (None, stranger):
        with pytest.raises(PermissionDenied):
            deposit.propose(actor=actor, **words)
    with pytest.raises(PermissionDenied):
        deposit.amend(idea=idea, version=1, actor=stranger, **words)


def test_who_left_it_amends_in_their_own_name(client: Client) -> None:
    author = make_user()
    organisation = make_organisation(author)
    idea = make_idea(state="returned", author=author, organisation=organisation)
    edit = reverse("web:idea_edit", args=[idea.reference])
    client.force_login(author)
    assert f'value="{organisation.pk}" id="id_organisation_1" checked' in text_of(client.get(edit))
    Membership.objects.all().delete()
    assert 'name="organisation"' not in text_of(client.get(edit))
    assert client.post(edit, said(version=1)).status_code == 303
    idea.refresh_from_db()
    assert idea.organisation is None


def test_a_new_name_is_on_the_idea_at_once(client: Client) -> None:
    """Strangers are shown kept pages: a changed name must not wait until they are forgotten."""
    member = make_user(display_name="Fatima")
    organisation = make_organisation(member)
    Membership.objects.update(is_manager=True)
    idea = make_idea(author=member, organisation=organisation, show_author=True)
    address = reverse("web:idea", args=[idea.reference])
    assert "Coopérative Tafoukt" in text_of(client.get(address))
    rename_organisation(
        organisation=organisation, name="Coopérative Tamunt", kind="cooperative", commune=None,
        actor=member, at=timezone.now(),
    )  # fmt: skip
    assert "Coopérative Tamunt" in text_of(client.get(address))
    update_profile(
        user=member, display_name="Amina", language="fr", commune=None, actor=member, at=timezone.now()
    )
    page = text_of(client.get(address))
    assert "Amina" in page
    assert "Fatima" not in page
