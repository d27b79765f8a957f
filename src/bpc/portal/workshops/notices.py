"""What people are told of their registration and of their request, made when read or sent, in their language."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_tasks import task

from bpc.portal.foundation.writing import written_date, written_hour
from bpc.portal.people.delivery import notify
from bpc.portal.people.notices import declare_notice, full_address
from bpc.portal.seats import telling
from bpc.portal.seats.giving import running
from bpc.portal.seats.states import RegistrationState
from bpc.portal.workshops.courses import course_names, said
from bpc.portal.workshops.links import enrolment_token
from bpc.portal.workshops.models import CourseRequest, Enrolment, Workshop

NOTICES: dict[str, str | Promise] = {
    "workshop.registered": gettext_lazy("Votre place est réservée : %(session)s. Votre code est %(code)s."),
    "workshop.waiting": gettext_lazy(
        "La séance est complète : %(session)s. Vous êtes en liste d’attente, code %(code)s. "
        "Nous vous écrirons dès qu’une place se libère."
    ),
    "workshop.seated": gettext_lazy(
        "Une place s’est libérée : %(session)s. Elle est à vous, code %(code)s. Si vous ne venez plus, annulez."
    ),
    "workshop.cancelled": gettext_lazy("La séance est annulée : %(session)s. %(reason)s"),
    "workshop.changed": gettext_lazy("La séance a changé : %(session)s. Voyez le lieu et les heures."),
    "workshop.reminder": gettext_lazy(
        "Rappel : %(session)s. Votre code est %(code)s. Si vous ne venez plus, annulez : une autre personne viendra."
    ),
    "workshop.judge": gettext_lazy(
        "Merci d’être venu : %(session)s. Dites en une minute ce que vous en pensez, sans votre nom."
    ),
}
OPENED, WRITTEN = "workshop.opened", "workshop.written"


def declare() -> None:
    """Called once when the app is ready."""
    for kind, text in NOTICES.items():
        declare_notice(kind, text, page="web:workshop", args=("reference",))
    declare_notice(
        OPENED,
        gettext_lazy("La séance que vous demandiez est annoncée : %(session)s. Inscrivez-vous d’un geste."),
        page="web:workshop",
        args=("reference",),
    )
    declare_notice(
        WRITTEN,
        gettext_lazy("Au sujet de votre demande de séance « %(course)s » : %(words)s"),
        page="web:my_workshops",
    )


def tell_registered(enrolment: Enrolment, *, at: datetime) -> None:
    """A seat, or a place in the waiting list."""
    has_seat = enrolment.state == RegistrationState.REGISTERED
    tell([enrolment], "workshop.registered" if has_seat else "workshop.waiting", at=at)


def tell_everybody(workshop: Workshop, kind: str, *, at: datetime, reason: str = "") -> int:
    """Everybody with a running registration; returns how many."""
    rows = list(running(workshop).select_related("user"))
    tell(rows, kind, at=at, reason=reason)
    return len(rows)


def tell(enrolments: Sequence[Enrolment], kind: str, *, at: datetime, reason: str = "") -> None:
    """By the account, else by the contact left; nobody who has neither. All are of one session."""
    words: dict[str, str] = {}
    for enrolment in enrolments:
        language = telling.language_of(enrolment)
        if language not in words:
            with translation.override(language):
                words[language] = session_words(enrolment.workshop)
        data = {
            "session": words[language], "code": enrolment.code, "reason": reason,
            "reference": enrolment.workshop.reference,
        }  # fmt: skip
        telling.tell(enrolment, kind, data, at=at, task=deliver_to_enrolled)


def tell_asker(request: CourseRequest, workshop: Workshop, *, at: datetime) -> None:
    """A session of what they ask is announced near them."""
    with translation.override(request.user.language):
        data = {"session": session_words(workshop), "reference": workshop.reference}
    notify(user=request.user, kind=OPENED, data=data, at=at)


def write_to_asker(request: CourseRequest, words: str, *, at: datetime) -> None:
    """What the region's staff write to who asked: they never learn to whom."""
    names = course_names([request.course_id])[request.course_id]
    data = {"course": said(names, request.user.language), "words": words}
    notify(user=request.user, kind=WRITTEN, data=data, at=at)


def session_words(workshop: Workshop) -> str:
    """The session in one phrase: « Le juste prix », à Taroudannt, 3 mars 2027 à 9 h 30 », in the active language."""
    names = course_names([workshop.course_id])[workshop.course_id]
    day = timezone.localtime(workshop.starts_at)
    return _("séance « %(course)s », à %(place)s, %(day)s à %(hour)s") % {
        "course": said(names, get_language() or "fr"), "place": workshop.commune.name,
        "day": written_date(day.date()), "hour": written_hour(day),
    }  # fmt: skip


@task()
def deliver_to_enrolled(enrolment_id: int, kind: str, data: dict[str, Any], tries: int = 0) -> str:
    """Send one message; returns how it left ("email", "sms"), "gone", or "later" when the provider is away."""
    row = Enrolment.objects.filter(pk=enrolment_id, forgotten_at=None).first()
    if row is None or kind not in NOTICES:
        return "gone"
    return telling.deliver(
        row, lambda: str(NOTICES[kind]) % data, lambda: _seat_address(row, data["reference"]),
        task=deliver_to_enrolled, said=(enrolment_id, kind, data), tries=tries,
    )  # fmt: skip


def _seat_address(enrolment: Enrolment, reference: str) -> str:
    return full_address(reverse("web:workshop_seat", args=[reference, enrolment_token(enrolment)]))
