"""Pages of this room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def my_space(request: HttpRequest) -> HttpResponse:
    """First page of the room."""
    return render(request, "people/my_space.html")
