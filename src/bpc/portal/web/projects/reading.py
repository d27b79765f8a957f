"""Reading projects: the list of one's own, and one project."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.applications.queries import at_a_glance
from bpc.portal.counsel.assigning import waits_for_group
from bpc.portal.counsel.queries import requests_about
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.founding.queries import file_of
from bpc.portal.ideas.references import normalise
from bpc.portal.plans.queries import main_plan
from bpc.portal.projects.models import Project, ProjectPerson
from bpc.portal.projects.next_step import BEFORE_CREATION, NextStep, Situation, next_step
from bpc.portal.projects.queries import (
    advised_projects,
    advisors_for,
    members_of,
    projects_of,
    running_accesses,
    stage_history,
    whole_projects,
)
from bpc.portal.projects.states import Answer
from bpc.portal.projects.visibility import belongs_to, invitations_for
from bpc.portal.threads.queries import new_count
from bpc.portal.visits.queries import last_visit
from bpc.portal.web.applications.words import source_name
from bpc.portal.web.appointments.project_door import appointments_at_a_glance
from bpc.portal.web.followup.glances import PathGlance, path_glance
from bpc.portal.web.mandates.glances import mandates_on
from bpc.portal.web.people.space import NextAction
from bpc.portal.web.projects.words import missing_sentence, next_action, path_of

_REQUESTS_SHOWN = 3


def project_or_404(request: HttpRequest, reference: str) -> Project:
    """The project of this code, if the person may see it."""
    return get_visible_or_404(request.user, whole_projects(), reference=normalise(reference) or reference)


@require_safe
@never_cache
def my_projects(request: HttpRequest) -> HttpResponse:
    """The projects of one's groups, the invitations that wait, the projects one reads as an advisor."""
    context = {
        "projects": projects_of(request.user),
        "invitations": invitations_for(request.user),
        "advised": advised_projects(request.user),
    }
    return render(request, "projects/projects.html", context)


@require_safe
@never_cache
def project(request: HttpRequest, reference: str) -> HttpResponse:
    """What to do next, the path, the people, who reads it."""
    return render(request, "projects/project.html", _context(request, project_or_404(request, reference)))


def _context(request: HttpRequest, row: Project) -> dict[str, Any]:
    people = list(row.people.all())
    members, accesses = list(members_of(row)), list(running_accesses(row))
    waiting = row.invitations.count()
    owns, edits = can(request.user, "projects.own", row), can(request.user, "projects.fill", row)
    opens = can(request.user, "applications.open", row)
    glance = at_a_glance(row, timezone.localdate(), request.user) if opens else None
    followed = path_glance(row, timezone.localdate())
    situation = Situation(
        owns=owns, edits=edits, archived=row.archived_at is not None, stage=row.stage,
        has_summary=bool(row.summary), people=len(people), alone=len(members) == 1 and not waiting,
        advisor_offered=owns and not accesses and advisors_for(row).exists(),
    )  # fmt: skip
    return {
        "project": row,
        "owns": owns,
        "edits": edits,
        "is_member": belongs_to(request.user, row),
        "next": _next(row, next_step(situation), followed, len(people)),
        "followed": followed,
        "path": path_of(row),
        "history": stage_history(row),
        **mandates_on(request.user, row),
        "people": people,
        **_counted(people),
        "missing": missing_sentence(len(people)) if row.stage in BEFORE_CREATION else "",
        "members": members,
        "waiting": waiting if owns else 0,
        "accesses": accesses,
        "plan": main_plan(row),
        "creation_file": file_of(row),
        "help_requests": list(requests_about(row, request.user)[:_REQUESTS_SHOWN]),
        "new_messages": new_count(request.user, row),
        "last_visit": last_visit(row),
        "reports_visits": can(request.user, "visits.write", row),
        "glance": glance,
        "proposed": owns and waits_for_group(row, {one.advisor_id for one in accesses}),
        "meetings": appointments_at_a_glance(request.user, row),
        "applications": [{"row": one, "name": source_name(one)} for one in glance.running] if glance else [],
    }


def _counted(people: Iterable[ProjectPerson]) -> dict[str, int]:
    """How many women, people who did not say, and young people the group wrote down."""
    rows = list(people)
    return {
        "women": sum(one.woman == Answer.YES for one in rows),
        "unsaid": sum(one.woman == Answer.UNKNOWN for one in rows),
        "young": sum(one.young == Answer.YES for one in rows),
    }


def _next(row: Project, step: NextStep, followed: PathGlance | None, people: int) -> NextAction | None:
    """The next step of the path, unless the project has to be taken up again or told first."""
    if followed is None or row.archived_at is not None or step in (NextStep.RESTORE, NextStep.DESCRIBE):
        return next_action(row, step, people)
    return NextAction(followed.next.sentence, followed.next.url, _("Voir l’étape"))
