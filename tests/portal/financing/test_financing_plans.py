"""A study is kept whole or not at all, one stands for each scenario, and the group alone decides."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.financing import studying
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.models.financing_plans import MOST_STUDIES
from bpc.portal.financing.plan_queries import current_study, history_of
from bpc.portal.financing.studies import Options, UnreadableStudy, read_options, read_study
from bpc.portal.financing.studying import (
    NoSuchProposal,
    TooManyStudies,
    mark_accepted,
    with_back,
    with_struck,
    withdraw_study,
)
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.journeys.study_financing import wished_first
from bpc.portal.people.departure import delete_account
from bpc.portal.people.personal_data import export
from tests.portal.financing.financing_world import (
    impossible_study,
    kept,
    small_need,
    small_proposal,
    small_study,
)
from tests.portal.plans.plan_world import NOW, world

pytestmark = pytest.mark.django_db


def test_a_study_comes_back_as_it_was_kept() -> None:
    group, plan = world()
    study = small_study(small_proposal(), small_proposal("time", cost=4_000.0, optimistic=True))
    row = kept(plan, group.inside["owner"], study, own_cash=12_000, struck=("banque",))
    row.refresh_from_db()
    assert (row.number, row.state, row.plan_key, row.plan_revision) == (1, "proposed", plan.pk, 1)
    assert read_study(row.study) == study
    assert read_options(row.options) == Options(own_cash=12_000, struck=("banque",))
    assert study.need.to_find == 62_000
    assert study.proposals[0].total == 62_000
    (entry,) = trail_of(row)
    assert (entry.verb, entry.data) == ("study financing", {"plan": plan.pk, "proposals": 2})


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"surprise": 1},
        {"proposals": [], "reasons": []},
        {"proposals": [{"goal": "cost"}]},
        {"need": {"base_cash": [1.0], "outlays": [1.0, 2.0], "floor": 0, "eligible_cost": 0}},
    ],
)
def test_half_a_study_is_refused(change: dict[str, Any]) -> None:
    stored = small_study().model_dump(mode="json")
    with pytest.raises(UnreadableStudy):
        read_study({**stored, **change})


def test_a_proposal_writes_only_who_pays() -> None:
    with pytest.raises(ValueError, match="say who pays"):
        small_proposal(funding={"products": []})
    with pytest.raises(ValueError, match="say who pays"):
        small_proposal(funding={"loans": ["x" * 200_000]})
    with pytest.raises(ValueError, match="of one length"):
        small_study(need=small_need(base_cash=(1.0,), outlays=(1.0,)))


def test_a_source_struck_out_is_not_forced() -> None:
    with pytest.raises(UnreadableStudy):
        read_options({"struck": ["fda"], "forced": ["fda"]})
    options = with_struck(Options(forced=("fda", "tamwil")), "fda")
    assert (options.struck, options.forced) == (("fda",), ("tamwil",))
    assert with_back(options, "fda").struck == ()


def test_a_new_study_replaces_the_last_one_of_its_scenario() -> None:
    group, plan = world()
    owner = group.inside["owner"]
    first, second = kept(plan, owner), kept(plan, group.inside["editor"], impossible_study())
    first.refresh_from_db()
    assert (first.state, first.version, second.number) == ("outdated", 2, 2)
    assert current_study(group.project) == second
    assert [row.number for row in history_of(group.project)] == [2, 1]


def test_what_matters_most_comes_first_and_doubts_last() -> None:
    study = small_study(
        small_proposal("cost"),
        small_proposal("time", also=("own_cash",)),
        small_proposal("own_cash", optimistic=True),
    )
    order = [(one.goal, one.optimistic) for one in wished_first(study, "own_cash").proposals]
    assert order == [("time", False), ("cost", False), ("own_cash", True)]


def test_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    group, plan = world()
    monkeypatch.setattr(studying, "MOST_STUDIES", 3)
    owner = group.inside["owner"]
    accepted = kept(plan, owner)
    mark_accepted(financing=accepted, chosen=0, accepted_revision=2, actor=owner, at=NOW)
    for _ in range(4):
        kept(plan, owner)
    assert [row.number for row in history_of(group.project)] == [5, 4, 3, 1]
    assert MOST_STUDIES == 60


def test_nobody_calculates_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    group, plan = world()
    monkeypatch.setattr(studying, "STUDIES_AT_ONCE", 2)
    owner = group.inside["owner"]
    kept(plan, owner)
    kept(plan, owner)
    with pytest.raises(TooManyStudies):
        kept(plan, owner)
    kept(plan, owner, at=NOW + timedelta(minutes=11))
    assert FinancingPlan.objects.count() == 3


def test_accepted_once_and_the_one_before_gives_way() -> None:
    group, plan = world()
    owner, editor = group.inside["owner"], group.inside["editor"]
    first = kept(plan, owner)
    with pytest.raises(NoSuchProposal):
        mark_accepted(financing=first, chosen=1, accepted_revision=2, actor=owner, at=NOW)
    mark_accepted(financing=first, chosen=0, accepted_revision=2, actor=editor, at=NOW)
    assert (first.state, first.chosen, first.accepted_revision) == ("accepted", 0, 2)
    assert (first.decided_by, first.decided_at) == (editor, NOW)
    with pytest.raises(IllegalMove):
        mark_accepted(financing=first, chosen=0, accepted_revision=2, actor=owner, at=NOW)
    second = kept(plan, owner)
    mark_accepted(financing=second, chosen=0, accepted_revision=3, actor=owner, at=NOW)
    first.refresh_from_db()
    assert (first.state, second.state) == ("outdated", "accepted")
    assert [entry.verb for entry in trail_of(first)] == [
        "study financing",
        "accept financing",
        "replace financing",
    ]


def test_withdrawn_by_the_group_alone() -> None:
    group, plan = world()
    row = kept(plan, group.inside["owner"])
    for name in ("reader", "advisor"):
        with pytest.raises(PermissionDenied):
            withdraw_study(financing=row, actor=group.inside[name], at=NOW)
        with pytest.raises(PermissionDenied):
            kept(plan, group.inside[name])
        with pytest.raises(PermissionDenied):
            mark_accepted(financing=row, chosen=0, accepted_revision=2, actor=group.inside[name], at=NOW)
    for name in ("person", "administrator"):
        with pytest.raises(PermissionDenied):
            kept(plan, group.outside[name])
    withdraw_study(financing=row, actor=group.inside["editor"], at=NOW)
    assert row.state == "withdrawn"
    with pytest.raises(IllegalMove):
        withdraw_study(financing=row, actor=group.inside["editor"], at=NOW)


def test_one_s_own_studies_are_exported_and_lose_the_name_at_leaving() -> None:
    group, plan = world()
    editor = group.inside["editor"]
    row = kept(plan, editor)
    rows = {holding.key: held for holding, held in export(editor)}["financing_plans"]
    assert [(one["code"], one["number"]) for one in rows] == [(group.project.reference, 1)]
    delete_account(user=editor, actor=editor, at=NOW)
    row.refresh_from_db()
    assert (row.made_by, row.state) == (None, "proposed")
