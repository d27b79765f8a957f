"""« Où ouvrir » : where sessions are asked for, most people first; writing to who asked without knowing who."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.atlas.country import country, name_in
from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.ideas.limits import TooManyDeposits
from bpc.portal.training.catalogue import catalogue
from bpc.portal.training.models import Course
from bpc.portal.web.ideas.places import commune_coded
from bpc.portal.web.workshops.filters import DemandForm, region_names
from bpc.portal.web.workshops.forms import AskersForm
from bpc.portal.web.workshops.words import counted_words
from bpc.portal.workshops.asking import write_to_askers
from bpc.portal.workshops.courses import course_names, said
from bpc.portal.workshops.demand import ENOUGH, Group, as_groups, groups_waiting
from bpc.portal.workshops.states import Moment, Spoken
from bpc.portal.workshops.visibility import may_open_in, regions_of

PER_PAGE, _UNACCEPTABLE = 25, 422


@never_cache
@require_safe
@same_moment()
def where(request: HttpRequest) -> HttpResponse:
    """Course by course and commune by commune, most people first."""
    regions = regions_of(request.user)
    offered = [pair for pair in region_names() if regions is None or pair[0] in regions]
    form = DemandForm(request.GET, offered)
    rows = groups_waiting(request.user, form.asked("region"), form.course_key())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    groups = as_groups(list(page.object_list))
    names = course_names({one.course for one in groups})
    codes = {one.key: one.code for one in catalogue().values()}
    context = {
        "form": form,
        "page": page,
        "lines": [_line(one, said(names[one.course], get_language() or "fr"), codes) for one in groups],
        "enough": ENOUGH,
    }
    return render(request, "workshops/where.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, code: str, commune: str) -> HttpResponse:
    """A message to those of a commune who wait for a course."""
    course, place = Course.objects.filter(code=code).first(), commune_coded(commune)
    if course is None or place is None:
        raise Http404("no such course or commune")
    if not may_open_in(request.user, place.region_code):
        raise PermissionDenied("not of this region")
    form = AskersForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            number = write_to_askers(
                course=course, commune=place, words=form.cleaned_data["words"], actor=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except TooManyDeposits:
            form.add_error(None, _("Deux messages leur ont déjà été envoyés aujourd’hui. Attendez demain."))
        else:
            sent = ngettext(
                "Message envoyé à %(count)d personne.", "Message envoyé à %(count)d personnes.", number
            )
            messages.success(request, sent % {"count": number})
            return redirect("web:workshops_where")
    name = said(course_names([course.pk])[course.pk], get_language() or "fr")
    context = {"form": form, "name": name, "place": place}
    return render(request, "workshops/write.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _line(group: Group, name: str, codes: dict[int, str]) -> dict[str, Any]:
    """A group in words, with where it leads; a course retired since is opened no more."""
    places, language = country().places, get_language() or "fr"
    code = codes.get(group.course, "")
    return {
        "group": group,
        "course": name,
        "commune": name_in(places[group.commune], language),
        "province": name_in(places[group.province], language),
        "spoken": counted_words(group.spoken, Spoken),
        "moments": counted_words(group.moments, Moment),
        "open_url": _open_address(group, code) if code else "",
        "write_url": reverse("web:workshops_write", args=[code, group.commune]) if code else "",
    }


def _open_address(group: Group, code: str) -> str:
    most = max(group.spoken, key=lambda one: group.spoken[one])
    asked = {"cours": code, "commune": group.commune, "langue": most, "personnes": max(group.nearby, ENOUGH)}
    return f"{reverse('web:workshop_new')}?{urlencode(asked)}"
