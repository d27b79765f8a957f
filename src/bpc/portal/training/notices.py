"""What those who teach are told: a course to read, what became of theirs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bpc.portal.people.delivery import notify
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role
from bpc.portal.training.models import CourseVersion

_PAGE = "web:teaching_course"


def declare() -> None:
    """Called once when the app is ready."""
    declare_notice(
        "training.submitted", _("Le cours « %(title)s » attend votre relecture."), page=_PAGE, args=("code",)
    )
    declare_notice(
        "training.sent_back",
        _("Le cours « %(title)s » vous est renvoyé. %(reason)s"),
        page=_PAGE,
        args=("code",),
    )
    declare_notice("training.published", _("Le cours « %(title)s » est publié."), page=_PAGE, args=("code",))


def tell_reviewers(version: CourseVersion, *, actor: Any, at: Any) -> None:
    """Everybody who teaches, but those who wrote it and who submits it."""
    written = {one.pk for one in writers_of(version)} | {actor.pk}
    teaching = RoleGrant.objects.filter(role__in=(Role.TRAINER, Role.ADMINISTRATOR), ended_at=None)
    for person in User.objects.filter(is_active=True, pk__in=teaching.values("user")).exclude(pk__in=written):
        notify(user=person, kind="training.submitted", data=_about(version), at=at)


def tell_writers(version: CourseVersion, kind: str, *, reason: str = "", at: Any) -> None:
    """Those who wrote it."""
    for person in writers_of(version):
        notify(user=person, kind=kind, data={**_about(version), "reason": reason}, at=at)


def writers_of(version: CourseVersion) -> list[User]:
    """Whose words it may hold."""
    people = {one.pk: one for one in version.writers.all()}
    if version.made_by is not None:
        people[version.made_by.pk] = version.made_by
    return [people[key] for key in sorted(people)]


def _about(version: CourseVersion) -> dict[str, str]:
    name = version.content["name"]
    return {"title": name.get("fr") or next(iter(name.values())), "code": version.course.code}
