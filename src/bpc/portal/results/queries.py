"""What the pages of this room read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from bpc.portal.projects.models import Project
from bpc.portal.results.models import Following, PeriodResult
from bpc.portal.results.periods import Period, periods_ended
from bpc.portal.results.states import StoryState
from bpc.portal.results.visibility import public_followings, stories_moderated_by


@dataclass(frozen=True)
class PeriodLine:
    """A period that is over, with what was said of it."""

    period: Period
    result: PeriodResult | None

    @property
    def answered(self) -> bool:
        """Whether the group said something of it."""
        return self.result is not None and self.result.answered_at is not None


def following_of(project: Project) -> Following | None:
    """How the project is followed; None while it has not started."""
    return Following.objects.filter(project=project).first()


def periods_of(following: Following, today: date) -> list[PeriodLine]:
    """Every period that is over, the oldest first, with its answer."""
    rows = {row.ends_on: row for row in PeriodResult.objects.filter(project=following.project_id)}
    return [PeriodLine(one, rows.get(one.ends_on)) for one in periods_ended(following.launched_on, today)]


def last_answer_before(project: Project, ends_on: date) -> PeriodResult | None:
    """What a form is filled with: the last answer of a former period."""
    rows = PeriodResult.objects.filter(project=project, answered_at__isnull=False, ends_on__lt=ends_on)
    return rows.order_by("-ends_on").first()


def alumni_cards(*, region: str = "", sector: str = "") -> QuerySet[Following]:
    """The projects that agreed to be shown, the last to have finished first."""
    chosen = {"project__region": region, "project__sector": sector}
    return (
        public_followings()
        .filter(**{name: code for name, code in chosen.items() if code})
        .filter(project__archived_at=None)
        .select_related("project__commune", "project__sector")
        .only(
            "launched_on", "alumni_since", "story", "language", "project__name", "project__language",
            "project__commune", "project__sector", "project__is_demo",
        )
        .order_by("-alumni_since", "-pk")
    )  # fmt: skip


def stories_to_read(person: Any, *, state: str = StoryState.WAITING) -> QuerySet[Following]:
    """The desk: words in a state (empty: any) that the person moderates, the longest waiting first."""
    rows = stories_moderated_by(person)
    return (
        (rows.filter(story_state=state) if state else rows)
        .select_related("project__commune", "project__region", "project__sector")
        .defer("project__summary", "story_reason")
        .order_by("story_sent_at", "pk")
    )


def waiting_stories(person: Any) -> int:
    """How many wait for the person."""
    return stories_moderated_by(person).filter(story_state=StoryState.WAITING).count()
