"""Opening a file, telling what happened, taking it back, correcting it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.applications import actions
from bpc.portal.applications.actions import Told, correct_event, open_application, undo_last_step
from bpc.portal.applications.models import Application, ApplicationEvent
from bpc.portal.applications.states import State, Step
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.funding.models import FundingSource
from bpc.portal.people.models import Notification
from bpc.portal.projects.actions import archive_project
from tests.portal.applications.application_world import NOW, SOURCE, TODAY, open_one, tell
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db


def _sent() -> tuple[Group, Application]:
    group = make_group()
    made = open_one(group.project, group.inside["owner"])
    tell(made, group.inside["owner"], Step.SEND, TODAY - timedelta(days=20))
    return group, made


def test_one_file_runs_for_a_source_and_its_amount_follows_while_it_is_prepared() -> None:
    group = make_group()
    first = open_one(group.project, group.inside["owner"], amount=100_000)
    again = open_one(group.project, group.inside["editor"], amount=120_000)
    assert (again.pk, again.source_name_fr) == (first.pk, first.source_name_fr)
    assert Application.objects.get().amount_asked == Decimal(120_000)
    tell(first, group.inside["owner"], Step.SEND)
    open_one(group.project, group.inside["owner"], amount=90_000)
    assert Application.objects.get().amount_asked == Decimal(120_000)
    tell(first, group.inside["owner"], Step.REFUSE, refusal="budget")
    assert open_one(group.project, group.inside["owner"]).pk != first.pk


def test_a_source_that_groups_rely_on_is_verified_sooner() -> None:
    group = make_group()
    open_one(group.project, group.inside["owner"])
    open_one(group.project, group.inside["owner"])
    assert FundingSource.objects.get(slug=SOURCE).uses == 1


def test_only_the_group_keeps_files() -> None:
    group = make_group()
    for role in ("reader", "advisor"):
        with pytest.raises(PermissionDenied):
            open_one(group.project, group.inside[role])
    made = open_one(group.project, group.inside["editor"])
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    with pytest.raises(PermissionDenied):
        tell(made, group.inside["owner"], Step.SEND)
    other = make_group()
    with pytest.raises(actions.UnknownSource):
        open_application(
            project=other.project, source_slug="aucune", amount=None, actor=other.inside["owner"], at=NOW
        )


def test_a_file_from_sending_to_two_payments() -> None:
    group, made = _sent()
    owner = group.inside["owner"]
    tell(
        made,
        owner,
        Step.ASK_MORE,
        TODAY - timedelta(days=15),
        due_on=TODAY + timedelta(days=5),
        text="Un devis",
    )
    assert (made.state, made.due_on) == (State.MORE_ASKED, TODAY + timedelta(days=5))
    tell(made, owner, Step.ANSWER, TODAY - timedelta(days=10))
    assert (made.state, made.due_on) == (State.SENT, None)
    tell(made, owner, Step.GRANT, TODAY - timedelta(days=5), amount=Decimal(150_000))
    tell(made, owner, Step.PAY, TODAY - timedelta(days=2), amount=Decimal(100_000))
    with pytest.raises(actions.PaidTooMuch) as refused:
        tell(made, owner, Step.PAY, amount=Decimal("50000.01"))
    assert refused.value.left == 50_000
    tell(made, owner, Step.PAY, amount=Decimal(50_000))
    assert (made.state, made.amount_granted, made.amount_paid) == (State.PAID, 150_000, 150_000)
    assert (made.sent_on, made.decided_on) == (TODAY - timedelta(days=20), TODAY - timedelta(days=5))
    verbs = list(trail_of(made).values_list("verb", flat=True))
    assert verbs == ["open application", "send", "ask_more", "answer", "grant", "pay", "pay"]


def test_what_cannot_happen_now_changes_nothing() -> None:
    group, made = _sent()
    owner = group.inside["owner"]
    for step in (Step.SEND, Step.PAY, Step.ANSWER):
        with pytest.raises(IllegalMove):
            tell(made, owner, step, amount=Decimal(1))
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=21)):
        with pytest.raises(actions.WrongDate):
            tell(made, owner, Step.GRANT, day, amount=Decimal(1))
    assert made.events.count() == 1
    assert Application.objects.get().state == State.SENT


def test_the_last_step_is_taken_back_within_a_day_and_stays_in_the_trail() -> None:
    group, made = _sent()
    owner = group.inside["owner"]
    tell(made, owner, Step.REFUSE, refusal="incomplete", text="Il manquait un devis")
    undo_last_step(application=made, actor=owner, at=NOW + timedelta(hours=23))
    assert (made.state, made.refusal, made.decided_on) == (State.SENT, "", None)
    gone = ApplicationEvent.objects.get(step=Step.REFUSE)
    assert (gone.undone_by, gone.text) == (owner, "Il manquait un devis")
    with pytest.raises(actions.NothingToUndo):
        undo_last_step(application=made, actor=owner, at=NOW + timedelta(days=2))
    assert Application.objects.get().state == State.SENT


def test_a_second_payment_is_taken_back_alone() -> None:
    group, made = _sent()
    owner = group.inside["owner"]
    tell(made, owner, Step.GRANT, amount=Decimal(150_000))
    tell(made, owner, Step.PAY, amount=Decimal(60_000))
    tell(made, owner, Step.PAY, amount=Decimal(40_000))
    undo_last_step(application=made, actor=owner, at=NOW)
    assert (made.state, made.amount_paid) == (State.PAID, 60_000)
    undo_last_step(application=made, actor=owner, at=NOW)
    assert (made.state, made.amount_paid) == (State.GRANTED, 0)


def test_a_correction_keeps_the_first_writing_and_its_place() -> None:
    group, made = _sent()
    owner = group.inside["owner"]
    granted = tell(made, owner, Step.GRANT, TODAY - timedelta(days=9), amount=Decimal(15_000))
    tell(made, owner, Step.PAY, TODAY - timedelta(days=1), amount=Decimal(10_000))
    later = NOW + timedelta(days=40)
    told = Told(TODAY - timedelta(days=8), amount=Decimal(150_000))
    written = correct_event(event=granted, told=told, actor=owner, at=later)
    made.refresh_from_db()
    assert (made.amount_granted, made.decided_on) == (150_000, TODAY - timedelta(days=8))
    granted.refresh_from_db()
    assert (granted.corrected_by_id, granted.amount, granted.undone_at) == (written.pk, 15_000, None)
    with pytest.raises(actions.NothingToUndo):
        correct_event(event=granted, told=told, actor=owner, at=later)
    with pytest.raises(actions.PaidTooMuch):
        correct_event(
            event=written, told=Told(TODAY - timedelta(days=8), amount=Decimal(9_000)), actor=owner, at=later
        )
    with pytest.raises(actions.WrongDate):  # after the payment
        correct_event(event=written, told=Told(TODAY, amount=Decimal(150_000)), actor=owner, at=later)


def test_the_others_who_keep_the_file_are_told() -> None:
    group, made = _sent()
    told = Notification.objects.filter(kind="applications.moved")
    assert [notice.user for notice in told] == [group.inside["editor"]]
    assert told[0].data["application"] == made.pk


def test_steps_cost_the_same_however_long_the_file() -> None:
    group, made = _sent()
    owner = group.inside["owner"]
    tell(made, owner, Step.GRANT, amount=Decimal(150_000))
    counts = []
    for _number in range(6):
        with CaptureQueriesContext(
            connection,
        ) as spent:
            tell(made, owner, Step.PAY, amount=Decimal(1_000))
        counts.append(len(spent))
    assert len(set(counts)) == 1


def test_the_slug_is_the_directory_s() -> None:
    group = make_group()
    assert open_one(group.project, group.inside["owner"]).source_slug == SOURCE
