"""Partner courses as everybody reads them, and opening one: what the partner receives is asked first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.partner_courses.identities import choose_sharing, identity_of
from bpc.portal.partner_courses.launching import Undecided, begin_launch
from bpc.portal.partner_courses.models import PartnerCourse
from bpc.portal.partner_courses.queries import own_results, shown_courses
from bpc.portal.web.partner_courses.forms import SharingForm
from bpc.portal.web.partner_courses.policy import let_forms_reach, sites_of
from bpc.portal.web.partner_courses.words import course_words, result_words

_PER_PAGE = 20


@never_cache
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """What partners teach, the last published first."""
    page_obj = Paginator(shown_courses(), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "rows": [course_words(row) for row in page_obj],
        "keeps": can(request.user, "partner_courses.keep"),
    }
    return render(request, "partner_courses/courses.html", context)


def course_or_404(request: HttpRequest, pk: int) -> PartnerCourse:
    """A course that the person sees, with its partner."""
    return get_visible_or_404(request.user, PartnerCourse.objects.select_related("partner"), pk=pk)


@never_cache
@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course: what it is, who gives it, and how one stands in it."""
    row = course_or_404(request, pk)
    result = own_results(request.user).filter(course=row).first()
    identity = identity_of(request.user, row.partner) if request.user.is_authenticated else None
    context = {
        "course": course_words(row), "result": result_words(result) if result else None, "identity": identity,
        "opens": can(request.user, "partner_courses.open", row),
        "keeps": can(request.user, "partner_courses.keep"),
    }  # fmt: skip
    response = render(request, "partner_courses/course.html", context)
    return let_forms_reach(response, *sites_of(row))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def course_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what the partner may receive, unless it was chosen; then go there."""
    row = course_or_404(request, pk)
    check(request.user, "partner_courses.open", row)
    asked = request.method == "POST" and "chosen" in request.POST
    form = SharingForm(request.POST if asked else None, person=request.user, partner=row.partner)
    if request.method == "POST" and (not asked or form.is_valid()):
        try:
            return redirect(_begin(request, row, form.cleaned_data if asked else None))
        except Undecided:
            return redirect("web:partner_course_open", row.pk)
    context = {"course": course_words(row), "form": form}
    response = render(request, "partner_courses/open.html", context, status=422 if form.errors else 200)
    return let_forms_reach(response, *sites_of(row))


def _begin(request: HttpRequest, row: PartnerCourse, chosen: dict[str, Any] | None) -> str:
    now, language = timezone.now(), get_language() or "fr"
    if chosen is not None:
        choose_sharing(
            partner=row.partner, name=chosen["name"], email=chosen["email"], actor=request.user, at=now
        )
    return begin_launch(course=row, language=language, actor=request.user, at=now)
