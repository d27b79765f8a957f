"""The pages of a path, as people of every kind meet them."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from bpc.core.law.events import Event
from bpc.portal.followup.models import GroupAnswer, LegalDate, ProjectPath, StepMark
from bpc.portal.foundation.writing import written_date
from bpc.portal.projects.models import Project
from tests.portal.followup.followup_world import NOW, TODAY, done, open_creation, say
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group, make_group, make_project
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> Group:
    return make_group()


@pytest.fixture
def path(group: Group) -> ProjectPath:
    return open_creation(group.project, group.inside["owner"])


def get(client: Client, person: Any, name: str, *args: Any, language: str = "fr") -> Any:
    if person.is_authenticated:
        sign_in_with_factor(client, person)
    with translation.override(language):
        return client.get(reverse(f"web:{name}", args=args))


def post(client: Client, person: Any, page: str, *args: Any, **data: Any) -> Any:
    sign_in_with_factor(client, person)
    with translation.override("fr"):
        return client.post(reverse(f"web:{page}", args=args), data)


def test_the_path_shows_its_next_sentence_everywhere(client: Client, group: Group, path: ProjectPath) -> None:
    owner = group.inside["owner"]
    sentence = "Réunissez au moins cinq personnes qui fonderont la coopérative avant le"
    for name, args in (
        ("paths", [group.project.reference]),
        ("project", [group.project.reference]),
        ("my_space", []),
    ):
        assert sentence in get(client, owner, name, *args).content.decode(), name


def test_in_arabic_the_sentence_and_the_law_are_arabic(
    client: Client, group: Group, path: ProjectPath
) -> None:
    page = get(
        client, group.inside["owner"], "paths", group.project.reference, language="ar"
    ).content.decode()
    assert "اجمعوا خمسة أشخاص على الأقل لتأسيس التعاونية" in page
    step = get(
        client,
        group.inside["owner"],
        "path_step",
        group.project.reference,
        path.pk,
        "blocked_account",
        language="ar",
    )
    assert "القانون رقم 112.12، المادة 8" in step.content.decode()


def test_a_step_says_all_there_is_to_know(client: Client, group: Group, path: ProjectPath) -> None:
    response = get(
        client, group.inside["owner"], "path_step", group.project.reference, path.pk, "legalise_signatures"
    )
    page = response.content.decode()
    for words in (
        "Pourquoi",
        "Le registre demande des statuts signés",
        "À la commune ou à l’arrondissement",
        "estimation",
        "Loi 112-12, article 11",
        "Ce qui peut mal se passer",
        "C’est fait quand",
        "22 novembre 2026",
    ):
        assert words in page, words
    assert re.search(r"de 2\sMAD à 200\sMAD", page)


def test_an_unknown_cost_is_said_unknown(client: Client, group: Group, path: ProjectPath) -> None:
    page = get(
        client, group.inside["owner"], "path_step", group.project.reference, path.pk, "in_kind_valuation"
    )
    assert "<strong>inconnu</strong>" in page.content.decode()


def test_ticking_a_step_by_the_form_dates_the_fact(client: Client, group: Group, path: ProjectPath) -> None:
    day = TODAY - timedelta(days=2)
    form = {"state": "done", "on_day": day.day, "on_month": day.month, "on_year": day.year, "note": ""}
    answer = post(
        client,
        group.inside["owner"],
        "path_step",
        group.project.reference,
        path.pk,
        "name_certificate",
        **form,
    )
    assert answer.status_code == 302
    assert LegalDate.objects.get().on == day
    page = get(client, group.inside["owner"], "paths", group.project.reference).content.decode()
    assert "Validité du nom : demander l’immatriculation" in plain(page)
    assert written_date(day + timedelta(days=60)) in page
    assert "il reste 58 jours" in page


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({}, "Choisissez une réponse."),
        ({"state": "blocked"}, "Dites pourquoi, en quelques mots."),
        ({"state": "done"}, "Donnez ce jour : un délai de la loi en dépend."),
        (
            {"state": "done", "on_day": "1", "on_month": "1", "on_year": "2099"},
            "Ce jour n’est pas encore venu.",
        ),
        (
            {"state": "doing", "due_on_day": "1", "due_on_month": "1", "due_on_year": "2020"},
            "Ce jour est passé",
        ),
        ({"state": "done", "on_day": "31", "on_month": "2", "on_year": "2026"}, "Cette date n’existe pas."),
        ({"state": "blocked", "note": "<script>alert(1)</script>"}, "balise"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Client, group: Group, path: ProjectPath, form: dict[str, str], fault: str
) -> None:
    answer = post(
        client,
        group.inside["owner"],
        "path_step",
        group.project.reference,
        path.pk,
        "name_certificate",
        **form,
    )
    assert answer.status_code == 422
    if fault != "balise":
        assert fault in plain(answer.content.decode())
    assert not StepMark.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 302), ("editor", 302), ("advisor", 302), ("reader", 403), ("person", 404), ("delegate", 404),
     ("administrator", 404), ("other advisor", 404)],
)  # fmt: skip
def test_who_may_tick(client: Client, group: Group, path: ProjectPath, who: str, status: int) -> None:
    person = group.everybody[who]
    answer = post(
        client, person, "path_step", group.project.reference, path.pk, "idea_check", state="doing", note=""
    )
    assert answer.status_code == status or (
        who in {"delegate", "administrator"} and answer.status_code == 302
    )
    assert StepMark.objects.exists() == (status == 302)


def test_a_stranger_is_sent_to_sign_in(client: Client, group: Group, path: ProjectPath) -> None:
    answer = get(client, group.outside["stranger"], "paths", group.project.reference)
    assert answer.status_code == 302
    assert "/compte/login/" in answer["Location"]


def test_the_reader_reads_and_is_offered_nothing(client: Client, group: Group, path: ProjectPath) -> None:
    page = get(client, group.inside["reader"], "paths", group.project.reference).content.decode()
    assert "Réunir au moins cinq fondateurs" in page
    for words in ("Ouvrir ce parcours", "Mettre ce parcours de côté"):
        assert words not in page


def test_taking_a_mark_back(client: Client, group: Group, path: ProjectPath) -> None:
    owner = group.inside["owner"]
    done(path, "founders", owner)
    answer = post(client, owner, "path_step_undo", group.project.reference, path.pk, "founders")
    assert answer.status_code == 302
    assert StepMark.objects.get().undone_by == owner
    page = get(client, owner, "path_step", group.project.reference, path.pk, "founders").content.decode()
    assert "annulé" in page


def test_questions_and_dates(client: Client, group: Group, path: ProjectPath) -> None:
    owner, reference = group.inside["owner"], group.project.reference
    post(client, owner, "path_facts", reference, employees="no", in_kind="yes")
    assert {row.question: row.yes for row in GroupAnswer.objects.all()} == {
        "employees": False,
        "in_kind": True,
    }
    page = get(client, owner, "path", reference, path.pk).content.decode()
    assert "Vous avez dit qu’il n’y aura pas de salarié la première année." in page
    post(client, owner, "path_facts", reference, employees="", in_kind="yes")
    assert [row.question for row in GroupAnswer.objects.all()] == ["in_kind"]
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    post(client, owner, "path_date", reference, "funds_received", **day)
    assert LegalDate.objects.get().event == Event.FUNDS_RECEIVED
    post(client, owner, "path_date", reference, "funds_received", on_day="", on_month="", on_year="")
    assert not LegalDate.objects.exists()
    assert get(client, owner, "path_date", reference, "nowhere").status_code == 404


def test_opening_putting_aside_and_taking_up(client: Client, group: Group) -> None:
    owner, reference = group.inside["owner"], group.project.reference
    empty = get(client, owner, "paths", reference).content.decode()
    assert "Aucun parcours n’est ouvert" in empty
    assert "proposé pour l’étape de votre projet" in empty
    post(client, owner, "path_open", reference, path="mourafaka")
    opened = ProjectPath.objects.get()
    page = get(client, owner, "path", reference, opened.pk).content.decode()
    assert "Séance individuelle 12 sur 12" in page
    post(client, owner, "path_close", reference, opened.pk)
    assert get(client, owner, "path", reference, opened.pk).status_code == 404
    post(client, owner, "path_reopen", reference, opened.pk)
    assert get(client, owner, "path", reference, opened.pk).status_code == 200
    assert post(client, owner, "path_open", reference, path="nowhere").status_code == 404


def test_one_path_is_not_reached_through_another_project(
    client: Client, group: Group, path: ProjectPath
) -> None:
    other = make_project(group.inside["owner"])
    assert get(client, group.inside["owner"], "path", other.reference, path.pk).status_code == 404


def test_a_new_project_begins_with_the_path_of_its_stage(client: Client) -> None:
    group = make_group()
    owner = group.inside["owner"]
    form = {
        "name": "Miel de thym", "commune_name": "Taroudannt", "commune": HERE, "commune_for": "Taroudannt",
        "sector": "beekeeping", "stage": "design", "submission_key": str(uuid4()),
    }  # fmt: skip
    answer = post(client, owner, "project_new", **form)
    assert answer.status_code == 302
    made = Project.objects.get(name="Miel de thym")
    assert made.paths.get().template.slug == "creation"


def test_the_advisor_sees_the_blocked_and_the_silent(client: Client, group: Group, path: ProjectPath) -> None:
    owner, advisor = group.inside["owner"], group.inside["advisor"]
    say(
        path,
        "founders",
        "blocked",
        owner,
        note="Personne ne vient.",
        language="fr",
        at=NOW - timedelta(days=30),
    )
    page = get(client, advisor, "advised_paths").content.decode()
    assert "Réunir au moins cinq fondateurs" in page
    assert "Rien de noté depuis 30 jours" in page
    assert (
        "Aucun projet ne vous est ouvert"
        in get(client, group.outside["other advisor"], "advised_paths").content.decode()
    )


def queries_of(client: Client, person: Any, name: str, *args: Any) -> int:
    get(client, person, name, *args)  # what the process holds is held
    with CaptureQueriesContext(connection) as caught:
        assert get(client, person, name, *args).status_code == 200
    return len(caught)


def test_the_cost_of_pages_does_not_grow(client: Client, group: Group, path: ProjectPath) -> None:
    owner, advisor, reference = group.inside["owner"], group.inside["advisor"], group.project.reference
    before = {
        "paths": queries_of(client, owner, "paths", reference),
        "my_space": queries_of(client, owner, "my_space"),
        "advised_paths": queries_of(client, advisor, "advised_paths"),
    }
    for rank in range(4):
        other = make_project(owner)
        other.advisor_accesses.create(advisor=advisor)
        again = open_creation(other, owner)
        for step in ("founders", "idea_check", "name_request", "name_certificate"):
            done(again, step, owner)
            if rank == 0:
                done(path, step, owner)
    after = {
        "paths": queries_of(client, owner, "paths", reference),
        "my_space": queries_of(client, owner, "my_space"),
        "advised_paths": queries_of(client, advisor, "advised_paths"),
    }
    assert after == before
