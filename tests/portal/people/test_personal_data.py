"""What is held on a person: nothing is left out of the export, and leaving leaves no name behind."""

import json
import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.utils import timezone

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people import actions
from bpc.portal.people.contacts import Contact
from bpc.portal.people.departure import delete_account, organisations_in_the_way
from bpc.portal.people.models import (
    Consent,
    Invitation,
    Membership,
    Notification,
    Organisation,
    RoleGrant,
    User,
)
from bpc.portal.people.organisation_actions import LastManager, create_organisation, invite
from bpc.portal.people.personal_data import covered_columns, excluded_columns, export, holdings
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from tests.portal.people.signing import PASSWORD, give_factor, sign_in, verified
from tests.portal.people.test_organisation_actions import join, make_organisation
from tests.portal.world import HERE, make_idea, make_user

NOW = timezone.now()


def columns_pointing_to_accounts() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and not field.many_to_many and field.related_model is User
    }


def test_every_column_that_points_to_an_account_is_declared_or_excluded_with_a_reason() -> None:
    missing = columns_pointing_to_accounts() - covered_columns()
    assert missing == set(), "declare them in their room's holdings.py"
    assert all(len(reason) > 20 for reason in excluded_columns().values())


def test_no_declaration_outlives_its_column() -> None:
    assert covered_columns() - columns_pointing_to_accounts() == {"people.User.id"}


def somebody() -> User:
    person = verified(make_user(Role.DELEGATE, email="amina@example.org", phone="+212612345678"))
    person.phone_verified = True
    person.display_name, person.commune = "Amina Tafoukt", Territory.objects.get(pk=HERE)
    person.save()
    give_factor(person)
    actions.give_consent(user=person, purpose="newsletter", actor=person, at=NOW)
    organisation = create_organisation(
        kind="association", name="Safran", language="fr", commune=None, actor=person, at=NOW
    )
    invite(organisation=organisation, contact=Contact(email="b@example.org"), actor=person, at=NOW)
    Notification.objects.create(user=person, kind="organisation.invited", data={"organisation": "Argan"})
    make_idea(author=person, title="Séchoir d’Amina")
    return person


@pytest.mark.django_db
def test_the_export_holds_what_was_written() -> None:
    person = somebody()
    found = {holding.key: rows for holding, rows in export(person)}
    assert found["account"][0]["email"] == "amina@example.org"
    assert found["account"][0]["phone"] == "+212612345678"
    assert found["account"][0]["name"] == "Amina Tafoukt"
    assert found["addresses"] == [{"email": "amina@example.org", "verified": True, "primary": True}]
    assert [row["type"] for row in found["factors"]] == ["totp"]
    assert [(row["role"], row["region"]) for row in found["roles"]] == [("delegate", "09")]
    assert [(row["organisation"], row["manager"]) for row in found["memberships"]] == [("Safran", True)]
    assert [row["purpose"] for row in found["consents"]] == ["newsletter"]
    assert "Argan" in found["notices"][0]["text"]
    assert [row["act"] for row in found["acts"]] == ["give consent", "create organisation", "invite member"]
    assert "Séchoir d’Amina" in json.dumps(found, default=str, ensure_ascii=False)
    assert "secret" not in json.dumps(found, default=str)


@pytest.mark.django_db
def test_the_export_of_one_person_tells_nothing_of_another() -> None:
    somebody()
    stranger = make_user()
    text = json.dumps([rows for _holding, rows in export(stranger)], default=str, ensure_ascii=False)
    for word in ("amina", "Amina", "+212612345678", "Safran", "Argan"):
        assert word not in text


@pytest.mark.django_db
def test_leaving_erases_what_identifies() -> None:
    make_user(Role.ADMINISTRATOR)
    person = somebody()
    key, acts = person.pk, AuditEntry.objects.filter(actor=person).count()
    delete_account(user=person, actor=person, at=NOW)
    left = User.objects.get(pk=key)
    assert (left.email, left.phone, left.display_name, left.commune, left.is_active) == (
        None,
        None,
        "",
        None,
        False,
    )
    assert not left.has_usable_password()
    for model in (EmailAddress, Authenticator, Consent, Notification, Membership):
        assert not model._default_manager.filter(user=key).exists(), model
    assert not RoleGrant.objects.filter(user=key, ended_at=None).exists()
    assert not Organisation.objects.filter(created_by=key).exists()
    assert not Invitation.objects.filter(invited_by=key).exists()
    assert AuditEntry.objects.filter(actor=key).count() == acts + 1
    text = json.dumps([rows for _holding, rows in export(left)], default=str, ensure_ascii=False)
    assert "mina@" not in text
    assert "Tafoukt" not in text


@pytest.mark.django_db
def test_the_last_administrator_and_the_last_manager_cannot_leave() -> None:
    administrator, founder, member = make_user(Role.ADMINISTRATOR), make_user(), make_user()
    with pytest.raises(actions.LastAdministrator):
        delete_account(user=administrator, actor=administrator, at=NOW)
    organisation = make_organisation(founder)
    join(organisation, founder, member)
    assert organisations_in_the_way(founder) == ["Tifaouine"]
    with pytest.raises(LastManager):
        delete_account(user=founder, actor=founder, at=NOW)
    with pytest.raises(PermissionDenied):
        delete_account(user=member, actor=founder, at=NOW)
    make_user(Role.ADMINISTRATOR)
    delete_account(user=administrator, actor=administrator, at=NOW)
    assert User.objects.filter(is_active=False).count() == 1


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_two_managers_who_leave_at_once_do_not_leave_the_members_alone() -> None:
    people = [make_user() for _ in range(3)]
    organisation = make_organisation(people[0])
    for person in people[1:]:
        join(organisation, people[0], person)
    organisation.memberships.filter(user=people[1]).update(is_manager=True)
    at_once = connection.vendor == "postgresql"  # SQLite in memory has one connection: one after the other
    together = threading.Barrier(2 if at_once else 1)
    refused: list[User] = []

    def leave(person: User) -> None:
        together.wait()
        try:
            delete_account(user=person, actor=person, at=NOW)
        except LastManager:
            refused.append(person)
        finally:
            if at_once:
                connection.close()

    threads = [threading.Thread(target=leave, args=[person]) for person in people[:2]]
    for thread, person in zip(threads, people[:2], strict=True):
        thread.start() if at_once else leave(person)
    for thread in threads:
        if at_once:
            thread.join()
    assert len(refused) == 1
    assert organisation.memberships.get(is_manager=True).user == refused[0]


@pytest.mark.django_db
def test_leaving_through_the_pages(client: Client) -> None:
    person = verified(make_user(email="amina@example.org"))
    sign_in(client, "amina@example.org")
    asked = client.get("/fr/mon-espace/supprimer")
    assert asked.headers["Location"].startswith("/fr/compte/reauthenticate/")
    client.post("/fr/compte/reauthenticate/", {"password": "faux"})
    assert client.get("/fr/mon-espace/supprimer").status_code == 302
    client.post("/fr/compte/reauthenticate/", {"password": PASSWORD})
    page = client.get("/fr/mon-espace/supprimer")
    assert page.status_code == 200
    assert len(page.context["kinds"]) == len(holdings())
    assert client.post("/fr/mon-espace/supprimer", {}).status_code == 422
    other = Client()
    other.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/fr/mon-espace/supprimer", {"sure": "on"}).headers["Location"] == "/fr/"
    assert "Votre compte est supprimé" in client.get("/fr/").content.decode()
    assert "Votre compte est supprimé" not in Client().get("/fr/").content.decode()
    assert "_auth_user_id" not in client.session
    assert other.get("/fr/mon-espace").status_code == 302  # the other browser is out too
    assert sign_in(Client(), "amina@example.org").status_code == 200


@pytest.mark.django_db
def test_the_file_is_json_and_not_kept_by_caches(client: Client) -> None:
    person = verified(make_user(display_name="أمينة"))
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get("/fr/mon-espace/donnees/telecharger")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="mes-donnees-')
    assert "no-store" in response.headers["Cache-Control"]
    assert response.json()["account"][0]["name"] == "أمينة"
    assert "أمينة" in response.content.decode()
