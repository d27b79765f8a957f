"""What organisers do to an edition: create, edit, announce, revise its rules, extend, cancel, lift a cancellation."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from bpc.portal.contests.calendar import COLUMNS as DAYS
from bpc.portal.contests.calendar import WrongDates, date_problems, days_of, extension_problems
from bpc.portal.contests.edition_content import EditionContent, missing_for_announcement
from bpc.portal.contests.models import Edition, EditionNotice, EditionRules
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.notices.editions import tell_about
from bpc.portal.contests.phases import Verb, demand
from bpc.portal.contests.rules import digest, freeze_rules, rules_content
from bpc.portal.contests.states import EDITION_MOVES, NoticeKind
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.differences import changed_fields
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing, move
from bpc.portal.reference.models import Territory

ORGANISE = "contests.organise"
RESERVED = frozenset({"tenir", "inviter", "recalculer"})
_LONGEST_SLUG = 56


class StaleEdition(Exception):
    """Somebody changed the edition since it was read; `current` is what stands now."""

    def __init__(self, current: Edition) -> None:
        super().__init__(current.slug)
        self.current = current


class NotReady(Exception):
    """The edition cannot be announced yet; `missing` are the codes of `missing_for_announcement`."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class NothingNew(Exception):
    """What is asked is what stands already."""


@transaction.atomic
def create_edition(
    *, content: EditionContent, region: Territory | None, actor: Any, at: datetime, is_demo: bool = False
) -> Edition:
    """Begin an edition of a region, or of the nation (None). It stays unseen until announced.

    Raises WrongDates, PermissionDenied (a delegate outside their region).
    """
    days = content.days or {}
    if problems := date_problems(days):
        raise WrongDates(problems)
    edition = Edition(region=region, created_by=actor, created_at=at, is_demo=is_demo)
    content.put_on(edition)
    check(actor, ORGANISE, edition)
    edition.slug = _free_slug(edition)
    edition.save()
    content.put_criteria(edition)
    record(actor=actor, verb="create edition", obj=edition, at=at, after=edition.state)
    return edition


@transaction.atomic
def edit_edition(
    *, edition: Edition, content: EditionContent, revision: int, actor: Any, at: datetime
) -> Edition:
    """Change an edition that is not announced yet. Raises WrongPhase, StaleEdition, WrongDates, PermissionDenied."""
    row = _locked(edition, actor, revision)
    demand(Verb.EDIT, row, at)
    before = rules_content(row)
    _write(row, content)
    _trace(row, "edit edition", before, actor, at)
    return row


@transaction.atomic
def delete_draft(*, edition: Edition, actor: Any, at: datetime) -> None:
    """Remove an edition that nobody but its organisers ever saw. Raises WrongPhase, PermissionDenied."""
    row = _locked(edition, actor)
    demand(Verb.DELETE, row, at)
    record(actor=actor, verb="delete edition", obj=row, at=at, before=row.state, data={"slug": row.slug})
    row.delete()


@transaction.atomic
def announce(*, edition: Edition, actor: Any, at: datetime) -> EditionRules:
    """Announce an edition: everybody sees it, its rules are frozen as version 1 with their digest.

    Raises WrongPhase, NotReady, PermissionDenied.
    """
    row = _locked(edition, actor)
    demand(Verb.ANNOUNCE, row, at)
    if missing := missing_for_announcement(row, timezone.localtime(at).date()):
        raise NotReady(missing)
    rules = freeze_rules(row, actor=actor, at=at)
    data: dict[str, Any] = {"rules": rules.version, "sha256": rules.sha256}
    move(row, EDITION_MOVES, "publish edition", actor=actor, at=at, **data)
    outdate(GENERATION)
    _refresh(edition, row)
    return rules


@transaction.atomic
def revise_rules(
    *,
    edition: Edition,
    content: EditionContent,
    reason: str,
    language: str,
    revision: int,
    actor: Any,
    at: datetime,
) -> EditionRules:
    """Publish a new version of the rules before any juror reads by them; the former stays readable, teams are told.

    Days move by `extend` only. Raises WrongPhase, ReasonMissing, StaleEdition, NothingNew, NotReady, PermissionDenied.
    """
    if not reason.strip():
        raise ReasonMissing("revise rules")
    row = _locked(edition, actor, revision)
    demand(Verb.REVISE, row, at)
    before = rules_content(row)
    _write(row, EditionContent(content.columns, None, content.criteria))
    if missing := missing_for_announcement(row, days_of(row)["entries_until"] or date.min):
        raise NotReady(missing)
    if digest(rules_content(row)) == digest(before):
        raise NothingNew(row.slug)
    _trace(row, "revise rules", before, actor, at, reason)
    rules = freeze_rules(row, actor=actor, at=at)
    _note(row, NoticeKind.RULES, reason, language, {"version": rules.version}, actor, at)
    _refresh(edition, row)
    return rules


@transaction.atomic
def extend(
    *,
    edition: Edition,
    days: Mapping[str, date | None],
    reason: str,
    language: str,
    actor: Any,
    at: datetime,
) -> EditionNotice:
    """Move days of an announced edition later, with a reason that everybody reads; the rules get a new version.

    Raises WrongPhase, ReasonMissing, WrongDates, NothingNew, PermissionDenied.
    """
    if not reason.strip():
        raise ReasonMissing("extend edition")
    row = _locked(edition, actor)
    phase = demand(Verb.EXTEND, row, at)
    if problems := extension_problems(row, days, phase, timezone.localtime(at).date()):
        raise WrongDates(problems)
    before, present = rules_content(row), days_of(row)
    changed = {name: day for name, day in days.items() if day != present[name]}
    if not changed:
        raise NothingNew(row.slug)
    _write(row, EditionContent(days={**present, **changed}))
    _trace(row, "extend edition", before, actor, at, reason)
    changes = {name: [_iso(present[name]), _iso(day)] for name, day in changed.items()}
    rules = freeze_rules(row, actor=actor, at=at)
    notice = _note(
        row, NoticeKind.EXTENSION, reason, language, {**changes, "version": rules.version}, actor, at
    )
    _refresh(edition, row)
    return notice


@transaction.atomic
def cancel(*, edition: Edition, reason: str, language: str, actor: Any, at: datetime) -> EditionNotice:
    """Cancel an announced edition, with a reason that everybody reads. Raises WrongPhase, ReasonMissing."""
    return _decide(
        edition, Verb.CANCEL, "cancel edition", NoticeKind.CANCELLATION, reason, language, actor, at
    )


@transaction.atomic
def reinstate(*, edition: Edition, reason: str, language: str, actor: Any, at: datetime) -> EditionNotice:
    """Lift a cancellation, with a reason that everybody reads. Raises WrongPhase, ReasonMissing."""
    kind = NoticeKind.REINSTATED
    return _decide(edition, Verb.REINSTATE, "reinstate edition", kind, reason, language, actor, at)


def _decide(
    edition: Edition,
    verb: Verb,
    name: str,
    kind: NoticeKind,
    reason: str,
    language: str,
    actor: Any,
    at: datetime,
) -> EditionNotice:
    row = _locked(edition, actor)
    demand(verb, row, at)
    move(row, EDITION_MOVES, name, actor=actor, at=at, reason=reason)
    notice = _note(row, kind, reason, language, {}, actor, at)
    _refresh(edition, row)
    return notice


def _locked(edition: Edition, actor: Any, revision: int | None = None) -> Edition:
    row = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    check(actor, ORGANISE, row)
    if revision is not None and row.revision != revision:
        raise StaleEdition(row)
    return row


def _write(row: Edition, content: EditionContent) -> None:
    content.put_on(row)
    if problems := date_problems(days_of(row)):
        raise WrongDates(problems)
    row.revision += 1
    row.save()
    content.put_criteria(row)


def _trace(
    row: Edition, verb: str, before: dict[str, Any], actor: Any, at: datetime, reason: str = ""
) -> None:
    """One row of the trail, with the parts that changed. Raises nothing: an edit may change nothing."""
    data = {"changed": changed_fields(before, rules_content(row)), "revision": row.revision}
    record(actor=actor, verb=verb, obj=row, at=at, reason=reason, data=data)


def _note(
    row: Edition, kind: NoticeKind, reason: str, language: str, changes: dict[str, Any], actor: Any, at: datetime
) -> EditionNotice:  # fmt: skip
    notice = EditionNotice.objects.create(
        edition=row, kind=kind, reason=reason.strip(), language=language[:8], changes=changes, at=at, by=actor
    )
    tell_about(notice, at=at)
    outdate(GENERATION)
    return notice


def _refresh(edition: Edition, row: Edition) -> None:
    """The caller's own copy says what stands now."""
    for name in ("state", "revision", "published_at", "cancelled_at", *DAYS):
        setattr(edition, name, getattr(row, name))


def _free_slug(edition: Edition) -> str:
    """From the French name and the year of the first day; numbered when taken."""
    year = timezone.localtime(edition.entries_from).year
    name = slugify(edition.name_fr)[:_LONGEST_SLUG].strip("-") or "ideathon"
    stem = name if str(year) in name else f"{name}-{year}"
    for number in range(1, 10_000):
        slug = stem if number == 1 else f"{stem}-{number}"
        if slug not in RESERVED and not Edition.objects.filter(slug=slug).exists():
            return slug
    raise ValueError("too many editions of this name")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
