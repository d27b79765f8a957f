"""Reading the resources: the list with its filters, and one of them with what it rests on."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.reference.places import reference as known_reference
from bpc.portal.resources.contents import as_json, content_of
from bpc.portal.resources.lists import PAGE_SIZE, list_resources, retired_among, waiting_proposals
from bpc.portal.resources.models import Resource
from bpc.portal.resources.queries import GENERATION
from bpc.portal.resources.states import ResourceState
from bpc.portal.resources.visibility import resources_kept_by
from bpc.portal.web.atlas.sheet_links import place_link
from bpc.portal.web.resources.history import history_of, told_differences
from bpc.portal.web.resources.list_form import ResourceFilter
from bpc.portal.web.resources.told import scope_warning, told_resource, told_resources

_RETIRED_SHOWN = 20
_INNER = {"region": ("province",)}


@dataclass(frozen=True)
class Chip:
    """One filter that is on, with the address of the list without it."""

    label: str
    without: str


@require_safe
@kept_for_strangers(GENERATION, "reference")
def resources(request: HttpRequest) -> HttpResponse:
    """The resources known everywhere: filtered, by pages; everything in the address."""
    form = ResourceFilter(request.GET)
    page = list_resources(form.wanted(_page_number(request)))
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "listed": told_resources(page.resources),
        "turning": Paginator(range(page.last * PAGE_SIZE), PAGE_SIZE).page(page.number),
        "chips": _chips(request, form),
        "keeps": can(request.user, "resources.keep"),
    }
    if context["keeps"]:
        kept = resources_kept_by(request.user)
        context["retired"] = retired_among(kept)[:_RETIRED_SHOWN]
        context["proposals"] = waiting_proposals(kept)[:_RETIRED_SHOWN]
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    response = render(request, "resources/_results.html" if partial else "resources/resources.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@kept_for_strangers(GENERATION, "reference")
def resource(request: HttpRequest, reference: str) -> HttpResponse:
    """One resource: of which place, since when, on whose word; its history for those who keep it."""
    rows = Resource.objects.select_related("territory", "sector", "updated_by").prefetch_related(
        "product_rows"
    )
    row = get_visible_or_404(request.user, rows, reference=reference)
    keeps = can(request.user, "resources.keep", row)
    context = {
        "row": row,
        "told": told_resource(row),
        "place": place_link(known_reference().places[row.territory_id]),
        "warning": scope_warning(row.territory.level),
        "retired": row.state == ResourceState.RETIRED,
        "keeps": keeps,
        "history": history_of(row) if keeps else [],
        "proposal": _proposal(row) if keeps else [],
        "trail": [(_("Ressources des territoires"), reverse("web:resources")), (row.name, None)],
    }
    return render(request, "resources/resource.html", context)


def _proposal(row: Resource) -> list[Any]:
    if row.proposal is None:
        return []
    return told_differences(as_json(content_of(row)), row.proposal)


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _chips(request: HttpRequest, form: ResourceFilter) -> list[Chip]:
    chips = []
    for name in form.fields:
        if not (label := form.label_of(name)):
            continue
        kept = request.GET.copy()
        for gone in (name, "page", *_INNER.get(name, ())):
            kept.pop(gone, None)
        chips.append(Chip(label, f"?{kept.urlencode()}"))
    return chips
