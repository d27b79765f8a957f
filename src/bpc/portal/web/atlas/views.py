"""Pages of this room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def map(request: HttpRequest) -> HttpResponse:
    """First page of the room."""
    return render(request, "atlas/map.html")
