"""What changed for a group since it was last told: sources by sources, from one state to the next.

A state holds, for each source that is not excluded, its verdict, the version of its terms and what presses: a window
to prepare for, or a last day that is near. It is small enough to be kept with each watch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from bpc.core.matching.many import compile_schemes, tabulate
from bpc.core.matching.verdict import ANSWERS
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.funding.calendar import next_window, urgency
from bpc.portal.funding.matching import known_facts
from bpc.portal.funding.queries import all_sources, schemes

#: In the order they are told: what must be done soon comes first.
KINDS = ("closing", "soon", "forecast", "new", "possible", "confirm", "terms", "lost")
Kind = Literal["closing", "soon", "forecast", "new", "possible", "confirm", "terms", "lost"]
#: slug -> [verdict, version, what presses]; "" -> the day of the state
State = Mapping[str, Any]
_OPEN = ("eligible", "to_confirm")


@dataclass(frozen=True, slots=True)
class Changed:
    """One source of which something is to be told; `day` of a window where the kind has one."""

    kind: Kind
    slug: str
    day: date | None = None


def states_of(profiles: Sequence[Mapping[str, Any]], today: date) -> list[dict[str, Any]]:
    """The state of each profile (its answers), all judged together."""
    if not profiles:
        return []
    rules, sources = tuple(schemes().values()), all_sources()
    facts = [known_facts(answers, today=today) for answers in profiles]
    codes = compile_schemes(rules, today).verdicts(tabulate(facts, today))
    marks = {slug: _marks(source, today) for slug, source in sources.items()}
    ids = [rule.id for rule in rules]
    states = []
    for row in codes:
        state: dict[str, Any] = {"": today.isoformat()}
        for at in row.nonzero()[0].tolist():  # zero is excluded
            version, pressing = marks[ids[at]]
            state[ids[at]] = [ANSWERS[row[at]], version, pressing]
        states.append(state)
    return states


def state_of(answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The state of one profile."""
    return states_of([answers], today)[0]


def _marks(source: FundingSource, today: date) -> tuple[int, str]:
    window = next_window(source, today)
    pressing = urgency(window, today)
    if pressing == "closing" and window.closes is not None:
        return source.version, f"closing:{window.closes.isoformat()}"
    begins = window.opens or window.closes
    if pressing == "soon" and begins is not None:
        kind = "forecast" if window.kind == "forecast" else "soon"  # never told as announced
        return source.version, f"{kind}:{begins.isoformat()}"
    return source.version, ""


def changes_between(before: State, after: State, sources: Mapping[str, FundingSource]) -> list[Changed]:
    """What is to be told, the most pressing first; a source is told once, for its most pressing change."""
    found = list(_changes(before, after, sources))
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.day or date.max, one.slug))


def _changes(before: State, after: State, sources: Mapping[str, FundingSource]) -> Iterator[Changed]:
    since = before.get("", "")
    for slug, now in after.items():
        if not slug or slug not in sources:
            continue
        verdict, version, pressing = now
        was = before.get(slug)
        if pressing and (was is None or was[2] != pressing):
            kind, _colon, day = pressing.partition(":")
            yield Changed(cast(Kind, kind), slug, date.fromisoformat(day))
        elif was is None:
            is_new = sources[slug].version == 1 and sources[slug].updated.isoformat() > since
            if is_new or verdict in _OPEN:
                yield Changed("new" if is_new else "possible", slug)
        elif was[0] != verdict and verdict in _OPEN:
            yield Changed("possible" if verdict == "eligible" or was[0] not in _OPEN else "confirm", slug)
        elif was[1] != version:
            yield Changed("terms", slug)
    for slug, was in before.items():
        if slug and slug not in after and was[0] in _OPEN and slug in sources:
            yield Changed("lost", slug)
