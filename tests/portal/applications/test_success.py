"""Public rates from raw events: recounted by hand, silent under five cases or five projects."""

from datetime import timedelta
from statistics import median
from typing import Any

import pytest

from bpc.portal.applications.actions import undo_last_step
from bpc.portal.applications.models import Application, ApplicationEvent
from bpc.portal.applications.states import Step
from bpc.portal.applications.success import success_rates
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from tests.portal.applications.application_world import NOW, SOURCE, TODAY, decided, open_one, tell
from tests.portal.projects.project_world import make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def _projects(number: int) -> list[tuple[Project, User]]:
    people = [make_user() for _each in range(number)]
    return [(make_project(person), person) for person in people]


def _recount() -> dict[str, Any]:
    """From the events alone, none of the columns."""
    standing = ApplicationEvent.objects.filter(undone_at=None, corrected_by=None)
    granted = standing.filter(step=Step.GRANT, application__project__is_demo=False)
    refused = standing.filter(step=Step.REFUSE, application__project__is_demo=False)
    days = [
        (event.on - standing.get(application=event.application, step=Step.SEND).on).days
        for event in (*granted, *refused)
    ]
    return {"granted": granted.count(), "decided": len(days), "median_days": median(days)}


def test_five_cases_of_five_projects_make_a_rate_that_the_events_confirm() -> None:
    for number, (project, owner) in enumerate(_projects(5)):
        decided(project, owner, granted=number < 2, days=10 * (number + 1))
        if number < 4:
            assert success_rates() == {}
    rate = success_rates()[SOURCE]
    assert (rate.granted, rate.decided, rate.projects, rate.median_days, rate.rate) == (2, 5, 5, 30.0, 0.4)
    assert {key: getattr(rate, key) for key in ("granted", "decided", "median_days")} == _recount()
    assert (rate.since, rate.until) == (TODAY, TODAY)


def test_five_cases_of_four_projects_say_nothing() -> None:
    projects = _projects(4)
    for project, owner in projects:
        decided(project, owner, granted=False)
    decided(*projects[0], granted=False)
    assert Application.objects.exclude(decided_on=None).count() == 5
    assert success_rates() == {}


def test_demonstrations_and_what_waits_or_was_taken_back_do_not_count() -> None:
    projects = _projects(7)
    for project, owner in projects[:5]:
        made = decided(project, owner, granted=True)
    demo, owner = projects[5]
    Project.objects.filter(pk=demo.pk).update(is_demo=True)
    decided(demo, owner, granted=False)
    tell(open_one(*projects[6]), projects[6][1], Step.SEND)
    assert (success_rates()[SOURCE].decided, success_rates()[SOURCE].granted) == (5, 5)
    undo_last_step(application=made, actor=projects[4][1], at=NOW)
    assert success_rates() == {}


def test_a_file_paid_or_given_up_after_the_decision_was_granted_all_the_same() -> None:
    for number, (project, owner) in enumerate(_projects(5)):
        made = decided(project, owner, granted=True)
        if number == 0:
            tell(made, owner, Step.ABANDON)
        if number == 1:
            tell(made, owner, Step.PAY, amount=made.amount_granted)
    assert success_rates()[SOURCE].granted == 5


def test_a_delay_needs_as_many_dates(django_assert_num_queries: Any) -> None:
    for project, owner in _projects(5):
        made = decided(project, owner, granted=True)
    Application.objects.filter(pk=made.pk).update(sent_on=None)
    with django_assert_num_queries(1):
        rate = success_rates()[SOURCE]
    assert (rate.decided, rate.median_days) == (5, None)
    assert rate.until - rate.since == timedelta(0)
