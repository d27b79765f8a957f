"""What this room holds on a person: what they learned. It goes with them."""

from django.utils.translation import gettext_lazy as _

from bpc.portal.learning.models import Following
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "followings",
            _("Les cours que vous suivez, vos réponses et vos exercices"),
            ("learning.Following.user",),
            _followings,
            _("Effacés avec le compte."),
            _forget_followings,
        )
    )


def _followings(user: User) -> list[Row]:
    rows = (
        Following.objects.filter(user=user).select_related("course").prefetch_related("events").order_by("pk")
    )
    return [
        {
            "course": row.course.code, "created": row.begun_at, "at": row.last_at, "done": row.done_lessons,
            "finished": row.finished_at,
            "answers": [
                {"did": one.did, "lesson": one.lesson, "question": one.question, "answer": one.answer, "at": one.at}
                for one in row.events.all()
            ],
        }
        for row in rows
    ]  # fmt: skip


def _forget_followings(user: User) -> None:
    Following.objects.filter(user=user).delete()
