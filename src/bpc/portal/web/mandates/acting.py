"""Acting for somebody: begin, stop, and what each request knows of it.

The session names a mandate, nothing more. Each request reads whether it is in force, and each action asks again in its
own transaction: a page left open saves nothing once the mandate has ended, and says so with what was typed.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.visibility import mandates_in_force
from bpc.portal.web.mandates.words import name_of

KEY = "acting_under"
_NOT_TYPED = {"csrfmiddlewaretoken", "password"}
_MOST_KEPT = 300  # values given back


class ActingMiddleware:
    """Tell the person of the request under which mandate they act, as long as it is in force."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Runs before the view; strangers, the interfaces for programs and whoever acts for nobody cost nothing."""
        if (
            request.path.startswith("/api/")
            or not request.user.is_authenticated
            or KEY not in request.session
        ):
            return
        request.acting_key = request.session[KEY]  # type: ignore[attr-defined]
        mandate = _in_force(request)
        if mandate is not None:
            request.user.acting_under = mandate.pk
            mandate.person_name = name_of(mandate.person)  # type: ignore[attr-defined]
            request.acting = mandate  # type: ignore[attr-defined]
        elif request.method in ("GET", "HEAD"):
            del request.session[KEY]
            messages.warning(
                request, _("Le mandat a pris fin : vous ne remplissez plus pour cette personne.")
            )

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A save refused because the mandate has ended: say so, and give back what was typed."""
        refused = isinstance(exception, PermissionDenied | Http404) and request.method == "POST"
        if not refused or not hasattr(request, "acting_key") or _in_force(request) is not None:
            return None
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in _NOT_TYPED and isinstance(value, str)
        ]
        words = [value for name, value in typed if value.strip() and not name.startswith("_")]
        context = {"typed": typed[:_MOST_KEPT], "words": words[:_MOST_KEPT], "again": request.get_full_path()}
        fragment = bool(request.headers.get("HX-Request"))  # only what is well received is put in the page
        response = render(request, "mandates/over.html", context, status=200 if fragment else 403)
        if fragment:
            response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
        return response


def _in_force(request: Any) -> Mandate | None:
    rows = mandates_in_force(timezone.now()).filter(pk=request.acting_key, advisor=request.user)
    return rows.select_related("person", "project").first()


@require_POST
def mandate_act(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on, in this browser, fill in the project for the person of this mandate."""
    row = get_visible_or_404(request.user, Mandate.objects.select_related("project"), pk=pk)
    check(request.user, "mandates.act", row)
    request.session[KEY] = row.pk
    return redirect("web:project", row.project.reference)


@require_POST
def mandate_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """In one's own name again; the mandate stands."""
    row = get_visible_or_404(request.user, Mandate.objects.select_related("project"), pk=pk)
    request.session.pop(KEY, None)
    messages.success(request, _("Vous ne remplissez plus pour quelqu’un."))
    return redirect("web:project", row.project.reference)
