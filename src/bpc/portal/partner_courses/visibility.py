"""Who sees, keeps and opens partner courses: rule and queryset side by side.

Everybody reads what is published by a partner in service. Trainers and administrators keep the courses; administrators
register the partners. What a partner knows of a person, and what came back, is that person's alone.
"""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.partner_courses.models import Partner, PartnerCourse, PartnerIdentity, PartnerResult
from bpc.portal.partner_courses.states import CourseState, PartnerState
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator


def keeps_courses(person: Any, _row: Any = None) -> bool:
    """Trainers and national administrators."""
    return bool(person.is_authenticated) and (person.holds(Role.TRAINER) or is_administrator(person))


def can_see_partner(person: Any, partner: Partner) -> bool:
    """Whoever keeps courses: a course names its partner."""
    return keeps_courses(person)


def partners_visible_to(person: Any) -> QuerySet[Partner]:
    """The partners `can_see_partner` allows."""
    return Partner.objects.all() if keeps_courses(person) else Partner.objects.none()


def can_see_course(person: Any, course: PartnerCourse) -> bool:
    """Everybody once published, its partner in service; whoever keeps courses, always."""
    shown = course.state == CourseState.PUBLISHED and course.partner.state == PartnerState.ACTIVE
    return shown or keeps_courses(person)


def courses_visible_to(person: Any) -> QuerySet[PartnerCourse]:
    """The courses `can_see_course` allows."""
    if keeps_courses(person):
        return PartnerCourse.objects.all()
    return PartnerCourse.objects.filter(state=CourseState.PUBLISHED, partner__state=PartnerState.ACTIVE)


def owns_identity(person: Any, identity: PartnerIdentity | None = None) -> bool:
    """The person themselves."""
    if identity is None:
        return bool(person.is_authenticated)
    return bool(person.is_authenticated) and identity.person_id == person.pk


def identities_visible_to(person: Any) -> QuerySet[PartnerIdentity]:
    """The identities `owns_identity` allows."""
    if not person.is_authenticated:
        return PartnerIdentity.objects.none()
    return PartnerIdentity.objects.filter(person=person)


def can_see_result(person: Any, result: PartnerResult) -> bool:
    """The learner alone; trainers read how many."""
    return owns_identity(person, result.identity)


def results_visible_to(person: Any) -> QuerySet[PartnerResult]:
    """The results `can_see_result` allows."""
    if not person.is_authenticated:
        return PartnerResult.objects.none()
    return PartnerResult.objects.filter(identity__person=person)


def may_open(person: Any, course: PartnerCourse | None = None) -> bool:
    """A signed-in person, a course that they see, of a partner in service; not under a mandate for somebody else."""
    if not person.is_authenticated or person.acts_for is not None:
        return False
    return course is None or (course.partner.is_active and can_see_course(person, course))


def declare() -> None:
    """Called once when the app is ready."""
    declare_visibility(Partner, can_see=can_see_partner, visible_to=partners_visible_to)
    declare_visibility(PartnerCourse, can_see=can_see_course, visible_to=courses_visible_to)
    declare_visibility(PartnerIdentity, can_see=owns_identity, visible_to=identities_visible_to)
    declare_visibility(PartnerResult, can_see=can_see_result, visible_to=results_visible_to)
    declare_right(
        "partner_courses.register",
        "Enregistrer les partenaires de formation et le registre d’apprentissage (administrateurs nationaux)",
        is_administrator,
    )
    declare_right(
        "partner_courses.keep",
        "Ajouter, modifier, publier, retirer les cours de partenaires (formateurs, administrateurs nationaux)",
        keeps_courses,
    )
    declare_right(
        "partner_courses.open",
        "Ouvrir un cours de partenaire publié (toute personne connectée, pour elle-même)",
        may_open,
    )
    declare_right(
        "partner_courses.own",
        "Choisir ce qu’un partenaire de formation reçoit de soi (la personne)",
        owns_identity,
    )
