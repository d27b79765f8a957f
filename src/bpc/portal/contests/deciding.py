"""The president decides, entry by entry or as the ranking proposes. Departing from it needs a written reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.contests.models import Decision, Edition, Entry, Ranking
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import Proposal, WrongPhase, latest_ranking, proposals
from bpc.portal.contests.states import EntryState, Outcome, Phase
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing


class NotRanked(Exception):
    """No ranking was computed, or this entry is not in it."""


class BadPlace(Exception):
    """A laureate has a place from 1; nobody else has one."""


@transaction.atomic
def decide(
    *, entry: Entry, outcome: str, place: int | None, reason: str, language: str, actor: Any, at: datetime
) -> Decision:
    """What becomes of one entry; deciding again replaces the decision, and the trail keeps both.

    Raises `ReasonMissing` when it departs from the ranking or when the ranking cannot tell (a tie at the border, an
    entry nobody read), `NotRanked`, `BadPlace`, `WrongPhase`, `PermissionDenied`.
    """
    ranking = _open(entry.edition, actor, at)
    row = Entry.objects.filter(pk=entry.pk, state=EntryState.ELIGIBLE).first()
    proposed = proposals(ranking).get(entry.pk)
    if row is None or proposed is None:
        raise NotRanked(entry.reference)
    chosen = Outcome(outcome)
    if (chosen == Outcome.LAUREATE) != (place is not None) or (place is not None and place < 1):
        raise BadPlace(str(place))
    departs = departs_from(proposed, chosen, place)
    if (departs or proposed.outcome is None) and not reason.strip():
        raise ReasonMissing("decide")
    before = Decision.objects.filter(entry=row).first()
    decision, _created = Decision.objects.update_or_create(
        entry=row,
        defaults={
            "ranking": ranking, "outcome": chosen, "place": place, "departs": departs, "reason": reason.strip(),
            "language": language, "decided_by": actor, "decided_at": at,
        },
    )  # fmt: skip
    record(
        actor=actor, verb="override ranking" if departs else "decide entry", obj=row, at=at,
        before=before.outcome if before else "", after=chosen, reason=reason.strip(),
        data={"ranking": ranking.pk, "place": place, "proposed": proposed.outcome or proposed.why},
    )  # fmt: skip
    return decision


def departs_from(proposed: Proposal, outcome: Outcome, place: int | None) -> bool:
    """Whether a decision is another one than the ranking proposed; where it proposed nothing, none departs."""
    return proposed.outcome is not None and (proposed.outcome, proposed.place) != (outcome, place)


@transaction.atomic
def decide_as_proposed(
    *, edition: Edition, reason: str, language: str, actor: Any, at: datetime
) -> tuple[int, ...]:
    """Take the proposal for every entry it is clear for and that was not decided yet; the others' keys are returned.

    Raises `ReasonMissing` (the act itself needs one), `NotRanked`, `WrongPhase`, `PermissionDenied`.
    """
    ranking = _open(edition, actor, at)
    if not reason.strip():
        raise ReasonMissing("decide as proposed")
    wanted = proposals(ranking)
    decided = set(standing_decisions(ranking))
    clear = {key: one for key, one in wanted.items() if one.outcome is not None and key not in decided}
    Decision.objects.filter(entry__in=clear).delete()  # of an earlier ranking: they no longer stand
    Decision.objects.bulk_create(
        Decision(
            ranking=ranking, entry_id=key, outcome=one.outcome, place=one.place, reason=reason.strip(),
            language=language, decided_by=actor, decided_at=at,
        )
        for key, one in clear.items()
        if one.outcome is not None
    )  # fmt: skip
    left = tuple(key for key in wanted if key not in clear and key not in decided)
    record(
        actor=actor, verb="decide as proposed", obj=edition, at=at, reason=reason.strip(),
        data={"ranking": ranking.pk, "decided": len(clear), "left": len(left)},
    )  # fmt: skip
    return left


def _open(edition: Edition, actor: Any, at: datetime) -> Ranking:
    """The ranking that decisions are about, once the right and the phase are checked."""
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    check(actor, "contests.preside", row)
    if phase_of(row, at) != Phase.DECIDING:
        raise WrongPhase(row.slug)
    ranking = latest_ranking(row)
    if ranking is None:
        raise NotRanked(row.slug)
    return ranking


def standing_decisions(ranking: Ranking) -> Mapping[int, Decision]:
    """The decisions made on this ranking, by entry. Those of an earlier one no longer stand."""
    return {one.entry_id: one for one in ranking.decisions.all()}


def undecided(ranking: Ranking) -> tuple[int, ...]:
    """The entries of the ranking that wait for the president."""
    decided = standing_decisions(ranking)
    return tuple(key for key in proposals(ranking) if key not in decided)
