"""A partner's course passed gives its badge, `partner:course-<key>`; a module completed, `partner:module-<reference>`.

Both rest on what others say: the evidence names the partner, or says that the module itself told it.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.badges.achievements import Words, define
from bpc.portal.badges.awarding import award
from bpc.portal.badges.models import AchievementVersion
from bpc.portal.foundation.writing import written_date, written_percent
from bpc.portal.journeys.award_badges import in_both
from bpc.portal.packages.completions import on_completed
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.partner_courses.claims import named
from bpc.portal.partner_courses.completions import Completion, declare_completion
from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.people.models import User


def declare() -> None:
    """Called once when the app of the pages is ready."""
    declare_completion("badges", award_partner_course)
    on_completed("badges", award_module)


def course_badge(course: PartnerCourse) -> str:
    """The code of what passing a partner's course achieves."""
    return f"partner:course-{course.key}"


def module_badge(package: Package) -> str:
    """The code of what completing a module achieves."""
    return f"partner:module-{package.reference.lower()}"


def award_partner_course(completion: Completion) -> None:
    """Award who passed, or finished where the course has no pass mark; in the version of the course that day."""
    if completion.passed is False:
        return
    course = completion.course
    version = _version(course_badge(course), course.version) or define(
        code=course_badge(course), version=course.version,
        name=in_both(lambda: named(course, get_language() or "fr")), criteria=in_both(lambda: _course_criteria(course)),
    )  # fmt: skip
    _award(completion.person, version, lambda: _course_evidence(completion), completion.at)


def award_module(run: PackageRun, at: datetime) -> None:
    """Award who completed a module. Its file never changes, so its first words stand."""
    package, code = run.package, module_badge(run.package)
    version = _version(code, 1) or define(
        code=code, version=1, name=Words(package.title_fr, package.title_ar),
        criteria=in_both(lambda: _module_criteria(package)),
    )  # fmt: skip
    _award(run.user, version, lambda: _module_evidence(run, at), at)


def _version(code: str, number: int) -> AchievementVersion | None:
    """The version that stands: once awarded, it keeps its words whatever ours become."""
    rows = AchievementVersion.objects.select_related("achievement")
    return rows.filter(achievement__code=code, number=number).first()


def _award(user: User, version: AchievementVersion, evidence: Callable[[], str], at: datetime) -> None:
    code = version.achievement.code
    award(user=user, achievement=code, version=version.number, evidence=in_both(evidence), at=at)


def _course_criteria(course: PartnerCourse) -> str:
    told = {"partner": course.partner.name, "percent": ""}
    if course.pass_percent is None:
        return _("Terminer ce cours chez le partenaire : %(partner)s.") % told
    told["percent"] = written_percent(course.pass_percent)
    return (
        _("Terminer ce cours avec au moins %(percent)s de réussite chez le partenaire : %(partner)s.") % told
    )


def _course_evidence(completion: Completion) -> str:
    told = {"partner": completion.course.partner.name, "day": _day(completion.at), "percent": ""}
    if completion.percent is None:
        return _("Cours terminé le %(day)s, selon %(partner)s.") % told
    told["percent"] = written_percent(completion.percent)
    return _("Résultat : %(percent)s. Cours terminé le %(day)s, selon %(partner)s.") % told


def _module_criteria(package: Package) -> str:
    return _("Suivre ce module jusqu’au bout et réussir son test s’il en a un. Auteur : %(credit)s.") % {
        "credit": package.credit
    }


def _module_evidence(run: PackageRun, at: datetime) -> str:
    told = {"day": _day(at), "percent": ""}
    if run.score is None:
        return _("Module terminé le %(day)s, selon le module lui-même.") % told
    told["percent"] = written_percent(run.score)
    return _("Résultat : %(percent)s. Module terminé le %(day)s, selon le module lui-même.") % told


def _day(at: datetime) -> str:
    return written_date(timezone.localtime(at).date())
