"""Revoking: for trainers and the national administration."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.badges.awarding import revoke
from bpc.portal.badges.models import Award
from bpc.portal.badges.queries import listed
from bpc.portal.foundation.permissions import get_visible_or_404, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.references import normalise
from bpc.portal.web.badges.forms import CodeForm, RevocationForm

_PER_PAGE = 20
_NOT_FOUND, _UNACCEPTABLE = 404, 422


@never_cache
@require_safe
def badge_desk(request: HttpRequest) -> HttpResponse:
    """A code to look for, and what was awarded last."""
    form, language = CodeForm(request.GET if "code" in request.GET else None), get_language() or "fr"
    unknown = ""
    if form.is_valid():
        code = normalise(form.cleaned_data["code"])
        if visible(request.user, Award).filter(code=code).exists():
            return redirect("web:badge_revoke", code)
        unknown = form.cleaned_data["code"]
    page_obj = Paginator(listed(), _PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, row.version.told("name", language)) for row in page_obj]
    context = {"form": form, "unknown": unknown, "page_obj": page_obj, "rows": rows}
    return render(request, "badges/desk.html", context, status=_NOT_FOUND if unknown else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def badge_revoke(request: HttpRequest, code: str) -> HttpResponse:
    """One award, and the reason for which it is revoked."""
    row = get_visible_or_404(request.user, listed(), code=code)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(award=row, reason=form.cleaned_data["reason"], actor=request.user, at=timezone.now())
        except IllegalMove:
            messages.error(request, _("Cette attestation était déjà révoquée."))
        else:
            messages.success(request, _("L’attestation est révoquée. La personne est prévenue."))
        return redirect("web:badge_revoke", code)
    context = {"award": row, "name": row.version.told("name", get_language() or "fr"), "form": form}
    return render(request, "badges/revoke.html", context, status=_UNACCEPTABLE if form.is_bound else 200)
