"""URL patterns that say who may open them, and the names that people's rows have in addresses."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from bpc.portal.foundation.permissions import can

View = Callable[..., HttpResponseBase]


def page(route: str, view: View, *, name: str, right: str) -> URLPattern:
    """Like `django.urls.path`, with the right a person needs to open the page.

    A stranger without it is sent to sign in and comes back; a signed-in person gets a 403 page. Rights about
    one object are checked again by the view, on the object.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, right):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied(right)
        return view(request, *args, **kwargs)

    guarded.declared_right = right  # type: ignore[attr-defined]
    return path(route, guarded, name=name)


def with_rights(
    patterns: Sequence[URLPattern | URLResolver], *, default: str, exceptions: Mapping[str, str] | None = None
) -> list[URLPattern | URLResolver]:
    """Declare the right of patterns that a library brings (it guards them itself).

    `exceptions` maps a URL name to another right than `default`.
    """
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            with_rights(pattern.url_patterns, default=default, exceptions=exceptions)
        elif pattern.callback is not None:
            right = (exceptions or {}).get(str(pattern.name), default)
            pattern.callback.declared_right = right  # type: ignore[attr-defined]
    return list(patterns)


def slug_of(name: str, taken: Collection[str], instead: str) -> str:
    """The name as a part of an address, unlike those taken; `instead` for a name without Latin letters.

    >>> slug_of("Élever des bœufs", {"elever-des-boeufs"}, "cours"), slug_of("…", (), "cours")
    ('elever-des-boeufs-2', 'cours')
    """
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = plain.encode("ascii", "ignore").decode()
    base = "-".join(re.findall(r"[a-z0-9]+", plain))[:50].strip("-") or instead
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug
