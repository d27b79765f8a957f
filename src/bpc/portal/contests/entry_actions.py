"""The team's verbs on its entry: start, amend, submit, reopen, withdraw, discard, appeal.

Each is atomic, checks the running phase, and leaves its audit row. The same form twice makes one entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from bpc.portal.contests.completeness import Missing, missing_from
from bpc.portal.contests.eligibility import eligibility
from bpc.portal.contests.models import Edition, Entry, EntryMember
from bpc.portal.contests.notices import entries as told
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import ENTRY_MOVES, ConsentDoor, EntryState, Phase, TeamConsent
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import IllegalMove, move
from bpc.portal.ideas.handing_in import KeyTaken, StaleForm, check_speaks_for, locked_at, rewrite
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.pending import attach_pending, describe_attachments, drop_attachments
from bpc.portal.ideas.references import new_reference
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Territory

__all__ = ["KeyTaken", "StaleForm"]

MOST_DRAFTS = 5  # of one person in one edition
_DRAWS = 5
_COUNTED = (EntryState.SUBMITTED, EntryState.ELIGIBLE, EntryState.INELIGIBLE)
_BEFORE_MARKING = (Phase.ENTRIES, Phase.CHECKING)


class NotNow(Exception):
    """The running phase does not allow this."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(phase.value)
        self.phase = phase


class Incomplete(Exception):
    """The entry lacks something; `missing` says what."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(", ".join(one.code for one in missing))
        self.missing = missing


class AlreadyEntered(Exception):
    """The idea or the project stands in this edition already; `entry` is where."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.reference)
        self.entry = entry


class TooManyDrafts(Exception):
    """The person has begun as many entries of this edition as may be begun."""


class RulesChanged(Exception):
    """The rules accepted are not those in force."""


class AppealedBefore(Exception):
    """A refusal is looked at again once only."""


@dataclass(frozen=True)
class EntryContent:
    """What a team says. `answers`: code of a field of the edition's form → text."""

    title: str
    language: str
    sector_id: str
    commune: Territory
    summary: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    entrant: str = ""
    organisation_id: int | None = None
    shown_to_voters: str = Answer.UNKNOWN
    video_url: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of `Entry` these words fill, province and region repeated from the commune."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return values | {
            "answers": dict(self.answers),
            "province_id": self.commune.province_code, "region_id": self.commune.region_code,
        }  # fmt: skip


def start_entry(
    *,
    edition: Edition,
    content: EntryContent,
    submission_key: UUID,
    actor: Any,
    at: Any,
    idea: Idea | None = None,
    project: Project | None = None,
) -> tuple[Entry, bool]:
    """The draft made of this form, its author leading the team; and whether it is new (False: made before).

    Raises `NotNow`, `AlreadyEntered`, `TooManyDrafts`, `KeyTaken`, `PermissionDenied`.
    """
    check_phase(edition, at, Phase.ENTRIES)
    check_speaks_for(content.organisation_id, actor)
    with transaction.atomic():
        # one at a time for an edition, so that two forms of one idea never meet
        locked = Edition.objects.select_for_update().get(pk=edition.pk)
        if (twin := Entry.objects.filter(submission_key=submission_key).first()) is not None:
            if twin.created_by_id != actor.pk or twin.edition_id != edition.pk:
                raise KeyTaken(submission_key)
            return twin, False
        _check_room(locked, actor, idea, project)
        columns = {**content.columns(), "idea": idea, "project": project}
        entry = _created(locked, columns, submission_key, actor, at)
        EntryMember.objects.create(
            entry=entry, user=actor, name=actor.display_name, is_lead=True, consent=TeamConsent.GIVEN,
            door=ConsentDoor.ACCOUNT, answered_at=at, created_at=at,
        )  # fmt: skip
        attach_pending(entry, submission_key)
        origin = {"idea": idea.reference} if idea else {"project": project.reference} if project else {}
        record(actor=actor, verb="start entry", obj=entry, at=at, after=entry.state, data=origin)
    return entry, True


def amend_entry(
    *,
    entry: Entry,
    content: EntryContent,
    version: int,
    actor: Any,
    at: Any,
) -> Entry:
    """Write new words into an entry read at `version`. Raises `StaleForm`, `IllegalMove`, `NotNow`."""
    with transaction.atomic():
        row = locked_at(entry, version)
        check_amendable(row, actor, at)
        if content.organisation_id != row.organisation_id:
            check_speaks_for(content.organisation_id, actor)
        row.changed_at = at
        changed = rewrite(row, content.columns())
        record(actor=actor, verb="amend entry", obj=row, at=at, data={"changed": changed})
    return row


def amend_files(
    *,
    entry: Entry,
    submission_key: UUID,
    actor: Any,
    at: Any,
    removed_files: tuple[int, ...] = (),
    photo_words: Mapping[int, str] | None = None,
) -> Entry:
    """Add the files waiting under `submission_key`, let go of others, say what photos show."""
    with transaction.atomic():
        row = locked(entry)
        check_amendable(row, actor, at)
        drop_attachments(row, removed_files)
        describe_attachments(row, photo_words or {})
        added = attach_pending(row, submission_key)
        Entry.objects.filter(pk=row.pk).update(changed_at=at)
        data = {"added": added, "removed": len(removed_files)}
        record(actor=actor, verb="amend entry files", obj=row, at=at, data=data)
    return row


def submit_entry(*, entry: Entry, rules_version: int | None, actor: Any, at: Any) -> Entry:
    """Hand the entry in, its team having accepted the rules in force; what the check finds is kept with it.

    Raises `NotNow`, `Incomplete`, `RulesChanged`, `IllegalMove`.
    """
    with transaction.atomic():
        row = locked(entry)
        check(actor, "contests.enter", row)
        check_phase(row.edition, at, Phase.ENTRIES)
        check_rules(row.edition, rules_version)
        if missing := missing_from(row):
            raise Incomplete(missing)
        move(row, ENTRY_MOVES, "submit entry", actor=actor, at=at)
        row.rules_version = rules_version
        row.eligibility = [one.stored() for one in eligibility(row)]
        row.save(update_fields=["rules_version", "eligibility"])
        _count(row.edition, 1)
        told.tell_submitted(row, at=at)
    return row


def reopen_entry(*, entry: Entry, actor: Any, at: Any) -> Entry:
    """Take a handed-in entry back to change it, while entries are open. It must be handed in again."""
    with transaction.atomic():
        row = locked(entry)
        check_phase(row.edition, at, Phase.ENTRIES)
        move(row, ENTRY_MOVES, "reopen entry", actor=actor, at=at)
        _count(row.edition, -1)
    return row


def withdraw_entry(*, entry: Entry, actor: Any, at: Any) -> Entry:
    """Leave the edition, before the jury discusses: the jurors no longer see the entry. It does not come back."""
    with transaction.atomic():
        row = locked(entry)
        check_phase(row.edition, at, *_BEFORE_MARKING, Phase.MARKING)
        was_counted = row.state in _COUNTED
        move(row, ENTRY_MOVES, "withdraw entry", actor=actor, at=at)
        if was_counted:
            _count(row.edition, -1)
        told.tell_team(row, "entry.withdrawn", at=at, but=actor)
    return row


def discard_entry(*, entry: Entry, actor: Any, at: Any) -> None:
    """Erase a draft nobody outside the team has seen. Raises `IllegalMove` once it was handed in."""
    with transaction.atomic():
        row = locked(entry)
        check(actor, "contests.lead", row)
        if row.state != EntryState.DRAFT or row.submitted_at is not None:
            raise IllegalMove(row.state)
        record(actor=actor, verb="discard entry", obj=row, at=at, before=row.state)
        drop_attachments(row, row.attachments.values_list("pk", flat=True))
        row.delete()


def appeal_entry(*, entry: Entry, words: str, actor: Any, at: Any) -> Entry:
    """Ask once, before marking starts, that a refusal be looked at again; what was missing may be added before.

    Raises `NotNow`, `AppealedBefore`, `Incomplete`, `ReasonMissing`, `IllegalMove`.
    """
    with transaction.atomic():
        row = locked(entry)
        check_phase(row.edition, at, *_BEFORE_MARKING)
        if row.appealed_at is not None:
            raise AppealedBefore
        if missing := missing_from(row):
            raise Incomplete(missing)
        first_submitted = row.submitted_at
        move(row, ENTRY_MOVES, "appeal entry", actor=actor, at=at, reason=words)
        row.submitted_at, row.appealed_at = (
            first_submitted,
            at,
        )  # the entry came in time, whatever was added since
        row.eligibility = [one.stored() for one in eligibility(row)]
        row.save(update_fields=["submitted_at", "appealed_at", "eligibility"])
    return row


def locked(entry: Entry) -> Entry:
    """The row, locked, with its edition."""
    return Entry.objects.select_for_update(of=("self",)).select_related("edition").get(pk=entry.pk)


def may_amend(entry: Entry, at: Any) -> bool:
    """Whether its words, files and team may change at `at`: a draft while entries are open, or a refused entry
    whose team may still appeal.
    """
    phase = phase_of(entry.edition, at)
    if entry.state == EntryState.DRAFT:
        return phase == Phase.ENTRIES
    return may_appeal(entry, at)


def may_appeal(entry: Entry, at: Any) -> bool:
    """Whether a refusal may still be looked at again."""
    refused = entry.state == EntryState.INELIGIBLE and entry.appealed_at is None
    return refused and phase_of(entry.edition, at) in _BEFORE_MARKING


def check_amendable(entry: Entry, actor: Any, at: Any) -> None:
    """Raises `PermissionDenied`, `NotNow`, and `IllegalMove` for what was handed in."""
    check(actor, "contests.enter", entry)
    if may_amend(entry, at):
        return
    if entry.state in {EntryState.DRAFT, EntryState.INELIGIBLE}:
        raise NotNow(phase_of(entry.edition, at))
    raise IllegalMove(f"amend entry: {entry.state}")


def check_phase(edition: Edition, at: Any, *phases: Phase) -> None:
    """Raises `NotNow` unless one of `phases` runs at `at`."""
    if (phase := phase_of(edition, at)) not in phases:
        raise NotNow(phase)


def check_rules(edition: Edition, version: int | None) -> None:
    """Raises `RulesChanged` unless `version` is that of the rules in force (None: none were published)."""
    if version != rules_in_force(edition):
        raise RulesChanged


def rules_in_force(edition: Edition) -> int | None:
    """The version of the rules a team accepts now."""
    return edition.rules_versions.order_by("-version").values_list("version", flat=True).first()


def _check_room(edition: Edition, actor: Any, idea: Idea | None, project: Project | None) -> None:
    standing = edition.entries.exclude(state=EntryState.WITHDRAWN)
    for origin in ({"idea": idea}, {"project": project}):
        if None not in origin.values() and (entry := standing.filter(**origin).first()) is not None:
            raise AlreadyEntered(entry)
    if standing.filter(created_by=actor, state=EntryState.DRAFT).count() >= MOST_DRAFTS:
        raise TooManyDrafts


def _created(edition: Edition, columns: dict[str, Any], key: UUID, actor: Any, at: Any) -> Entry:
    for _ in range(_DRAWS):
        try:
            with transaction.atomic():
                return Entry.objects.create(
                    edition=edition, reference=new_reference(), created_by=actor, submission_key=key,
                    created_at=at, changed_at=at, **columns,
                )  # fmt: skip
        except IntegrityError:
            continue  # the code is taken: draw another
    raise IntegrityError("no free code")


def _count(edition: Edition, by: int) -> None:
    Edition.objects.filter(pk=edition.pk).update(entry_count=F("entry_count") + by)
    outdate("contests")
