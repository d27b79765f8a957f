"""Who sees accounts, organisations, invitations, roles and notices: rule and queryset agree, and say what is meant."""

from typing import Any

import pytest
from django.db.models import Model

from bpc.portal.foundation.permissions import can, can_see, visible
from bpc.portal.people.models import Invitation, Membership, Notification, Organisation, RoleGrant, User
from bpc.portal.people.roles import Role
from tests.portal.world import make_user, people_of_every_role

MODELS: list[type[Model]] = [User, Organisation, Membership, Invitation, Notification, RoleGrant]


def small_world() -> dict[str, Any]:
    people = people_of_every_role()
    people["manager"], people["member"] = make_user(), make_user()
    people["invited by e-mail"] = make_user(email="invitee@example.org")
    people["invited by phone"] = make_user(email=None, phone="+212612345678", phone_verified=True)
    people["unverified"] = make_user(email=None, phone="+212700000000")
    for name in ("A", "B"):
        organisation = Organisation.objects.create(kind="cooperative", name=name)
        Membership.objects.create(
            organisation=organisation, user=make_user(), is_manager=True, accepted_at=organisation.created_at
        )
    for name, manages in (("manager", True), ("member", False)):
        Membership.objects.create(
            organisation=organisation,
            user=people[name],
            is_manager=manages,
            accepted_at=organisation.created_at,
        )
    Membership.objects.create(
        organisation=organisation, user=people["person"], is_manager=True
    )  # not accepted
    Invitation.objects.create(organisation=organisation, email="invitee@example.org")
    Invitation.objects.create(organisation=organisation, phone="+212612345678")
    Invitation.objects.create(organisation=organisation, phone="+212700000000")
    for user in User.objects.all():
        Notification.objects.create(user=user, kind="role.ended")
    return people


@pytest.mark.django_db
def test_rule_and_queryset_agree() -> None:
    people = small_world()
    for model in MODELS:
        rows = list(model._default_manager.all())
        for name, person in people.items():
            by_rule = {row.pk for row in rows if can_see(person, row)}
            assert by_rule == set(visible(person, model).values_list("pk", flat=True)), (model.__name__, name)


@pytest.mark.django_db
def test_what_each_sees() -> None:
    people = small_world()
    total = User.objects.count()
    seen = {name: [visible(person, model).count() for model in MODELS] for name, person in people.items()}
    assert seen["stranger"] == [0, 0, 0, 0, 0, 0]
    assert seen["person"] == [1, 1, 1, 0, 1, 0]
    assert seen["manager"] == [1, 1, 4, 3, 1, 0]
    assert seen["member"] == [1, 1, 4, 0, 1, 0]
    assert seen["invited by e-mail"] == [1, 1, 0, 1, 1, 0]
    assert seen["invited by phone"] == [1, 1, 0, 1, 1, 0]
    assert seen["unverified"] == [1, 0, 0, 0, 1, 0]
    assert seen[Role.DELEGATE] == [1, 0, 0, 0, 1, 1]
    assert seen[Role.ADMINISTRATOR] == [total, 2, 5, 3, 1, RoleGrant.objects.count()]


@pytest.mark.django_db
def test_who_manages() -> None:
    people = small_world()
    organisation = Organisation.objects.get(name="B")
    managing = {name for name, person in people.items() if can(person, "organisations.manage", organisation)}
    assert managing == {"manager", Role.ADMINISTRATOR}
    assert {name for name, person in people.items() if can(person, "people.administer")} == {
        Role.ADMINISTRATOR
    }
