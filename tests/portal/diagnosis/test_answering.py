"""Answering: the site answers what it knows, « not known » is kept as such, what is finished stays."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.diagnosis.answering import (
    AlreadyFinished,
    NotAllSeen,
    StaleAnswers,
    answer_family,
    begin_diagnosis,
    finish_diagnosis,
    give_up_diagnosis,
)
from bpc.portal.diagnosis.demo import create_demo_diagnoses
from bpc.portal.diagnosis.holdings import _diagnoses, _forget_diagnoses
from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.diagnosis.questions import items_of, questionnaire
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.journeys.diagnosis_facts import diagnosis_facts
from bpc.portal.people.models import User
from bpc.portal.projects.actions import archive_project, set_stage
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Function, Stage
from tests.portal.diagnosis.diagnosis_world import answered, strongest, weakest
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import NOW, Group, add_people, make_group

pytestmark = pytest.mark.django_db


def begin(group: Group, who: str = "owner", **facts: int) -> Diagnosis:
    return begin_diagnosis(project=group.project, facts=facts, actor=group.everybody[who], at=NOW)


def tell(row: Diagnosis, code: str, who: Any, revision: int | None = None, **answers: Any) -> Diagnosis:
    family = questionnaire().family(code)
    assert family is not None
    return answer_family(
        diagnosis=row, family=family, answers=answers, actor=who, at=NOW,
        revision=row.revision if revision is None else revision,
    )  # fmt: skip


def test_only_those_who_edit_the_project_write() -> None:
    group = make_group()
    for who in ("reader", "advisor", "stranger", "delegate", "administrator"):
        with pytest.raises(PermissionDenied):
            begin(group, who)
    row = begin(group, "editor")
    with pytest.raises(PermissionDenied):
        tell(row, "idea", group.inside["advisor"], problem="said")
    with pytest.raises(PermissionDenied):
        finish_diagnosis(diagnosis=row, actor=group.inside["reader"], at=NOW)
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    with pytest.raises(PermissionDenied):
        tell(row, "idea", group.inside["owner"], problem="said")


def test_what_the_site_knows_is_answered_and_said_until_corrected() -> None:
    group = make_group()
    owner = group.inside["owner"]
    row = begin(group, founders=6, registered=1)
    assert row.answers == {"number": "five", "name": "approved", "statutes": "signed"}
    assert row.from_facts == {"number": "founders", "name": "registered", "statutes": "registered"}
    row = tell(row, "founders", owner, number="seven", skills="several")
    assert row.answers["number"] == "seven"
    assert row.from_facts == {"name": "registered", "statutes": "registered"}
    row = tell(row, "law", owner, name="approved", statutes="signed")
    assert row.from_facts == {"name": "registered", "statutes": "registered"}


def test_facts_are_those_of_the_project_and_nothing_is_guessed() -> None:
    group = make_group()
    owner = group.inside["owner"]
    assert diagnosis_facts(group.project) == {}
    add_people(group.project, owner, 3)
    for office in (Function.PRESIDENT, Function.TREASURER):
        founder = Founder(f"Une {office}", office)
        add_person(project=group.project, founder=founder, actor=owner, at=NOW)
    make_plan(group)
    set_stage(project=group.project, stage=Stage.LAUNCH, actor=owner, at=NOW)
    facts = diagnosis_facts(Project.objects.get(pk=group.project.pk))
    assert {name: facts[name] for name in ("founders", "offices", "plan", "registered")} == {
        "founders": 5, "offices": 2, "plan": 1, "registered": 1,
    }  # fmt: skip


def test_not_known_is_kept_and_never_counts_as_weak() -> None:
    group = make_group()
    row = tell(begin(group), "idea", group.inside["owner"], problem=None)
    assert row.answers == {"problem": None, "together": None, "tried": None}
    strengths = {one.code: one.strength for one in items_of(row.answers)}
    assert strengths["problem"] is None
    assert strengths["buyers"] is None
    with pytest.raises(ValueError, match="problem: best"):
        tell(row, "idea", group.inside["owner"], problem="best")


def test_two_people_answering_the_same_family_otherwise_are_told() -> None:
    group = make_group()
    opened = begin(group)
    tell(opened, "idea", group.inside["owner"], problem="said")
    with pytest.raises(StaleAnswers) as stale:
        tell(opened, "idea", group.inside["editor"], 1, problem="heard")
    assert stale.value.current.answers["problem"] == "said"
    # another family, or the same answers, are no quarrel
    tell(opened, "money", group.inside["editor"], 1, plan="none")
    tell(opened, "idea", group.inside["editor"], 1, problem="said")


def test_it_is_finished_once_every_family_was_seen_and_then_stays() -> None:
    group = make_group()
    owner = group.inside["owner"]
    row = tell(begin(group), "idea", owner, problem="said")
    with pytest.raises(NotAllSeen) as unseen:
        finish_diagnosis(diagnosis=row, actor=owner, at=NOW)
    assert unseen.value.family == "founders"
    for family in questionnaire().families[1:]:
        row = tell(row, family.id, owner)
    done = finish_diagnosis(diagnosis=row, actor=owner, at=NOW)
    assert done.finished_at == NOW
    with pytest.raises(AlreadyFinished):
        tell(done, "idea", owner, problem="proved")
    with pytest.raises(AlreadyFinished):
        give_up_diagnosis(diagnosis=done, actor=owner, at=NOW)
    assert begin(group).number == 2
    verbs = (
        AuditEntry.objects.filter(verb__contains="diagnosis")
        .exclude(verb="answer diagnosis")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["begin diagnosis", "finish diagnosis", "begin diagnosis"]


def test_begun_twice_is_one_and_given_up_is_gone() -> None:
    group = make_group()
    row = begin(group)
    assert begin(group, "editor").pk == row.pk
    give_up_diagnosis(diagnosis=row, actor=group.inside["editor"], at=NOW)
    assert not Diagnosis.objects.exists()


def test_who_leaves_leaves_no_name() -> None:
    group = make_group()
    answered(group, weakest())
    owner = group.inside["owner"]
    assert [row["ended"] for row in _diagnoses(owner)] == [NOW]
    _forget_diagnoses(owner)
    assert not _diagnoses(owner)
    row = Diagnosis.objects.get()
    assert (row.started_by, row.finished_by) == (None, None)


def test_the_demonstration_shows_a_progress() -> None:
    group = make_group()
    Project.objects.filter(pk=group.project.pk).update(is_demo=True)
    User.objects.filter(pk=group.inside["owner"].pk).update(is_demo=True)
    assert [create_demo_diagnoses(lambda project: {"founders": 6}) for _ in range(2)] == [3, 0]
    first, then, begun = Diagnosis.objects.order_by("number")
    assert (begun.finished_at, begun.answers) == (None, {"number": "five"})
    known = [sum(one.strength or 0 for one in items_of(row.answers)) for row in (first, then)]
    assert known[1] > known[0] + 3
    assert set(strongest()) == set(first.answers)
