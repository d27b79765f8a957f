"""Ideas, needs and opportunities heard, by region and by ISO week: counted by the database, whatever their number.

A week begins on Monday, by the clock of the country. That nobody wrote is a true zero here, never an unknown.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Count, DateField, Min, Q, QuerySet
from django.db.models.functions import Coalesce, TruncWeek
from django.utils import timezone

from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import PUBLIC_STATES, ObservationState

HeardKind = Literal["idea", "need", "opportunity"]
Measure = Literal["received", "published", "answered"]
KINDS: tuple[HeardKind, ...] = ("idea", "need", "opportunity")
MEASURES: tuple[Measure, ...] = ("received", "published", "answered")
USUAL_WEEKS = 26
MOST_WEEKS = 157  # three years: what one page can show
MONDAY = timedelta(weeks=1)
EARLIEST = date(2020, 1, 6)  # years before the platform; an address may ask for the year 1


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks, from the Monday `first` to the week of the Monday `last`."""

    first: date
    last: date

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Monday of each week.

        >>> [day.isoformat() for day in Period(date(2026, 11, 9), date(2026, 11, 16)).weeks]
        ['2026-11-09', '2026-11-16']
        """
        return tuple(self.first + MONDAY * number for number in range((self.last - self.first).days // 7 + 1))

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment of the period and the first after it, by the clock of the country."""
        zone = timezone.get_default_timezone()
        first, after = (
            datetime(day.year, day.month, day.day, tzinfo=zone) for day in (self.first, self.last + MONDAY)
        )
        return first, after


def monday_of(day: date) -> date:
    """The Monday of the ISO week a day is in."""
    return day - timedelta(days=day.weekday())


def period_between(start: date | None, end: date | None, *, today: date) -> Period:
    """The weeks asked for: to this week when no end is told, `USUAL_WEEKS` when no start is, no more than three years.

    A future end is this week, one before `EARLIEST` is that week; a start after the end gives that week alone.

    >>> period_between(None, None, today=date(2026, 11, 22))
    Period(first=datetime.date(2026, 5, 25), last=datetime.date(2026, 11, 16))
    """
    last = monday_of(min(max(end or today, EARLIEST), today))
    first = last - MONDAY * (USUAL_WEEKS - 1) if start is None else min(monday_of(max(start, EARLIEST)), last)
    return Period(max(first, last - MONDAY * (MOST_WEEKS - 1)), last)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What moderators have not read yet, and since when the oldest waits (None: nothing does)."""

    count: int = 0
    since: datetime | None = None

    def days(self, now: datetime) -> int | None:
        """Whole days the oldest has waited."""
        return None if self.since is None else max(0, (now - self.since).days)


@dataclass(frozen=True)
class Heard:
    """What was heard in some regions over a period; every count that is absent is a true zero.

    `counts` by (measure, region, kind, Monday); `audiences` by (region, audience), "" for those who did not say, of
    what was received; `waiting` by (region, kind); `unanswered`: needs and opportunities public and without an answer
    today, by region; `categories` by (kind, code) and `sectors` by code, of what was received; `communes`: how many of
    a region were heard at least once.
    """

    period: Period
    regions: tuple[str, ...]
    counts: Counter[tuple[str, str, str, date]]
    audiences: Counter[tuple[str, str]] = field(default_factory=Counter)
    waiting: dict[tuple[str, str], Waiting] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)
    categories: Counter[tuple[str, str]] = field(default_factory=Counter)
    sectors: Counter[str] = field(default_factory=Counter)
    communes: Counter[str] = field(default_factory=Counter)

    def total(self, measure: Measure, *, kind: HeardKind | None = None, region: str | None = None) -> int:
        """How many over the whole period."""
        return sum(
            number
            for (what, where, which, _week), number in self.counts.items()
            if what == measure and kind in (None, which) and region in (None, where)
        )

    def by_week(
        self, measure: Measure, *, kind: HeardKind | None = None, region: str | None = None
    ) -> list[int]:
        """How many in each week of the period."""
        found: Counter[date] = Counter()
        for (what, where, which, week), number in self.counts.items():
            if what == measure and kind in (None, which) and region in (None, where):
                found[week] += number
        return [found[week] for week in self.period.weeks]

    def waits(self, *, kind: HeardKind | None = None, region: str | None = None) -> Waiting:
        """What waits to be read today."""
        held = [
            one
            for (where, which), one in self.waiting.items()
            if kind in (None, which) and region in (None, where)
        ]
        since = [one.since for one in held if one.since is not None]
        return Waiting(sum(one.count for one in held), min(since, default=None))

    def audience(self, audience: str, *, region: str | None = None) -> tuple[int, int]:
        """How many were meant first for an audience, and how many said for whom they are."""
        said = {key: number for key, number in self.audiences.items() if key[1] and region in (None, key[0])}
        return sum(number for key, number in said.items() if key[1] == audience), sum(said.values())


def heard_between(period: Period, regions: Collection[str]) -> Heard:
    """All that was heard in these regions (codes). Twelve queries, whatever was written."""
    where = Q(region__in=list(regions))
    counts: Counter[tuple[str, str, str, date]] = Counter()
    audiences: Counter[tuple[str, str]] = Counter()
    for rows, kinds in _received(where):
        for region, kind, audience, week, number in _weekly(rows, period, "came", kinds, "audience"):
            counts[("received", region, kind, week)] += number
            audiences[(region, audience)] += number
    for key, number in _published(period, where):
        counts[("published", *key)] += number
    answers = Observation.objects.filter(where, answered_at__isnull=False)
    for region, kind, week, number in _weekly(answers, period, "answered_at", _OBSERVED):
        counts[("answered", region, kind, week)] += number
    categories, sectors = _subjects(period, where)
    return Heard(
        period=period,
        regions=tuple(regions),
        counts=counts,
        audiences=audiences,
        waiting=_waiting(where),
        unanswered=_unanswered(where),
        categories=categories,
        sectors=sectors,
        communes=_communes(period, where),
    )


def published_between(period: Period, regions: Collection[str]) -> Heard:
    """What everybody may read, by the week it was published. Two queries."""
    found: Counter[tuple[str, str, str, date]] = Counter()
    for key, number in _published(period, Q(region__in=list(regions)), public=True):
        found[("published", *key)] += number
    return Heard(period=period, regions=tuple(regions), counts=found)


#: How a model tells its kind: a column, or the one word for ideas.
_OBSERVED = "kind"
_IDEA: HeardKind = "idea"
_HANDED_IN = Coalesce("submitted_at", "created_at")


def _received(where: Q) -> Iterator[tuple[QuerySet[Any], str]]:
    """Everything handed in, whatever became of it; a draft was not."""
    ideas = Idea.objects.filter(where).exclude(state=IdeaState.DRAFT)
    observations = Observation.objects.filter(where).exclude(state=ObservationState.DRAFT)
    yield ideas.annotate(came=_HANDED_IN), ""
    yield observations.annotate(came=_HANDED_IN), _OBSERVED


def _published(
    period: Period, where: Q, *, public: bool = False
) -> Iterator[tuple[tuple[str, str, date], int]]:
    """First publications; `public` leaves out what is no longer to be read."""
    ideas = Idea.objects.filter(where, published_at__isnull=False)
    observations = Observation.objects.filter(where, published_at__isnull=False)
    if public:
        ideas = ideas.filter(state=IdeaState.PUBLISHED)
        observations = observations.filter(state__in=PUBLIC_STATES)
    for rows, kinds in ((ideas, ""), (observations, _OBSERVED)):
        for region, kind, week, number in _weekly(rows, period, "published_at", kinds):
            yield (region, kind, week), number


def _weekly(
    rows: QuerySet[Any], period: Period, moment: str, kinds: str, *more: str
) -> Iterator[tuple[Any, ...]]:
    """(region, kind, …more, Monday, number) of each group with any. One query."""
    start, after = period.bounds
    week = TruncWeek(moment, output_field=DateField(), tzinfo=timezone.get_default_timezone())
    grouped = (
        rows.filter(**{f"{moment}__gte": start, f"{moment}__lt": after})
        .annotate(week=week)
        .order_by()
        .values_list("region", *([kinds] if kinds else []), *more, "week")
        .annotate(number=Count("pk"))
    )
    for region, *rest in grouped:
        yield (region, *rest) if kinds else (region, _IDEA, *rest)


def _waiting(where: Q) -> dict[tuple[str, str], Waiting]:
    """What waits for a moderator today. Two queries."""
    ideas = Idea.objects.filter(where, state=IdeaState.SUBMITTED).order_by().values_list("region")
    observations = Observation.objects.filter(where, state=ObservationState.SUBMITTED).order_by()
    oldest = Min(_HANDED_IN)
    found: dict[tuple[str, str], Waiting] = {
        (region, _IDEA): Waiting(number, since)
        for region, number, since in ideas.annotate(number=Count("pk"), since=oldest)
    }
    grouped = observations.values_list("region", "kind").annotate(number=Count("pk"), since=oldest)
    for region, kind, number, since in grouped:
        found[(region, kind)] = Waiting(number, since)
    return found


def _unanswered(where: Q) -> Counter[str]:
    rows = Observation.objects.filter(where, state=ObservationState.PUBLISHED).order_by()
    return Counter(dict(rows.values_list("region").annotate(Count("pk"))))


def _subjects(period: Period, where: Q) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """What was spoken of: needs and opportunities by category, ideas by sector. Two queries."""
    (ideas, _none), (observations, _kind) = _received(where)
    start, after = period.bounds
    within = {"came__gte": start, "came__lt": after}
    categories = observations.filter(**within).order_by().values_list("kind", "category")
    sectors = ideas.filter(**within).order_by().values_list("sector").annotate(Count("pk"))
    return (
        Counter({(kind, code): number for kind, code, number in categories.annotate(Count("pk"))}),
        Counter(dict(sectors)),
    )


def _communes(period: Period, where: Q) -> Counter[str]:
    """How many communes of each region were heard at least once. Two queries, 1,503 rows each at most."""
    start, after = period.bounds
    heard: set[tuple[str, str]] = set()
    for rows, _kinds in _received(where & Q(commune__isnull=False)):
        pairs = rows.filter(came__gte=start, came__lt=after).order_by().values_list("region", "commune")
        heard.update(pairs.distinct())
    return Counter(region for region, _commune in heard)
