"""The life of a request on the database: choice, silence, hand-overs, judgement, closing, leaving."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from bpc.portal.contests.models import Decision
from bpc.portal.counsel import asking
from bpc.portal.counsel.advising import Plan, WrongDates, keep_sheet, note_absence
from bpc.portal.counsel.asking import REQUESTS_A_DAY, NotAnAnswer, TooManyRequests
from bpc.portal.counsel.handing import ChangedHands, escalate, history_of, owner_of, settle, transfer
from bpc.portal.counsel.models import HelpRequest, Ownership, RequestText
from bpc.portal.counsel.ownership import Desk, NoOwner, Owner, faults
from bpc.portal.counsel.watching import Watched, watch
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.journeys.ask_for_help import priority_of
from bpc.portal.journeys.end_role import end_role_and_hand_over
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification, RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.sharing import grant_advisor
from bpc.portal.projects.states import MemberRole
from tests.portal.counsel.counsel_world import MONDAY, days_later, make_answer, make_request
from tests.portal.projects.project_world import join, make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def plan_for(advisor: User, **changes: Any) -> None:
    values = {"languages": (), "sectors": (), "projects_most": 20, "requests_a_week": 10, **changes}
    keep_sheet(advisor=advisor, plan=Plan(**values), revision=0, actor=advisor, at=MONDAY)


def fresh(row: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.get(pk=row.pk)


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(user=user, kind__startswith="counsel.").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_the_owner_is_chosen_by_project_language_sector_and_load() -> None:
    first, arabic, farmer, known = (make_user(Role.ADVISOR) for _number in range(4))
    plan_for(first, languages=("fr",))
    plan_for(arabic, languages=("ar",))
    plan_for(farmer, languages=("fr",), sectors=("food",))
    plan_for(known, languages=("ar",))
    owner = make_user()
    project = make_project(owner)
    grant_advisor(project=project, advisor=known, actor=owner, at=MONDAY)
    about = make_request(owner, project=project)
    assert (about.holder, about.owners.get().reasons) == (known, ["project"])
    assert make_request(owner, text="نريد مساعدة في الوثائق من فضلكم").holder == arabic
    assert make_request(owner, sector="food").holder == farmer
    assert make_request(owner).holder == first  # less to do than the farmer
    assert make_request(owner, region="02").desk == "national"  # nobody there


def test_a_full_week_goes_to_the_region_but_not_for_laureates() -> None:
    advisor, delegate = make_user(Role.ADVISOR), make_user(Role.DELEGATE)
    plan_for(advisor, requests_a_week=1)
    assert make_request(make_user()).holder == advisor
    over = make_request(make_user())
    assert (over.holder, over.desk, over.owners.get().reasons) == (delegate, "region", ["all_full"])
    first = make_request(make_user(), priority=1)
    assert (first.holder, first.owners.get().reasons) == (advisor, ["priority"])
    assert make_request(make_user(), at=days_later(8)).holder == advisor  # another week


def test_silence_climbs_with_a_new_promise_and_is_told_to_all() -> None:
    advisor, delegate = make_user(Role.ADVISOR), make_user(Role.DELEGATE)
    administrator, asker = make_user(Role.ADMINISTRATOR), make_user()
    made = make_request(asker)
    assert (made.due_on, made.reach) == (date(2026, 9, 14), 0)
    assert not escalate(request=made, at=datetime(2026, 9, 14, 20, tzinfo=UTC))  # the last day is whole
    assert watch(datetime(2026, 9, 15, 6, tzinfo=UTC)) == Watched(0, 0, 1, 0)
    made = fresh(made)
    assert (made.holder, made.desk, made.due_on, made.reach) == (delegate, "region", date(2026, 9, 18), 1)
    assert watch(datetime(2026, 9, 15, 7, tzinfo=UTC)) == Watched(0, 0, 0, 0)
    watch(datetime(2026, 9, 19, 6, tzinfo=UTC))
    made = fresh(made)
    assert (made.holder, made.desk, made.due_on, made.reach) == (None, "national", date(2026, 9, 23), 2)
    watch(datetime(2026, 9, 24, 6, tzinfo=UTC))
    assert fresh(made).due_on == date(2026, 9, 29)
    assert told(asker) == ["counsel.asked", "counsel.silence", "counsel.silence", "counsel.still_silent"]
    assert told(advisor) == ["counsel.given", "counsel.taken"]
    assert told(delegate) == ["counsel.given", "counsel.taken"]
    assert told(administrator) == ["counsel.national", "counsel.national"]
    assert [one.why for one in history_of(made)] == ["asked", "silence", "silence"]
    verbs = [entry.verb for entry in trail_of(made)]
    assert verbs == ["ask for help", "hand request", "hand request", "remind national desk"]
    make_answer(fresh(made), administrator, days_later(18))
    assert watch(days_later(60)).escalated == 0


def test_a_hand_over_keeps_the_promise_and_the_history() -> None:
    advisor, delegate = make_user(Role.ADVISOR), make_user(Role.DELEGATE)
    made = make_request(make_user())
    other = make_user(Role.ADVISOR)
    given = {"request": made, "desk": "advisor", "actor": delegate}
    transfer(to=other, note="Plus près.", seen_turn=1, at=days_later(1), **given)
    assert fresh(made).due_on == date(2026, 9, 14)
    transfer(to=advisor, note="Retour.", seen_turn=2, at=days_later(7), **given)  # the last day
    assert fresh(made).due_on == date(2026, 9, 16)  # two working days to read it
    with pytest.raises(ChangedHands):
        transfer(to=other, note="Encore.", seen_turn=2, at=days_later(7), **given)
    chain = history_of(made)
    assert [one.owner.holder for one in chain] == [advisor.pk, other.pk, advisor.pk]
    assert faults(chain, made.asked_at) == []
    with pytest.raises(PermissionDenied):
        transfer(request=made, to=other, desk="advisor", note="", seen_turn=3, actor=other, at=days_later(7))


def test_a_clock_that_runs_behind_opens_no_gap() -> None:
    make_user(Role.ADVISOR)
    delegate, made = make_user(Role.DELEGATE), make_request(make_user())
    transfer(
        request=made, to=None, desk="region", note="Urgent.", seen_turn=1, actor=delegate, at=days_later(-3)
    )
    assert faults(history_of(made), made.asked_at) == []
    assert owner_of(fresh(made)) == Owner(Desk.REGION, delegate.pk)


def test_answers_are_judged_by_who_asked_with_a_reason() -> None:
    advisor, asker = make_user(Role.ADVISOR), make_user()
    made = make_request(asker)
    answer = make_answer(made, advisor)
    judged = {"answer": answer, "actor": asker, "at": MONDAY}
    with pytest.raises(ReasonMissing):
        asking.judge(helpful=False, because="", words="", **judged)
    with pytest.raises(PermissionDenied):
        asking.judge(answer=answer, helpful=True, because="", words="", actor=advisor, at=MONDAY)
    question = RequestText.objects.get(request=made, part="question")
    with pytest.raises(NotAnAnswer):
        asking.judge(answer=question, helpful=True, because="", words="", actor=asker, at=MONDAY)
    assert asking.judge(helpful=False, because="beside", words=" Non ", **judged).judgement == "Non"
    assert asking.judge(helpful=True, because="beside", words="", **judged).unhelpful_because == ""
    with pytest.raises(PermissionDenied):
        make_answer(made, asker)  # nobody answers oneself
    with pytest.raises(IllegalMove):
        asking.withdraw(request=asking.close(request=made, actor=asker, at=MONDAY), actor=asker, at=MONDAY)


def test_a_further_question_runs_the_clock_again_and_quiet_closes() -> None:
    advisor, asker = make_user(Role.ADVISOR), make_user()
    made = make_request(asker)
    make_answer(made, advisor, days_later(1))
    further = asking.ask_further(
        request=made, text="Et après ?", submission_key=uuid4(), actor=asker, at=days_later(10)
    )
    assert further.part == "follow_up"
    assert (fresh(made).state, fresh(made).due_on) == ("waiting", date(2026, 9, 24))
    make_answer(fresh(made), advisor, days_later(11))
    assert watch(days_later(24)).closed == 0
    assert watch(days_later(26)).closed == 1
    assert (fresh(made).state, fresh(made).closing) == ("closed", "quiet")
    with pytest.raises(IllegalMove):
        asking.ask_further(
            request=made, text="Encore", submission_key=uuid4(), actor=asker, at=days_later(27)
        )


def test_nobody_asks_all_day_long() -> None:
    asker = make_user()
    for _number in range(REQUESTS_A_DAY):
        make_request(asker)
    with pytest.raises(TooManyRequests):
        make_request(asker)
    assert make_request(asker, at=days_later(2)).asker == asker


def test_a_role_that_ends_leaves_no_orphan() -> None:
    advisor, administrator = make_user(Role.ADVISOR), make_user(Role.ADMINISTRATOR)
    open_one, over = make_request(make_user()), make_request(make_user())
    make_answer(over, advisor)
    asking.close(request=over, actor=over.asker, at=MONDAY)
    grant = RoleGrant.objects.get(user=advisor)
    assert end_role_and_hand_over(grant=grant, reason="Muté", actor=administrator, at=days_later(1)) == 2
    assert owner_of(fresh(open_one)).desk == owner_of(fresh(over)).desk == Desk.NATIONAL
    assert "counsel.moved" not in told(over.asker)  # nothing is said of what is over
    # a role ended elsewhere is seen by the day's watch
    other = make_user(Role.ADVISOR, region="02")
    left = make_request(make_user(), region="02")
    assert left.holder == other
    RoleGrant.objects.filter(user=other).update(ended_at=MONDAY)
    assert watch(days_later(1)).settled == 1
    assert owner_of(fresh(left)).desk == Desk.NATIONAL
    assert not settle(request=left, at=days_later(1))


def test_who_leaves_hands_over_and_takes_their_questions_along() -> None:
    advisor, asker, member = make_user(Role.ADVISOR), make_user(), make_user()
    make_user(Role.ADMINISTRATOR)
    project = make_project(asker)
    join(project, member, MemberRole.OWNER)
    alone, shared = make_request(asker), make_request(asker, project=project)
    delete_account(user=advisor, actor=advisor, at=days_later(1))
    assert {owner_of(fresh(row)).desk for row in (alone, shared)} == {Desk.NATIONAL}
    delete_account(user=asker, actor=asker, at=days_later(2))
    assert not HelpRequest.objects.filter(pk=alone.pk).exists()
    left = fresh(shared)
    assert (left.asker, left.state, left.texts.get().author) == (None, "withdrawn", None)


def test_an_absence_hands_over_on_its_first_day_once() -> None:
    advisor = make_user(Role.ADVISOR)
    made = make_request(make_user())
    other = make_user(Role.ADVISOR)
    away = {"advisor": advisor, "actor": advisor, "at": MONDAY}
    note_absence(from_on=date(2026, 9, 9), until_on=date(2026, 9, 11), **away)
    assert fresh(made).holder == advisor
    assert watch(datetime(2026, 9, 9, 5, tzinfo=UTC)).absent == 1
    assert fresh(made).holder == other
    with pytest.raises(WrongDates):
        note_absence(from_on=date(2026, 9, 11), until_on=date(2026, 9, 20), **away)
    with pytest.raises(WrongDates):
        note_absence(from_on=date(2026, 8, 1), until_on=date(2026, 8, 2), **away)
    for _number in range(3):
        assert make_request(make_user(), at=days_later(3)).holder == other  # given nothing while away
    assert watch(datetime(2026, 9, 10, 5, tzinfo=UTC)).absent == 0


def test_the_database_refuses_a_request_without_its_one_owner() -> None:
    advisor = make_user(Role.ADVISOR)
    made = make_request(make_user())
    for broken in (
        {"desk": "advisor", "holder": None}, {"desk": "national", "holder": advisor}, {"due_on": None}
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequest.objects.filter(pk=made.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ownership.objects.create(request=made, turn=2, desk="national", since=MONDAY, why="asked")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ownership.objects.filter(request=made).update(holder=None)
    with pytest.raises(NoOwner):
        Owner(Desk.ADVISOR)


def test_laureates_are_found_among_published_results() -> None:
    assert priority_of(None) == 0
    assert priority_of(make_project(make_user())) == 0
    assert not Decision.objects.exists()


def test_the_daily_command_says_what_it_did(capsys: Any) -> None:
    make_user(Role.ADVISOR)
    make_request(make_user(), at=MONDAY - timedelta(days=100))
    call_command("watch_requests")
    assert "demandes sans réponse à temps : 1" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_again")
def test_two_who_transfer_at_once_leave_one_owner() -> None:
    """One wins; the other is told that the request changed hands."""
    make_user(Role.ADVISOR)
    first, second = make_user(Role.DELEGATE), make_user(Role.DELEGATE)
    made = make_request(make_user())
    outcomes: list[str] = []
    at_once = connection.vendor == "postgresql"  # SQLite in memory has one connection: one after the other
    barrier = threading.Barrier(2 if at_once else 1)

    def give(by: User, desk: str) -> None:
        barrier.wait()
        try:
            transfer(request=made, to=None, desk=desk, note="À moi.", seen_turn=1, actor=by, at=days_later(1))
            outcomes.append("given")
        except ChangedHands:
            outcomes.append("refused")
        finally:
            if at_once:
                connection.close()

    wanted = ((first, "region"), (second, "national"))
    threads = [threading.Thread(target=give, args=one) for one in wanted]
    for thread, one in zip(threads, wanted, strict=True):
        thread.start() if at_once else give(*one)
    for thread in threads:
        if at_once:
            thread.join()
    assert sorted(outcomes) == ["given", "refused"]
    assert faults(history_of(made), made.asked_at) == []
    assert fresh(made).turns == 2
