"""The first page and the search over places and ideas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bpc.portal.blueprints.catalogue import GENERATION
from bpc.portal.contests.names import GENERATION as CONTESTS
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.web.home.first_page import first_page
from bpc.portal.web.home.results import find


@kept_for_strangers("ideas", "observations", "reference", "funding", "gatherings", GENERATION, CONTESTS)
def home(request: HttpRequest) -> HttpResponse:
    """The commune question over the map of the regions."""
    return render(request, "home/home.html", first_page(request.user, timezone.now()))


@kept_for_strangers("ideas", "funding", "reference", CONTESTS)
def search(request: HttpRequest) -> HttpResponse:
    """Places and ideas that answer `q`."""
    return render(request, "home/search.html", {"found": find(request.user, request.GET.get("q", ""))})
