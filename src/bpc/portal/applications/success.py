"""How often a source says yes and how long it takes, from what groups told; never of a few cases only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from bpc.portal.applications.models import Application
from bpc.portal.applications.states import State

#: Fewer decided cases, or fewer projects, could point to a group.
FEWEST_CASES = FEWEST_PROJECTS = 5

_Case = tuple[str, int, date | None, date, str]


@dataclass(frozen=True, slots=True)
class SuccessRate:
    """Of one source: decided cases, those granted, days from sending to decision (None where no sending is dated)."""

    slug: str
    decided: int
    granted: int
    projects: int
    median_days: float | None
    since: date  # first and last decision
    until: date

    @property
    def rate(self) -> float:
        """Granted over decided, between 0 and 1."""
        return self.granted / self.decided


def success_rates() -> Mapping[str, SuccessRate]:
    """By slug, only sources with enough cases of enough projects; demonstration projects do not count."""
    decided = (
        Application.objects.filter(decided_on__isnull=False, project__is_demo=False)
        .exclude(state__in=[State.PREPARING, State.SENT, State.MORE_ASKED])
        .values_list("source_slug", "project_id", "sent_on", "decided_on", "refusal")
        .order_by("source_slug")
    )
    by_source: dict[str, list[_Case]] = {}
    for case in decided.iterator():
        by_source.setdefault(case[0], []).append(case)  # type: ignore[arg-type]  # decided_on is not null here
    rates = (_rate(slug, cases) for slug, cases in by_source.items())
    return {rate.slug: rate for rate in rates if rate is not None}


def _rate(slug: str, cases: list[_Case]) -> SuccessRate | None:
    projects = {project for _slug, project, _sent, _decided, _refusal in cases}
    if len(cases) < FEWEST_CASES or len(projects) < FEWEST_PROJECTS:
        return None
    days = [(decided - sent).days for _slug, _project, sent, decided, _refusal in cases if sent is not None]
    days_known = _median(days)
    dates = [case[3] for case in cases]
    granted = sum(refusal == "" for *_rest, refusal in cases)
    return SuccessRate(slug, len(cases), granted, len(projects), days_known, min(dates), max(dates))


def _median(days: Iterable[int]) -> float | None:
    """None below the floor too: a delay is a figure about people like another."""
    known = list(days)
    return float(median(known)) if len(known) >= FEWEST_CASES else None
