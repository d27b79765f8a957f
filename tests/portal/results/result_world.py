"""Projects that have started, and what they say."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.results.answering import answer_period, set_launch
from bpc.portal.results.models import PeriodResult
from bpc.portal.results.periods import months_after
from tests.portal.projects.project_world import Group, make_project
from tests.portal.world import HERE

TODAY = timezone.localdate()
LAUNCHED = months_after(TODAY, -26)
ENDS = [months_after(LAUNCHED, months) for months in (3, 12, 24)]


def launched(group: Group, at: datetime | None = None) -> Group:
    """Started two years and two months ago."""
    set_launch(
        project=group.project, launched_on=LAUNCHED, actor=group.inside["owner"], at=at or timezone.now()
    )
    return group


def tell(group: Group, ends_on: date = ENDS[1], **told: Any) -> PeriodResult:
    """One answer of the owner."""
    values = {"alive": "yes", "revision": 0, "actor": group.inside["owner"], "at": timezone.now()}
    given = {name: told.pop(name) for name in list(told) if name in values}
    return answer_period(project=group.project, ends_on=ends_on, figures=told, **{**values, **given})


def many(
    owner: User, number: int, *, commune: str = HERE, sector: str = "food", **figures: Any
) -> list[Project]:
    """So many projects that answered a year ago, written straight into the database."""
    found = []
    for _rank in range(number):
        project = make_project(owner, commune=commune, sector_id=sector)
        figures = {"alive": "yes", "members": 10, "women": 5, **figures}
        PeriodResult.objects.create(
            project=project, ends_on=TODAY - timedelta(days=365), months=12,
            answered_at=timezone.now() - timedelta(days=360), **figures,
        )  # fmt: skip
        found.append(project)
    return found
