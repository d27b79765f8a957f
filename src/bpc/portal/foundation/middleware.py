"""The last guard: a view that declares no right is not served."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


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
