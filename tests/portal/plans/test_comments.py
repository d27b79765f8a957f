"""Remarks on assumptions: by the group and its advisor, read by all who see the plan, closed when dealt with."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import visible
from bpc.portal.plans import comments
from bpc.portal.plans.comments import (
    TooManyComments,
    comment_assumption,
    comments_by_path,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from bpc.portal.plans.editing import PlanGone
from bpc.portal.plans.models import AssumptionComment, Plan
from bpc.portal.projects.actions import archive_project
from tests.portal.plans.plan_world import NOW, edit, world

pytestmark = pytest.mark.django_db


def say(
    plan: Plan, actor: Any, text: str = "Trop cher ?", path: str = "products.oil.price", at: Any = NOW
) -> Any:
    return comment_assumption(plan=plan, path=path, text=text, language="fr", actor=actor, at=at)


def test_the_group_and_its_advisor_say_what_they_think() -> None:
    group, plan = world()
    for name, person in group.everybody.items():
        if name in {"owner", "editor", "advisor"}:
            say(plan, person)
        else:
            with pytest.raises(PermissionDenied):
                say(plan, person)
    say(plan, group.inside["owner"], path="", text="ممتاز")
    found = comments_by_path(plan)
    assert {path: [row.author for row in rows] for path, rows in found.items()} == {
        "products.oil.price": [group.inside["owner"], group.inside["editor"], group.inside["advisor"]],
        "": [group.inside["owner"]],
    }
    for name, person in group.everybody.items():
        assert visible(person, AssumptionComment).count() == (4 if name in group.inside else 0)


def test_the_same_words_sent_twice_are_one_remark() -> None:
    group, plan = world()
    assert say(plan, group.inside["owner"]) == say(plan, group.inside["owner"], "  Trop cher ? ")
    assert say(plan, group.inside["editor"]) != say(plan, group.inside["owner"])
    assert AssumptionComment.objects.count() == 2


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_remark_says_something_short(text: str) -> None:
    group, plan = world()
    with pytest.raises(ValueError, match="1 to 1000"):
        say(plan, group.inside["owner"], text)


def test_a_remark_is_on_a_path_or_on_the_plan() -> None:
    group, plan = world()
    with pytest.raises(InvalidPlan):
        say(plan, group.inside["owner"], path="../x")


def test_a_remark_stays_when_its_assumption_goes() -> None:
    group, plan = world()
    say(plan, group.inside["advisor"], path="loans.bank.months")
    edit(plan, group.inside["owner"], 1, {"loans.bank": None})
    assert list(comments_by_path(plan)) == ["loans.bank.months"]


def test_who_closes_and_who_takes_back() -> None:
    group, plan = world()
    owner, editor, advisor, reader = (group.inside[who] for who in ("owner", "editor", "advisor", "reader"))
    one = say(plan, advisor)
    for person in (reader, *group.outside.values()):
        with pytest.raises(PermissionDenied):
            resolve_comment(comment=one, actor=person, at=NOW)
    resolve_comment(comment=one, actor=editor, at=NOW)
    resolve_comment(comment=one, actor=owner, at=NOW + timedelta(days=1))
    one.refresh_from_db()
    assert (one.resolved_at, one.resolved_by) == (NOW, editor)
    assert comments_by_path(plan) == {}
    assert list(comments_by_path(plan, resolved=True)) == ["products.oil.price"]
    reopen_comment(comment=one, actor=advisor, at=NOW)
    assert len(comments_by_path(plan)["products.oil.price"]) == 1
    two = say(plan, owner)
    with pytest.raises(PermissionDenied):
        resolve_comment(comment=two, actor=advisor, at=NOW)
    with pytest.raises(PermissionDenied):
        withdraw_comment(comment=one, actor=owner, at=NOW)
    withdraw_comment(comment=one, actor=advisor, at=NOW)
    with pytest.raises(PlanGone):
        withdraw_comment(comment=one, actor=advisor, at=NOW)
    archive_project(project=group.project, actor=owner, at=NOW)
    with pytest.raises(PermissionDenied):
        say(plan, advisor)


def test_too_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "COMMENTS_AT_ONCE", 2)
    monkeypatch.setattr(comments, "MOST_COMMENTS", 4)
    group, plan = world()
    for text in ("Un", "Deux"):
        say(plan, group.inside["owner"], text)
    with pytest.raises(TooManyComments):
        say(plan, group.inside["owner"], "Trois")
    later = NOW + timedelta(minutes=11)
    for text in ("Trois", "Quatre"):
        say(plan, group.inside["owner"], text, at=later)
    with pytest.raises(TooManyComments):
        say(plan, group.inside["editor"], "Cinq", at=later)
