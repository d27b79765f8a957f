"""The first administrator comes from the command line; the second run changes nothing."""

import pytest
from django.core.management import CommandError, call_command

from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_names_the_first_administrator_once() -> None:
    user = make_user(email="nadia@example.org")
    call_command("make_administrator", "Nadia@example.org")
    call_command("make_administrator", "nadia@example.org")
    assert User.objects.get(pk=user.pk).holds(Role.ADMINISTRATOR)
    assert RoleGrant.objects.count() == 1


def test_refuses_an_unknown_address() -> None:
    with pytest.raises(CommandError):
        call_command("make_administrator", "personne@example.org")
