"""What waits for a moderator: ideas, oldest first, and open reports."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from bpc.portal.ideas.models import Idea, Report
from bpc.portal.ideas.near import Near, near_ideas
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.visibility import ideas_moderated_by
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory

NEAR = 8  # ideas shown beside the one examined
_ROW = (
    "reference", "title", "language", "state", "speaker", "submitted_at", "created_at", "version",
    "commune__name_fr", "commune__name_ar", "region__name_fr", "region__name_ar",
    "sector__name_fr", "sector__name_ar", "sector__icon",
)  # fmt: skip


@dataclass(frozen=True)
class QueueFilter:
    """What the moderator asked to see; empty means all. `older_than` is in days waited."""

    state: str = IdeaState.SUBMITTED
    region: str = ""
    sector: str = ""
    older_than: int = 0


def queue(person: Any, chosen: QueueFilter, now: datetime) -> QuerySet[Idea]:
    """The ideas `person` moderates, the longest waiting first; without their long texts."""
    rows = ideas_moderated_by(person)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.region:
        rows = rows.filter(region=chosen.region)
    if chosen.sector:
        rows = rows.filter(sector=chosen.sector)
    if chosen.older_than:
        rows = rows.filter(submitted_at__lt=now - timedelta(days=chosen.older_than))
    with_names = rows.select_related("commune", "region", "sector").only(*_ROW)
    return with_names.order_by(F("submitted_at").asc(nulls_last=True), "pk")


def waiting_days(idea: Any, now: datetime) -> int | None:
    """Whole days since the idea was handed in; None once it no longer waits for a moderator."""
    if idea.state != IdeaState.SUBMITTED or idea.submitted_at is None:
        return None
    waited: int = (now - idea.submitted_at).days
    return max(0, waited)


def moderated_regions(person: Any) -> QuerySet[Territory]:
    """The regions a moderator may filter by: their own, or all twelve."""
    regions = Territory.objects.filter(level=Territory.Level.REGION)
    return regions if is_administrator(person) else regions.filter(pk__in=person.regions_as(Role.DELEGATE))


def alike(person: Any, idea: Idea) -> list[Near]:
    """Ideas that may say the same thing as the one examined, in either language, the nearest first."""
    return near_ideas(
        person, title=idea.title, text=f"{idea.need}\n{idea.proposal}", commune=idea.commune, besides=idea.pk,
        limit=NEAR,
    )  # fmt: skip


def open_reports(person: Any) -> QuerySet[Report]:
    """Reports nobody answered yet on ideas `person` moderates, oldest first."""
    waiting = Report.objects.filter(closed_at=None, idea__in=ideas_moderated_by(person).values("pk"))
    rows = waiting.select_related("idea", "idea__commune", "comment", "comment__author", "reporter")
    return rows.order_by("created_at", "pk")
