"""The pages of a person's space, through the test client."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.people import organisation_actions
from bpc.portal.people.actions import give_consent
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import Invitation, Notification, RoleGrant, User
from bpc.portal.people.roles import Role
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.people.test_organisation_actions import join, make_organisation
from tests.portal.world import HERE, make_idea, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("page", ["", "/profil", "/accords", "/notifications", "/donnees", "/organisations"])
def test_strangers_are_sent_to_sign_in_and_come_back(client: Client, page: str) -> None:
    response = client.get(f"/ar/mon-espace{page}")
    assert response.headers["Location"] == f"/ar/compte/login/?next=/ar/mon-espace{page}"


def test_the_first_page_says_the_one_next_thing() -> None:
    user = make_user(display_name="Amina")
    client = entered(user)
    assert client.get("/fr/mon-espace").context["next"].url == "/fr/mon-espace/profil"
    User.objects.filter(pk=user.pk).update(commune=HERE)
    assert client.get("/fr/mon-espace").context["next"].url == "/fr/idees/proposer"
    founder = make_user()
    contact = Contact(email=user.email or "")
    organisation_actions.invite(
        organisation=make_organisation(founder), contact=contact, actor=founder, at=NOW
    )
    assert client.get("/fr/mon-espace").context["next"].url == "/fr/mon-espace/organisations"
    idea = make_idea(author=user, state="returned")
    make_idea(author=user)
    page = client.get("/fr/mon-espace")
    assert idea.reference in page.context["next"].url
    assert {(row.label, row.count) for row in page.context["ideas"]} == {
        ("Renvoyée à son auteur", 1),
        ("Publiée", 1),
    }


def test_a_delegate_sees_how_many_wait_in_the_region(client: Client) -> None:
    delegate = make_user(Role.DELEGATE)
    make_idea(state="submitted")
    make_idea("02.411.01.23", state="submitted")
    sign_in_with_factor(client, delegate)
    assert client.get("/fr/mon-espace").context["waiting"] == 1
    sign_in_with_factor(client, make_user(Role.ADMINISTRATOR))
    assert client.get("/fr/mon-espace").context["waiting"] == 2
    assert entered(make_user()).get("/fr/mon-espace").context["waiting"] is None


@pytest.mark.parametrize(
    ("count", "most"),
    [(1, 14), (30, 14)],
)
def test_the_inbox_costs_the_same_for_few_and_many(
    count: int, most: int, django_assert_max_num_queries: Any
) -> None:
    user = make_user()
    Notification.objects.bulk_create(
        Notification(user=user, kind="organisation.invited", data={"organisation": f"O{number}"})
        for number in range(count)
    )
    client = entered(user)
    with django_assert_max_num_queries(most):
        page = client.get("/fr/mon-espace/notifications")
    assert len(page.context["notices"]) == min(count, 20)


def test_opening_a_notice_reads_it_and_only_ones_own() -> None:
    user = make_user()
    notice = Notification.objects.create(user=user, kind="organisation.invited", data={"organisation": "O"})
    client = entered(user)
    assert entered(make_user()).get(f"/fr/mon-espace/notifications/{notice.pk}").status_code == 404
    response = client.get(f"/fr/mon-espace/notifications/{notice.pk}")
    assert response.headers["Location"] == "/fr/mon-espace/organisations"
    notice.refresh_from_db()
    assert notice.read_at is not None
    Notification.objects.create(user=user, kind="organisation.invited", data={"organisation": "P"})
    client.post("/fr/mon-espace/notifications")
    assert not Notification.objects.filter(read_at=None).exists()


def profile_data(**changes: Any) -> dict[str, Any]:
    return {"display_name": "Amina", "language": "ar", "place": "", **changes}


def test_profile_takes_a_commune_by_name_in_either_script() -> None:
    user = make_user()
    client = entered(user)
    for typed in ("Taroudannt", "تارودانت"):
        User.objects.filter(pk=user.pk).update(commune=None)
        response = client.post("/fr/mon-espace/profil", profile_data(place=typed))
        if response.status_code == 422:  # several answer: the page offers them
            codes = [place.code for place in response.context["form"].offered]
            assert HERE in codes
            response = client.post("/fr/mon-espace/profil", profile_data(place=typed, commune=HERE))
        assert response.status_code == 302
        user.refresh_from_db()
        assert (user.commune_id, user.display_name, user.language) == (HERE, "Amina", "ar")
    client.post("/fr/mon-espace/profil", profile_data())
    user.refresh_from_db()
    assert user.commune is None


def test_an_unknown_commune_is_told_and_what_was_typed_kept() -> None:
    response = entered(make_user()).post("/fr/mon-espace/profil", profile_data(place="Xyzzyqwk"))
    assert response.status_code == 422
    assert "Aucune commune" in str(response.context["form"].errors["place"])
    assert 'value="Xyzzyqwk"' in response.content.decode()
    assert 'value="Amina"' in response.content.decode()


def test_consents_are_given_and_taken_back_on_the_page() -> None:
    user = make_user()
    client = entered(user)
    client.post("/fr/mon-espace/accords", {"purpose": "newsletter", "answer": "yes"})
    assert user.consents.get().withdrawn_at is None
    page = client.get("/fr/mon-espace/accords").content.decode()
    assert "Vous avez dit oui" in page
    client.post("/fr/mon-espace/accords", {"purpose": "newsletter", "answer": "no"})
    assert user.consents.get().withdrawn_at is not None
    give_consent(user=user, purpose="service", actor=user, at=NOW)
    client.post("/fr/mon-espace/accords", {"purpose": "service", "answer": "no"})
    client.post("/fr/mon-espace/accords", {"purpose": "nonsense", "answer": "yes"})
    assert user.consents.filter(withdrawn_at=None).count() == 1


def test_an_organisation_through_its_pages() -> None:
    founder, guest = make_user(), make_user()
    client, other = entered(founder), entered(guest)
    data = {"name": "Argan d’Igherm", "kind": "cooperative", "place": ""}
    address = client.post("/fr/mon-espace/organisations/nouvelle", data).headers["Location"]
    assert other.get(address).status_code == 404
    assert client.post(f"{address}/inviter", {"contact": "nonsense"}).status_code == 422
    assert client.get(f"{address}/inviter").headers["Location"] == address
    assert client.post(f"{address}/inviter", {"contact": guest.email}).status_code == 302
    assert client.post(f"{address}/inviter", {"contact": guest.email}).status_code == 422
    assert "Argan d’Igherm" in other.get("/fr/mon-espace/organisations").content.decode()
    before = other.get(address).content.decode()
    assert founder.email not in before  # invited people do not see the members yet
    invitation = Invitation.objects.get()
    assert entered(make_user()).post(f"/fr/mon-espace/invitations/{invitation.pk}").status_code == 404
    other.post(f"/fr/mon-espace/invitations/{invitation.pk}", {"act": "accept"})
    after = other.get(address)
    assert after.status_code == 200
    assert founder.email not in after.content.decode()  # nor addresses once members
    assert other.get(f"{address}/modifier").status_code == 403
    own = guest.memberships.get()
    assert other.post(f"/fr/mon-espace/membres/{own.pk}", {"act": "promote"}).status_code == 403
    client.post(f"/fr/mon-espace/membres/{own.pk}", {"act": "promote"})
    other.post(f"/fr/mon-espace/membres/{founder.memberships.get().pk}", {"act": "demote"})
    response = other.post(f"/fr/mon-espace/membres/{own.pk}", {"act": "leave"}, follow=True)
    assert "il en faut toujours un" in response.content.decode()
    client.post(f"/fr/mon-espace/membres/{founder.memberships.get().pk}", {"act": "leave"})
    assert not founder.memberships.exists()


def test_roles_through_their_pages(client: Client) -> None:
    administrator, person = make_user(Role.ADMINISTRATOR), make_user()
    sign_in_with_factor(client, administrator)
    assert entered(person).get("/fr/administration/roles").status_code == 403
    unknown = client.get("/fr/administration/roles", {"contact": "personne@nulle.part.org"})
    assert "Aucun compte" in str(unknown.context["form"].errors)
    found = client.get("/fr/administration/roles", {"contact": person.email})
    address = found.headers["Location"]
    assert address == f"/fr/administration/roles/{person.pk}"
    assert client.post(address, {"role": "delegate", "region": ""}).status_code == 422
    assert client.post(address, {"role": "juror", "region": "09"}).status_code == 422
    assert client.post(address, {"role": "delegate", "region": "09"}).status_code == 302
    assert client.post(address, {"role": "delegate", "region": "09"}).status_code == 422
    grant = RoleGrant.objects.get(user=person)
    end = f"/fr/administration/roles/fin/{grant.pk}"
    assert client.post(end, {"reason": " "}).status_code == 422
    assert client.post(end, {"reason": "Fin de mandat"}).status_code == 302
    assert "Fin de mandat" in client.get(address).content.decode()
    own = RoleGrant.objects.get(user=administrator)
    refused = client.post(f"/fr/administration/roles/fin/{own.pk}", {"reason": "Je pars"})
    assert refused.status_code == 422
    assert "dernier administrateur" in refused.content.decode()


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_of_roles_costs_the_same_for_few_and_many(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        make_user(Role.DELEGATE)
    sign_in_with_factor(client, make_user(Role.ADMINISTRATOR))
    with django_assert_max_num_queries(8):
        assert client.get("/fr/administration/roles").status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_the_members_cost_the_same_for_few_and_many(count: int, django_assert_max_num_queries: Any) -> None:
    founder = make_user()
    organisation = make_organisation(founder)
    for _number in range(count):
        join(organisation, founder, make_user())
    client = entered(founder)
    with django_assert_max_num_queries(14):
        assert client.get(f"/fr/mon-espace/organisations/{organisation.pk}").status_code == 200
