"""Personal data in entries: what people wrote, the teams they are in, what they voted."""

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.models import Ballot, Edition, Entry, EntryFile, EntryMember
from bpc.portal.contests.states import EntryState, TeamConsent
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.ideas.pending import drop_attachments
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column

_GONE_WITH_ITS_TEAM = (EntryState.DRAFT, EntryState.WITHDRAWN)


def declare() -> None:
    """Called by the room's `declare`."""
    for holding in (
        Holding(
            "entries",
            _("Vos candidatures aux idéathons"),
            ("contests.Entry.created_by", "contests.EntryMember.user"),
            _entries,
            _(
                "Vous ne faites plus partie des équipes ; une candidature qui vous avait pour seule personne est "
                "effacée si elle n’a pas été examinée, conservée sans votre nom sinon."
            ),
            _forget_entries,
        ),
        Holding(
            "ballots", _("Vos votes aux idéathons"), ("contests.Ballot.voter",), _ballots, _("Effacés."),
            _forget_ballots,
        ),
    ):  # fmt: skip
        declare_holding(holding)
    for column, reason in (
        ("contests.EntryMember.declared_by", "tells who of the team declared a consent; an act of the trail"),
        ("contests.IdeaInvitation.invited_by", "tells which organiser invited; an act of the trail"),
        ("contests.Ballot.checked_by", "tells which organiser checked; an act of the trail"),
    ):
        exclude_column(column, reason)


def _entries(user: User) -> list[Row]:
    return [
        {
            "code": row.entry.reference, "title": row.entry.title, "summary": row.entry.summary,
            "answers": row.entry.answers, "state": row.entry.state, "video": row.entry.video_url,
            "commune": row.entry.commune_id, "sector": row.entry.sector_id, "submitted": row.entry.submitted_at,
            "files": [file.original_name for file in row.entry.attachments.all()],
            "name": row.name, "project_role": row.role, "woman": row.woman, "young": row.young,
            "consent": row.consent, "answered": row.answered_at,
        }
        for row in _memberships(user).prefetch_related("entry__attachments")
    ]  # fmt: skip


def _memberships(user: User) -> QuerySet[EntryMember]:
    return EntryMember.objects.filter(user=user).select_related("entry").order_by("pk")


def _ballots(user: User) -> list[Row]:
    rows = Ballot.objects.filter(voter=user).select_related("entry", "edition").order_by("pk")
    return [
        {"edition": row.edition.slug, "entry": row.entry.reference, "state": row.state, "cast": row.cast_at}
        for row in rows
    ]


def _forget_entries(user: User) -> None:
    """Out of every team; the lead passes to whoever agreed first; what nobody examined and nobody else wrote goes."""
    for entry in Entry.objects.select_for_update().filter(pk__in=_memberships(user).values("entry")):
        entry.members.filter(user=user).delete()
        heir = entry.members.filter(consent=TeamConsent.GIVEN, user__is_active=True).order_by(
            "answered_at", "pk"
        )
        if (first := heir.first()) is not None:
            EntryMember.objects.filter(pk=first.pk).update(is_lead=True)
            Entry.objects.filter(pk=entry.pk, created_by=user).update(created_by=first.user)
        elif entry.state in {*_GONE_WITH_ITS_TEAM, EntryState.SUBMITTED}:
            _erase(entry)
    Entry.objects.filter(created_by=user).update(created_by=None)
    outdate("contests")


def _erase(entry: Entry) -> None:
    if entry.state == EntryState.SUBMITTED:
        Edition.objects.filter(pk=entry.edition_id, entry_count__gt=0).update(
            entry_count=F("entry_count") - 1
        )
    drop_attachments(entry, EntryFile.objects.filter(entry=entry).values_list("pk", flat=True))
    entry.delete()


def _forget_ballots(user: User) -> None:
    Ballot.objects.filter(voter=user).delete()
    outdate("contests")
