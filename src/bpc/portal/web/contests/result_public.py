"""The published ranking as rows: laureates by name, everybody else by the number of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bpc.portal.contests.deciding import standing_decisions
from bpc.portal.contests.models import Decision, Edition, Publication
from bpc.portal.contests.publishing import OutdatedRanking, entry_numbers
from bpc.portal.contests.ranking import Line, latest_ranking, lines_of, proposals
from bpc.portal.contests.states import Outcome
from bpc.portal.web.contests.result_rows import drawn
from bpc.portal.web.contests.result_words import (
    interval_words,
    outcome_words,
    proposal_words,
    rank_words,
    readings_words,
)


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """An entry in the published ranking; its words and drawing are made for the page that shows it only."""

    line: Line
    number: str
    last: int
    border: int
    decision: Decision

    def shown(self) -> dict[str, Any]:
        """The row as the table writes it."""
        line = self.line
        return {
            "number": self.number,
            "line": line,
            "rank": rank_words(line.rank, len(line.tied_with)),
            "interval": interval_words(line.rank_low, line.rank_high),
            "chart": drawn(line, self.number, self.last, self.border),
            "readings": readings_words(line.readings),
            "decided": outcome_words(self.decision.outcome, self.decision.place),
        }


def published_rows(
    edition: Edition, publication: Publication
) -> tuple[list[PublishedRow], list[dict[str, Any]], dict[str, Any]]:
    """Every entry by its number, what the president decided otherwise or alone, and a few figures."""
    ranking = latest_ranking(edition)
    if ranking is None:
        raise OutdatedRanking(edition.slug)
    lines, decided, numbers = lines_of(ranking), standing_decisions(ranking), entry_numbers(ranking)
    last, border = sum(line.rank is not None for line in lines), int(ranking.content["laureates"])
    rows = [
        PublishedRow(line, numbers[line.entry], last, border, decided[line.entry])
        for line in lines
        if line.entry in decided
    ]
    facts = {
        "entries": len(rows),
        "readings": sum(line.readings for line in lines),
        "unread": sum(line.rank is None for line in lines),
        "laureates": sum(row.decision.outcome == Outcome.LAUREATE for row in rows),
        "method": ranking.method,
        "software": ranking.software,
        "computed_at": ranking.computed_at,
    }
    return rows, _departures(rows, proposals(ranking)), facts


def _departures(rows: list[PublishedRow], wanted: Mapping[int, Any]) -> list[dict[str, Any]]:
    """The decisions that the ranking did not make: other than proposed, ties at the border, unread entries."""
    found = []
    for row in rows:
        proposed = wanted[row.line.entry]
        if not row.decision.departs and proposed.outcome is not None:
            continue
        found.append({
            "number": row.number,
            "rank": rank_words(row.line.rank, len(row.line.tied_with)),
            "proposed": proposal_words(proposed) if row.decision.departs else _why(proposed.why),
            "decided": outcome_words(row.decision.outcome, row.decision.place),
            "reason": row.decision.reason,
            "language": row.decision.language,
        })  # fmt: skip
    return found


def _why(why: str) -> str:
    return _("égalité à la limite des lauréats") if why == "border" else _("jamais lue")
