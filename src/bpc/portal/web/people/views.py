"""The first page of a person's space, and what they were told."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from bpc.portal.contests.entry_queries import entries_of
from bpc.portal.contests.team import awaiting_answer
from bpc.portal.counsel.queries import requests_asked_by
from bpc.portal.foundation.permissions import can, get_visible_or_404, visible
from bpc.portal.gatherings.queries import own_registrations
from bpc.portal.learning.queries import due_count
from bpc.portal.observations.queries import observations_written_by
from bpc.portal.people.actions import mark_read
from bpc.portal.people.models import Notification
from bpc.portal.people.notices import address_of, text_of
from bpc.portal.people.queries import invitations_for, memberships_of, missing_from_profile, unread_count
from bpc.portal.projects.queries import advised_projects, projects_of
from bpc.portal.projects.visibility import invitations_for as project_invitations_for
from bpc.portal.threads.queries import new_count
from bpc.portal.web.people.space import (
    idea_counts,
    next_action,
    waiting_for_moderation,
    waiting_observations,
    waiting_words_of_alumni,
)

_PER_PAGE = 20
_RECENT = 5
_PROJECTS_SHOWN = 3


def _readable(notices: Any) -> list[tuple[Notification, str]]:
    """Each notice with its sentence; kinds that no room declares any more say nothing and are left out."""
    return [(notice, text) for notice in notices if (text := text_of(notice))]


#: What the page offers to whom has the right.
_TOOLS = {
    "advises": "counsel.advise",
    "steers": "counsel.steer",
    "can_read_shared_notes": "threads.shared_notes",
    "can_administer": "people.administer",
    "can_keep_models": "blueprints.edit",
    "can_keep_partner_courses": "partner_courses.keep",
    "can_keep_packages": "packages.change",
    "can_teach": "training.write",
    "can_import_register": "register.import",
    "can_hold_meetings": "gatherings.organise",
    "can_hold_workshops": "workshops.hold",
    "can_revoke_badges": "badges.revoke",
    "can_keep_hours": "appointments.keep",
    "can_advise_teams": "contests.advise_teams",
}


def my_space(request: HttpRequest) -> HttpResponse:
    """The next action, one's ideas, projects, notices, organisations and roles."""
    person: Any = request.user
    waiting = waiting_for_moderation(person)
    context = {
        "next": next_action(person, waiting),
        "waiting": waiting,
        **{name: can(person, right) for name, right in _TOOLS.items()},
        "waiting_observations": waiting_observations(person),
        "waiting_stories": waiting_words_of_alumni(person),
        "ideas": idea_counts(person),
        "told": observations_written_by(person)[:_PROJECTS_SHOWN],
        "projects": projects_of(person)[:_PROJECTS_SHOWN],
        "project_invitations": project_invitations_for(person),
        "entries": entries_of(person)[:_PROJECTS_SHOWN],
        "named_in": awaiting_answer(person),
        "advised": advised_projects(person)[:_PROJECTS_SHOWN],
        "help_requests": requests_asked_by(person)[:_PROJECTS_SHOWN],
        "review_due": due_count(person, timezone.localdate()),
        "unread": unread_count(person),
        "new_messages": new_count(person),
        "notices": _readable(visible(person, Notification)[:_RECENT]),
        "memberships": memberships_of(person),
        "invitations": invitations_for(person),
        "missing": missing_from_profile(person),
        "registrations": own_registrations(person, timezone.localdate())[:_PROJECTS_SHOWN],
        "grants": person.role_grants.filter(ended_at=None).select_related("region"),
    }
    return render(request, "people/my_space.html", context)


def notifications(request: HttpRequest) -> HttpResponse:
    """Everything the person was told, newest first; a button marks all as read."""
    if request.method == "POST":
        mark_read(user=request.user, notice=None, actor=request.user, at=timezone.now())  # type: ignore[arg-type]
        return redirect("web:notifications")
    page_obj = Paginator(visible(request.user, Notification), _PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "notices": _readable(page_obj), "unread": unread_count(request.user)}
    return render(request, "people/notifications.html", context)


def notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one notice: it is read, and leads where it is about."""
    notice = get_visible_or_404(request.user, Notification, pk=pk)
    mark_read(user=notice.user, notice=notice, actor=request.user, at=timezone.now())
    return HttpResponseRedirect(address_of(notice))
