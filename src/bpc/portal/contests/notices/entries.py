"""What the people of an entry are told, in which words, and who they are."""

from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bpc.portal.contests.models import Entry, EntryMember, IdeaInvitation
from bpc.portal.contests.states import TeamConsent
from bpc.portal.foundation.writing import written_date
from bpc.portal.ideas.contact_messages import write_to_contact
from bpc.portal.ideas.reasons import interface_language
from bpc.portal.people.contacts import Contact
from bpc.portal.people.delivery import notify
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.queries import holder_of

_ENTRY = ("web:entry", ("reference",))
_MINE = ("web:my_entries", ())
NOTICES: dict[str, tuple[str | Promise, tuple[str, tuple[str, ...]]]] = {
    "entry.submitted": (
        _(
            "Votre candidature « %(title)s » est arrivée. Son code est %(reference)s : gardez-le. "
            "Vous pouvez encore la reprendre jusqu’à la clôture des candidatures."
        ),
        _ENTRY,
    ),
    "entry.eligible": (_("Votre candidature « %(title)s » est recevable. Le jury va la lire. %(reason)s"), _ENTRY),
    "entry.ineligible": (
        _(
            "Votre candidature « %(title)s » n’est pas recevable. %(reason)s "
            "Jusqu’au début de la notation, vous pouvez la compléter et demander un nouvel examen, une fois."
        ),
        _ENTRY,
    ),
    "entry.withdrawn": (_("La candidature « %(title)s », dont vous étiez, est retirée par son équipe."), _MINE),
    "entry.named": (
        _(
            "%(who)s vous nomme dans l’équipe de la candidature « %(title)s ». "
            "Dites si vous êtes d’accord : sans votre réponse, votre nom n’est montré à personne d’autre."
        ),
        _MINE,
    ),
    "entry.agreed": (_("%(who)s est d’accord pour être dans l’équipe de « %(title)s »."), _ENTRY),
    "entry.declined": (
        _(
            "Une personne nommée dans l’équipe de « %(title)s » n’est pas d’accord : "
            "son nom et son contact sont effacés."
        ),
        _ENTRY,
    ),
    "entry.invited": (
        _(
            "Les organisateurs de l’idéathon « %(edition)s » vous invitent à présenter votre idée « %(title)s ». "
            "%(message)s Les candidatures sont ouvertes jusqu’au %(until)s."
        ),
        ("web:entry_new", ("slug",)),
    ),
}  # fmt: skip


def declare() -> None:
    """Called by the room’s `declare`."""
    for kind, (text, (page, args)) in NOTICES.items():
        declare_notice(kind, text, page=page, args=args)


def tell_submitted(entry: Entry, *, at: Any) -> None:
    """The team has its receipt."""
    tell_team(entry, "entry.submitted", at=at)


def tell_team(entry: Entry, kind: str, *, at: Any, reason: str = "", but: Any = None) -> None:
    """Tell everybody of the team who agreed and has an account, `but` for the one who acts."""
    data = {**_about(entry), "reason": reason}
    agreed = entry.members.filter(consent=TeamConsent.GIVEN, user__is_active=True)
    for member in agreed.select_related("user"):
        if member.user is not None and member.user != but:
            notify(user=member.user, kind=kind, data=data, at=at)


def tell_named(member: EntryMember, *, by: str, at: Any) -> bool:
    """Tell somebody with an account that they were named. False: no account has this contact, a link must leave."""
    user = member.user or holder_of(Contact(member.email, member.phone))
    if user is None:
        return False
    notify(user=user, kind="entry.named", data={**_about(member.entry), "who": by}, at=at)
    return True


def tell_lead(entry: Entry, kind: str, *, at: Any, who: str = "") -> None:
    """Tell who leads the team how somebody answered."""
    for lead in entry.members.filter(is_lead=True, user__is_active=True).select_related("user"):
        if lead.user is not None:
            notify(user=lead.user, kind=kind, data={**_about(entry), "who": who}, at=at)


def tell_invited(invitation: IdeaInvitation, *, at: Any) -> None:
    """Tell the author of an idea that it is awaited, in their language, by the account or the contact they left."""
    idea, edition = invitation.idea, invitation.edition
    language = idea.author.language if idea.author is not None else interface_language(idea.language)
    with override(language):
        last_day = written_date((localtime(edition.entries_until) - timedelta(microseconds=1)).date())
    data = {
        "title": idea.title, "reference": idea.reference, "slug": edition.slug, "message": invitation.message,
        "edition": edition.name_ar if language == "ar" else edition.name_fr, "until": last_day,
    }  # fmt: skip
    if idea.author is not None:
        notify(user=idea.author, kind="entry.invited", data=data, at=at)
    else:
        write_to_contact(idea, "entry.invited", data)


def _about(entry: Entry) -> dict[str, str]:
    return {"title": entry.title, "reference": entry.reference}
