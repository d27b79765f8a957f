"""The sheet of a territory, and its downloads."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import Country, country
from bpc.portal.atlas.fit_inputs import GENERATIONS as FIT_GENERATIONS
from bpc.portal.foundation.page_cache import kept_for_strangers, same_moment
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.sheet_children import SORTS
from bpc.portal.web.atlas.sheet_context import figures_context, sheet_context
from bpc.portal.web.atlas.sheet_downloads import csv_of, geojson_of


def place_or_404(code: str) -> tuple[Place, Country]:
    """A territory and the country it lies in; 404 for a code that does not exist."""
    known = country()
    place = known.places.get(code)
    if place is None:
        raise Http404(_("Aucun territoire ne porte ce code."))
    return place, known


@kept_for_strangers("ideas", "observations", "funding", "gatherings", "results", *FIT_GENERATIONS)
@same_moment()
def territory(request: HttpRequest, code: str) -> HttpResponse:
    """Everything known about one country, region, province or commune."""
    place, known = place_or_404(code)
    sort = request.GET.get("tri", "")
    context = sheet_context(
        place,
        known,
        sort=sort if sort in SORTS else "nom",
        descending=request.GET.get("ordre") == "desc",
    )
    return render(request, "atlas/territory.html", context)


@kept_for_strangers("reference")
def territory_figures(request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of the place, topic by topic: twice the sheet's weight, so on a page of its own."""
    return render(request, "atlas/figures.html", figures_context(*place_or_404(code)))


@kept_for_strangers("reference")
def territory_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of the place."""
    place_or_404(code)
    return _download(csv_of(Territory.objects.get(pk=code)), "text/csv; charset=utf-8", f"{code}.csv")


@kept_for_strangers("reference")
def territory_geojson(request: HttpRequest, code: str) -> HttpResponse:
    """The outline of the place with its key figures."""
    place_or_404(code)
    return _download(geojson_of(Territory.objects.get(pk=code)), "application/geo+json", f"{code}.geojson")


def _download(body: Any, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="territoire-{name}"'}
    return HttpResponse(body, content_type=content_type, headers=headers)
