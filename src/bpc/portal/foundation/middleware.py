"""The last guards: a view that declares no right is not served, nor an address that can name nothing."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse


class DeclaredRightMiddleware:
    """Refuse any view without a `declared_right`, so that forgetting is closed, not open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Runs before the view; raises `PermissionDenied` where nothing was declared."""
        if not hasattr(view, "declared_right"):
            raise PermissionDenied(f"{view.__module__}.{view.__qualname__} declares no right")


class NulRefusedMiddleware:
    """Answer 404 to an address that holds a NUL: no text of ours has one, and PostgreSQL refuses it with an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Runs before the view; forms and machine interfaces refuse a NUL themselves, in their words."""
        if request.path_info.startswith(("/api/", "/ogc")):
            return
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404("NUL")
