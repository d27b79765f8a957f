"""What people are told of their registration, in which words: by their account, else by the contact they left.

Texts are made when read or sent, from `kind` and `data`, in the language of the person.
"""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from bpc.portal.foundation.writing import written_date, written_hour
from bpc.portal.gatherings.links import registration_token
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.people.notices import declare_notice, full_address
from bpc.portal.seats import telling
from bpc.portal.seats.states import RegistrationState

NOTICES: dict[str, str | Promise] = {
    "gathering.registered": gettext_lazy("Votre place est réservée : %(meeting)s. Votre code est %(code)s."),
    "gathering.waiting": gettext_lazy(
        "La rencontre est complète : %(meeting)s. Vous êtes en liste d’attente, code %(code)s. "
        "Nous vous écrirons dès qu’une place se libère."
    ),
    "gathering.seated": gettext_lazy(
        "Une place s’est libérée : %(meeting)s. Elle est à vous, code %(code)s. Si vous ne venez plus, annulez."
    ),
    "gathering.cancelled": gettext_lazy("La rencontre est annulée : %(meeting)s. %(reason)s"),
    "gathering.changed": gettext_lazy("La rencontre a changé : %(meeting)s. Voyez le lieu et l’heure."),
    "gathering.reminder": gettext_lazy(
        "Rappel : %(meeting)s. Votre code est %(code)s. Si vous ne venez plus, annulez : une autre personne viendra."
    ),
    "gathering.reported": gettext_lazy("Le compte rendu est publié : %(meeting)s."),
}


def declare() -> None:
    """Called once when the app is ready."""
    for kind, text in NOTICES.items():
        declare_notice(kind, text, page="web:gathering", args=("key",))


def tell_registered(registration: Registration, *, at: datetime) -> None:
    """A seat, or a place in the waiting list."""
    has_seat = registration.state == RegistrationState.REGISTERED
    tell(registration, "gathering.registered" if has_seat else "gathering.waiting", at=at)


def tell_seated(registration: Registration, *, at: datetime) -> None:
    """A seat was freed for who waited."""
    tell(registration, "gathering.seated", at=at)


def tell_everybody(gathering: Gathering, kind: str, *, at: datetime, reason: str = "") -> int:
    """Everybody with a running registration; returns how many."""
    running = gathering.registrations.exclude(state=RegistrationState.CANCELLED)
    rows = list(running.select_related("user", "gathering"))
    for registration in rows:
        tell(registration, kind, at=at, reason=reason)
    return len(rows)


def tell(registration: Registration, kind: str, *, at: datetime, reason: str = "") -> None:
    """By the account, else by the contact left; nobody for a registration that has neither.

    The name of the meeting is written in the language of the person.
    """
    with translation.override(telling.language_of(registration)):
        meeting = meeting_words(registration.gathering)
    data = {
        "meeting": meeting,
        "code": registration.code,
        "reason": reason,
        "key": registration.gathering.key,
    }
    telling.tell(registration, kind, data, at=at, task=deliver_to_attendee)


def meeting_words(gathering: Gathering) -> str:
    """The meeting in one phrase: « rencontre d’Agadir, 3 mars 2027 à 9 h 30 », in the active language."""
    words = {"city": gathering.city, "day": written_moment(gathering.date, gathering.starts_at)}
    return _("rencontre régionale à %(city)s, %(day)s") % words


def written_moment(day: date | None, starts_at: datetime | None) -> str:
    """The day and the hour as far as they are known."""
    if day is None:
        return _("date inconnue")
    if starts_at is None:
        return written_date(day)
    return _("%(day)s à %(hour)s") % {"day": written_date(day), "hour": written_hour(starts_at)}


@task()
def deliver_to_attendee(registration_id: int, kind: str, data: dict[str, Any], tries: int = 0) -> str:
    """Send one message; returns how it left ("email", "sms"), "gone", or "later" when the provider is away."""
    row = Registration.objects.filter(pk=registration_id, forgotten_at=None).first()
    if row is None or kind not in NOTICES:
        return "gone"
    said = (registration_id, kind, data)
    return telling.deliver(
        row, lambda: str(NOTICES[kind]) % data, lambda: _seat_address(row, data["key"]),
        task=deliver_to_attendee, said=said, tries=tries,
    )  # fmt: skip


def _seat_address(registration: Registration, key: str) -> str:
    return full_address(reverse("web:gathering_seat", args=[key, registration_token(registration)]))
