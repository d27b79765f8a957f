"""The register as everybody reads it: the list with its search, one cooperative, the statistics."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.register.cells import CellError, read_number
from bpc.portal.register.queries import (
    GENERATION,
    CooperativePage,
    list_cooperatives,
    register_is_known,
    whole_cooperatives,
)
from bpc.portal.register.states import PRESENT_STATUSES
from bpc.portal.web.register.list_form import RegisterForm
from bpc.portal.web.register.statistics import chosen_place, statistics_context


@require_safe
@kept_for_strangers(GENERATION, "reference")
def cooperatives(request: HttpRequest) -> HttpResponse:
    """Cooperatives by name: filtered, searched, page after page; everything in the address."""
    form = RegisterForm(request.GET)
    wanted = form.wanted()
    page = list_cooperatives(wanted)
    context = {
        "form": form,
        "page": page,
        "known": register_is_known(),
        "chips": form.chips(request.GET),
        "query": wanted.query,
        "next": _turned(request, "apres", page),
        "previous": _turned(request, "avant", page),
        "can_import": can(request.user, "register.import"),
        "trail": [(_("Accueil"), reverse("web:home")), (_("Coopératives"), "")],
    }
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    response = render(request, "register/_results.html" if partial else "register/cooperatives.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@kept_for_strangers(GENERATION, "reference")
def cooperative(request: HttpRequest, number: str) -> HttpResponse:
    """What the register says of one cooperative, whatever way its number is written."""
    try:
        code = number if number.startswith("DEMO-") else read_number(number) or number
    except CellError:
        code = number
    row = get_visible_or_404(request.user, whole_cooperatives(), number=code)
    if code != number:
        return HttpResponseRedirect(reverse("web:cooperative", args=[code]))
    context = {
        "cooperative": row,
        "is_present": row.is_listed and row.status in PRESENT_STATUSES,
        "trail": [
            (_("Accueil"), reverse("web:home")),
            (_("Coopératives"), reverse("web:cooperatives")),
            (row.number, ""),
        ],
    }
    return render(request, "register/cooperative.html", context)


@require_safe
@kept_for_strangers(GENERATION, "reference")
def statistics(request: HttpRequest) -> HttpResponse:
    """The register counted, where one was imported; and apart, what was published, with year and source."""
    place = chosen_place(request.GET.get("region", ""))
    return render(request, "register/statistics.html", statistics_context(place))


def _turned(request: HttpRequest, mark: str, page: CooperativePage) -> str:
    """The address of the page after or before this one; empty where there is none."""
    if not page.cards or not (page.has_next if mark == "apres" else page.has_previous):
        return ""
    kept: Any = request.GET.copy()
    for other in ("apres", "avant"):
        kept.pop(other, None)
    kept[mark] = page.cards[-1 if mark == "apres" else 0].number
    return f"?{kept.urlencode()}"
