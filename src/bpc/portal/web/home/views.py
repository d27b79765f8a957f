"""The first page and the search over places and ideas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The commune question over the map of the regions."""
    return render(request, "home/home.html")


def search(request: HttpRequest) -> HttpResponse:
    """Places and ideas that answer `q`."""
    return render(request, "home/search.html")
