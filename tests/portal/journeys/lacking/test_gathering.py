"""What a project lacks, as the person may see it; what is put right is no longer a lack."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.journeys.lacking.gather import lacks_of
from bpc.portal.journeys.lacking.lessons import advised
from bpc.portal.learning.models import Following
from bpc.portal.plans.models import Plan
from bpc.portal.projects.models import Project
from bpc.portal.training.catalogue import catalogue
from tests.portal.applications.application_world import open_one, put_paper
from tests.portal.diagnosis.diagnosis_world import answered, strongest, weakest
from tests.portal.founding.founding_world import complete
from tests.portal.journeys.lacking.lacking_world import SOUND, project_with, stand_at
from tests.portal.plans.plan_world import edit, make_plan
from tests.portal.projects.project_world import Group

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def codes(group: Group, who: str = "owner") -> set[str]:
    return {one.code for one in lacks_of(group.project, group.everybody[who], TODAY)}


def lessons(group: Group) -> set[str]:
    found = advised(group.project, group.inside["owner"], TODAY)
    return {f"{one.course.code}/{one.lesson.code}" for one in found.lessons}


def test_money_found_takes_the_lesson_on_cash_away() -> None:
    group = project_with(["plan: cash"])
    assert "cash-and-seasons/twelve-months" in lessons(group)
    edit(Plan.objects.get(), group.inside["owner"], 1, {"shares": SOUND["shares"]})
    assert lessons(group) == set()


def test_a_better_answer_takes_its_lesson_away() -> None:
    group = project_with(["answer: price"])
    assert lessons(group) == {"price-and-margin/unit-cost"}
    answered(group, strongest())
    assert lessons(group) == set()


def test_what_the_site_learnt_since_stands_in_for_a_weak_answer() -> None:
    group = project_with(["plan: none"])
    answered(group, {**strongest(), "plan": weakest()["plan"]})
    assert "diagnosis:plan" in codes(group)
    make_plan(group, **SOUND)
    assert "diagnosis:plan" not in codes(group)


def test_a_paper_put_in_the_vault_is_no_longer_missing() -> None:
    group = project_with([])
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    assert {"piece:statutes", "piece:minutes", "piece:accounts"} <= codes(group)
    put_paper(group.project, owner, "statutes")
    made.ticks.create(key="paper:minutes", ticked_by=owner)
    assert not {"piece:statutes", "piece:minutes"} & codes(group)
    assert "piece:accounts" in codes(group)


def test_readers_do_not_learn_what_the_vault_lacks_nor_who_is_asked() -> None:
    group = project_with(["plan: cash"])
    open_one(group.project, group.inside["owner"])
    assert {one.partition(":")[0] for one in codes(group)} == {"plan", "piece", "need"}
    assert {one.partition(":")[0] for one in codes(group, "advisor")} == {"plan", "piece", "need"}
    assert codes(group, "reader") == {"plan:E05"}
    for who in group.outside:
        assert codes(group, who) == set()


def test_a_lesson_done_is_not_named_again_and_is_told_as_learnt() -> None:
    group = project_with(["answer: price"])
    owner, course = group.inside["owner"], catalogue()["price-and-margin"]
    Following.objects.create(user=owner, course_id=course.key, done_lessons=["unit-cost"])
    found = advised(group.project, owner, TODAY)
    assert [one.lesson.code for one in found.learnt] == ["unit-cost"]
    assert "unit-cost" not in {one.lesson.code for one in found.lessons}
    assert {reason.code for one in found.learnt for reason in one.reasons} == {"diagnosis:price"}


def test_all_of_it_costs_the_same_whatever_is_lacking() -> None:
    def cost(group: Group) -> int:
        project, owner = Project.objects.get(pk=group.project.pk), group.inside["owner"]
        with CaptureQueriesContext(connection) as queries:
            assert lacks_of(project, owner, TODAY)
        return len(queries)

    def full(answers: Any) -> Group:
        group, _file = complete()
        make_plan(group, **{**SOUND, "members": {"count": 4}})
        stand_at(group, "statutes_draft")
        answered(group, answers)
        open_one(group.project, group.inside["owner"])
        return group

    one = {**strongest(), "price": weakest()["price"]}
    cost(full(one))  # the catalogues are read once
    assert cost(full(one)) == cost(full(weakest())) <= 45
