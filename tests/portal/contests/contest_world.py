"""A small ideathon: an edition in the phase asked, its criteria, entries, a jury and readings, written straight in."""

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bpc.portal.contests.models import (
    AssignmentRun,
    Ballot,
    Conflict,
    Criterion,
    DiscussionMessage,
    Edition,
    Entry,
    EntryMember,
    IdeaInvitation,
    Juror,
    Mark,
    Reading,
)
from bpc.portal.contests.states import EditionState, Phase
from bpc.portal.people.models import User
from bpc.portal.reference.models import Territory
from tests.portal.world import HERE, make_idea

NOW = timezone.now()
_numbers = itertools.count(1)
# phases between which somebody sees more or less; the others read as one of these
_TOLD_APART = (Phase.DRAFT, Phase.ENTRIES, Phase.MARKING, Phase.DISCUSSION, Phase.RESULTS)
CRITERIA = {"innovation": 3, "impact": 4, "environment": 1, "territory": 2}  # code → weight
# days from the opening of entries to the moment asked: each phase lasts ten days
_INTO = {
    Phase.DRAFT: -5, Phase.ANNOUNCED: -5, Phase.ENTRIES: 5, Phase.CHECKING: 15, Phase.MARKING: 25,
    Phase.DISCUSSION: 35, Phase.DECIDING: 45, Phase.RESULTS: 45, Phase.CANCELLED: 5,
}  # fmt: skip
_STATES = {
    Phase.DRAFT: EditionState.DRAFT, Phase.CANCELLED: EditionState.CANCELLED, Phase.RESULTS: EditionState.CLOSED
}  # fmt: skip


def make_edition(phase: Phase = Phase.ENTRIES, *, region: str | None = HERE[:2], **changes: Any) -> Edition:
    """An edition in `phase` now, with four criteria of which each mark has its sentence."""
    opens = NOW - timedelta(days=_INTO[phase])
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"edition-{number}", "state": _STATES.get(phase, EditionState.PUBLISHED), "name_fr": "Idéathon d’essai",
        "name_ar": "إيدياثون تجريبي", "region_id": region, "entries_from": opens, "entries_until": _after(opens, 10),
        "marking_from": _after(opens, 20), "marking_until": _after(opens, 30), "discussion_until": _after(opens, 40),
        "results_on": _after(opens, 50).date(), "published_at": opens,
    }  # fmt: skip
    edition = Edition.objects.create(**{**values, **changes})
    sentences = {str(mark): {"fr": f"Niveau {mark}", "ar": f"مستوى {mark}"} for mark in range(1, 6)}
    for position, (code, weight) in enumerate(CRITERIA.items()):
        Criterion.objects.create(
            edition=edition, code=code, position=position, name_fr=code, name_ar=code, weight=weight,
            descriptors=sentences,
        )  # fmt: skip
    return edition


def _after(opens: datetime, days: int) -> datetime:
    return opens + timedelta(days=days)


def make_entry(
    edition: Edition, author: User, *, state: str = "eligible", commune: str = HERE, **changes: Any
) -> Entry:
    """An entry and its author, who leads the team and agreed."""
    number = next(_numbers)
    place = Territory.objects.get(pk=commune)
    values: dict[str, Any] = {
        "reference": f"E{number:07d}", "title": f"Séchoir partagé {number}", "summary": "Vingt familles sèchent.",
        "language": "fr", "sector_id": "food", "submitted_at": None if state == "draft" else NOW,
    }  # fmt: skip
    entry = Entry.objects.create(
        edition=edition, created_by=author, state=state, commune=place, province_id=place.province_code,
        region_id=place.region_code, **{**values, **changes},
    )  # fmt: skip
    EntryMember.objects.create(
        entry=entry, user=author, name="Responsable", is_lead=True, consent="given", answered_at=NOW
    )
    return entry


def make_juror(
    edition: Edition, user: User | None = None, *, state: str = "accepted", **changes: Any
) -> Juror:
    """Somebody of the jury, who reads both languages."""
    values: dict[str, Any] = {"name": f"Juré {next(_numbers)}", "languages": ["fr", "ar"], "answered_at": NOW}
    return Juror.objects.create(edition=edition, user=user, state=state, **{**values, **changes})


def make_reading(juror: Juror, entry: Entry, marks: tuple[int, ...] = ()) -> Reading:
    """A reading asked; with `marks` (one per criterion, in order) it is done."""
    reading = Reading.objects.create(
        juror=juror, entry=entry, state="done" if marks else "assigned", done_at=NOW if marks else None
    )
    for criterion, value in zip(entry.edition.criteria.all(), marks, strict=False):
        Mark.objects.create(
            reading=reading, criterion=criterion, value=value, comment="Lu avec soin.", language="fr"
        )
    return reading


def fill_contests(author: User, people: dict[str, Any]) -> None:
    """Editions of each phase here, elsewhere and for the nation; entries of each state; a juror and the president."""
    for phase, region in itertools.product(_TOLD_APART, (HERE[:2], "02", None)):
        edition = make_edition(phase, region=region)
        juror = make_juror(edition, people["juror"])
        president = make_juror(edition, people["trainer"], is_president=True)
        make_juror(edition, None, state="invited", email="juree@example.org")
        for state in ("draft", "submitted", "eligible", "ineligible", "withdrawn"):
            entry = make_entry(edition, author, state=state)
            entry.attachments.create(kind="photo", original_name="a.jpg", content_type="image/jpeg", size=1)
            EntryMember.objects.create(entry=entry, user=people["holder"], name="Membre")
            EntryMember.objects.create(entry=entry, name="Nommée", email=people["funder"].email)
            if state == "eligible":
                make_reading(juror, entry, (3, 4, 3, 5))
                make_reading(president, entry)
                Conflict.objects.create(juror=juror, entry=entry, kind="commune")
                Ballot.objects.create(edition=edition, voter=people["holder"], entry=entry)
                DiscussionMessage.objects.create(
                    entry=entry,
                    juror=juror,
                    text="Le prix me paraît bas.",
                    language="fr",
                    submission_key=uuid4(),
                )
        make_juror(edition, None, state="invited", email=people["cooperative"].email)
        AssignmentRun.objects.create(edition=edition, by=people["delegate"], status="infeasible")
        IdeaInvitation.objects.create(
            edition=edition, idea=make_idea(author=author), invited_by=people["delegate"]
        )
