"""Who sees a group's applications: whoever opens its vault. Funders never: what they receive, the group sends."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.applications.models import Application, ApplicationEvent, ApplicationTick, PieceDraft
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.vault.visibility import can_open, may_edit, may_open, projects_open_to


def can_see_application(person: Any, row: Application) -> bool:
    """Whoever opens the project's vault."""
    return can_open(person, row.project)


def applications_visible_to(person: Any) -> QuerySet[Application]:
    """The applications `can_see_application` allows."""
    return Application.objects.filter(project__in=projects_open_to(person))


def can_see_part(person: Any, part: ApplicationEvent | PieceDraft | ApplicationTick) -> bool:
    """Events, texts and ticks: whoever sees the application."""
    return can_open(person, part.application.project)


def events_visible_to(person: Any) -> QuerySet[ApplicationEvent]:
    """The events `can_see_part` allows."""
    return ApplicationEvent.objects.filter(application__in=applications_visible_to(person))


def drafts_visible_to(person: Any) -> QuerySet[PieceDraft]:
    """The texts `can_see_part` allows."""
    return PieceDraft.objects.filter(application__in=applications_visible_to(person))


def ticks_visible_to(person: Any) -> QuerySet[ApplicationTick]:
    """The ticks `can_see_part` allows."""
    return ApplicationTick.objects.filter(application__in=applications_visible_to(person))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Application, can_see=can_see_application, visible_to=applications_visible_to)
    declare_visibility(ApplicationEvent, can_see=can_see_part, visible_to=events_visible_to)
    declare_visibility(PieceDraft, can_see=can_see_part, visible_to=drafts_visible_to)
    declare_visibility(ApplicationTick, can_see=can_see_part, visible_to=ticks_visible_to)
    declare_right(
        "applications.open",
        "Voir les demandes d’un projet (son groupe, sauf les lecteurs, et le conseiller admis)",
        may_open,
    )
    declare_right(
        "applications.edit", "Tenir les demandes d’un projet (son groupe, sauf les lecteurs)", may_edit
    )
