"""A proposal accepted is written in the plan in one revision, opens its applications, and can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.applications.models import Application
from bpc.portal.financing.studying import NoSuchProposal
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.journeys.accept_financing import Outdated, accept_financing, take_back_financing
from bpc.portal.plans.editing import PlanGone
from bpc.portal.plans.scenarios import delete_scenario
from tests.portal.financing.financing_world import kept, small_proposal, small_study
from tests.portal.plans.plan_world import NOW, edit, make_plan, world

pytestmark = pytest.mark.django_db


def test_the_loans_and_grants_are_written_in_one_revision() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    row = kept(plan, owner)
    saved = accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    plan.refresh_from_db()
    assert (plan.revision, saved.revision, row.accepted_revision) == (2, 2, 2)
    assert [loan["id"] for loan in plan.document["loans"]] == ["tamwil"]
    assert plan.document["grants"][0]["amount"] == 30_000
    assert plan.document["products"][0]["id"] == "oil"  # the rest of the plan is as it was
    assert (row.state, row.chosen) == ("accepted", 0)
    assert {one.path.split(".")[0] for one in saved.changed} == {"loans", "grants"}


def test_a_file_is_opened_for_each_source_and_none_for_the_bridge() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    parts = tuple(
        part.model_copy(update={"source": slug})
        for part, slug in zip(
            small_proposal().parts, ("fda-materiel-agricole", "tamwil-el-fellah", ""), strict=True
        )
    )
    row = kept(plan, owner, small_study(small_proposal(parts=parts)))
    accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    opened = Application.objects.filter(project=group.project).values_list("source_slug", "amount_asked")
    assert sorted(opened) == [("fda-materiel-agricole", 30_000), ("tamwil-el-fellah", 20_000)]


def test_a_plan_that_moved_on_is_left_alone() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    row = kept(plan, owner)
    edit(plan, owner, 1, {"years": 6})
    with pytest.raises(Outdated):
        accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    plan.refresh_from_db()
    row.refresh_from_db()
    assert (plan.revision, row.state, Application.objects.count()) == (2, "proposed", 0)


def test_no_other_proposal_and_no_second_time() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    row = kept(plan, owner)
    with pytest.raises(NoSuchProposal):
        accept_financing(financing=row, chosen=3, actor=owner, at=NOW)
    accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    with pytest.raises(IllegalMove):
        accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    plan.refresh_from_db()
    assert plan.revision == 2


def test_only_those_who_change_the_project_accept_or_take_back() -> None:
    group, plan = world()
    row = kept(plan, group.inside["owner"])
    for person in (group.inside["reader"], group.inside["advisor"], group.outside["administrator"]):
        with pytest.raises(PermissionDenied):
            accept_financing(financing=row, chosen=0, actor=person, at=NOW)
    accept_financing(financing=row, chosen=0, actor=group.inside["editor"], at=NOW)
    with pytest.raises(PermissionDenied):
        take_back_financing(financing=row, actor=group.inside["reader"], at=NOW)


def test_taken_back_the_plan_is_as_before() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    before = dict(plan.document)
    row = kept(plan, owner)
    accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    take_back_financing(financing=row, actor=owner, at=NOW)
    plan.refresh_from_db()
    assert (plan.revision, row.state) == (3, "withdrawn")
    assert (plan.document["loans"], plan.document.get("grants")) == (before["loans"], before.get("grants"))
    with pytest.raises(Outdated):
        take_back_financing(financing=row, actor=owner, at=NOW)


def test_changed_since_it_is_not_taken_back() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    row = kept(plan, owner)
    accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
    plan.refresh_from_db()
    edit(plan, owner, 2, {"years": 6})
    with pytest.raises(Outdated):
        take_back_financing(financing=row, actor=owner, at=NOW)
    row.refresh_from_db()
    assert row.state == "accepted"


def test_a_scenario_deleted_meanwhile() -> None:
    group, _plan = world()
    owner = group.inside["owner"]
    other = make_plan(group, name="Autre")
    row = kept(other, owner)
    delete_scenario(plan=other, actor=owner, at=NOW)
    with pytest.raises(PlanGone):
        accept_financing(financing=row, chosen=0, actor=owner, at=NOW)
