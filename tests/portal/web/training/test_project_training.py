"""« Ce qu’il vous faudrait apprendre »: lessons with their reasons; a lesson named beside what it answers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.partner_courses.models import PartnerResult
from bpc.portal.plans.models import Plan
from tests.portal.applications.application_world import open_one
from tests.portal.diagnosis.diagnosis_world import answered, weakest
from tests.portal.journeys.lacking.lacking_world import project_with
from tests.portal.partner_courses.partner_world import NOW, make_course, make_partner, opened, pasted
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group

pytestmark = pytest.mark.django_db


def address(group: Group, rest: str = "/formation", language: str = "fr") -> str:
    return f"/{language}/mon-espace/projets/{group.project.reference}{rest}"


def as_(group: Group, who: str = "owner") -> Client:
    client = Client()
    sign_in_with_factor(client, group.everybody[who])
    return client


def words(client: Client, url: str) -> str:
    return " ".join(plain(client.get(url).content.decode()).split())


def test_each_lesson_says_why_and_where_it_was_seen() -> None:
    group = project_with(["plan: cash", "answer: price"])
    page = as_(group).get(address(group))
    assert [one.hint.url for one in page.context["cards"]] == [
        "/fr/formations/cash-and-seasons/twelve-months", "/fr/formations/price-and-margin/unit-cost",
    ]  # fmt: skip
    text = words(as_(group), address(group))
    assert "L’argent manque : la caisse passe sous son minimum" in text
    assert "Savez-vous à quel prix vous vendrez" in text
    assert f"/plans/{Plan.objects.get().pk}" in page.content.decode()


def test_a_group_that_lacks_nothing_is_told_so_and_strangers_find_nothing() -> None:
    group = project_with([])
    assert "Aucune leçon ne s’impose aujourd’hui" in words(as_(group), address(group))
    for who in ("person", "other advisor", "delegate", "administrator"):
        assert as_(group, who).get(address(group)).status_code == 404
    assert Client().get(address(group)).status_code == 302


def test_it_is_read_in_arabic() -> None:
    group = project_with(["answer: price"])
    page = as_(group).get(address(group, language="ar")).content.decode()
    assert 'dir="rtl"' in page
    assert "/ar/formations/price-and-margin/unit-cost" in page


def test_the_alert_of_a_plan_names_a_lesson() -> None:
    group = project_with(["plan: cash"])
    page = as_(group).get(address(group, f"/plans/{Plan.objects.get().pk}")).content.decode()
    assert "Leçon :" in plain(page)
    assert "/fr/formations/cash-and-seasons/twelve-months" in page


def test_the_result_of_the_diagnosis_names_our_lesson_and_other_programmes_apart() -> None:
    group = project_with([])
    answered(group, weakest())
    page = as_(group).get(address(group, "/autodiagnostic/1"))
    assert all(one.lesson is not None for one in page.context["advice"])
    assert all(way.url.startswith("/") for one in page.context["advice"] for way in one.ways)
    assert [way.url for way in page.context["others"]] == list(
        dict.fromkeys(way.url for way in page.context["others"])
    )


def test_the_check_of_the_creation_file_names_a_lesson() -> None:
    group = project_with(["file: quorum"])
    page = as_(group).get(address(group, "/creation/verification")).content.decode()
    assert "/formations/preparing-an-assembly/quorum-and-vote" in page


def test_a_missing_paper_of_a_request_names_a_lesson() -> None:
    group = project_with([])
    made = open_one(group.project, group.inside["owner"])
    page = as_(group).get(address(group, f"/dossiers/{made.pk}")).content.decode()
    assert "/formations/statutes-and-assembly/what-statutes-say" in page


def test_naming_lessons_costs_one_query_whatever_the_number_of_lines() -> None:
    group = project_with([])
    made = open_one(group.project, group.inside["owner"])
    client = as_(group)
    url = address(group, f"/dossiers/{made.pk}")
    client.get(url)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    before = cost()
    made.ticks.create(key="paper:minutes", ticked_by=group.inside["owner"])  # one hint less
    assert cost() == before


def test_a_partner_s_course_is_named_for_the_lack_it_says_it_answers() -> None:
    group = project_with(["answer: price"])
    owner = group.inside["owner"]
    partner = make_partner(**pasted())
    course = make_course(partner, answers=("diagnosis:price",))
    make_course(partner, title_fr="Sans réponse")
    make_course(partner, title_fr="Brouillon", answers=("diagnosis:price",), published=False)
    make_course(partner, title_fr="Autre chose", answers=("diagnosis:statutes",))
    text = words(as_(group), address(group))
    told = text[text.index("Chez des partenaires") :]
    assert f'href="/fr/formations/partenaires/{course.pk}"' in told
    assert "Savez-vous à quel prix vous vendrez" in told
    assert all(one not in told for one in ("Sans réponse", "Brouillon", "Autre chose"))
    assert "تحديد الثمن" in words(as_(group), address(group, language="ar"))
    PartnerResult.objects.filter(pk=opened(course, owner).pk).update(completed_at=NOW)
    assert "Chez des partenaires" not in words(as_(group), address(group))
