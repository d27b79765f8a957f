"""What people are told of their appointments: only when. Neither whom, nor about what, nor where one is called.

A telephone lies on a table and a message is read over a shoulder: the rest is behind the page, after signing in.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from bpc.portal.appointments.models import Appointment
from bpc.portal.appointments.states import State
from bpc.portal.foundation.retries import try_later
from bpc.portal.foundation.writing import written_date, written_hour
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.sending import send_text

_TO_ASKER: dict[str, str | Promise] = {
    "appointment.confirmed": gettext_lazy("Votre rendez-vous est pris : %(when)s."),
    "appointment.for_you": gettext_lazy("Un conseiller a pris un rendez-vous pour vous : %(when)s."),
    "appointment.moved": gettext_lazy("Votre rendez-vous est déplacé : %(when)s."),
    "appointment.called_off": gettext_lazy("Votre rendez-vous du %(when)s est annulé par le conseiller."),
    "appointment.other_times": gettext_lazy(
        "Votre rendez-vous du %(when)s est annulé par le conseiller. Il vous propose d’autres moments."
    ),
    "appointment.reminder": gettext_lazy(
        "Rappel : vous avez un rendez-vous %(when)s. Si vous ne pouvez pas venir, annulez : une autre personne "
        "prendra ce moment."
    ),
    "appointment.missed": gettext_lazy(
        "Nous ne vous avons pas vu à votre rendez-vous du %(when)s. Cela arrive : prenez un autre moment quand vous "
        "voulez."
    ),
}
_TO_ADVISOR: dict[str, str | Promise] = {
    "appointment.taken": gettext_lazy("Un rendez-vous est pris avec vous : %(when)s."),
    "appointment.moved_to": gettext_lazy("Un rendez-vous avec vous est déplacé : %(when)s."),
    "appointment.given_back": gettext_lazy("Un rendez-vous avec vous est annulé : %(when)s."),
    "appointment.given_back_late": gettext_lazy(
        "Un rendez-vous avec vous est annulé au dernier moment : %(when)s."
    ),
}


def declare() -> None:
    """Called once when the app is ready."""
    for kind, text in (_TO_ASKER | _TO_ADVISOR).items():
        declare_notice(kind, text, page="web:appointment", args=("reference",))


def written_moment(moment: datetime) -> str:
    """« mardi 3 mars 2027 à 9 h 30 », in the active language and the hour of Morocco."""
    local = timezone.localtime(moment)
    words = {"weekday": WEEKDAYS[local.weekday()], "day": written_date(local), "hour": written_hour(moment)}
    return _("%(weekday)s %(day)s à %(hour)s") % words


def tell_booked(appointment: Appointment, *, by_advisor: bool, at: datetime) -> None:
    """Who asked is told it stands, and the advisor that there is one."""
    _tell_asker(appointment, "appointment.for_you" if by_advisor else "appointment.confirmed", at)
    if not by_advisor:
        _tell_advisor(appointment, "appointment.taken", at)


def tell_moved(appointment: Appointment, *, by_advisor: bool, at: datetime) -> None:
    """The other one; a person without an account too when they are the one it was moved for."""
    if by_advisor:
        _tell_asker(appointment, "appointment.moved", at)
    else:
        _tell_advisor(appointment, "appointment.moved_to", at)


def tell_cancelled(appointment: Appointment, *, by_advisor: bool, at: datetime) -> None:
    """The other one."""
    if by_advisor:
        kind = "appointment.other_times" if appointment.proposed else "appointment.called_off"
        _tell_asker(appointment, kind, at)
    else:
        late = appointment.late
        _tell_advisor(appointment, "appointment.given_back_late" if late else "appointment.given_back", at)


def tell_missed(appointment: Appointment, *, at: datetime) -> None:
    """Who did not come."""
    _tell_asker(appointment, "appointment.missed", at)


def tell_reminder(appointment: Appointment, *, at: datetime) -> None:
    """Who asked."""
    _tell_asker(appointment, "appointment.reminder", at)


def _about(appointment: Appointment, language: str) -> dict[str, Any]:
    with translation.override(language):
        return {"when": written_moment(appointment.starts_at), "reference": appointment.reference}


def _tell_advisor(appointment: Appointment, kind: str, at: datetime) -> None:
    advisor: User = appointment.calendar.user
    notify(user=advisor, kind=kind, data=_about(appointment, advisor.language), at=at)


def _tell_asker(appointment: Appointment, kind: str, at: datetime) -> None:
    """By the account, else by the number left; nobody in a demonstration."""
    asker: User | None = appointment.asker
    if asker is not None:
        notify(user=asker, kind=kind, data=_about(appointment, asker.language), at=at)
    elif appointment.phone and not appointment.is_demo:
        when = appointment.starts_at.isoformat()
        transaction.on_commit(partial(text_asker.enqueue, appointment.pk, kind, when))


@task()
def text_asker(appointment_id: int, kind: str, when: str, tries: int = 0) -> str:
    """An SMS to who has no account, about the moment it was told of. Returns how it left, or why not."""
    row = Appointment.objects.filter(pk=appointment_id, asker=None).first()
    if row is None or not row.phone or kind not in _TO_ASKER:
        return "gone"
    if kind == "appointment.reminder" and (row.state != State.BOOKED or row.starts_at.isoformat() != when):
        return "gone"
    try:
        with translation.override(row.language):
            text = str(_TO_ASKER[kind]) % {"when": written_moment(datetime.fromisoformat(when))}
            return send_text(email="", phone=row.phone, body=text, short=text)
    except OSError:
        if not try_later(text_asker, appointment_id, kind, when, tries=tries):
            raise
        return "later"
