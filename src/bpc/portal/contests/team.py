"""The people of an entry: named by their team, in it only once they agree themselves.

Each answers with an account or by a signed link; for somebody without a telephone the team tells before whom the
person agreed, and the page says that it is the team who declares so. Who refuses is erased.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from bpc.portal.contests.entry_actions import check_amendable, locked
from bpc.portal.contests.models import Entry, EntryMember
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.notices import entries as told
from bpc.portal.contests.states import ConsentDoor, TeamConsent
from bpc.portal.contests.visibility.entries import is_named
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.retries import try_later
from bpc.portal.ideas.reasons import interface_language
from bpc.portal.people.contacts import Contact
from bpc.portal.people.notices import full_address
from bpc.portal.people.queries import addressed_to
from bpc.portal.people.sending import send_text
from bpc.portal.projects.states import Answer

MOST_MEMBERS = 30  # a team, not a register
LINKS_A_DAY = 40  # by one person, over all entries: each may ring a telephone
LINK_LIFETIME = timedelta(days=30)
PATIENCE = timedelta(hours=12)  # between two links to one person
_TWICE, _SAME = timedelta(minutes=1), ("name", "role", "email", "phone")
_SALT = "contests.consent"
_ASK = "ask team consent"


class TooManyMembers(Exception):
    """The team is as large as it may be."""


class NamedBefore(Exception):
    """Somebody with this contact is in the team already."""


class TooManyLinks(Exception):
    """A link left to this person a short while ago, or too many left today."""


class Answered(Exception):
    """They answered: their name is theirs, only they change their mind."""


@dataclass(frozen=True)
class Person:
    """What the team says of one person."""

    name: str
    role: str = ""
    woman: str = Answer.UNKNOWN
    young: str = Answer.UNKNOWN
    email: str = ""
    phone: str = ""


def name_member(*, entry: Entry, person: Person, actor: Any, at: Any) -> EntryMember:
    """Name somebody; a link leaves to the contact given. Raises `TooManyMembers`, `NamedBefore`, `TooManyLinks`."""
    with transaction.atomic():
        row = locked(entry)
        check_amendable(row, actor, at)
        said = {name: value for name, value in asdict(person).items() if name in _SAME}
        if (twin := row.members.filter(**said, created_at__gt=at - _TWICE).first()) is not None:
            return twin  # the button was pressed twice
        if row.members.count() >= MOST_MEMBERS:
            raise TooManyMembers
        _check_new(row, person)
        member = EntryMember.objects.create(entry=row, created_at=at, **asdict(person))
        record(actor=actor, verb="name team member", obj=row, at=at, data={"member": member.pk})
        if person.email or person.phone:
            _ask(member, actor, at)
    return member


def edit_member(*, member: EntryMember, person: Person, actor: Any, at: Any) -> EntryMember:
    """Change what is said of somebody who has not answered yet, or of oneself. A new contact gets its link.

    Raises `Answered`, `NamedBefore`, `TooManyLinks`.
    """
    with transaction.atomic():
        row = locked(member.entry)
        check_amendable(row, actor, at)
        kept = EntryMember.objects.select_for_update().get(pk=member.pk)
        is_self = kept.user_id is not None and kept.user_id == actor.pk
        if kept.consent == TeamConsent.GIVEN and not is_self:
            raise Answered
        _check_new(row, person, but=kept)
        is_new_contact = (person.email, person.phone) != (kept.email, kept.phone)
        for name, value in asdict(person).items():
            setattr(kept, name, value)
        kept.save()
        record(actor=actor, verb="edit team member", obj=row, at=at, data={"member": kept.pk})
        if is_new_contact and (kept.email or kept.phone) and kept.consent == TeamConsent.PENDING:
            _ask(kept, actor, at)
    return kept


def remove_member(*, member: EntryMember, actor: Any, at: Any) -> None:
    """Take somebody out of the team, whose name and contact are erased. Who leads stays."""
    with transaction.atomic():
        row = locked(member.entry)
        check_amendable(row, actor, at)
        if member.is_lead:
            raise PermissionDenied("the lead stays")
        record(actor=actor, verb="remove team member", obj=row, at=at, data={"member": member.pk})
        EntryMember.objects.filter(pk=member.pk, entry=row).delete()


def ask_again(*, member: EntryMember, actor: Any, at: Any) -> None:
    """Send the link once more. Raises `TooManyLinks`, `Answered`."""
    with transaction.atomic():
        row = locked(member.entry)
        check_amendable(row, actor, at)
        kept = EntryMember.objects.select_for_update().get(pk=member.pk)
        if kept.consent != TeamConsent.PENDING:
            raise Answered
        if kept.asked_at is not None and at - kept.asked_at < PATIENCE:
            raise TooManyLinks
        _ask(kept, actor, at)


def declare_consent(*, member: EntryMember, witness: str, actor: Any, at: Any) -> EntryMember:
    """Somebody without a telephone agreed in person before `witness`; the actor answers for saying so.

    Raises `Answered`.
    """
    with transaction.atomic():
        row = locked(member.entry)
        check_amendable(row, actor, at)
        kept = EntryMember.objects.select_for_update().get(pk=member.pk)
        if kept.consent != TeamConsent.PENDING:
            raise Answered
        kept.consent, kept.door, kept.answered_at = TeamConsent.GIVEN, ConsentDoor.TOLD, at
        kept.witness, kept.declared_by = witness, actor
        kept.save()
        record(actor=actor, verb="declare team consent", obj=row, at=at, data={"member": kept.pk})
    return kept


def answer_consent(*, member: EntryMember, agrees: bool, actor: Any, at: Any) -> EntryMember | None:
    """The person's own answer: `actor` is their account, None for the holder of their link.

    Who agrees is in the team; who does not is erased (None), at any time, even after having agreed.
    Raises `PermissionDenied` for somebody else's account, `EntryMember.DoesNotExist` once erased.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update().get(pk=member.entry_id)
        kept = EntryMember.objects.select_for_update().get(pk=member.pk)
        if actor is not None and not is_named(actor, kept):
            raise PermissionDenied("not the person named")
        data = {"member": kept.pk}
        if not agrees:
            if kept.is_lead:
                raise PermissionDenied("the lead withdraws the entry instead")
            record(actor=actor, verb="decline team", obj=entry, at=at, data=data)
            outdate(GENERATION)  # a laureate’s page may have named them
            kept.delete()
            told.tell_lead(entry, "entry.declined", at=at)
            return None
        if kept.consent != TeamConsent.GIVEN or kept.door == ConsentDoor.TOLD:
            kept.consent, kept.answered_at, kept.witness, kept.declared_by = TeamConsent.GIVEN, at, "", None
            kept.door = ConsentDoor.LINK if actor is None else ConsentDoor.ACCOUNT
            if actor is not None and not entry.members.filter(user=actor).exists():
                kept.user = actor
            kept.save()
            record(actor=actor, verb="agree to team", obj=entry, at=at, data=data)
            told.tell_lead(entry, "entry.agreed", at=at, who=kept.name)
    return kept


def consent_token(member: EntryMember) -> str:
    """The signed token of the person's link: it names one line of one team, and expires."""
    return signing.dumps(member.pk, salt=_SALT)


def member_of_token(token: str) -> EntryMember | None:
    """Whom a token names; None when forged, expired, or erased since."""
    try:
        key = signing.loads(token, salt=_SALT, max_age=LINK_LIFETIME)
    except signing.BadSignature:
        return None
    known = EntryMember.objects.select_related("entry__edition", "entry__created_by", "entry__commune")
    return known.filter(pk=key).first()


def awaiting_answer(person: Any) -> QuerySet[EntryMember]:
    """Where the person is named and has not answered, by account, address or verified number."""
    named = EntryMember.objects.filter(consent=TeamConsent.PENDING).select_related(
        "entry__edition", "entry__created_by"
    )
    return named.filter(addressed_to(person)) | named.filter(user=person)


@task()
def deliver_consent_link(member_id: int, tries: int = 0) -> str:
    """Send one link; returns how it left ("email", "sms"), "gone", or "later" when the provider is away."""
    member = (
        EntryMember.objects.select_related("entry__edition", "entry__created_by").filter(pk=member_id).first()
    )
    if member is None or member.consent != TeamConsent.PENDING or not (member.email or member.phone):
        return "gone"
    try:
        with translation.override(interface_language(member.entry.language)):
            return _send(member)
    except OSError:
        if not try_later(deliver_consent_link, member_id, tries=tries):
            raise
        return "later"


def _send(member: EntryMember) -> str:
    entry = member.entry
    text = _(
        "%(who)s vous nomme dans l’équipe de la candidature « %(title)s » à un idéathon. Êtes-vous d’accord ?"
    ) % {"who": _lead_name(entry), "title": entry.title}
    closing = _(
        "Sans votre réponse, votre nom n’est montré à personne d’autre. Ce lien est pour vous seul, 30 jours."
    )
    link = full_address(reverse("web:entry_consent", args=[consent_token(member)]))
    return send_text(
        email=member.email,
        phone=member.phone,
        body=f"{text}\n\n{link}\n\n{closing}\n",
        short=f"{text} {link}",
    )


def _lead_name(entry: Entry) -> str:
    lead = entry.members.filter(is_lead=True).first()
    return (lead.name if lead is not None else "") or _("Une équipe")


def _ask(member: EntryMember, actor: Any, at: Any) -> None:
    """Tell the person, by their account or by a link; counted, since each may ring a telephone."""
    sent = AuditEntry.objects.filter(actor=actor, verb=_ASK, at__gt=at - timedelta(days=1))
    if sent.count() >= LINKS_A_DAY:
        raise TooManyLinks
    EntryMember.objects.filter(pk=member.pk).update(asked_at=at)
    member.asked_at = at
    record(actor=actor, verb=_ASK, obj=member.entry, at=at, data={"member": member.pk})
    if not told.tell_named(member, by=_lead_name(member.entry), at=at) and not member.entry.is_demo:
        transaction.on_commit(partial(deliver_consent_link.enqueue, member.pk))


def _check_new(entry: Entry, person: Person, but: EntryMember | None = None) -> None:
    others = entry.members.exclude(pk=but.pk) if but is not None else entry.members.all()
    contact = Contact(person.email, person.phone)
    for rule in ({"email": contact.email}, {"phone": contact.phone}):
        if all(rule.values()) and others.filter(**rule).exists():
            raise NamedBefore
    account = {"user__email": contact.email} if contact.email else {"user__phone": contact.phone}
    if all(account.values()) and others.filter(**account).exists():
        raise NamedBefore
