"""What follows marks, written straight in: a ranking, decisions, what is published and what each team is told."""

import itertools
from datetime import timedelta
from typing import Any

from bpc.portal.contests.models import (
    AdvisorSlot,
    Certificate,
    Decision,
    Entry,
    Feedback,
    Publication,
    Ranking,
    ReinforcedSupport,
)
from bpc.portal.contests.states import EditionState, Outcome
from tests.portal.contests.contest_world import NOW, make_entry

_hours = itertools.count(1)


def fill_verdicts(people: dict[str, Any]) -> None:
    """In every edition that has an eligible entry."""
    for entry in list(Entry.objects.filter(state="eligible")):
        fill_verdict(entry, people)


def fill_verdict(entry: Entry, people: dict[str, Any]) -> None:
    """Each outcome in the edition of an eligible entry: decided, told or not yet, with free and taken moments."""
    edition, advisor = entry.edition, people["advisor"]
    ranking = Ranking.objects.create(
        edition=edition, method="jury-score/1", software="essai", marks_sha256="0" * 64, content={}
    )
    if edition.state == EditionState.CLOSED:
        Publication.objects.create(edition=edition, text="{}", head="0" * 64, software="essai")
    for outcome, sent_at in ((Outcome.LAUREATE, None), (Outcome.MENTION, NOW), (Outcome.NOT_CHOSEN, NOW)):
        decided = entry if outcome == Outcome.LAUREATE else make_entry(edition, entry.created_by)  # type: ignore[arg-type]
        place = 1 if outcome == Outcome.LAUREATE else None
        Decision.objects.create(ranking=ranking, entry=decided, outcome=outcome, place=place)
        Feedback.objects.create(entry=decided, course="start_coop", sent_at=sent_at)
        Certificate.objects.create(entry=decided, code=f"C{decided.pk:07d}")
    ReinforcedSupport.objects.create(entry=entry, advisor=advisor)
    keep_slot(entry, advisor, taken=True)
    keep_slot(entry, advisor)


def keep_slot(entry: Entry, advisor: Any, *, taken: bool = False) -> AdvisorSlot:
    """A moment of the advisor in the edition of the entry, taken by it or free."""
    return AdvisorSlot.objects.create(
        edition=entry.edition, advisor=advisor, starts_at=NOW + timedelta(hours=next(_hours)),
        place="Délégation d’Agadir", language="fr", entry=entry if taken else None, taken_at=NOW if taken else None,
    )  # fmt: skip
