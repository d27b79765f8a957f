"""Notices about verdicts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.states import TeamConsent
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role

_ENTRY, _SLOTS = ("web:entry", ("reference",)), ("web:advisor_slots", ())
# kind → text, the page it leads to and what its address needs, whether a message leaves too
_KINDS: dict[str, tuple[Any, tuple[str, tuple[str, ...]], bool]] = {
    "contest.laureate": (
        _("Votre candidature « %(title)s » est lauréate. Votre attestation est prête, et un accompagnement "
          "renforcé vous est proposé : répondez sur la page de votre candidature."),
        _ENTRY, True,
    ),
    "contest.mention": (
        _("Votre candidature « %(title)s » reçoit une mention du jury. Votre attestation est prête."), _ENTRY, True,
    ),
    "contest.feedback": (
        _("Le jury vous répond à propos de « %(title)s » : ce que vous avez atteint, deux points à travailler, "
          "une formation et un rendez-vous avec un conseiller."),
        _ENTRY, True,
    ),
    "contest.support_offered": (
        _("Vous êtes proposé pour accompagner une équipe lauréate : « %(title)s ». Elle va vous répondre."),
        _SLOTS, True,
    ),
    "contest.support_declined": (
        _("L’équipe « %(title)s » ne souhaite pas d’accompagnement pour le moment."), _SLOTS, False,
    ),
    "contest.support_without_advisor": (
        _("L’équipe lauréate « %(title)s » attend un conseiller : aucun n’est inscrit dans sa région."),
        ("web:results", ("slug",)), True,
    ),
    "contest.slot_taken": (_("Une équipe a pris rendez-vous avec vous : « %(title)s »."), _SLOTS, True),
    "contest.slot_given_back": (
        _("L’équipe « %(title)s » ne viendra pas au rendez-vous : il est de nouveau libre."), _SLOTS, True,
    ),
    "contest.slot_cancelled": (
        _("Le conseiller ne peut plus tenir votre rendez-vous à propos de « %(title)s ». Choisissez-en un autre."),
        _ENTRY, True,
    ),
}  # fmt: skip


def declare() -> None:
    """Called by the room’s `declare`."""
    for kind, (text, (page, args), by_message) in _KINDS.items():
        declare_notice(kind, text, page=page, args=args, by_message=by_message)


def team_of(entry: Entry) -> list[User]:
    """The accounts of the team: who wrote the entry, and those named in it who did not refuse."""
    named = entry.members.exclude(user=None).exclude(consent=TeamConsent.REFUSED).values("user")
    rows = User.objects.filter(pk__in=named) | User.objects.filter(entries=entry)
    return list(rows.distinct().order_by("pk"))


def tell_team(entry: Entry, kind: str, *, at: Any) -> None:
    """Tell everybody of the team who has an account."""
    for user in team_of(entry):
        notify(user=user, kind=kind, data=about(entry), at=at)


def tell_organisers(edition: Edition, entry: Entry, kind: str, *, at: Any) -> None:
    """Tell the delegates of the edition's region; for a national edition, of the entry's."""
    delegates = User.objects.filter(
        is_active=True, role_grants__role=Role.DELEGATE, role_grants__ended_at=None,
        role_grants__region=edition.region_id or entry.region_id,
    )  # fmt: skip
    for user in delegates.distinct():
        notify(user=user, kind=kind, data={**about(entry), "slug": edition.slug}, at=at)


def about(entry: Entry) -> dict[str, str]:
    """What a notice needs to name an entry and lead to it."""
    return {"title": entry.title, "reference": entry.reference}
