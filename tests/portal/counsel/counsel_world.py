"""Requests in a small region: an asker, two advisors, a delegate, an administrator."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from bpc.portal.counsel.advising import Plan, keep_sheet, note_absence
from bpc.portal.counsel.asking import Question, answer, ask
from bpc.portal.counsel.handing import escalate
from bpc.portal.counsel.models import Assignment, HelpRequest, RequestText, Silence
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from tests.portal.world import HERE

REGION = HERE[:2]
# A Tuesday without a holiday within three weeks.
MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
TEXT = "Le tribunal nous demande un papier que nous ne connaissons pas."


def make_request(
    asker: User, *, project: Project | None = None, at: datetime = MONDAY, **changes: Any
) -> HelpRequest:
    """A question, given to whoever the site chooses."""
    values: dict[str, Any] = {"subject": "papers", "text": TEXT, "region": REGION, **changes}
    return ask(question=Question(**values), project=project, submission_key=uuid4(), actor=asker, at=at)


def make_answer(request: HelpRequest, actor: User, at: datetime = MONDAY + timedelta(hours=3)) -> RequestText:
    """What the owner answers."""
    return answer(
        request=request,
        text="Il s’agit de l’attestation négative.",
        submission_key=uuid4(),
        actor=actor,
        at=at,
    )


def days_later(number: int, at: datetime = MONDAY) -> datetime:
    """So many days after."""
    return at + timedelta(days=number)


def fill_counsel(author: User, people: dict[str, Any], projects: list[Project]) -> None:
    """For the visibility world: requests with and without a project, at each desk, answered and not."""
    advisor, delegate = people["advisor"], people["delegate"]
    first = make_request(author)
    make_answer(first, advisor)
    for rank, project in enumerate(projects):  # a day each: a person asks so many a day
        make_request(author, project=project, region=project.region_id, at=days_later(-rank))
    up = make_request(people["holder"])
    escalate(request=up, at=days_later(10))
    higher = make_request(people["holder"], text="مرحبا نريد مساعدة في الوثائق")
    escalate(request=higher, at=days_later(10))
    escalate(request=higher, at=days_later(20))
    make_request(advisor)
    make_request(author, region="02")
    keep_sheet(advisor=advisor, plan=Plan(("fr",), (), 20, 10), revision=0, actor=advisor, at=MONDAY)
    note_absence(
        advisor=advisor, from_on=date(2026, 12, 1), until_on=date(2026, 12, 5), actor=delegate, at=MONDAY
    )
    for rank, project in enumerate(projects[:2]):
        Assignment.objects.create(
            project=project,
            advisor=advisor if rank else people["holder"],
            assigned_by=delegate,
            assigned_at=MONDAY,
        )
        Silence.objects.create(project=project, since=MONDAY, group_at=days_later(30))
