"""What a person takes away of plans; when they leave, their work stays to the group and their name goes."""

import json

import pytest

from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import export
from bpc.portal.plans.comments import comment_assumption, resolve_comment
from bpc.portal.plans.editing import Conflict
from bpc.portal.plans.models import AssumptionComment, Plan, PlanEdit, PlanVersion
from bpc.portal.plans.versions import keep_version
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import NOW, edit, world
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def exported(user: User) -> dict[str, list[dict[str, object]]]:
    return {holding.key: rows for holding, rows in export(user)}


def test_the_export_holds_one_s_own_edits_versions_and_remarks_and_nobody_else_s() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    edit(plan, owner, 1, {"products.oil.price": 120})
    keep_version(plan=plan, actor=owner, note="Avant la réunion", language="fr", at=NOW)
    comment_assumption(plan=plan, path="years", text="Assez long ?", language="fr", actor=editor, at=NOW)
    mine = exported(owner)
    (row,) = mine["plan_edits"]
    assert (plain(row["assumption"]), row["before"], row["after"]) == (
        "Prix de vente : Huile",
        "100 MAD",
        "120 MAD",
    )
    assert [version["text"] for version in mine["plan_versions"]] == ["Avant la réunion"]
    assert mine["plan_comments"] == []
    assert [said["text"] for said in exported(editor)["plan_comments"]] == ["Assez long ?"]
    assert exported(editor)["plan_edits"] == []
    everything = json.dumps(exported(make_user()), default=str, ensure_ascii=False)
    assert "Prudent" not in everything


def test_leaving_keeps_the_work_and_takes_the_name() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    edit(plan, editor, 1, {"products.oil.price": 120})
    keep_version(plan=plan, actor=editor, note="Avant", language="fr", at=NOW)
    said = comment_assumption(plan=plan, path="", text="Bien", language="fr", actor=editor, at=NOW)
    resolve_comment(comment=said, actor=editor, at=NOW)
    delete_account(user=editor, actor=editor, at=NOW)
    assert list(PlanEdit.objects.values_list("made_by", "new")) == [(None, 120.0)]
    assert list(PlanVersion.objects.values_list("made_by", "note")) == [(None, "Avant")]
    assert list(AssumptionComment.objects.values_list("author", "resolved_by", "text")) == [
        (None, None, "Bien")
    ]
    assert Plan.objects.get().updated_by is None
    with pytest.raises(Conflict) as caught:
        edit(plan, owner, 1, {"products.oil.price": 90})
    assert caught.value.clashes[0].by is None


def test_the_project_of_one_person_goes_with_its_plans() -> None:
    group, plan = world()
    for name in ("editor", "reader"):
        group.project.members.filter(user=group.inside[name]).delete()
    edit(plan, group.inside["owner"], 1, {"years": 6})
    delete_account(user=group.inside["owner"], actor=group.inside["owner"], at=NOW)
    assert not Plan.objects.exists()
    assert not PlanEdit.objects.exists()
