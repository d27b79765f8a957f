"""What this room holds on a person: the versions of courses they wrote or published."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.training.models import CourseVersion


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "course_versions",
            _("Les versions de cours que vous avez écrites ou publiées"),
            ("training.CourseVersion.made_by", "training.CourseVersion.published_by"),
            _versions,
            _("Conservées sans votre nom : des personnes y ont appris."),
            _forget_versions,
        )
    )


def _versions(user: User) -> list[Row]:
    rows = CourseVersion.objects.filter(Q(made_by=user) | Q(published_by=user)).select_related("course")
    return [
        {
            "course": row.course.code, "version": row.number, "state": row.state, "note": row.note,
            "created": row.made_at, "published": row.published_at,
        }
        for row in rows.order_by("pk")
    ]  # fmt: skip


def _forget_versions(user: User) -> None:
    CourseVersion.objects.filter(made_by=user).update(made_by=None)
    CourseVersion.objects.filter(published_by=user).update(published_by=None)
