"""Personal data in juries."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.models import Juror, Reading
from bpc.portal.contests.states import JurorState, ReadingState
from bpc.portal.contests.visibility.juries import invitations_for
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column


def declare() -> None:
    """Called by the room’s `declare`."""
    declare_holding(
        Holding(
            "juries",
            _("Les jurys où vous siégez"),
            ("contests.Juror.user",),
            _seats,
            _(
                "Les invitations sont effacées. Vos notes restent, sans votre nom : elles comptent dans des "
                "résultats. Ce que vous n’aviez pas noté est redonné à d’autres."
            ),
            _forget_seats,
        )
    )
    exclude_column(
        "contests.Juror.invited_by", "tells which organiser invited; exported as an act of the trail"
    )
    exclude_column("contests.AssignmentRun.by", "tells who asked for it; exported as an act of the trail")


def _seats(user: User) -> list[Row]:
    readings = Reading.objects.select_related("entry").prefetch_related("marks__criterion").order_by("pk")
    seats = Juror.objects.filter(user=user) | invitations_for(user)
    rows = seats.select_related("edition").prefetch_related(
        Prefetch("readings", queryset=readings), "conflicts__entry"
    )
    return [_seat(row) for row in rows.order_by("pk")]


def _seat(row: Juror) -> Row:
    return {
        "title": row.edition.name_fr,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "state": row.state,
        "president": row.is_president,
        "languages": row.languages,
        "woman": row.woman,
        "commune": row.commune_id,
        "organisation": row.body,
        "most_readings": row.most_readings,
        "invited": row.invited_at,
        "answered": row.answered_at,
        "conflicts": [
            {"code": one.entry.reference, "kind": one.kind, "text": one.note, "lifted": one.lifted_at}
            for one in row.conflicts.all()
        ],
        "readings": [_reading(one) for one in row.readings.all()],
    }


def _reading(reading: Reading) -> Row:
    return {
        "code": reading.entry.reference,
        "state": reading.state,
        "comment": reading.comment,
        "marks": [
            {"criterion": mark.criterion.code, "value": mark.value, "comment": mark.comment}
            for mark in reading.marks.all()
        ],
    }


def _forget_seats(user: User) -> None:
    """Marks stay under a seat without a name; what was not marked is released."""
    invitations_for(user).delete()
    seats = Juror.objects.filter(user=user)
    Reading.objects.filter(juror__in=seats.values("pk"), state=ReadingState.ASSIGNED).update(
        state=ReadingState.RELEASED, reason="account deleted"
    )
    seats.filter(state=JurorState.ACCEPTED).update(state=JurorState.RELEASED)
    seats.update(
        user=None, name="", email="", phone="", body="", commune=None, is_president=False, languages=[]
    )
