"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.appointments.booking import cancel_appointment
from bpc.portal.appointments.forgetting import NAMELESS
from bpc.portal.appointments.models import Appointment, Calendar, CalendarFeed, TakenTime
from bpc.portal.appointments.states import State
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "appointments",
            _("Vos rendez-vous"),
            (
                "appointments.Appointment.asker",
                "appointments.TakenTime.user",
                "appointments.CalendarFeed.user",
            ),
            _appointments,
            _(
                "Vos rendez-vous à venir sont annulés ; votre nom, votre numéro et vos mots sont effacés des autres."
            ),
            _forget,
        )
    )
    declare_holding(
        Holding(
            "appointment_calendar",
            _("Votre calendrier de rendez-vous"),
            ("appointments.Calendar.user",),
            _calendar,
            _("Vos heures et votre calendrier sont effacés, avec les rendez-vous qui y étaient pris."),
            _close,
        )
    )
    exclude_column(
        "appointments.Appointment.booked_by",
        "tells who filled the form; exported to them as an act of the trail",
    )


def _appointments(user: User) -> list[Row]:
    return [
        {
            "reference": row.reference,
            "state": row.get_state_display(),
            "starts": row.starts_at,
            "ends": row.ends_at,
            "manner": row.get_manner_display(),
            "place": row.place,
            "name": row.asker_name,
            "phone": row.phone,
            "subject": row.get_subject_display(),
            "words": row.words,
            "reason": row.cancel_reason,
            "booked": row.booked_at,
        }
        for row in Appointment.objects.filter(asker=user).order_by("starts_at", "pk")
    ]


def _forget(user: User) -> None:
    """What is to come leaves no empty chair: it is cancelled, and the advisor's time is free again."""
    now = timezone.now()
    mine = Appointment.objects.filter(asker=user)
    for row in mine.filter(state=State.BOOKED, starts_at__gt=now).order_by("pk"):
        cancel_appointment(appointment=row, actor=user, at=now)
    mine.update(**NAMELESS)
    TakenTime.objects.filter(user=user).delete()
    CalendarFeed.objects.filter(user=user).delete()


def _calendar(user: User) -> list[Row]:
    rows = Calendar.objects.filter(user=user).prefetch_related("rules", "changes")
    return [
        {
            "region": row.region_id,
            "hours": [str(rule) for rule in row.rules.all()],
            "changes": [f"{change} {change.note}".strip() for change in row.changes.all()],
        }
        for row in rows
    ]


def _close(user: User) -> None:
    Calendar.objects.filter(user=user).delete()
