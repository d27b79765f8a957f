"""What is done to an application: open, tell what happened, take the last step back, correct, tick, write."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from bpc.portal.applications.events import refresh, standing_events
from bpc.portal.applications.models import Application, ApplicationEvent, ApplicationTick, PieceDraft
from bpc.portal.applications.sources import source_of
from bpc.portal.applications.states import MOVES, RUNNING, State, Step
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import move
from bpc.portal.funding.actions import note_use
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.projects.actions import lock as lock_project
from bpc.portal.projects.actions import touch
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import WRITERS
from bpc.portal.vault.models import VaultDocument

UNDO_WITHIN = timedelta(days=1)
MOST_EVENTS = 200


class UnknownSource(Exception):
    """The directory has no such source today."""


class WrongDate(Exception):
    """The day is to come, or before what happened before; `earliest` and `latest` are the days that fit."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(f"{earliest} to {latest}")
        self.earliest, self.latest = earliest, latest


class PaidTooMuch(Exception):
    """More would be paid than was granted; `left` is what still may be."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(str(left))
        self.left = left


class NothingToUndo(Exception):
    """No step, or one told more than a day ago: it is corrected, not taken back."""


@dataclass(frozen=True)
class Told:
    """What a group says happened. Amounts in MAD; `language` is that of the text."""

    on: date
    amount: Decimal | None = None
    due_on: date | None = None
    refusal: str = ""
    text: str = ""
    language: str = ""
    proof: VaultDocument | None = None

    def columns(self) -> dict[str, Any]:
        """As an event keeps them."""
        return {
            "on": self.on, "amount": self.amount, "due_on": self.due_on, "refusal": self.refusal,
            "text": self.text.strip(), "language": self.language if self.text.strip() else "",
            "proof": self.proof,
        }  # fmt: skip


@transaction.atomic
def open_application(
    *, project: Project, source_slug: str, amount: Decimal | None, actor: Any, at: datetime
) -> Application:
    """A file for this source; while one runs, that one, its amount put right as long as it is being prepared.

    Raises `UnknownSource`, `PermissionDenied`.
    """
    row = lock_project(project)
    check(actor, "applications.edit", row)
    running = Application.objects.filter(project=row, source_slug=source_slug, state__in=RUNNING).first()
    if running is not None:
        if running.state == State.PREPARING and amount is not None:
            ask_amount(application=running, amount=amount, actor=actor, at=at)
        return running
    source = source_of(source_slug)
    if source is None:
        raise UnknownSource(source_slug)
    opened = Application.objects.create(
        project=row, source_slug=source.id, source_name_fr=source.name_fr[:200],
        source_name_ar=source.name_ar[:200], source_kind=source.kind, amount_asked=amount,
        language="ar" if row.language == "ar" else "fr", opened_by=actor, opened_at=at, changed_at=at,
    )  # fmt: skip
    record(actor=actor, verb="open application", obj=opened, at=at, after=State.PREPARING,
           data={"source": source.id})  # fmt: skip
    note_use(slug=source.id)
    touch(row, actor, at)
    return opened


@transaction.atomic
def ask_amount(*, application: Application, amount: Decimal | None, actor: Any, at: datetime) -> None:
    """Change what is asked, while the file is being prepared; afterwards nothing changes."""
    row = _lock(application, actor)
    if row.state != State.PREPARING or row.amount_asked == amount:
        return
    before, row.amount_asked, row.changed_at = row.amount_asked, amount, at
    row.save(update_fields=["amount_asked", "changed_at"])
    application.amount_asked = amount
    record(actor=actor, verb="ask amount", obj=row, at=at, before=str(before or ""), after=str(amount or ""))


def _lock(application: Application, actor: Any) -> Application:
    """The row as it is now, kept from others, for somebody who may change it."""
    project = lock_project(application.project)
    row = Application.objects.select_for_update().get(pk=application.pk)
    row.project = project
    check(actor, "applications.edit", row)
    return row


@transaction.atomic
def tell_step(
    *, application: Application, step: Step, told: Told, actor: Any, at: datetime
) -> ApplicationEvent:
    """Say that something happened.

    Raises `IllegalMove` when it cannot happen now, `WrongDate`, `PaidTooMuch`, `PermissionDenied`.
    """
    row = _lock(application, actor)
    before = row.state
    events = list(standing_events(row))
    _check_date(told.on, events[-1].on if events else None, None, at)
    if step == Step.PAY:
        _check_payment(row, told.amount or Decimal(0), events)
    move(row, MOVES, str(step), actor=actor, at=at)
    event = ApplicationEvent.objects.create(
        application=row, step=step, before=before, made_by=actor, made_at=at,
        position=row.events.count(), **told.columns(),
    )  # fmt: skip
    _settle(row, actor, at)
    _tell_others(row, actor, at)
    application.refresh_from_db()
    return event


def _check_date(on: date, previous: date | None, following: date | None, at: datetime) -> None:
    today = timezone.localtime(at).date()
    earliest, latest = previous or date(2000, 1, 1), min(following or today, today)
    if not earliest <= on <= latest:
        raise WrongDate(earliest, latest)


def _check_payment(row: Application, amount: Decimal, others: list[ApplicationEvent]) -> None:
    """No more than was granted, where an amount was."""
    granted = next((event.amount for event in reversed(others) if event.step == Step.GRANT), None)
    if granted is None:
        return
    paid = sum((event.amount or Decimal(0) for event in others if event.step == Step.PAY), Decimal(0))
    if paid + amount > granted:
        raise PaidTooMuch(granted - paid)


def _settle(row: Application, actor: Any, at: datetime) -> None:
    row.changed_at = at
    refresh(row)
    touch(row.project, actor, at)
    outdate("funding")  # public rates of success


def _tell_others(row: Application, actor: User, at: datetime) -> None:
    """The others of the group who keep the file."""
    keepers = User.objects.filter(
        project_memberships__project=row.project, project_memberships__role__in=WRITERS
    )
    about = {"title": row.project.name, "reference": row.project.reference, "application": row.pk}
    for user in keepers.exclude(pk=actor.pk):
        notify(user=user, kind="applications.moved", data=about, at=at)


def undoable(application: Application, at: datetime) -> ApplicationEvent | None:
    """The last step, while it may still be taken back."""
    last = standing_events(application).last()
    return last if last is not None and at - last.made_at <= UNDO_WITHIN else None


@transaction.atomic
def undo_last_step(*, application: Application, actor: Any, at: datetime) -> ApplicationEvent:
    """Take back the last step told within a day. Raises `NothingToUndo`, `PermissionDenied`."""
    row = _lock(application, actor)
    last = undoable(row, at)
    if last is None:
        raise NothingToUndo
    last.undone_at, last.undone_by = at, actor
    last.save(update_fields=["undone_at", "undone_by"])
    if last.before != row.state:  # a second payment leads from paid to paid
        move(row, MOVES, f"back to {last.before}", actor=actor, at=at)
    else:
        record(actor=actor, verb="undo step", obj=row, at=at, data={"step": last.step})
    _settle(row, actor, at)
    application.refresh_from_db()
    return last


@transaction.atomic
def correct_event(*, event: ApplicationEvent, told: Told, actor: Any, at: datetime) -> ApplicationEvent:
    """Write a standing event again; the first writing is kept behind it.

    Raises `NothingToUndo` for an event that stands no more, `WrongDate`, `PaidTooMuch`, `PermissionDenied`.
    """
    row = _lock(event.application, actor)
    events = list(standing_events(row))
    places = {one.pk: place for place, one in enumerate(events)}
    if event.pk not in places:
        raise NothingToUndo
    place = places[event.pk]
    former = events[place]
    after = events[place + 1].on if place + 1 < len(events) else None
    _check_date(told.on, events[place - 1].on if place else None, after, at)
    others = [one for one in events if one.pk != former.pk]
    if former.step == Step.PAY:
        _check_payment(row, told.amount or Decimal(0), others)
    elif former.step == Step.GRANT:
        _check_granted(told.amount, others)
    written = _rewrite(former, told, actor, at)
    record(actor=actor, verb="correct step", obj=row, at=at, data={"step": former.step})
    _settle(row, actor, at)
    return written


def _check_granted(amount: Decimal | None, others: list[ApplicationEvent]) -> None:
    paid = sum((event.amount or Decimal(0) for event in others if event.step == Step.PAY), Decimal(0))
    if amount is not None and paid > amount:
        raise PaidTooMuch(amount - paid)


def _rewrite(former: ApplicationEvent, told: Told, actor: Any, at: datetime) -> ApplicationEvent:
    """The new writing in the place of the former one, whose proof is kept unless another is given."""
    kept = told if told.proof is not None else replace(told, proof=former.proof)
    # one standing event at a place: the former leaves it first
    ApplicationEvent.objects.filter(pk=former.pk).update(undone_at=at, undone_by=actor)
    written = ApplicationEvent.objects.create(
        application=former.application, step=former.step, before=former.before, made_by=actor, made_at=at,
        position=former.position, **kept.columns(),
    )  # fmt: skip
    ApplicationEvent.objects.filter(pk=former.pk).update(corrected_by=written, undone_at=None, undone_by=None)
    return written


@transaction.atomic
def tick(*, application: Application, key: str, done: bool, actor: Any, at: datetime) -> None:
    """Say that a line of the list before sending is done, or no longer."""
    row = _lock(application, actor)
    if done:
        _tick, changed = ApplicationTick.objects.get_or_create(
            application=row, key=key, defaults={"ticked_by": actor, "ticked_at": at}
        )
    else:
        changed = bool(ApplicationTick.objects.filter(application=row, key=key).delete()[0])
    if changed:
        verb = "tick line" if done else "untick line"
        record(actor=actor, verb=verb, obj=row, at=at, data={"line": key})


@transaction.atomic
def write_piece(
    *, application: Application, piece: str, language: str, text: str, proposed: str, actor: Any, at: datetime
) -> None:
    """Keep what the group typed; the proposed text itself, sent back unchanged, keeps nothing."""
    row = _lock(application, actor)
    mine = PieceDraft.objects.filter(application=row, piece=piece, language=language)
    if _same(text, proposed):
        if mine.delete()[0]:
            record(actor=actor, verb="drop piece text", obj=row, at=at, data={"piece": piece})
        return
    PieceDraft.objects.update_or_create(
        application=row, piece=piece, language=language,
        defaults={"text": text.strip(), "proposed": proposed, "written_by": actor, "written_at": at},
    )  # fmt: skip
    record(actor=actor, verb="write piece", obj=row, at=at, data={"piece": piece, "language": language})


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").split() == other.split()
