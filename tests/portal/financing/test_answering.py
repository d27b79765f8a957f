"""Answers of a project: kept by its group, read where the site already knows, never mixed."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.financing.answering import (
    StaleAnswer,
    answer_questions,
    said_by,
    take_back_answer,
)
from bpc.portal.financing.models import FundingProfile
from bpc.portal.foundation.audit import trail_of
from bpc.portal.funding.profile_answers import AnswerFault, InvalidAnswers
from bpc.portal.journeys.project_funding import answers_of, answers_of_many
from bpc.portal.people.models import Organisation
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.models import Project
from tests.portal.plans.plan_world import begin_plan
from tests.portal.projects.project_world import NOW, Group, make_group
from tests.portal.register.register_world import make_cooperative
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db


def say(group: Group, answers: dict[str, Any], who: str = "editor", revision: int | None = None) -> Any:
    """One form sent."""
    base = said_by(group.project).revision if revision is None else revision
    return answer_questions(
        project=group.project, answers=answers, revision=base, actor=group.everybody[who], at=NOW
    )


def test_members_with_the_right_answer_and_the_trail_names_the_fields() -> None:
    group = make_group()
    say(group, {"annual_turnover_mad": 450_000, "members": None})
    profile = FundingProfile.objects.get()
    assert profile.answers == {"annual_turnover_mad": 450_000, "members": None}
    assert (profile.revision, profile.changed_by) == (1, group.inside["editor"])
    assert trail_of(group.project).last().data == {"fields": ["annual_turnover_mad", "members"]}  # type: ignore[union-attr]
    say(group, {"annual_turnover_mad": 450_000})
    assert FundingProfile.objects.get().revision == 1
    for who in ("reader", "advisor", "person", "delegate", "administrator"):
        with pytest.raises(PermissionDenied):
            say(group, {"rural": True}, who)


def test_an_answer_that_cannot_be_kept_leaves_all_as_it_was() -> None:
    group = make_group()
    say(group, {"members": 5})
    with pytest.raises(AnswerFault):
        say(group, {"rural": "oui"})
    with pytest.raises(InvalidAnswers) as refused:
        say(group, {"women": 6})
    assert [path for path, _words in refused.value.faults] == ["women"]
    assert FundingProfile.objects.get().answers == {"members": 5}


def test_two_people_on_the_same_question_the_second_is_told() -> None:
    group = make_group()
    say(group, {"members": 5})
    say(group, {"rural": True}, revision=0)  # another question: nothing to tell
    with pytest.raises(StaleAnswer):
        say(group, {"members": 7}, "owner", revision=0)
    assert say(group, {"members": 5}, "owner", revision=0).answers == {"members": 5, "rural": True}
    take_back_answer(project=group.project, name="members", actor=group.inside["owner"], at=NOW)
    assert FundingProfile.objects.get().answers == {"rural": True}


def test_nothing_that_the_project_knows_is_asked() -> None:
    group = make_group(stage="creation")
    found = answers_of(group.project)
    assert found.answers == {
        "sector": "food",
        "commune": HERE,
        "stage": "creation",
        "legal_form": "cooperative_in_creation",
    }
    assert set(found.origins.values()) == {"project"}


def test_founders_are_counted_only_where_nobody_is_missing() -> None:
    group = make_group()
    owner = group.inside["owner"]
    for name, woman, young in (("A", "yes", "unknown"), ("B", "no", "yes"), ("C", "yes", "no")):
        add_person(
            project=group.project, founder=Founder(name, woman=woman, young=young), actor=owner, at=NOW
        )
    found = answers_of(group.project).answers
    assert (found["members"], found["women"], found["women_or_youth"]) == (3, 2, 3)
    assert "youth" not in found
    add_person(project=group.project, founder=Founder("D"), actor=owner, at=NOW)
    assert {"women", "youth", "women_or_youth"}.isdisjoint(answers_of(group.project).answers)


def test_the_plan_gives_amounts_with_vat_and_the_register_its_day() -> None:
    group = make_group()
    organisation = Organisation.objects.create(kind="cooperative", name="Tifaouine")
    make_cooperative(
        organisation=organisation, registered_on=date(2021, 3, 4), members=12, women=12, youth=None
    )
    Project.objects.filter(pk=group.project.pk).update(organisation=organisation)
    group.project.refresh_from_db()
    asset = {"id": "press", "name": "Presse", "amount": 60_000, "life_years": 10, "vat_rate": 0.2}
    begin_plan(group.project, group.inside["owner"], assets=[asset], contingency=0.1)
    found = answers_of(group.project)
    assert found.answers["project_cost_mad"] == 79_200
    assert (found.answers["own_cash_mad"], found.answers["loan_amount_mad"]) == (50_000, 30_000)
    assert (found.answers["registered_on"], found.answers["legal_form"]) == ("2021-03-04", "cooperative")
    assert (found.answers["members"], found.origins["members"]) == (12, "register")
    assert found.origins["project_cost_mad"] == "plan"


def test_what_the_group_says_holds_and_the_difference_is_told() -> None:
    group = make_group()
    owner = group.inside["owner"]
    add_person(project=group.project, founder=Founder("A", woman="yes"), actor=owner, at=NOW)
    say(group, {"members": 20, "sector": "crafts", "jobs_created": None})
    found = answers_of(group.project)
    assert (found.answers["members"], found.origins["members"]) == (20, "said")
    assert "women" not in found.answers  # one woman of one founder is not one of twenty members
    assert found.elsewhere == {"members": 1, "sector": "food"}
    assert found.declined == {"jobs_created"}


def test_many_projects_cost_the_same_queries(django_assert_num_queries: Any) -> None:
    groups = [make_group() for _ in range(9)]
    for group in groups:
        begin_plan(group.project, group.inside["owner"])
    projects = [group.project for group in groups]
    answers_of_many(projects[:1])  # the rules of the sources are held from here on
    for some in (projects[:3], projects):
        with django_assert_num_queries(5):  # no organisation: the register is not asked
            assert len(answers_of_many(some)) == len(some)
