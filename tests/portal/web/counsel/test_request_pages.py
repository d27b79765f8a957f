"""From the question to the judged answer, on the pages; who reads what on the way."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.counsel.handing import escalate
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.working_days import add_working_days
from bpc.portal.foundation.writing import written_date
from bpc.portal.people.models import Notification
from bpc.portal.people.notices import text_of
from bpc.portal.people.roles import Role
from bpc.portal.projects.states import MemberRole
from tests.portal.counsel.counsel_world import days_later, make_answer, make_request
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import join, make_group, make_project
from tests.portal.web.projects.entering import entered
from tests.portal.world import HERE, make_user

pytestmark = pytest.mark.django_db
SECRET = "Le tribunal nous demande un papier que nous ne connaissons pas."


def ask(client: Client, **fields: Any) -> HelpRequest:
    answer = client.post(
        "/fr/mon-espace/aide/demander", {"subject": "papers", "text": SECRET, "key": uuid4(), **fields}
    )
    assert answer.status_code == 302, answer.content.decode()
    return HelpRequest.objects.get(reference=answer["Location"].rsplit("/", 1)[1])


def test_from_the_question_to_the_answer() -> None:
    advisor = make_user(Role.ADVISOR, display_name="Salma")
    owner = make_user(display_name="Fadma")
    project = make_project(owner)
    asker, staff = entered(owner), entered(advisor)
    page = asker.get(f"/fr/mon-espace/projets/{project.reference}").content.decode()
    assert f"/fr/mon-espace/aide/demander?projet={project.reference}" in page
    made = ask(asker, projet=project.reference, etape="name.request", page="/fr/mon-espace/projets/x")
    due = add_working_days(timezone.localdate(), 5)
    assert (made.project, made.holder, made.desk, made.due_on) == (project, advisor, "advisor", due)
    assert (made.source_step, made.source_page) == ("name.request", "/fr/mon-espace/projets/x")
    address = f"/fr/mon-espace/aide/{made.reference}"
    page = asker.get(address).content.decode()
    assert f"Réponse attendue avant le {written_date(due)}" in page
    assert "Salma" in page
    page = staff.get(address).content.decode()
    assert SECRET in page
    assert project.name in page
    assert f"/fr/mon-espace/projets/{project.reference}" not in page  # not let into the project itself
    staff.post(f"{address}/repondre", {"text": "C’est l’attestation négative.", "key": uuid4()})
    made.refresh_from_db()
    assert made.state == "answered"
    page = asker.get(address).content.decode()
    assert "C’est l’attestation négative." in page
    assert "Cette réponse vous aide-t-elle ?" in plain(page)


def test_from_the_answer_to_its_judgement_and_the_end() -> None:
    advisor, owner = make_user(Role.ADVISOR), make_user()
    asker, staff, due = entered(owner), entered(advisor), add_working_days(timezone.localdate(), 5)
    made = ask(asker, region="09")
    answer = make_answer(made, advisor, timezone.now())
    address = f"/fr/mon-espace/aide/{made.reference}"
    refused = asker.post(f"{address}/reponses/{answer.pk}/avis", {"helpful": "no"})
    assert refused.status_code == 422
    asker.post(f"{address}/reponses/{answer.pk}/avis", {"because": "unclear", "words": "Quel guichet ?"})
    answer.refresh_from_db()
    assert (answer.helpful, answer.unhelpful_because, answer.judgement) == (
        False,
        "unclear",
        "Quel guichet ?",
    )
    asker.post(f"{address}/suite", {"text": "Quel guichet faut-il voir ?", "key": uuid4()})
    made.refresh_from_db()
    assert (made.state, made.due_on) == ("waiting", due)
    staff.post(f"{address}/repondre", {"text": "Le tribunal de Taroudannt.", "key": uuid4()})
    asker.post(f"{address}/reponses/{made.texts.last().pk}/avis", {"helpful": "yes"})
    assert made.texts.last().helpful is True
    asker.post(f"{address}/clore")
    made.refresh_from_db()
    assert (made.state, made.closing) == ("closed", "asker")


def test_without_a_project_one_says_the_region() -> None:
    make_user(Role.ADVISOR, region="02", display_name="Driss")
    client = entered(make_user())
    refused = client.post(
        "/fr/mon-espace/aide/demander", {"subject": "money", "text": SECRET, "key": uuid4()}
    )
    assert refused.status_code == 422
    assert "Choisissez votre région." in refused.content.decode()
    made = ask(client, region="02")
    assert (made.region_id, made.desk, made.project) == ("02", "advisor", None)


def test_the_same_form_sent_twice_asks_once() -> None:
    client, key = entered(make_user()), uuid4()
    assert ask(client, region="09", key=key) == ask(client, region="09", key=key)
    assert HelpRequest.objects.count() == 1


def test_nobody_asks_about_a_project_of_others() -> None:
    group = make_group()
    answer = entered(make_user()).get(f"/fr/mon-espace/aide/demander?projet={group.project.reference}")
    assert answer.status_code == 404
    # an advisor let in reads the project, and asks for themselves only
    page = entered(group.inside["advisor"]).get(
        f"/fr/mon-espace/aide/demander?projet={group.project.reference}"
    )
    assert group.project.name not in page.content.decode()


def test_a_delegate_reads_the_question_once_it_came_up_to_them() -> None:
    make_user(Role.ADVISOR, display_name="Salma")
    delegate = make_user(Role.DELEGATE)
    asker = make_user(display_name="Fadma")
    project = make_project(asker)
    made = make_request(asker, project=project, text=SECRET)
    client = entered(delegate)
    address = f"/fr/mon-espace/aide/{made.reference}"
    page = client.get(address).content.decode()
    assert "Les papiers" in page
    assert "Salma" in page
    for private in (SECRET, project.name, "Fadma", project.reference):
        assert private not in page
    escalate(request=made, at=days_later(10))
    page = client.get(address).content.decode()
    assert SECRET in page
    assert "Envoyer la réponse" in page
    assert entered(make_user(Role.DELEGATE, region="02")).get(address).status_code == 404
    assert entered(make_user()).get(address).status_code == 404


def test_the_group_reads_and_strangers_sign_in() -> None:
    advisor, owner, reader = make_user(Role.ADVISOR), make_user(), make_user()
    project = make_project(owner)
    join(project, reader, MemberRole.READER)
    made = make_request(owner, project=project, text=SECRET)
    make_answer(made, advisor)
    address = f"/fr/mon-espace/aide/{made.reference}"
    page = entered(reader).get(address).content.decode()
    assert SECRET in page
    assert "Cette réponse vous aide-t-elle ?" not in page  # judged by who asked
    assert entered(reader).post(f"{address}/clore").status_code == 403
    assert Client().get(address).status_code == 302


def test_notices_say_nothing_private(django_capture_on_commit_callbacks: Any) -> None:
    advisor, owner = make_user(Role.ADVISOR), make_user()
    project = make_project(owner)
    with django_capture_on_commit_callbacks(execute=True):
        made = make_request(owner, project=project, text=SECRET)
        make_answer(made, advisor)
    told = Notification.objects.filter(kind__startswith="counsel.")
    assert {row.kind for row in told} == {"counsel.asked", "counsel.given", "counsel.answered"}
    texts = [text_of(row) for row in told] + [message.body for message in mail.outbox]
    assert texts
    for text in texts:
        assert made.reference in text
        for private in (SECRET, "attestation", project.name, "papiers"):
            assert private not in text


def test_a_number_is_read_by_the_owner_alone_when_agreed() -> None:
    advisor, other = make_user(Role.ADVISOR), make_user(Role.DELEGATE)
    asker = make_user(phone="+212612345678", phone_verified=True)
    client = entered(asker)
    quiet, loud = ask(client, region="09"), ask(client, region="09", call_me="on")
    staff = entered(advisor)
    assert "+212612345678" not in staff.get(f"/fr/mon-espace/aide/{quiet.reference}").content.decode()
    assert "+212612345678" in staff.get(f"/fr/mon-espace/aide/{loud.reference}").content.decode()
    page = entered(other).get(f"/fr/mon-espace/aide/{loud.reference}").content.decode()
    assert "+212612345678" not in page


@pytest.mark.parametrize("hostile", ["//evil.example", "javascript:alert(1)", "/x" * 300, "/a b"])
def test_where_it_came_from_is_a_path_of_the_site_or_nothing(hostile: str) -> None:
    made = ask(entered(make_user()), region="09", page=hostile, etape="<script>")
    assert (made.source_page, made.source_step) == ("", "")


def test_a_list_costs_the_same_with_more() -> None:
    make_user(Role.ADVISOR)
    asker = make_user(commune_id=HERE)
    client = entered(asker)
    counted = []
    for more in (2, 8):
        for number in range(more):
            make_request(asker, at=days_later(number * 2))
        client.get("/fr/mon-espace/aide")
        counted.append(queries_of(client, "/fr/mon-espace/aide"))
    assert counted[0] == counted[1]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
