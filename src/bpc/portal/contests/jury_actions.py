"""A jury is made: people invited, their answer, their conflicts, their leaving. Each verb locks the edition.

A seat names no account until its holder accepts, so that inviting tells nobody who has one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bpc.portal.contests.jury_invitations import name_in, write_invitation
from bpc.portal.contests.models import Conflict, Edition, Entry, EntryMember, Juror, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import ConflictKind, EntryState, JurorState, Phase, ReadingState, TeamConsent
from bpc.portal.contests.visibility.juries import is_invited
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.people.actions import end_role, grant_role
from bpc.portal.people.contacts import Contact
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.queries import holder_of
from bpc.portal.people.roles import Role
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Territory

INVITATIONS_A_DAY = 100  # by one person, over all editions: each may ring a telephone
INVITING = frozenset({Phase.ANNOUNCED, Phase.ENTRIES, Phase.CHECKING, Phase.MARKING})
SITTING = frozenset({Phase.ANNOUNCED, Phase.ENTRIES, Phase.CHECKING, Phase.MARKING, Phase.DISCUSSION})
_LEFT = "ne siège plus dans aucun jury"


class NotNow(Exception):
    """The running phase does not allow it."""


class AlreadyInvited(Exception):
    """Somebody with this address or number was invited before, and did not decline."""


class HasPresident(Exception):
    """The jury has a president, invited or sitting."""


class TooManyInvitations(Exception):
    """The person has invited as many people as may be in one day."""


class InvitationGone(Exception):
    """The invitation was answered or taken back a moment ago."""


class AlreadySits(Exception):
    """The account sits in this jury under another invitation."""


class IsCandidate(Exception):
    """The account is in the team of an entry of this edition."""


class RulesNotAccepted(Exception):
    """Nobody sits without accepting confidentiality and impartiality."""


@dataclass(frozen=True)
class Acceptance:
    """What somebody says when they accept a seat; unknown stays unknown."""

    languages: tuple[str, ...]
    accepts_rules: bool
    woman: str = Answer.UNKNOWN
    commune: Territory | None = None
    region: Territory | None = None
    body: str = ""
    most_readings: int | None = None


def lock(edition: Edition) -> Edition:
    """The row, locked until the transaction ends."""
    return Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)


@transaction.atomic
def invite_juror(
    *, edition: Edition, name: str, contact: Contact, actor: Any, at: datetime,
    is_president: bool = False, language: str = "fr",
) -> Juror:  # fmt: skip
    """Ask the holder of an address or number to sit; the message leaves in `language` once all this stands.

    Raises `NotNow`, `AlreadyInvited`, `HasPresident`, `TooManyInvitations`, `PermissionDenied`.
    """
    row = lock(edition)
    check(actor, "contests.organise", row)
    if phase_of(row, at) not in INVITING:
        raise NotNow
    sent = AuditEntry.objects.filter(actor=actor, verb="invite juror", at__gt=at - timedelta(days=1))
    if sent.count() >= INVITATIONS_A_DAY:
        raise TooManyInvitations
    standing = row.jurors.filter(state__in=(JurorState.INVITED, JurorState.ACCEPTED))
    if _of_contact(standing, contact).exists():
        raise AlreadyInvited
    if is_president and standing.filter(is_president=True).exists():
        raise HasPresident
    juror = Juror.objects.create(
        edition=row, name=name.strip(), email=contact.email, phone=contact.phone, is_president=is_president,
        invited_by=actor, invited_at=at,
    )  # fmt: skip
    record(actor=actor, verb="invite juror", obj=row, at=at, data={"juror": juror.pk})
    _tell_invited(juror, language, at)
    return juror


@transaction.atomic
def invite_again(*, juror: Juror, actor: Any, at: datetime, language: str = "fr") -> None:
    """Send the invitation once more; its former link stops working.

    Raises `InvitationGone`, `NotNow`, `TooManyInvitations` (less than a day ago), `PermissionDenied`.
    """
    edition = lock(juror.edition)
    check(actor, "contests.organise", edition)
    row = _still_invited(juror)
    if phase_of(edition, at) not in INVITING:
        raise NotNow
    if row.invited_at > at - timedelta(days=1):
        raise TooManyInvitations
    row.invited_at = juror.invited_at = at
    row.save(update_fields=["invited_at"])
    record(actor=actor, verb="invite juror", obj=edition, at=at, data={"juror": row.pk, "again": True})
    _tell_invited(row, language, at)


def _of_contact(jurors: Any, contact: Contact) -> Any:
    """The jurors invited by this contact, or who sit with the account that proved to have it."""
    if contact.email:
        return jurors.filter(email=contact.email) | jurors.filter(user__email=contact.email)
    return jurors.filter(phone=contact.phone) | jurors.filter(
        user__phone=contact.phone, user__phone_verified=True
    )


def _tell_invited(juror: Juror, language: str, at: datetime) -> None:
    if juror.edition.is_demo:
        return
    if user := holder_of(Contact(email=juror.email, phone=juror.phone)):
        notify(user=user, kind="jury.invited", data=names_of(juror.edition, user), at=at)
    else:
        write_invitation(juror, language)


def names_of(edition: Edition, user: User) -> dict[str, str]:
    """What every notice about a jury names, in the language of its reader."""
    return {"title": name_in(edition, user.language), "slug": edition.slug}


@transaction.atomic
def answer_invitation(
    *, juror: Juror, acceptance: Acceptance | None, actor: Any, at: datetime, by_link: bool = False
) -> Juror:
    """Sit, or decline (`acceptance` None). `by_link`: the page was opened by the signed link of this invitation.

    Accepting needs an account. It gives the role of juror, which asks for the second factor from the next page on.
    Raises `InvitationGone`, `NotNow`, `RulesNotAccepted`, `AlreadySits`, `IsCandidate`, `PermissionDenied`.
    """
    edition = lock(juror.edition)
    row = _still_invited(juror)
    if not (by_link or is_invited(actor, row)):
        raise PermissionDenied("not the person invited")
    if acceptance is None:
        row.state, row.answered_at, row.is_president = JurorState.DECLINED, at, False
        row.email = row.phone = ""  # nothing more will be sent there
        row.save(update_fields=["state", "answered_at", "is_president", "email", "phone"])
    else:
        _accept(edition, row, acceptance, actor, at)
    verb = "decline jury" if acceptance is None else "join jury"
    record(actor=actor, verb=verb, obj=edition, at=at, data={"juror": row.pk})
    if row.invited_by is not None and not edition.is_demo:
        kind = "jury.declined" if acceptance is None else "jury.accepted"
        notify(
            user=row.invited_by,
            kind=kind,
            data={**names_of(edition, row.invited_by), "name": row.name},
            at=at,
        )
    return row


def _still_invited(juror: Juror) -> Juror:
    row = (
        Juror.objects.select_for_update(of=("self",))
        .select_related("edition", "invited_by")
        .filter(pk=juror.pk)
    )
    found = row.filter(state=JurorState.INVITED).first()
    if found is None:
        raise InvitationGone
    return found


def _accept(edition: Edition, row: Juror, said: Acceptance, actor: Any, at: datetime) -> None:
    if not actor.is_authenticated:
        raise PermissionDenied("sitting needs an account")
    if phase_of(edition, at) not in INVITING:
        raise NotNow
    if not said.accepts_rules:
        raise RulesNotAccepted
    if edition.jurors.filter(user=actor).exclude(pk=row.pk).exclude(state=JurorState.DECLINED).exists():
        raise AlreadySits
    if is_candidate(actor, edition):
        raise IsCandidate
    edition.jurors.filter(user=actor).exclude(pk=row.pk).update(user=None)
    row.user, row.state, row.answered_at, row.rules_accepted_at = actor, JurorState.ACCEPTED, at, at
    row.languages, row.woman, row.most_readings = list(said.languages), Answer(said.woman), said.most_readings
    row.commune, row.body = said.commune, said.body.strip()
    code = said.commune.region_code if said.commune is not None else None
    row.region_id = code or (said.region.pk if said.region is not None else None)
    row.save()
    if not any(grant.role == Role.JUROR for grant in actor.role_grants.filter(ended_at=None)):
        grant_role(user=actor, role=Role.JUROR, region=None, actor=None, at=at)


def is_candidate(person: User, edition: Edition) -> bool:
    """Whether the person wrote an entry of this edition that was not withdrawn, or agreed to be of its team."""
    entries = Entry.objects.filter(edition=edition).exclude(state=EntryState.WITHDRAWN)
    named = EntryMember.objects.filter(user=person, consent=TeamConsent.GIVEN).values("entry")
    return entries.filter(created_by=person).exists() or entries.filter(pk__in=named).exists()


@transaction.atomic
def declare_conflict(
    *, juror: Juror, entry: Entry, note: str, language: str, actor: Any, at: datetime
) -> Conflict:
    """The juror stands too near this entry: they do not read it, and what they marked no longer counts.

    Declaring twice changes nothing but the note. Raises `NotNow`, `PermissionDenied`.
    """
    edition = lock(juror.edition)
    check(actor, "contests.sit", juror)
    if juror.state != JurorState.ACCEPTED or entry.edition_id != edition.pk:
        raise PermissionDenied("not of this jury")
    if phase_of(edition, at) not in SITTING:
        raise NotNow
    conflict, _created = Conflict.objects.update_or_create(
        juror=juror, entry=entry, kind=ConflictKind.DECLARED,
        defaults={"note": note.strip(), "language": language, "at": at, "lifted_at": None, "lifted_reason": ""},
    )  # fmt: skip
    released = release_readings(
        Reading.objects.filter(juror=juror, entry=entry), reason=str(ConflictKind.DECLARED)
    )
    record(
        actor=actor, verb="declare conflict", obj=entry, at=at, data={"juror": juror.pk, "released": released}
    )
    if released and juror.invited_by is not None:
        data = {**names_of(edition, juror.invited_by), "name": juror.name, "reference": entry.reference}
        notify(user=juror.invited_by, kind="jury.conflict", data=data, at=at)
    return conflict


@transaction.atomic
def lift_conflict(*, conflict: Conflict, reason: str, actor: Any, at: datetime) -> None:
    """The organisers judge that it is none, and say why. Lifting twice changes nothing.

    Raises `ReasonMissing`, `NotNow`, `PermissionDenied`.
    """
    edition = lock(conflict.juror.edition)
    check(actor, "contests.organise", edition)
    if not reason.strip():
        raise ReasonMissing("lift conflict")
    if phase_of(edition, at) not in SITTING:
        raise NotNow
    if Conflict.objects.filter(pk=conflict.pk, lifted_at=None).update(
        lifted_at=at, lifted_reason=reason.strip()
    ):
        conflict.lifted_at, conflict.lifted_reason = at, reason.strip()
        data = {"juror": conflict.juror_id, "kind": conflict.kind}
        record(actor=actor, verb="lift conflict", obj=conflict.entry, at=at, reason=reason, data=data)


@transaction.atomic
def release_juror(*, juror: Juror, reason: str, actor: Any, at: datetime) -> int:
    """The juror sits no more, or the invitation is taken back; how many readings were released.

    What they marked stays and counts. Raises `ReasonMissing`, `NotNow`, `PermissionDenied`.
    """
    edition = lock(juror.edition)
    check(actor, "contests.organise", edition)
    if not reason.strip():
        raise ReasonMissing("release juror")
    if phase_of(edition, at) not in SITTING:
        raise NotNow
    row = Juror.objects.select_for_update(of=("self",)).select_related("user").get(pk=juror.pk)
    before = row.state
    if before not in (JurorState.INVITED, JurorState.ACCEPTED):
        return 0
    row.state = juror.state = JurorState.RELEASED
    row.is_president = juror.is_president = False
    row.answered_at = row.answered_at or at
    row.email = row.phone = ""
    row.save(update_fields=["state", "is_president", "answered_at", "email", "phone"])
    asked = Reading.objects.filter(juror=row, state=ReadingState.ASSIGNED)
    released = release_readings(asked, reason=reason)
    data = {"juror": row.pk, "released": released}
    record(actor=actor, verb="release juror", obj=edition, at=at, before=before, after=row.state, reason=reason,
           data=data)  # fmt: skip
    if row.user is not None:
        notify(user=row.user, kind="jury.released", data=names_of(edition, row.user), at=at)
        _end_role_without_seat(row.user, at)
    return released


@transaction.atomic
def name_president(*, juror: Juror, actor: Any, at: datetime) -> None:
    """A sitting member presides from now on; a jury whose president left would decide nothing.

    Raises `HasPresident`, `InvitationGone` (does not sit), `NotNow` (results out), `PermissionDenied`.
    """
    edition = lock(juror.edition)
    check(actor, "contests.organise", edition)
    if phase_of(edition, at) not in SITTING | {Phase.DECIDING}:
        raise NotNow
    if edition.jurors.filter(is_president=True).exclude(pk=juror.pk).exists():
        raise HasPresident
    if not edition.jurors.filter(pk=juror.pk, state=JurorState.ACCEPTED).update(is_president=True):
        raise InvitationGone
    juror.is_president = True
    record(actor=actor, verb="name president", obj=edition, at=at, data={"juror": juror.pk})
    if juror.user is not None:
        notify(user=juror.user, kind="jury.president", data=names_of(edition, juror.user), at=at)


def release_readings(readings: Any, *, reason: str) -> int:
    """Take readings back from their jurors, their words kept; how many."""
    return int(
        readings.exclude(state=ReadingState.RELEASED).update(state=ReadingState.RELEASED, reason=reason[:300])
    )


def _end_role_without_seat(user: User, at: datetime) -> None:
    """The role that sitting gave ends with the last seat; one given by an administrator stays."""
    if Juror.objects.filter(user=user, state=JurorState.ACCEPTED).exists():
        return
    for grant in user.role_grants.filter(role=Role.JUROR, ended_at=None, granted_by=None):
        end_role(grant=grant, reason=_LEFT, actor=None, at=at)
