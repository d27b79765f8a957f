"""Demonstration accounts: one per role, labelled, gone with DEMO=0."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from bpc.portal.people.demo import create_demo_people, demonstration_accounts, remove_demo_people
from bpc.portal.people.demo_codes import current_code
from bpc.portal.people.models import Organisation, User
from bpc.portal.people.roles import STAFF_ROLES, Role
from tests.portal.people.signing import sign_in

pytestmark = pytest.mark.django_db


def test_one_account_per_role_and_one_without(settings: Any) -> None:
    settings.DEMO = True
    assert [account.role for account in create_demo_people()].count("") == 1
    assert {account.role for account in create_demo_people()} == {"", *Role.values}
    assert User.objects.count() == len(demonstration_accounts())
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}
    assert User.objects.get(email="delegue@demo.invalid").regions_as(Role.DELEGATE) == {"09"}
    assert all("démonstration" in name for name in User.objects.values_list("display_name", flat=True))


def test_each_enters_with_its_password_and_staff_with_the_code(settings: Any) -> None:
    settings.DEMO = True
    for account in create_demo_people():
        client = Client()
        response = sign_in(client, account.login, account.password)
        if account.role in STAFF_ROLES:
            assert response.headers["Location"] == "/fr/compte/2fa/authenticate/"
            client.post("/fr/compte/2fa/authenticate/", {"code": current_code()})
        assert client.get("/fr/mon-espace").status_code == 200, account


def test_never_without_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        create_demo_people()
    assert not User.objects.exists()


def test_removed_without_touching_others(settings: Any) -> None:
    settings.DEMO = True
    create_demo_people()
    real = User.objects.create_user(email="amina@example.org")
    remove_demo_people()
    assert list(User.objects.all()) == [real]
    assert not Organisation.objects.exists()
