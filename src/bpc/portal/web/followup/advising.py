"""Where the projects one accompanies stand: the blocked first, then the longest silent."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.followup.queries import PathReading, ProjectReading, advised_projects, read_projects
from bpc.portal.projects.models import Project
from bpc.portal.web.followup.glances import blocked_in
from bpc.portal.web.followup.rows import NextCard, next_card

PER_PAGE = 20
SILENT = 21  # days without a word on any path


@dataclass(frozen=True)
class AdvisedRow:
    """A project let to the advisor: its foremost path, what blocks, how long nobody said anything."""

    project: Project
    shown: PathReading | None
    next: NextCard | None
    blocked: tuple[tuple[str, date], ...]
    silent: int  # days
    is_silent: bool
    over: int  # delays of the law that have passed


@require_safe
@never_cache
def advised_paths(request: HttpRequest) -> HttpResponse:
    """The projects whose group let the person in."""
    today = timezone.localdate()
    page_obj = Paginator(advised_projects(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(reading, today) for reading in read_projects(list(page_obj), today)]
    return render(request, "followup/advised.html", {"rows": rows, "today": today, "page_obj": page_obj})


def _row(reading: ProjectReading, today: date) -> AdvisedRow:
    shown = reading.foremost(today)
    silent = (today - reading.moved_on).days if reading.moved_on is not None else 0
    return AdvisedRow(
        project=reading.project,
        shown=shown,
        next=next_card(shown, reading.project.reference, today) if shown is not None else None,
        blocked=blocked_in(reading),
        silent=silent,
        is_silent=silent >= SILENT,
        over=sum(clock.over for clock in reading.clocks),
    )
