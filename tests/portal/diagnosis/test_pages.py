"""The pages: one family each, without JavaScript; the result says why; strangers find nothing."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.datasets.courses import read_courses
from bpc.datasets.path_templates import read_templates
from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.followup.actions import open_path
from bpc.portal.web.funding.screens import screen_of
from tests.portal.diagnosis.diagnosis_world import answered, strongest, weakest
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import NOW, Group, add_people, make_group

pytestmark = pytest.mark.django_db


def address(group: Group, rest: str = "", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{group.project.reference}/autodiagnostic{rest}"


def as_(who: Any) -> Client:
    client = Client()
    sign_in_with_factor(client, who)
    return client


def test_strangers_find_nothing_and_readers_do_not_write() -> None:
    group = make_group()
    answered(group, weakest())
    for who in ("person", "other advisor", "delegate", "administrator"):
        client = as_(group.outside[who])
        for rest in ("", "/1", "/1/idea"):
            assert client.get(address(group, rest)).status_code == 404, (who, rest)
        for rest in ("/commencer", "/1/abandonner", "/1/idea"):
            assert client.post(address(group, rest)).status_code == 404, (who, rest)
    for who in ("reader", "advisor"):
        client = as_(group.inside[who])
        assert client.get(address(group, "/1")).status_code == 200
        assert "Recommencer" not in client.get(address(group)).content.decode()
        assert client.post(address(group, "/commencer")).status_code == 403
    assert Client().get(address(group)).status_code == 302


def test_from_the_first_question_to_the_result_with_forms_alone() -> None:
    group = make_group()
    add_people(group.project, group.inside["owner"], 5)
    client = as_(group.inside["owner"])
    step = client.post(address(group, "/commencer"))
    assert step.url == address(group, "/1/idea")
    for family in questionnaire().families:
        page = client.get(step.url)
        words = page.content.decode()
        assert words.count("<legend>") == len(family.questions)
        assert words.count("Je ne sais pas") == len(family.questions)
        assert ("D’après les personnes inscrites" in words) == (family.id == "founders")
        sent = {question.id: question.answers[-1].id for question in family.questions}
        if family.id == "founders":
            assert re.search(r'name="number" value="five"[^>]*checked', words)
            sent["number"] = "five"
        if family.id == "law":
            sent = {"rules": "-"}  # nothing ticked, and « je ne sais pas », are the same
        step = client.post(step.url, {"revision": page.context["row"].revision, **sent})
        assert step.status_code == 302
    assert step.url == address(group, "/1")
    page = client.get(step.url)
    levels = {line.code: str(line.level) for line in page.context["lines"]}
    assert levels == {**dict.fromkeys(levels, "strong"), "law": "unknown"}
    assert [one.say for one in page.context["advice"]] == [
        "Réunissez au moins cinq personnes, et quelques-unes de plus si l’une d’elles renonce."
    ]
    assert len(page.context["unknown"]) == 4
    assert Diagnosis.objects.get().finished_by == group.inside["owner"]
    # afterwards the questions are closed
    assert client.get(address(group, "/1/idea")).url == address(group, "/1")


def test_what_helps_most_says_why_and_leads_somewhere() -> None:
    group = make_group()
    answered(group, weakest())
    page = as_(group.inside["owner"]).get(address(group, "/1"))
    advice = page.context["advice"]
    assert [one.family for one in advice] == ["L’idée", "Les fondateurs", "Le marché"]
    assert all(one.because and one.answered for one in advice)
    urls = [way.url for one in advice for way in one.ways]
    here = f"/fr/mon-espace/projets/{group.project.reference}"
    assert f"{here}#people-title" in urls
    assert f"{here}/plans/commencer" in urls
    assert all(one.lesson is not None for one in advice)  # ours; programmes of others are told apart
    assert any(way.url.startswith("http") for way in page.context["others"])
    words = page.content.decode()
    assert "Loi 112-12, article 14" in words
    assert "aucun classement" in words
    # who only reads is led to nothing that asks to write
    read = as_(group.inside["advisor"]).get(address(group, "/1")).context["advice"]
    assert f"{here}/plans/commencer" not in [way.url for one in read for way in one.ways]


def test_advice_names_the_step_of_the_path_the_project_follows() -> None:
    group = make_group()
    owner = group.inside["owner"]
    path = open_path(project=group.project, slug="creation", actor=owner, at=NOW)
    answered(group, weakest())
    advice = as_(owner).get(address(group, "/1")).context["advice"]
    steps = {plain(way.label): way.url for one in advice for way in one.ways if way.icon == "path"}
    whole = f"/fr/mon-espace/projets/{group.project.reference}/parcours/{path.pk}/etapes"
    assert steps["L’étape « Réunir au moins cinq fondateurs »"] == f"{whole}/founders"
    client = as_(owner)
    here = [way.url for one in advice for way in one.ways if way.url.startswith("/")]
    assert here
    assert {client.get(url, follow=True).status_code for url in here} == {200}  # no way leads nowhere


def test_every_question_has_its_pictogram_and_every_help_a_way() -> None:
    sprite = Path(finders.find("web/icons/icons.svg") or "").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="([a-z0-9-]+)"', sprite))
    courses = read_courses(settings.DATA)
    steps = {step.id for one in read_templates(settings.DATA).values() for step in one.steps}
    for family, question in questionnaire().questions():
        assert {family.icon, question.icon} <= drawn, question.id
        helps = question.helps
        assert any((helps.step, helps.course, helps.need, helps.page)), question.id
        assert helps.step is None or helps.step in steps
        assert helps.course is None or courses[helps.course].url.startswith("http")
        assert helps.need is None or screen_of(helps.need) is not None


def test_it_is_compared_with_the_last_time_over_what_was_known_both_times() -> None:
    group = make_group()
    answered(group, {**weakest(), "rules": None, "name": None, "statutes": None, "permits": None})
    later = {**weakest(), "problem": "proved", "tried": "group"}
    answered(group, later, at=NOW + timedelta(days=90))
    page = as_(group.inside["reader"]).get(address(group, "/2"))
    told = {line.code: line.change for line in page.context["lines"]}
    assert told == {
        "idea": "mieux que la dernière fois",
        **dict.fromkeys(("founders", "market", "money", "management"), "comme la dernière fois"),
        "law": "pas comparable",
    }
    assert len(as_(group.inside["reader"]).get(address(group)).context["history"]) == 2


def test_a_hostile_answer_is_refused_and_nothing_is_kept() -> None:
    group = make_group()
    client = as_(group.inside["owner"])
    client.post(address(group, "/commencer"))
    refused = client.post(address(group, "/1/idea"), {"revision": "9" * 30, "problem": "<script>"})
    assert refused.status_code == 422
    assert Diagnosis.objects.get().answers == {}
    assert client.get(address(group, "/1/alchemy")).status_code == 404
    assert client.get(address(group, "/77")).status_code == 404


def test_it_is_read_in_arabic() -> None:
    group = make_group()
    answered(group, strongest())
    page = as_(group.inside["owner"]).get(address(group, "/1", "ar"))
    assert 'direction="rtl"' in page.content.decode()
    assert page.context["lines"][0].name == "الفكرة"
    assert page.context["advice"] == []


def test_the_history_costs_the_same_whatever_its_length() -> None:
    group = make_group()
    client = as_(group.inside["owner"])
    costs = []
    for number in range(1, 13):
        answered(group, weakest(), at=NOW + timedelta(days=number))
        if number in (2, 12):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(address(group))
            costs.append(len(asked))
    assert costs[0] == costs[1] <= 12
