"""What one juror was asked to read: what is left, drafts, what is done. Counted and paged by the database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from bpc.portal.contests.blind import titles_as_read
from bpc.portal.contests.models import Edition, Juror, Reading
from bpc.portal.contests.states import EntryState, ReadingState

PAGE_SIZE = 30


class Stage(StrEnum):
    """How far a reading is."""

    LEFT = "left"
    DRAFT = "draft"
    DONE = "done"


_STAGES = {
    Stage.LEFT: Q(state=ReadingState.ASSIGNED, saved_at=None),
    Stage.DRAFT: Q(state=ReadingState.ASSIGNED, saved_at__isnull=False),
    Stage.DONE: Q(state=ReadingState.DONE),
}


@dataclass(frozen=True)
class ReadingLine:
    """One reading of the list; `title` as the juror may see it."""

    reading: Reading
    title: str
    stage: Stage


@dataclass(frozen=True)
class JurorList:
    """One page of what a juror was asked to read, and how many there are at each stage."""

    lines: list[ReadingLine]
    page: Page[Reading]
    counts: dict[Stage, int]

    @property
    def asked(self) -> int:
        """All that was asked."""
        return sum(self.counts.values())


def juror_list(
    juror: Juror, edition: Edition, *, at: datetime, stage: Stage | None = None, page: str | int = 1
) -> JurorList:
    """The readings of one juror, what is left first; all, or those at one `stage`."""
    mine = readings_of(juror)
    counts = mine.order_by().aggregate(**{name: Count("pk", filter=which) for name, which in _STAGES.items()})
    rows = mine.filter(_STAGES[stage]) if stage is not None else mine
    shown = Paginator(
        rows.select_related("entry", "entry__sector", "entry__commune").only(
            "state", "saved_at", "done_at", "is_extra", "revision", "juror_id", "entry__reference",
            "entry__title", "entry__language", "entry__sector__name_fr", "entry__sector__name_ar",
            "entry__sector__icon", "entry__commune__name_fr", "entry__commune__name_ar",
        ).order_by("done_at", "pk"), PAGE_SIZE,
    ).get_page(page)  # fmt: skip
    on_page = list(shown)
    titles = titles_as_read(edition, [reading.entry for reading in on_page], at=at)
    lines = [ReadingLine(reading, titles[reading.entry_id], stage_of(reading)) for reading in on_page]
    return JurorList(lines, shown, {Stage(name): number for name, number in counts.items()})


def readings_of(juror: Juror) -> QuerySet[Reading]:
    """What is asked of a juror: not what was taken back, nor an entry no longer in the contest."""
    return Reading.objects.filter(
        juror=juror, state__in=(ReadingState.ASSIGNED, ReadingState.DONE), entry__state=EntryState.ELIGIBLE
    )


def stage_of(reading: Reading) -> Stage:
    """How far a reading is."""
    if reading.state == ReadingState.DONE:
        return Stage.DONE
    return Stage.LEFT if reading.saved_at is None else Stage.DRAFT
