"""What pages read of partner courses."""

from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from bpc.portal.foundation.permissions import visible
from bpc.portal.partner_courses.models import Partner, PartnerCourse, PartnerIdentity, PartnerResult
from bpc.portal.partner_courses.states import CourseState, PartnerState

MOST_ANSWERING = 100  # read at once, to choose among
_LISTED = (
    "pk", "title_fr", "title_ar", "about_fr", "about_ar", "languages", "minutes", "credit", "state", "published_at",
    "partner__name", "partner__state",
)  # fmt: skip


def shown_courses() -> QuerySet[PartnerCourse]:
    """What everybody may read, the last published first."""
    rows = PartnerCourse.objects.filter(state=CourseState.PUBLISHED, partner__state=PartnerState.ACTIVE)
    return rows.select_related("partner").only(*_LISTED).order_by("-published_at", "-pk")


def courses_that_answer(person: Any) -> QuerySet[PartnerCourse]:
    """Those shown that say which lacks they answer, but what the person finished; the newest, `MOST_ANSWERING`."""
    finished = PartnerResult.objects.filter(identity__person=person.pk, completed_at__isnull=False)
    rows = shown_courses().exclude(answers=[]).exclude(pk__in=finished.values("course"))
    return rows.only(*_LISTED, "answers")[:MOST_ANSWERING]


def kept_courses(person: Any) -> QuerySet[PartnerCourse]:
    """Every course a keeper sees, with how many opened and finished it and how they were marked; never who."""
    finished = Q(results__completed_at__isnull=False)
    return (
        visible(person, PartnerCourse)
        .select_related("partner")
        .only(*_LISTED)
        .annotate(
            opened_count=Count("results"),
            finished_count=Count("results", filter=finished),
            marked_count=Count("results__completed_percent"),
            mean_percent=Avg("results__completed_percent"),
        )
        .order_by("partner__name", "title_fr", "pk")
    )


def partners_with_counts() -> QuerySet[Partner]:
    """Every partner, with how many courses it has."""
    return Partner.objects.annotate(course_count=Count("courses")).order_by("name", "pk")


def own_results(person: Any) -> QuerySet[PartnerResult]:
    """What a learner opened, the last first."""
    rows = visible(person, PartnerResult).select_related("course__partner")
    return rows.order_by("-last_opened_at", "-pk")


def own_identities(person: Any) -> QuerySet[PartnerIdentity]:
    """The partners a person opened a course of, and what each receives."""
    return visible(person, PartnerIdentity).select_related("partner").order_by("partner__name", "pk")
