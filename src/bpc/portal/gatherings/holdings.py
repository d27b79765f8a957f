"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.gatherings.models import Registration
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.seats.giving import NAMELESS


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "registrations",
            _("Vos inscriptions aux rencontres"),
            ("gatherings.Registration.user",),
            _registrations,
            _(
                "Votre nom et vos contacts sont effacés ; l’inscription compte encore dans le nombre des participants."
            ),
            _forget,
        )
    )
    acts = "tells which organiser did it; exported to them as an act of the trail"
    for column in (
        "Registration.attended_by", "Gathering.created_by", "MeetingReport.written_by", "MeetingPhoto.added_by"
    ):  # fmt: skip
        exclude_column(f"gatherings.{column}", acts)


def _registrations(user: User) -> list[Row]:
    rows = Registration.objects.filter(user=user).select_related("gathering").order_by("pk")
    return [
        {
            "meeting": row.gathering.key,
            "code": row.code,
            "state": row.state,
            "door": row.door,
            "name": row.name,
            "phone": row.phone,
            "email": row.email,
            "language": row.language,
            "woman": row.woman,
            "young": row.young,
            "speaks_as": row.actor_kind,
            "consent": row.consent_version,
            "registered": row.registered_at,
            "cancelled": row.cancelled_at,
            "came": row.attended_at,
        }
        for row in rows
    ]


def _forget(user: User) -> None:
    Registration.objects.filter(user=user).update(**NAMELESS)
