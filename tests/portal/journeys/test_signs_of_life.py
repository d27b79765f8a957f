"""Every room says when the group did something; what its advisor does is no sign of the group."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bpc.portal.appointments.booking import cancel_appointment, mark_held, mark_missed
from bpc.portal.counsel import asking
from bpc.portal.people.contacts import Contact
from bpc.portal.projects.actions import archive_project, edit_project, restore_project, set_stage
from bpc.portal.projects.models import Project
from bpc.portal.projects.sharing import invite
from bpc.portal.projects.signs import note_meeting, note_sign
from tests.portal.applications.application_world import open_one, put_paper
from tests.portal.appointments.appointment_world import (
    MONDAY,
    at_wall,
    make_calendar,
    make_rule,
    take,
    write_appointment,
)
from tests.portal.appointments.appointment_world import NOW as FRIDAY
from tests.portal.counsel.counsel_world import make_answer, make_request
from tests.portal.diagnosis.diagnosis_world import answered, weakest
from tests.portal.followup.followup_world import open_creation, say
from tests.portal.founding.founding_world import begun
from tests.portal.founding.founding_world import say as answer_file
from tests.portal.plans.plan_world import edit, make_plan
from tests.portal.projects.project_world import NOW, Group, describe, make_group
from tests.portal.results.result_world import launched, tell
from tests.portal.threads.thread_world import add_message, start_thread

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


def quiet(project: Project) -> None:
    """Nothing since January."""
    Project.objects.filter(pk=project.pk).update(last_sign_at=LONG_AGO)


def sign(project: Project) -> datetime:
    return Project.objects.get(pk=project.pk).last_sign_at


def plan_changed(group: Group) -> None:
    plan = make_plan(group)
    quiet(group.project)
    edit(plan, group.inside["owner"], plan.revision, {"years": 4})


def paper_put(group: Group) -> None:
    put_paper(group.project, group.inside["editor"])


def step_said(group: Group) -> None:
    path = open_creation(group.project, group.inside["owner"])
    quiet(group.project)
    say(path, "founders", "doing", group.inside["owner"])


def diagnosis_answered(group: Group) -> None:
    answered(group, weakest())


def message_written(group: Group) -> None:
    thread = start_thread(group.project, group.inside["advisor"])
    assert sign(group.project) == LONG_AGO
    add_message(thread, group.inside["reader"])


def help_asked(group: Group) -> None:
    make_request(group.inside["reader"], project=group.project, at=NOW)


def application_opened(group: Group) -> None:
    open_one(group.project, group.inside["owner"])


def project_edited(group: Group) -> None:
    edit_project(
        project=group.project, description=describe(name="Autre nom"), revision=group.project.revision,
        actor=group.inside["editor"], at=NOW,
    )  # fmt: skip


def somebody_invited(group: Group) -> None:
    invite(
        project=group.project, contact=Contact(email="a@exemple.ma"), role="reader", actor=group.inside["owner"],
        at=NOW,
    )  # fmt: skip


def taken_up_again(group: Group) -> None:
    archive_project(project=group.project, actor=group.inside["owner"], at=NOW)
    restore_project(project=group.project, actor=group.inside["owner"], at=NOW)


@pytest.mark.parametrize(
    "act",
    [
        plan_changed, paper_put, step_said, diagnosis_answered, message_written, help_asked, application_opened,
        project_edited, somebody_invited, taken_up_again,
    ],
)  # fmt: skip
def test_what_the_group_does_in_any_room_is_a_sign(act: Callable[[Group], None]) -> None:
    group = make_group()
    quiet(group.project)
    act(group)
    assert sign(group.project) > LONG_AGO + timedelta(days=200)


def test_the_creation_file_and_the_results_are_signs() -> None:
    group, file = begun()
    quiet(group.project)
    answer_file(file, group.inside["owner"], "purpose", duration_years=50)
    assert sign(group.project) == NOW
    other = launched(make_group())
    quiet(other.project)
    tell(other, alive="yes")
    assert sign(other.project) > LONG_AGO


def test_what_the_advisor_does_is_no_sign_of_the_group() -> None:
    group = make_group()
    advisor = group.inside["advisor"]
    path = open_creation(group.project, group.inside["owner"])
    request = make_request(group.inside["owner"], project=group.project)
    quiet(group.project)
    say(path, "founders", "blocked", advisor, note="Il manque une personne.", language="fr")
    start_thread(group.project, advisor)
    if request.holder is not None:
        make_answer(request, request.holder)
    note_sign(group.project.pk, advisor, NOW)
    note_sign(group.project.pk, None, NOW)
    note_sign(None, group.inside["owner"], NOW)
    assert sign(group.project) == LONG_AGO


def test_following_a_request_is_a_sign_each_time() -> None:
    group = make_group()
    owner = group.inside["owner"]
    made = make_request(owner, project=group.project, at=LONG_AGO)
    assert made.holder is not None
    given = make_answer(made, made.holder, at=LONG_AGO)
    days = [LONG_AGO + timedelta(days=number) for number in range(1, 4)]
    quiet(group.project)
    asking.judge(answer=given, helpful=True, because="", words="", actor=owner, at=days[0])
    assert sign(group.project) == days[0]
    asking.ask_further(request=made, text="Et ensuite ?", submission_key=uuid4(), actor=owner, at=days[1])
    assert sign(group.project) == days[1]
    asking.withdraw(request=made, actor=owner, at=days[2])
    assert sign(group.project) == days[2]


def test_an_appointment_kept_dates_the_sign_by_its_own_hour_and_a_missed_one_does_not() -> None:
    group = make_group()
    advisor, owner = group.inside["advisor"], group.inside["owner"]
    calendar = make_calendar(advisor)
    rows = [
        write_appointment(calendar, project=group.project, asker=owner, starts_at=at_wall(MONDAY, hour))
        for hour in (9, 10)
    ]
    quiet(group.project)
    evening = at_wall(MONDAY, 18)
    mark_missed(appointment=rows[0], actor=advisor, at=evening)
    assert sign(group.project) == LONG_AGO
    mark_held(appointment=rows[1], actor=advisor, at=evening)
    assert sign(group.project) == at_wall(MONDAY, 10)
    note_meeting(group.project.pk, at_wall(MONDAY, 8))  # told late: never set back
    assert sign(group.project) == at_wall(MONDAY, 10)


def test_booking_and_cancelling_are_signs_when_the_group_does_them() -> None:
    group = make_group()
    owner = group.inside["owner"]
    rule = make_rule(make_calendar(group.inside["advisor"]))
    quiet(group.project)
    made = take(rule, owner, at_wall(MONDAY, 9), project=group.project)
    assert sign(group.project) == FRIDAY
    quiet(group.project)
    cancel_appointment(
        appointment=made, actor=group.inside["advisor"], at=FRIDAY, reason="Je suis en mission."
    )
    assert sign(group.project) == LONG_AGO


def test_a_stage_moved_dates_both_the_change_and_the_sign() -> None:
    group = make_group()
    quiet(group.project)
    set_stage(project=group.project, stage="design", actor=group.inside["owner"], at=NOW)
    row = Project.objects.get(pk=group.project.pk)
    assert (row.changed_at, row.last_sign_at) == (NOW, NOW)
