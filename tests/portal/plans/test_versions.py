"""Versions: kept with a note or by the site itself, never too many, and brought back without losing the present."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.people.models import User
from bpc.portal.plans import keeping
from bpc.portal.plans.editing import Conflict, undo_last
from bpc.portal.plans.keeping import TooManyVersions
from bpc.portal.plans.models import Plan, PlanVersion
from bpc.portal.plans.versions import keep_version, restore_version, versions_of
from tests.portal.plans.plan_world import NOW, edit, small_document, world

pytestmark = pytest.mark.django_db


def keep(plan: Plan, actor: User, note: str = "Avant la réunion") -> PlanVersion:
    return keep_version(plan=plan, actor=actor, note=note, language="fr", at=NOW)


def test_a_version_is_kept_with_who_when_and_why() -> None:
    group, plan = world()
    edit(plan, group.inside["owner"], 1, {"products.oil.price": 120})
    version = keep(plan, group.inside["editor"], "  Avant  la réunion ")
    plan.refresh_from_db()
    assert (version.number, version.revision, version.automatic) == (1, 2, False)
    assert (version.note, version.made_by, version.made_at) == (
        "Avant la réunion",
        group.inside["editor"],
        NOW,
    )
    assert (version.document, version.headline, version.input_hash) == (
        plan.document,
        plan.headline,
        plan.input_hash,
    )
    assert keep(plan, group.inside["owner"], "").language == ""
    assert [row.number for row in versions_of(plan)] == [2, 1]


def test_a_version_comes_back_and_the_present_is_kept() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    first = keep(plan, owner)
    edit(plan, owner, 1, {"products.oil.price": 120, "loans.bank": None})
    saved = restore_version(version=first, actor=owner, base_revision=2, at=NOW)
    plan.refresh_from_db()
    assert (saved.revision, plan.document) == (3, first.document)
    assert {(one.kind, one.path) for one in plan.edits.filter(revision=3)} == {
        ("restore", "products.oil.price"),
        ("restore", "loans.bank"),
    }
    kept = versions_of(plan)[0]
    assert (kept.number, kept.automatic, kept.document["products"][0]["price"]) == (2, True, 120)
    undo_last(plan=plan, actor=owner, at=NOW)
    plan.refresh_from_db()
    assert plan.document["products"][0]["price"] == 120


def test_a_version_does_not_come_back_over_what_somebody_just_changed() -> None:
    group, plan = world()
    first = keep(plan, group.inside["owner"])
    edit(plan, group.inside["editor"], 1, {"products.oil.price": 120})
    with pytest.raises(Conflict) as caught:
        restore_version(version=first, actor=group.inside["owner"], base_revision=1, at=NOW)
    (clash,) = caught.value.clashes
    assert (clash.path, clash.yours, clash.theirs) == ("products.oil.price", 100, 120)
    assert PlanVersion.objects.count() == 1
    restore_version(version=first, actor=group.inside["owner"], base_revision=2, at=NOW)


def test_a_version_that_is_no_longer_read_restores_nothing() -> None:
    group, plan = world()
    first = keep(plan, group.inside["owner"])
    PlanVersion.objects.update(document=small_document(old_field=1))
    with pytest.raises(InvalidPlan):
        restore_version(version=first, actor=group.inside["owner"], base_revision=1, at=NOW)
    plan.refresh_from_db()
    assert plan.revision == 1


def test_the_site_keeps_a_version_by_itself_every_so_many_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "KEPT_EVERY", 3)
    monkeypatch.setattr(keeping, "MOST_AUTOMATIC", 2)
    group, plan = world()
    owner = group.inside["owner"]
    for price in range(101, 114):
        edit(plan, owner, price - 100, {"products.oil.price": price})
    kept = [(row.number, row.revision, row.automatic) for row in versions_of(plan)]
    # at revisions 4, 7, 10 and 13; the two oldest made room
    assert kept == [(4, 13, True), (3, 10, True)]
    assert PlanVersion.objects.get(number=3).document["products"][0]["price"] == 109


def test_versions_people_keep_are_never_dropped_and_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_VERSIONS", 3)
    monkeypatch.setattr(keeping, "KEPT_EVERY", 1)
    group, plan = world()
    owner = group.inside["owner"]
    keep(plan, owner)
    edit(plan, owner, 1, {"years": 6})
    edit(plan, owner, 2, {"years": 7})
    assert PlanVersion.objects.filter(automatic=True).count() == 1
    keep(plan, owner)
    keep(plan, owner)  # the automatic one makes room
    assert list(PlanVersion.objects.values_list("automatic", flat=True)) == [False] * 3
    with pytest.raises(TooManyVersions):
        keep(plan, owner)
    edit(plan, owner, 3, {"years": 8})  # goes on without an automatic version
    assert PlanVersion.objects.count() == 3


def test_only_those_who_change_the_plan_keep_or_restore_versions() -> None:
    group, plan = world()
    version = keep(plan, group.inside["owner"])
    for name, person in group.everybody.items():
        if name in {"owner", "editor"}:
            continue
        with pytest.raises(PermissionDenied):
            keep(plan, person)
        with pytest.raises(PermissionDenied):
            restore_version(version=version, actor=person, base_revision=1, at=NOW)
    assert PlanVersion.objects.count() == 1


def test_a_note_has_its_language_in_the_database_too() -> None:
    group, plan = world()
    version = keep(plan, group.inside["owner"])
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(language="")
