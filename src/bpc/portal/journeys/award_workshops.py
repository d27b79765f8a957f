"""A session followed in a room gives its badge, `workshop:<course>`: once held, by who noted who was there."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bpc.portal.badges.achievements import Words, define
from bpc.portal.badges.awarding import award
from bpc.portal.badges.models import AchievementVersion
from bpc.portal.foundation.writing import written_date
from bpc.portal.reference.models import Territory
from bpc.portal.workshops.courses import Names, course_names, said
from bpc.portal.workshops.followed import declare_followed
from bpc.portal.workshops.models import Enrolment

#: The words change: a new version of every badge.
VERSION = 1


def declare() -> None:
    """Called once when the app of the pages is ready."""
    declare_followed("badges", award_workshop)


def badge_code(course: str) -> str:
    """The code of what following a session of a course achieves.

    >>> badge_code("price-and-margin")
    'workshop:price-and-margin'
    """
    return f"workshop:{course}"


def award_workshop(enrolment: Enrolment, at: datetime) -> None:
    """Award who followed a session. Of a course followed before, it is given back as it is."""
    if enrolment.user is None:
        return
    workshop = enrolment.workshop
    names = course_names([workshop.course_id])[workshop.course_id]
    words = {language: _words(names, language, enrolment) for language in ("fr", "ar")}
    code = badge_code(workshop.course.code)
    known = AchievementVersion.objects.filter(achievement__code=code, number=VERSION)
    if not known.exists():  # a course named otherwise since keeps its badge
        define(
            code=code, version=VERSION, name=Words(words["fr"][0], words["ar"][0]),
            criteria=Words(words["fr"][1], words["ar"][1]),
        )  # fmt: skip
    award(
        user=enrolment.user, achievement=code, evidence=Words(words["fr"][2], words["ar"][2]), at=at,
        version=VERSION,
    )  # fmt: skip


def _words(names: Names, language: str, enrolment: Enrolment) -> tuple[str, str, str]:
    """The name, what had to be done, how it was earned."""
    workshop = enrolment.workshop
    place = Territory.objects.get(pk=workshop.commune_id)
    with translation.override(language):
        day = written_date(timezone.localtime(workshop.starts_at).date())
        told = {"place": place.name, "day": day}
        return (
            _("Séance en salle : %(course)s") % {"course": said(names, language)},
            _("Être présent au moins deux jours sur trois à une séance du cours, notés par son formateur."),
            _("Séance tenue à %(place)s, à partir du %(day)s.") % told,
        )
