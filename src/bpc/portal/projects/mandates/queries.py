"""What the pages of mandates read."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import visible
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import ANSWER_WITHIN
from bpc.portal.projects.mandates.visibility import mandates_in_force
from bpc.portal.projects.models import Project


def shown(rows: QuerySet[Mandate], at: datetime) -> QuerySet[Mandate]:
    """With the people and the project, and `stands`: whether it is in force at this instant."""
    standing = mandates_in_force(at).filter(pk=OuterRef("pk"))
    return rows.select_related("project", "person", "advisor", "confirmed_by", "ended_by").annotate(
        stands=Exists(standing)
    )


def held_by(person: Any, at: datetime) -> QuerySet[Mandate]:
    """The mandates given to the advisor, the newest first."""
    return shown(Mandate.objects.filter(advisor=person), at)


def given_by(person: Any, at: datetime) -> QuerySet[Mandate]:
    """The mandates the person gave, the newest first; requests nobody confirmed are not theirs."""
    return shown(Mandate.objects.filter(person=person, confirmed_at__isnull=False), at)


def of_region(person: Any, region: str, at: datetime) -> QuerySet[Mandate]:
    """Those in force and those that wait, for who steers the region: what asks for a delegate first."""
    rows = visible(person, Mandate).filter(project__region=region, ended_at=None)
    unanswered = rows.filter(confirmed_at=None, asked_at__lt=at - ANSWER_WITHIN)
    rows = rows.exclude(pk__in=unanswered.values("pk"))
    return shown(rows, at).order_by("confirmed_at", "-asked_at", "-pk")


def of_project(person: Any, project: Project, at: datetime) -> list[Mandate]:
    """Those confirmed for one project that the person may see, the newest first."""
    rows = visible(person, Mandate).filter(project=project, confirmed_at__isnull=False)
    return list(shown(rows, at)[:20])


def to_act_under(person: Any, project: Project, at: datetime) -> Mandate | None:
    """The mandate in force the advisor holds for this project."""
    rows = mandates_in_force(at).filter(advisor=person, project=project)
    return rows.select_related("person").order_by("pk").first()


def acts_under(mandate: Mandate) -> QuerySet[AuditEntry]:
    """Everything done under a mandate, the newest first."""
    rows = AuditEntry.objects.filter(on_behalf_of=mandate.person_id, data__mandate=mandate.pk)
    return rows.select_related("actor", "on_behalf_of").order_by("-at", "-pk")


def recent_acts(project: Project, number: int) -> list[AuditEntry]:
    """The last things done in somebody's name on this project, for its group."""
    keys = list(project.mandates.filter(confirmed_at__isnull=False).values_list("pk", "person"))
    if not keys:
        return []
    rows = AuditEntry.objects.filter(
        on_behalf_of__in={person for _key, person in keys}, data__mandate__in=[key for key, _person in keys]
    )
    return list(rows.select_related("actor", "on_behalf_of").order_by("-at", "-pk")[:number])
