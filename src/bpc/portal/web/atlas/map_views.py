"""The map page, its fragment, its table as a file, and the interactive map with what it loads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from bpc.portal.atlas.country import country
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.reference.census import census
from bpc.portal.web.atlas.map_forms import MapForm
from bpc.portal.web.atlas.map_page import MapView, map_context
from bpc.portal.web.atlas.map_table import csv_lines

#: Everything a map may show changes with one of these.
SHOWN = ("reference", "ideas", "observations", "resources", "register", "blueprints", "gatherings")


def _view_of(request: HttpRequest) -> tuple[MapView, list[str]]:
    form = MapForm(request.GET, census(), country())
    query = form.read()
    return MapView.of(query, form.census, form.country, get_language() or "fr"), form.notices


@kept_for_strangers(*SHOWN)
def map_page(request: HttpRequest) -> HttpResponse:
    """The choropleth of an indicator with its table; only what changes when a script asks for a fragment."""
    view, notices = _view_of(request)
    context = map_context(view, notices, request.GET.get("lieu", "").strip()[:100])
    template = "atlas/_map_view.html" if request.headers.get("HX-Request") else "atlas/map.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@kept_for_strangers(*SHOWN)
def map_csv(request: HttpRequest) -> HttpResponse:
    """The whole table of a view as a CSV file, in the order of its address."""
    view, _notices = _view_of(request)
    lines = csv_lines(view.query, view.table, view.subject)
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    name = f"carte-{view.query.indicator}-{view.query.within}-{view.query.level}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
