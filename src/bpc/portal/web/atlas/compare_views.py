"""Up to four territories side by side, on a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bpc.portal.atlas.country import country
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.web.atlas.compare_page import compare_context, csv_lines
from bpc.portal.web.atlas.compare_query import read_compared

#: Everything a comparison shows changes with one of these.
SHOWN = ("reference", "ideas", "observations", "resources", "register", "blueprints")


@kept_for_strangers(*SHOWN)
def compare(request: HttpRequest) -> HttpResponse:
    """The territories of the address, or how to choose some."""
    places = country()
    compared = read_compared(request.GET, places)
    return render(
        request, "atlas/compare.html", compare_context(compared, places, request.GET.get("lieu", ""))
    )


@kept_for_strangers(*SHOWN)
def compare_csv(request: HttpRequest) -> HttpResponse:
    """Every figure of the comparison as a CSV file."""
    places = country()
    compared = read_compared(request.GET, places)
    response = HttpResponse("".join(csv_lines(compared, places)), content_type="text/csv; charset=utf-8")
    name = "-".join(compared.codes) or "vide"
    response["Content-Disposition"] = f'attachment; filename="comparaison-{name}.csv"'
    return response
