"""Pages of this room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def ideas(request: HttpRequest) -> HttpResponse:
    """First page of the room."""
    return render(request, "ideas/ideas.html")
