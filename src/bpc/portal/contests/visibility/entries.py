"""Entries: their team; the organisers once handed in; the jurors who read them; everybody for laureates."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bpc.portal.contests.blind import names_are_hidden
from bpc.portal.contests.models import (
    Ballot,
    Entry,
    EntryFile,
    EntryMember,
    IdeaInvitation,
    Juror,
    Reading,
)
from bpc.portal.contests.states import (
    EditionState,
    EntryState,
    JurorState,
    Outcome,
    ReadingState,
    TeamConsent,
)
from bpc.portal.contests.visibility.editions import editions_organised_by, organises
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.queries import addressed_to

NEVER_HANDED_IN = (EntryState.DRAFT,)
SHOWN_OUTCOMES = (Outcome.LAUREATE, Outcome.MENTION)
_IS_SHOWN = Q(edition__state=EditionState.CLOSED, decision__outcome__in=SHOWN_OUTCOMES)


def in_team(person: Any, entry: Entry | None) -> bool:
    """Who wrote the entry, or is named in its team with an account and did not refuse."""
    if entry is None or not person.is_authenticated:
        return False
    if entry.created_by_id == person.pk:
        return True
    members = EntryMember.objects.filter(entry=entry, user=person)
    return members.exclude(consent=TeamConsent.REFUSED).exists()


def entries_of_team(person: Any) -> QuerySet[Entry]:
    """The entries `in_team` allows."""
    if not person.is_authenticated:
        return Entry.objects.none()
    members = EntryMember.objects.filter(user=person).exclude(consent=TeamConsent.REFUSED)
    return Entry.objects.filter(Q(created_by=person) | Q(pk__in=members.values("entry")))


def organises_entry(person: Any, entry: Entry | None) -> bool:
    """The organisers of its edition."""
    return entry is not None and organises(person, entry.edition)


def reads(person: Any, entry: Entry) -> bool:
    """The jurors asked to read it, and the president for every eligible entry."""
    if not person.is_authenticated:
        return False
    return entries_read_by(person).filter(pk=entry.pk).exists()


def entries_read_by(person: Any) -> QuerySet[Entry]:
    """The entries `reads` allows."""
    if not person.is_authenticated:
        return Entry.objects.none()
    seats = Juror.objects.filter(user=person, state=JurorState.ACCEPTED)
    asked = Reading.objects.filter(juror__in=seats).exclude(state=ReadingState.RELEASED)
    presided = seats.filter(is_president=True).values("edition")
    return Entry.objects.filter(
        Q(pk__in=asked.values("entry")) | Q(edition__in=presided), state=EntryState.ELIGIBLE
    )


def is_shown(entry: Entry) -> bool:
    """Whether everybody may read it: a laureate or a mention, once the results are out."""
    return entry.edition.state == EditionState.CLOSED and (
        Entry.objects.filter(pk=entry.pk, decision__outcome__in=SHOWN_OUTCOMES).exists()
    )


def can_see_entry(person: Any, entry: Entry) -> bool:
    """Everybody when it is shown; its team; its organisers once it was handed in; its readers."""
    if is_shown(entry) or in_team(person, entry) or reads(person, entry):
        return True
    return entry.state not in NEVER_HANDED_IN and organises_entry(person, entry)


def entries_visible_to(person: Any) -> QuerySet[Entry]:
    """The entries `can_see_entry` allows."""
    shown = _IS_SHOWN
    if not person.is_authenticated:
        return Entry.objects.filter(shown)
    organised = Q(edition__in=editions_organised_by(person).values("pk")) & ~Q(state__in=NEVER_HANDED_IN)
    return Entry.objects.filter(
        shown
        | organised
        | Q(pk__in=entries_of_team(person).values("pk"))
        | Q(pk__in=entries_read_by(person).values("pk"))
    )


def can_see_file(person: Any, file: EntryFile) -> bool:
    """Whoever sees the entry; jurors of a blind edition not before its discussion is over: files show who they are."""
    entry = file.entry
    if is_shown(entry) or in_team(person, entry):
        return True
    if entry.state not in NEVER_HANDED_IN and organises_entry(person, entry):
        return True
    return reads(person, entry) and not names_are_hidden(entry.edition, timezone.now())


def files_visible_to(person: Any) -> QuerySet[EntryFile]:
    """The files `can_see_file` allows."""
    seen = Q(entry__in=Entry.objects.filter(_IS_SHOWN))
    if not person.is_authenticated:
        return EntryFile.objects.filter(seen)
    organised = editions_organised_by(person).values("pk")
    named = Q(edition__is_blind=False) | Q(edition__state=EditionState.CLOSED)
    named |= Q(edition__state=EditionState.PUBLISHED, edition__discussion_until__lte=timezone.now())
    return EntryFile.objects.filter(
        seen
        | Q(entry__in=entries_of_team(person).values("pk"))
        | Q(
            entry__in=Entry.objects.filter(edition__in=organised)
            .exclude(state__in=NEVER_HANDED_IN)
            .values("pk")
        )
        | Q(entry__in=entries_read_by(person).filter(named).values("pk"))
    )


def writes(person: Any, entry: Entry | None) -> bool:
    """Who wrote the entry, or agreed to be in its team with an account."""
    if entry is None or not person.is_authenticated:
        return False
    if entry.created_by_id == person.pk:
        return True
    return EntryMember.objects.filter(entry=entry, user=person, consent=TeamConsent.GIVEN).exists()


def leads(person: Any, entry: Entry | None) -> bool:
    """Who leads the team."""
    if entry is None or not person.is_authenticated:
        return False
    return EntryMember.objects.filter(entry=entry, user=person, is_lead=True).exists()


def is_named(person: Any, member: EntryMember) -> bool:
    """Whether the line of a team names this person, by account, address or verified number."""
    if not person.is_authenticated:
        return False
    if member.user_id is not None:
        return bool(member.user_id == person.pk)
    return EntryMember.objects.filter(addressed_to(person), pk=member.pk).exists()


def can_see_member(person: Any, member: EntryMember) -> bool:
    """The team, the organisers once handed in, and whoever is named. Jurors are shown names by the marking pages."""
    if in_team(person, member.entry) or is_named(person, member):
        return True
    return member.entry.state not in NEVER_HANDED_IN and organises_entry(person, member.entry)


def members_visible_to(person: Any) -> QuerySet[EntryMember]:
    """The members `can_see_member` allows."""
    if not person.is_authenticated:
        return EntryMember.objects.none()
    organised = Q(entry__edition__in=editions_organised_by(person).values("pk")) & ~Q(
        entry__state__in=NEVER_HANDED_IN
    )
    return EntryMember.objects.filter(
        organised
        | Q(entry__in=entries_of_team(person).values("pk"))
        | Q(user=person)
        | (Q(user=None) & addressed_to(person))
    )


def can_see_invitation(person: Any, invitation: IdeaInvitation) -> bool:
    """The author of the idea, and the organisers of the edition."""
    if not person.is_authenticated:
        return False
    return invitation.idea.author_id == person.pk or organises(person, invitation.edition)


def invitations_visible_to(person: Any) -> QuerySet[IdeaInvitation]:
    """The invitations `can_see_invitation` allows."""
    if not person.is_authenticated:
        return IdeaInvitation.objects.none()
    organised = editions_organised_by(person).values("pk")
    return IdeaInvitation.objects.filter(Q(idea__author=person) | Q(edition__in=organised))


def can_see_ballot(person: Any, ballot: Ballot) -> bool:
    """Whoever cast it, and the organisers who check it."""
    if not person.is_authenticated:
        return False
    return ballot.voter_id == person.pk or organises(person, ballot.edition)


def ballots_visible_to(person: Any) -> QuerySet[Ballot]:
    """The ballots `can_see_ballot` allows."""
    if not person.is_authenticated:
        return Ballot.objects.none()
    return Ballot.objects.filter(Q(voter=person) | Q(edition__in=editions_organised_by(person).values("pk")))


def declare() -> None:
    """Called by the room's `declare`."""
    declare_visibility(Entry, can_see=can_see_entry, visible_to=entries_visible_to)
    declare_visibility(EntryFile, can_see=can_see_file, visible_to=files_visible_to)
    declare_visibility(EntryMember, can_see=can_see_member, visible_to=members_visible_to)
    declare_visibility(IdeaInvitation, can_see=can_see_invitation, visible_to=invitations_visible_to)
    declare_visibility(Ballot, can_see=can_see_ballot, visible_to=ballots_visible_to)
    declare_right(
        "contests.enter",
        "Écrire, envoyer, reprendre une candidature (son équipe, qui a dit son accord)",
        writes,
    )
    declare_right("contests.lead", "Retirer ou effacer une candidature (responsable de son équipe)", leads)
    declare_right(
        "contests.organise_entry",
        "Dire si une candidature est recevable (organisateurs de l’idéathon)",
        organises_entry,
    )
