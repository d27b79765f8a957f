"""What this room holds on a person: the versions of courses they wrote or published."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding
from bpc.portal.training.models import CourseVersion, LessonSound


def declare() -> None:
    """Called once when the app is ready."""
    declare_holding(
        Holding(
            "course_versions",
            _("Les versions de cours que vous avez écrites ou publiées"),
            (
                "training.CourseVersion.made_by",
                "training.CourseVersion.published_by",
                "training.CourseVersion_writers.user",
            ),
            _versions,
            _("Conservées sans votre nom : des personnes y ont appris."),
            _forget_versions,
        )
    )
    declare_holding(
        Holding(
            "lesson_sounds",
            _("Les enregistrements de leçons que vous avez donnés"),
            ("training.LessonSound.given_by",),
            _sounds,
            _("Conservés sans votre nom : des personnes les écoutent pour apprendre."),
            _forget_sounds,
        )
    )


def _versions(user: User) -> list[Row]:
    own = Q(made_by=user) | Q(published_by=user) | Q(writers=user)
    rows = CourseVersion.objects.filter(own).select_related("course").distinct()
    return [
        {
            "course": row.course.code, "version": row.number, "course_version_state": row.state, "note": row.note,
            "created": row.made_at, "published": row.published_at,
        }
        for row in rows.order_by("pk")
    ]  # fmt: skip


def _forget_versions(user: User) -> None:
    CourseVersion.objects.filter(made_by=user).update(made_by=None)
    CourseVersion.objects.filter(published_by=user).update(published_by=None)
    CourseVersion.writers.through.objects.filter(user=user).delete()


def _sounds(user: User) -> list[Row]:
    rows = LessonSound.objects.filter(given_by=user).select_related("version__course")
    return [
        {
            "course": row.version.course.code, "version": row.version.number, "lesson": row.lesson,
            "language": row.language, "name": row.name, "seconds": row.seconds, "given": row.given_at,
        }
        for row in rows.order_by("pk")
    ]  # fmt: skip


def _forget_sounds(user: User) -> None:
    LessonSound.objects.filter(given_by=user).update(given_by=None, name="")
