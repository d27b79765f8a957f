"""Projects that have started, and what they say."""

from datetime import date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.results.answering import answer_period, set_launch
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.periods import months_after
from bpc.portal.results.states import StoryState
from tests.portal.projects.project_world import NOW, Group, make_project
from tests.portal.world import ELSEWHERE, HERE

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


def fill_results(owner: User) -> None:
    """Here and elsewhere, a project with an answer, and one of the alumni for each state of its words."""
    for commune, state in product((HERE, ELSEWHERE), StoryState.values):
        project = make_project(owner, commune=commune)
        PeriodResult.objects.create(project=project, ends_on=NOW.date(), months=3, answered_by=owner)
        Following.objects.create(
            project=project, launched_on=NOW.date(), alumni_since=NOW.date(), public_agreed_at=NOW,
            story="Nous vendons.", language="fr", story_state=state, story_sent_at=NOW,
        )  # fmt: skip


def bulk(owner: User, number: int, places: list[tuple[str, str, str]], sectors: list[str]) -> None:
    """So many projects that answered, spread over places (commune, province, region), three statements in all."""
    first = Project.objects.count()
    projects = Project.objects.bulk_create(
        Project(
            reference=f"R{first + at:06d}", name=f"Projet {at}", language="fr", stage="launch", created_by=owner,
            sector_id=sectors[at // len(places) % len(sectors)], commune_id=places[at % len(places)][0],
            province_id=places[at % len(places)][1], region_id=places[at % len(places)][2],
            submission_key=uuid4(),
        )
        for at in range(number)
    )  # fmt: skip
    PeriodResult.objects.bulk_create(
        PeriodResult(
            project=project, ends_on=TODAY - timedelta(days=365), months=12, alive="yes" if at % 7 else "no",
            members=8 + at % 9, women=at % 6, youth=at % 5, jobs_permanent=at % 4, jobs_seasonal=at % 3,
            turnover_mad=50_000 + 1_000 * (at % 97), income_per_member_mad=6_000 + 100 * (at % 53),
            answered_at=timezone.now() - timedelta(days=360),
        )
        for at, project in enumerate(projects)
    )  # fmt: skip
