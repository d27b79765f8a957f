"""Non-members see nothing of a plan; its group and the advisor it let in see all of it, and no others."""

import pytest
from django.http import Http404

from bpc.portal.foundation.permissions import can, get_visible_or_404, visible
from bpc.portal.plans.models import AssumptionComment, Plan, PlanEdit, PlanVersion
from bpc.portal.projects.actions import archive_project
from bpc.portal.projects.sharing import end_advisor, remove_member
from tests.portal.plans.plan_world import NOW, fill_plan
from tests.portal.projects.project_world import make_group

pytestmark = pytest.mark.django_db
ROOMS = (Plan, PlanVersion, PlanEdit, AssumptionComment)


def test_who_sees_a_plan_and_what_hangs_on_it() -> None:
    group = make_group()
    plan = fill_plan(group.project, group.inside["owner"])
    for name, person in group.everybody.items():
        seen = {model: visible(person, model).count() for model in ROOMS}
        assert seen == dict.fromkeys(ROOMS, 1 if name in group.inside else 0), name
    with pytest.raises(Http404):
        get_visible_or_404(group.outside["administrator"], Plan, pk=plan.pk)


def test_who_may_do_what() -> None:
    group = make_group()
    plan = fill_plan(group.project, group.inside["owner"])
    comment = AssumptionComment.objects.get()
    allowed = {
        right: {name for name, person in group.everybody.items() if can(person, right, thing)}
        for right, thing in (
            ("plans.edit", plan),
            ("plans.comment", plan),
            ("plans.settle_comment", comment),
        )
    }
    assert allowed == {
        "plans.edit": {"owner", "editor"},
        "plans.comment": {"owner", "editor", "advisor"},
        "plans.settle_comment": {"owner", "editor"},
    }
    assert not any(can(group.inside["owner"], right) for right in allowed)


def test_the_owner_decides_and_it_holds_at_once() -> None:
    group = make_group()
    owner, advisor, reader = group.inside["owner"], group.inside["advisor"], group.inside["reader"]
    plan = fill_plan(group.project, owner)
    end_advisor(access=group.project.advisor_accesses.get(), actor=owner, at=NOW)
    remove_member(member=group.project.members.get(user=reader), actor=owner, at=NOW)
    for person in (advisor, reader):
        assert not any(visible(person, model).exists() for model in ROOMS)
        assert not can(person, "plans.comment", plan)
    archive_project(project=group.project, actor=owner, at=NOW)
    archived = Plan.objects.get()
    assert visible(owner, Plan).exists()
    assert not can(owner, "plans.edit", archived)
    assert not can(owner, "plans.comment", archived)
