"""A course finished gives its certificate, and a stage when all its courses are: in both languages, signed and told."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.portal.badges.achievements import Words, define
from bpc.portal.badges.awarding import award
from bpc.portal.badges.demo import create_demo_badges
from bpc.portal.badges.models import AchievementVersion
from bpc.portal.foundation.writing import written_date, written_number
from bpc.portal.learning.completions import declare_finished
from bpc.portal.learning.models import Following
from bpc.portal.training.catalogue import Published, catalogue, published

#: The words of a stage change: a new version of its certificate.
PATH_VERSION = 1
_PATHS = {
    "start": gettext_lazy("Démarrer une coopérative"),
    "run": gettext_lazy("Faire tourner une coopérative"),
    "grow": gettext_lazy("Faire grandir une coopérative"),
}
_DEMO = ("price-and-margin", "five-founders")


def declare() -> None:
    """Called once when the app of the pages is ready."""
    declare_finished("badges", award_course)


def badge_code(course: str) -> str:
    """The code of what finishing a course achieves.

    >>> badge_code("price-and-margin")
    'course:price-and-margin'
    """
    return f"course:{course}"


def award_course(following: Following, entry: Published, at: datetime) -> None:
    """Award a course to who just finished it, in the version they finished."""
    version = define_course(entry)
    evidence = _evidence(entry, at)
    award(
        user=following.user, achievement=version.achievement.code, version=version.number, evidence=evidence, at=at
    )  # fmt: skip
    _award_stage(following, entry.course.stage, at)


def _award_stage(following: Following, stage: str, at: datetime) -> None:
    """Award the stage when every course published in it is finished."""
    keys = [one.key for one in catalogue().values() if one.course.stage == stage]
    finished = Following.objects.filter(user=following.user, course__in=keys, finished_at__isnull=False)
    if finished.count() == len(keys):
        award(user=following.user, achievement=define_stage(stage), evidence=in_both(_stage_criteria), at=at)


def define_stage(stage: str) -> str:
    """What finishing a whole stage achieves; returns its code."""
    code, name = f"path:{stage}", in_both(lambda: str(_PATHS[stage]))
    define(code=code, version=PATH_VERSION, name=name, criteria=in_both(_stage_criteria))
    return code


def _stage_criteria() -> str:
    return _("Finir tous les cours de cette étape, tels qu’ils étaient publiés ce jour-là.")


def define_course(entry: Published) -> AchievementVersion:
    """What finishing a course achieves. Its words are of that version of the course, and stand with it."""
    said = entry.course.name
    name = Words(said.get("fr") or said["ar"], said.get("ar") or said["fr"])
    criteria = in_both(_criteria)
    code = badge_code(entry.code)
    known = AchievementVersion.objects.select_related("achievement").filter(
        achievement__code=code, number=entry.version
    )
    return known.first() or define(code=code, version=entry.version, name=name, criteria=criteria)


def _criteria() -> str:
    return _(
        "Lire chaque leçon du cours, faire ses exercices et réussir les questions de chacune "
        "(quatre réponses justes sur cinq)."
    )


def _evidence(entry: Published, at: datetime) -> Words:
    day, lessons = timezone.localtime(at).date(), written_number(len(entry.course.lessons))
    return in_both(
        lambda: (
            _("Toutes les leçons réussies : %(lessons)s sur %(lessons)s. Cours terminé le %(day)s.")
            % {"lessons": lessons, "day": written_date(day)}
        )
    )


def in_both(say: Callable[[], str]) -> Words:
    """What `say` says, in each language of the site."""
    said = {}
    for language in ("fr", "ar"):
        with translation.override(language):
            said[language] = say()
    return Words(**said)


def create_demo_course_badges() -> int:
    """Certificates of the demonstration's project holder, for courses that are published; returns how many."""
    entries = [entry for code in _DEMO if (entry := published(code)) is not None]
    return create_demo_badges([define_course(entry) for entry in entries])
