"""Who is let into a project, through its pages."""

import pytest

from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectInvitation, ProjectMember, ProjectPerson
from tests.portal.projects.project_world import add_people, make_group, make_project
from tests.portal.web.projects.entering import entered
from tests.portal.world import ELSEWHERE, make_user

pytestmark = pytest.mark.django_db
HOME = "/fr/mon-espace/projets"


def access_of(project: Project) -> str:
    return f"{HOME}/{project.reference}/acces"


def test_invited_by_an_address_then_of_the_group() -> None:
    owner, guest = make_user(), make_user()
    project = make_project(owner)
    client, other = entered(owner), entered(guest)
    access = access_of(project)
    for wrong in ({"contact": "nonsense", "role": "editor"}, {"contact": guest.email, "role": "king"}, {}):
        assert client.post(f"{access}/inviter", wrong).status_code == 422
    assert client.get(f"{access}/inviter").headers["Location"] == access
    good = {"contact": guest.email, "role": "editor"}
    assert client.post(f"{access}/inviter", good).status_code == 302
    assert client.post(f"{access}/inviter", good).status_code == 422
    assert str(guest.email) in client.get(access).content.decode()
    assert other.get("/fr/mon-espace").context["next"].url == HOME
    assert project.name in other.get(HOME).content.decode()
    assert other.get(f"{HOME}/{project.reference}").status_code == 404
    invitation = ProjectInvitation.objects.get()
    answer = f"{HOME}/invitations/{invitation.pk}"
    assert entered(make_user()).post(answer, {"act": "accept"}).status_code == 404
    assert other.post(answer, {"act": "nonsense"}).status_code == 302
    assert other.post(answer, {"act": "accept"}).headers["Location"] == f"{HOME}/{project.reference}"
    assert other.get(f"{HOME}/{project.reference}/modifier").status_code == 200
    assert str(owner.email) not in other.get(access).content.decode()  # members read names, not addresses
    assert other.post(f"{access}/inviter", {"contact": "a@example.org", "role": "reader"}).status_code == 403


def test_declined_or_taken_back() -> None:
    owner, guest = make_user(), make_user()
    project = make_project(owner)
    client, other = entered(owner), entered(guest)
    for who, act in ((other, "decline"), (client, "cancel")):
        client.post(f"{access_of(project)}/inviter", {"contact": guest.email, "role": "reader"})
        who.post(f"{HOME}/invitations/{ProjectInvitation.objects.get().pk}", {"act": act})
        assert not ProjectInvitation.objects.exists()
    assert project.members.count() == 1


def test_roles_change_and_the_last_owner_stays() -> None:
    group = make_group()
    address = f"{HOME}/{group.project.reference}/membres"
    own = group.project.members.get(user=group.inside["owner"])
    reader = group.project.members.get(user=group.inside["reader"])
    client = entered(group.inside["owner"])
    refused = client.post(f"{address}/{own.pk}", {"role": "reader"}, follow=True)
    assert "il en faut toujours un" in refused.content.decode()
    refused = client.post(f"{address}/{own.pk}/retirer", follow=True)
    assert "il en faut toujours un" in refused.content.decode()
    client.post(f"{address}/{reader.pk}", {"role": "king"})
    assert ProjectMember.objects.get(pk=reader.pk).role == "reader"
    client.post(f"{address}/{reader.pk}", {"role": "owner"})
    assert ProjectMember.objects.get(pk=reader.pk).role == "owner"
    assert client.post(f"{address}/{own.pk}", {"role": "reader"}).status_code == 302
    assert client.post(f"{address}/{reader.pk}", {"role": "reader"}).status_code == 403


def test_leaving_and_being_removed_ask_once() -> None:
    group = make_group()
    address = f"{HOME}/{group.project.reference}/membres"
    editor = group.project.members.get(user=group.inside["editor"])
    reader = group.project.members.get(user=group.inside["reader"])
    leaver = entered(group.inside["editor"])
    assert "Quitter ce projet" in leaver.get(f"{address}/{editor.pk}/retirer").content.decode()
    assert leaver.post(f"{address}/{reader.pk}/retirer").status_code == 403
    assert leaver.post(f"{address}/{editor.pk}/retirer").headers["Location"] == HOME
    assert leaver.get(f"{HOME}/{group.project.reference}").status_code == 404
    owner = entered(group.inside["owner"])
    assert "Retirer l’accès de ce membre" in owner.get(f"{address}/{reader.pk}/retirer").content.decode()
    owner.post(f"{address}/{reader.pk}/retirer")
    assert [member.user for member in group.project.members.all()] == [group.inside["owner"]]


def test_an_advisor_is_let_in_and_shut_out_by_the_owner() -> None:
    owner = make_user()
    project = make_project(owner)
    access = access_of(project)
    client = entered(owner)
    assert "Aucun conseiller n’est encore inscrit" in client.get(access).content.decode()
    advisor = make_user(Role.ADVISOR, display_name="Salma")
    far = make_user(Role.ADVISOR, region=ELSEWHERE[:2], display_name="Hicham")
    page = client.get(access).content.decode()
    assert "Salma" in page
    assert "Hicham" not in page
    assert str(advisor.email) not in page
    for wrong in ({}, {"advisor": far.pk}, {"advisor": "x"}, {"advisor": 10**30}):
        assert client.post(f"{access}/conseiller", wrong).status_code == 422
    assert client.post(f"{access}/conseiller", {"advisor": advisor.pk}).status_code == 302
    reading = entered(advisor)
    assert reading.get(f"{HOME}/{project.reference}").status_code == 200
    assert reading.get(access).status_code == 403
    granted = AdvisorAccess.objects.get()
    client.post(f"{access}/conseiller/{granted.pk}/retirer")
    assert reading.get(f"{HOME}/{project.reference}").status_code == 404
    assert reading.post(f"{access}/conseiller/{granted.pk}/retirer").status_code == 404


def person_data(**changes: str) -> dict[str, str]:
    return {"name": "Fadma", "function": "treasurer", "woman": "yes", "young": "unknown", **changes}


def test_people_are_added_changed_and_removed_once_confirmed() -> None:
    owner = make_user()
    project = make_project(owner)
    client, address = entered(owner), f"{HOME}/{project.reference}"
    again = client.post(f"{address}/personnes/nouvelle", {**person_data(), "act": "again"})
    assert again.headers["Location"] == f"{address}/personnes/nouvelle"
    person = ProjectPerson.objects.get()
    assert (person.name, person.function, person.woman, person.young) == (
        "Fadma",
        "treasurer",
        "yes",
        "unknown",
    )
    page = client.get(address).content.decode()
    assert "Il vous manque 4 personnes pour créer une coopérative." in page
    one = f"{address}/personnes/{person.pk}"
    base = client.get(one).context["form"]["base"].value()
    sent = {**person_data(name="Fadma A."), "revision": "1", "base": base}
    assert client.post(one, sent).status_code == 302
    refused = client.post(one, {**person_data(young="no"), "revision": "1", "base": base})
    assert refused.status_code == 422
    assert [(row["theirs"], row["taken"]) for row in refused.context["differences"]] == [("Fadma A.", True)]
    form = refused.context["form"]
    assert (form["name"].value(), form["young"].value(), form["revision"].value()) == ("Fadma A.", "no", "2")
    assert client.get(f"{one}/retirer").status_code == 200
    assert ProjectPerson.objects.exists()
    client.post(f"{one}/retirer")
    assert not ProjectPerson.objects.exists()
    assert client.get(one).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 81},
        {"name": "<b>Fadma</b>"},
        {"function": "king"},
        {"woman": "1"},
        {"young": ""},
    ],
)
def test_what_is_wrong_with_a_person_is_told(wrong: dict[str, str]) -> None:
    owner = make_user()
    project = make_project(owner)
    response = entered(owner).post(f"{HOME}/{project.reference}/personnes/nouvelle", person_data(**wrong))
    assert response.status_code == 422
    assert set(wrong) <= set(response.context["form"].errors)
    assert not ProjectPerson.objects.exists()


def test_a_person_of_one_project_is_not_reached_through_another() -> None:
    first, second = make_group(), make_group()
    (person,) = add_people(second.project, second.inside["owner"], 1)
    owner: User = first.inside["owner"]
    ProjectMember.objects.create(project=second.project, user=owner, role="reader")
    client = entered(owner)
    crossed = f"{HOME}/{first.project.reference}/personnes/{person.pk}"
    assert client.post(f"{crossed}/retirer").status_code == 404
    member = second.project.members.get(user=second.inside["reader"])
    assert client.post(f"{HOME}/{first.project.reference}/membres/{member.pk}/retirer").status_code == 404
    access = second.project.advisor_accesses.get()
    assert client.post(f"{access_of(first.project)}/conseiller/{access.pk}/retirer").status_code == 404
    assert second.project.people.count() == 1
