"""Rows of the ranking as its pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bpc.portal.contests.models import Decision, Edition, Entry, Ranking
from bpc.portal.contests.ranking import Change, Line, Proposal
from bpc.portal.web.charts.intervals import rank_interval
from bpc.portal.web.contests.edition_views import Trail, edition_trail
from bpc.portal.web.contests.result_words import (
    change_words,
    interval_label,
    interval_words,
    outcome_words,
    proposal_words,
    rank_words,
)

PAGE_SIZE = 50
MOST_CHANGES = 20


def desk_trail(edition: Edition, own: str) -> Trail:
    """The way back up from under the president's ranking."""
    above = edition_trail(edition, own)
    return [*above[:-1], (_("Palmarès"), reverse("web:ranking_desk", args=[edition.slug])), above[-1]]


def entries_named(keys: Iterable[int]) -> dict[int, Entry]:
    """The entries of a page, with their names only."""
    return Entry.objects.only("reference", "title", "language").in_bulk(list(keys))


def desk_rows(
    ranking: Ranking,
    lines: Sequence[Line],
    wanted: Mapping[int, Proposal],
    decided: Mapping[int, Decision],
) -> list[dict[str, Any]]:
    """One row an entry: scores, rank, interval, what is proposed and what was decided; one query."""
    entries = entries_named(line.entry for line in lines)
    last, border = _bounds(ranking)
    return [
        {
            "line": line,
            "entry": entries[line.entry],
            "rank": rank_words(line.rank, len(line.tied_with)),
            "interval": interval_words(line.rank_low, line.rank_high),
            "chart": drawn(line, entries[line.entry].reference, last, border),
            "proposal": proposal_words(wanted[line.entry]),
            "decision": decided.get(line.entry),
            "decided": _decided(decided.get(line.entry)),
        }
        for line in lines
        if line.entry in entries
    ]


def _bounds(ranking: Ranking) -> tuple[int, int]:
    """The last place there is, and the last of the laureates."""
    ranked = sum(line["rank"] is not None for line in ranking.content["lines"])
    return ranked, int(ranking.content["laureates"])


def drawn(line: Line, name: str, last: int, border: int) -> str:
    """The interval of a rank as a drawing; empty for an entry that nobody read."""
    if line.place is None or line.rank_low is None or line.rank_high is None:
        return ""
    label = interval_label(name, line.place, line.rank_low, line.rank_high, last)
    return rank_interval(
        line.rank_low, line.rank_high, line.place, last=last, border=border, label=label,
        rtl=get_language_bidi(),
    )  # fmt: skip


def _decided(decision: Decision | None) -> str:
    return outcome_words(decision.outcome, decision.place) if decision is not None else ""


def change_rows(changes: Sequence[Change]) -> dict[str, Any]:
    """What moved since the last computation: the first of them, and how many there are."""
    shown = changes[:MOST_CHANGES]
    entries = entries_named(one.entry for one in shown)
    rows = [
        (entries[one.entry], change_words(one.before, one.after)) for one in shown if one.entry in entries
    ]
    return {"rows": rows, "count": len(changes), "more": len(changes) - len(rows)}
