"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave.

What somebody thinks of a session is kept without a link to them: nobody can show or erase it as theirs.
"""

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.seats.giving import NAMELESS
from bpc.portal.workshops.models import CourseRequest, Enrolment, WorkshopTrainer
from bpc.portal.workshops.registering import cancel_enrolment
from bpc.portal.workshops.visibility import running_of


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (
        Holding(
            "workshop_enrolments",
            _("Vos inscriptions aux séances de formation"),
            ("workshops.Enrolment.user",),
            _enrolments,
            _(
                "Vos places à venir sont rendues ; votre nom et vos contacts sont effacés. "
                "Vos avis, gardés sans votre nom, restent."
            ),
            _forget_enrolments,
        ),
        Holding(
            "course_requests",
            _("Vos demandes de séances de formation"),
            ("workshops.CourseRequest.user",),
            _requests,
            _("Elles sont effacées."),
            _forget_requests,
        ),
        Holding(
            "workshops_taught",
            _("Les séances de formation que vous animez"),
            ("workshops.WorkshopTrainer.user",),
            _taught,
            _("Elles restent, sans votre nom."),
            _forget_taught,
        ),
    ):
        declare_holding(holding)
    acts = "tells who did it; exported to them as an act of the trail"
    for column in ("Workshop.created_by", "Presence.by"):
        exclude_column(f"workshops.{column}", acts)


def _enrolments(user: User) -> list[Row]:
    rows = Enrolment.objects.filter(user=user).select_related("workshop", "workshop__course")
    return [
        {
            "code": row.code, "course": row.workshop.course.code, "starts": row.workshop.starts_at,
            "place": row.workshop.place, "state": row.state, "door": row.door, "name": row.name, "phone": row.phone,
            "email": row.email, "language": row.language, "woman": row.woman, "young": row.young,
            "speaks_as": row.actor_kind, "consent": row.consent_version, "registered": row.registered_at,
            "cancelled": row.cancelled_at, "days_present": row.present,
        }
        for row in rows.annotate(present=Count("presences")).order_by("pk")
    ]  # fmt: skip


def _forget_enrolments(user: User) -> None:
    """What is to come leaves no empty chair: the seat goes to who waits."""
    now = timezone.now()
    coming = running_of(user).filter(workshop__starts_at__gt=now, workshop__state="announced")
    for row in coming.order_by("pk"):
        cancel_enrolment(enrolment=row, actor=user, at=now)
    Enrolment.objects.filter(user=user).update(**NAMELESS)


def _requests(user: User) -> list[Row]:
    rows = CourseRequest.objects.filter(user=user).select_related("course").order_by("pk")
    return [
        {
            "course": row.course.code, "commune": row.commune_id, "people": row.people, "language": row.spoken,
            "request_state": row.state, "at": row.asked_at,
        }
        for row in rows
    ]  # fmt: skip


def _forget_requests(user: User) -> None:
    CourseRequest.objects.filter(user=user).delete()


def _taught(user: User) -> list[Row]:
    rows = WorkshopTrainer.objects.filter(user=user).select_related("workshop", "workshop__course")
    return [
        {"code": row.workshop.reference, "course": row.workshop.course.code, "starts": row.workshop.starts_at}
        for row in rows.order_by("pk")
    ]


def _forget_taught(user: User) -> None:
    WorkshopTrainer.objects.filter(user=user).delete()
