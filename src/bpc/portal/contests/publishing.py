"""The verdict as published: anonymous marks, ranks, decisions and their reasons in one file anybody can recompute."""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.core.jury.verdict_file import anonymise, compose, head, write
from bpc.core.jury.verdict_file import check as check_chain
from bpc.portal.contests.deciding import NotRanked, standing_decisions, undecided
from bpc.portal.contests.models import Decision, Edition, EditionRules, Entry, Publication, Ranking
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import WrongPhase, latest_ranking, lines_of, marks_digest, marks_of
from bpc.portal.contests.states import EDITION_MOVES, Phase
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move


class OutdatedRanking(Exception):
    """Marks or entries changed since the ranking that decisions were made on."""


class Undecided(Exception):
    """Entries wait for the president; `entries` are their keys."""

    def __init__(self, entries: tuple[int, ...]) -> None:
        super().__init__(str(len(entries)))
        self.entries = entries


class BrokenVerdict(Exception):
    """The file does not hold what it should: nothing is published."""


def entry_numbers(ranking: Ranking) -> dict[int, str]:
    """The number of each entry in the file, by key."""
    return {int(key): number for key, number in ranking.content["entries"].items()}


def published_number(entry: Entry) -> str:
    """The number of an entry in the published file; empty when it is not in it."""
    numbers = Publication.objects.filter(edition=entry.edition_id).values_list("numbers", flat=True).first()
    return str((numbers or {}).get(str(entry.pk), ""))


def verdict_document(edition: Edition) -> dict[str, Any]:
    """The records of the published file, before they are chained. No name, no comment, no key of a row.

    Raises `NotRanked`, `ranking.NoMarks`, `OutdatedRanking`.
    """
    ranking = latest_ranking(edition)
    if ranking is None:
        raise NotRanked(edition.slug)
    marks, entries = marks_of(edition), entry_numbers(ranking)
    if ranking.marks_sha256 != marks_digest(marks):
        raise OutdatedRanking(edition.slug)
    return compose(
        edition=_edition_record(edition), software=ranking.software, laureates=ranking.content["laureates"],
        marks=anonymise(marks, _named(ranking, "entries"), _named(ranking, "jurors")),
        decisions=_decisions(ranking, entries),
    )  # fmt: skip


def _named(ranking: Ranking, kind: str) -> dict[Hashable, str]:
    return {int(key): number for key, number in ranking.content[kind].items()}


def _edition_record(edition: Edition) -> dict[str, Any]:
    rules: EditionRules | None = edition.rules_versions.first()
    criteria = list(edition.criteria.values_list("name_fr", "name_ar"))
    return {
        "slug": edition.slug, "name_fr": edition.name_fr, "name_ar": edition.name_ar,
        "rules_version": rules.version if rules else None, "rules_sha256": rules.sha256 if rules else "",
        "criteria_fr": [french for french, _arabic in criteria],
        "criteria_ar": [arabic for _french, arabic in criteria],
    }  # fmt: skip


def _decisions(ranking: Ranking, entries: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "entry": entries[key], "outcome": one.outcome, "place": one.place, "departs": one.departs,
            "reason": one.reason, "language": one.language,
        }
        for key, one in sorted(standing_decisions(ranking).items(), key=lambda pair: entries[pair[0]])
    ]  # fmt: skip


@transaction.atomic
def publish_results(*, edition: Edition, actor: Any, at: datetime) -> Publication:
    """Close the edition and keep the file, byte for byte. Published twice, the first stands.

    Raises `NotRanked`, `OutdatedRanking`, `Undecided`, `BrokenVerdict`, `WrongPhase`, `PermissionDenied`.
    """
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    check(actor, "contests.preside", row)
    if (published := Publication.objects.filter(edition=row).first()) is not None:
        return published
    if phase_of(row, at) != Phase.DECIDING:
        raise WrongPhase(row.slug)
    ranking = latest_ranking(row)
    if ranking is None:
        raise NotRanked(row.slug)
    if waiting := undecided(ranking):
        raise Undecided(waiting)
    # an entry that left the contest since an earlier ranking has no decision; the trail keeps what was decided
    Decision.objects.filter(entry__edition=row).exclude(ranking=ranking).delete()
    document = verdict_document(row)
    text = write(document)
    if check_chain(text) or not _says_the_same(document, ranking):
        raise BrokenVerdict(row.slug)
    publication = Publication.objects.create(
        edition=row,
        text=text,
        head=head(text),
        software=ranking.software,
        numbers=entry_numbers(ranking),
        published_at=at,
        published_by=actor,
    )
    record(actor=actor, verb="publish verdict", obj=row, at=at, data={"head": publication.head})
    move(edition, EDITION_MOVES, "close edition", actor=actor, at=at)
    outdate(GENERATION)
    return publication


def _says_the_same(document: dict[str, Any], ranking: Ranking) -> bool:
    """Whether the file ranks as the ranking did that decisions were made on."""
    numbers = entry_numbers(ranking)
    decided = {numbers[line.entry]: (line.rank, line.rank_low, line.rank_high) for line in lines_of(ranking)}
    told = {
        one["entry"]: (one["rank"], one["rank_low"], one["rank_high"])
        for one in document["records"]
        if one["kind"] == "rank"
    }
    return told == decided
