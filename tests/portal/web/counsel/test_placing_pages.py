"""The delegate's pages: projects without an advisor, the ranking, several at once, the load of the region."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.counsel.models import AdvisorSheet, Assignment, Silence
from bpc.portal.foundation.audit import trail_of
from bpc.portal.people.models import Notification, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.sharing import grant_advisor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import make_project
from tests.portal.web.projects.entering import entered
from tests.portal.world import ELSEWHERE, make_user

pytestmark = pytest.mark.django_db
DESK = "/fr/mon-espace/accompagnement/region"
_TAGS = re.compile(r"<[^>]+>")
PLACES, CAPACITY = f"{DESK}/projets", f"{DESK}/capacite"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(plain(_TAGS.sub(" ", answer.content.decode())).split())


def one_of(project: Project) -> str:
    return f"{PLACES}/{project.reference}"


def test_a_delegate_reads_where_and_which_sector_never_what_the_group_wrote() -> None:
    delegate = entered(make_user(Role.DELEGATE))
    project = make_project(make_user(), name="Le safran de Fadma", summary="Notre secret.")
    elsewhere = make_project(make_user(), commune=ELSEWHERE)
    for address in (PLACES, one_of(project)):
        page = shown(delegate, address)
        assert project.reference in page
        assert "safran" not in page
        assert "secret" not in page
        assert elsewhere.reference not in page
    assert delegate.get(one_of(elsewhere)).status_code == 404
    assert delegate.get(f"{PLACES}?region=02").status_code == 404
    for person in (make_user(Role.ADVISOR), make_user()):
        for address in (PLACES, one_of(project), f"{PLACES}/repartition", CAPACITY):
            assert entered(person).get(address).status_code == 403


def test_the_ranking_says_why_and_a_full_advisor_needs_a_reason() -> None:
    delegate = make_user(Role.DELEGATE)
    full, able = (
        make_user(Role.ADVISOR, display_name="Salma"),
        make_user(Role.ADVISOR, display_name="Driss"),
    )
    AdvisorSheet.objects.create(user=full, projects_most=0, sectors=["food"])
    AdvisorSheet.objects.create(user=able, languages=["fr"], sectors=["food"])
    project = make_project(make_user())
    client = entered(delegate)
    page = shown(client, one_of(project))
    assert page.index("Driss") < page.index("Salma")
    assert "projets : 0 sur 20 · parle la langue de la demande · connaît ce secteur" in page
    assert "projets : 0 sur 0, complet · connaît ce secteur · complet : plus de place prévue" in page
    assert client.post(one_of(project), {"to": full.pk, "note": ""}).status_code == 422
    assert client.post(one_of(project), {"to": "999999"}).status_code == 422
    assert client.post(one_of(project), {}).status_code == 422
    reason = "Elle seule parle amazighe dans la région."
    assert client.post(one_of(project), {"to": full.pk, "note": reason}).status_code == 302
    assert trail_of(project).get(verb="assign advisor").reason == reason
    page = shown(client, one_of(project))
    assert "Conseiller choisi aujourd’hui : Salma" in page
    assert reason in page
    assert client.post(one_of(project), {"to": able.pk}).status_code == 422  # read before
    made = Assignment.objects.get()
    assert client.post(one_of(project), {"to": able.pk, "before": made.pk}).status_code == 302
    page = shown(client, one_of(project))
    assert "Une autre personne a été choisie" in page


def test_several_projects_are_shared_out_and_a_person_confirms() -> None:
    client = entered(make_user(Role.DELEGATE))
    small = make_user(Role.ADVISOR, display_name="Salma")
    AdvisorSheet.objects.create(user=small, projects_most=1)
    rows = [make_project(make_user()) for _rank in range(2)]
    codes = "&".join(f"projet={row.reference}" for row in rows)
    assert "Aucun projet coché" in client.get(f"{PLACES}/repartition").content.decode()
    page = shown(client, f"{PLACES}/repartition?{codes}")
    assert "Plus personne n’a de place : le projet attendrait." in page
    assert not Assignment.objects.exists()  # a proposal is only one
    first, second = rows
    given = {
        "projet": [row.reference for row in rows],
        f"to_{first.pk}": small.pk,
        f"to_{second.pk}": small.pk,
    }
    assert client.post(f"{PLACES}/repartition", given).status_code == 422
    assert not Assignment.objects.exists()
    why = {**given, f"note_{second.pk}": "Les deux groupes sont voisins."}
    assert client.post(f"{PLACES}/repartition", why).status_code == 302
    assert list(Assignment.objects.order_by("project").values_list("advisor", "is_over")) == [
        (small.pk, False),
        (small.pk, True),
    ]
    assert "Chaque projet a un conseiller" in shown(client, PLACES)


def test_a_project_left_out_of_the_proposal_waits() -> None:
    client = entered(make_user(Role.DELEGATE))
    make_user(Role.ADVISOR)
    project = make_project(make_user())
    answer = client.post(f"{PLACES}/repartition", {"projet": project.reference, f"to_{project.pk}": ""})
    assert answer.status_code == 302
    assert not Assignment.objects.exists()


def test_the_group_answers() -> None:
    delegate, advisor = make_user(Role.DELEGATE), make_user(Role.ADVISOR, display_name="Salma")
    owner, reader = make_user(), make_user()
    project = make_project(owner)
    project.members.create(user=reader, role="reader")
    address = f"/fr/mon-espace/projets/{project.reference}/conseiller-propose"
    assert "Aucun conseiller n’est proposé" in shown(entered(owner), address)
    entered(delegate).post(one_of(project), {"to": advisor.pk})
    assert entered(advisor).get(address).status_code == 404
    assert project.reference in shown(entered(advisor), "/fr/mon-espace/accompagnement/projets")
    assert "Les responsables du groupe décident." in shown(entered(reader), address)
    assert "Salma" in shown(entered(owner), address)
    made = Assignment.objects.get()
    assert entered(reader).post(address, {"answer": "open", "assignment": made.pk}).status_code == 403
    entered(owner).post(address, {"answer": "open", "assignment": 0})  # of another page
    assert not AdvisorAccess.objects.exists()
    entered(owner).post(address, {"answer": "open", "assignment": made.pk})
    assert AdvisorAccess.objects.get().advisor == advisor
    assert "accompagne votre projet." in shown(entered(owner), address)
    kinds = set(Notification.objects.filter(user=owner).values_list("kind", flat=True))
    assert "counsel.advisor_chosen" in kinds


def test_the_load_of_the_region_says_the_gap_and_who_is_silent() -> None:
    client = entered(make_user(Role.DELEGATE))
    assert "Aucun conseiller dans cette région" in shown(client, CAPACITY)
    advisor = make_user(Role.ADVISOR, display_name="Salma")
    AdvisorSheet.objects.create(user=advisor, projects_most=1)
    owner = make_user()
    rows = [make_project(owner) for _rank in range(3)]
    assert "Il manque 2 places pour donner un conseiller à chaque projet." in shown(client, CAPACITY)
    grant_advisor(project=rows[0], advisor=advisor, actor=owner, at=timezone.now())
    page = shown(client, CAPACITY)
    assert "2 projets sans conseiller" in page
    assert "1 sur 1 complet" in page
    now = timezone.now()
    Silence.objects.create(
        project=rows[1], since=now - timedelta(days=70), group_at=now, advisor_at=now, region_at=now
    )
    assert "malgré nos messages" in page
    assert "rien depuis 70 jours" not in shown(client, CAPACITY)  # a sign came since
    Project.objects.filter(pk=rows[1].pk).update(last_sign_at=Silence.objects.get().since)
    assert "rien depuis 70 jours" in shown(client, CAPACITY)


def test_a_thousand_projects_cost_what_ten_do() -> None:
    delegate = entered(make_user(Role.DELEGATE))
    for _rank in range(3):
        make_user(Role.ADVISOR)

    def more(owner: User, number: int, first: int) -> None:
        sample = make_project(owner)
        Project.objects.bulk_create(
            Project(
                reference=f"R{rank:07d}", name="Projet", language="fr", sector_id=sample.sector_id,
                commune_id=sample.commune_id, province_id=sample.province_id, region_id=sample.region_id,
            )
            for rank in range(first, first + number)
        )  # fmt: skip

    def measure() -> list[int]:
        found = []
        for address in (PLACES, CAPACITY, DESK):
            with CaptureQueriesContext(connection) as captured:
                assert delegate.get(address).status_code == 200
            found.append(len(captured))
        return found

    more(make_user(), 30, 0)
    delegate.get(PLACES)
    few = measure()
    more(make_user(), 970, 30)
    assert measure() == few
    assert max(few) <= 30
