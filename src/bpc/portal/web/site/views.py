"""Pages of this room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def open_data(request: HttpRequest) -> HttpResponse:
    """First page of the room."""
    return render(request, "site/open_data.html")
