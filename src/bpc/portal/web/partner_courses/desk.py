"""Keeping partner courses: the list with how many came, adding, changing, publishing, withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import can
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.partner_courses import courses as keeping
from bpc.portal.partner_courses.models import Partner, PartnerCourse
from bpc.portal.partner_courses.queries import kept_courses
from bpc.portal.partner_courses.states import PartnerState
from bpc.portal.web.partner_courses.forms import CourseForm, course_initial
from bpc.portal.web.partner_courses.reading import course_or_404
from bpc.portal.web.partner_courses.words import course_words

_PER_PAGE = 20
_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every course, with how many opened and finished it."""
    page_obj = Paginator(kept_courses(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "rows": [course_words(row) for row in page_obj],
        "registers": can(request.user, "partner_courses.register"),
        "has_partner": Partner.objects.filter(state=PartnerState.ACTIVE).exists(),
    }
    return render(request, "partner_courses/desk.html", context)


@never_cache
@require_http_methods(_METHODS)
def course_new(request: HttpRequest) -> HttpResponse:
    """Add a course; it begins as a draft."""
    form = CourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keeping.add_course(content=form.content(), actor=request.user, at=timezone.now())
        messages.success(request, _("Le cours est ajouté comme brouillon : relisez-le, puis publiez-le."))
        return redirect("web:partner_course_desk")
    return _form_page(request, form, None)


@never_cache
@require_http_methods(_METHODS)
def course_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a course right."""
    row = course_or_404(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = CourseForm(posted, course=row, initial=course_initial(row))
    if posted is None or not form.is_valid():
        return _form_page(request, form, row)
    version = form.cleaned_data["version"] or 0
    try:
        keeping.change_course(
            course=row, content=form.content(), version=version, actor=request.user, at=timezone.now()
        )
    except keeping.Stale:
        form.add_error(None, _("Ce cours a été modifié entre-temps. Rechargez la page avant de reprendre."))
        return _form_page(request, form, row)
    messages.success(request, _("Le cours est modifié."))
    return redirect("web:partner_course_desk")


def _form_page(request: HttpRequest, form: CourseForm, row: PartnerCourse | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "course": course_words(row) if row else None}
    return render(request, "partner_courses/course_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def course_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to everybody."""
    return _moved(request, pk, keeping.publish_course, _("Le cours est publié."))


@never_cache
@require_POST
def course_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it no longer."""
    done = _("Le cours n’est plus montré. Les personnes qui l’ont suivi gardent leur résultat.")
    return _moved(request, pk, keeping.withdraw_course, done)


def _moved(request: HttpRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    row = course_or_404(request, pk)
    try:
        act(course=row, actor=request.user, at=timezone.now())
        messages.success(request, done)
    except IllegalMove:
        messages.info(request, _("C’était déjà fait."))
    return redirect("web:partner_course_desk")
