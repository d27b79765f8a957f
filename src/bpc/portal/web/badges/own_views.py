"""« Mes attestations »: what one was awarded, to print, to show, to carry elsewhere."""

from typing import Any, Literal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bpc.portal.badges.awarding import NoName, show_name
from bpc.portal.badges.models import Award
from bpc.portal.badges.printing import certificate_pdf
from bpc.portal.badges.queries import own_awards
from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.notices import full_address

_PER_PAGE = 20


def _own_or_404(request: HttpRequest, code: str) -> Award:
    """One's own award: a trainer sees those of others on another page."""
    rows = Award.objects.select_related("version__achievement", "key", "user").defer("token")
    found = get_visible_or_404(request.user, rows, code=code)
    if not can(request.user, "badges.own", found):
        raise Http404("not one's own")
    return found


@never_cache
@require_safe
def my_badges(request: HttpRequest) -> HttpResponse:
    """Everything one was awarded, the newest first."""
    language = get_language() or "fr"
    page_obj = Paginator(own_awards(request.user), _PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, row.version.told("name", language)) for row in page_obj]
    return render(request, "badges/mine.html", {"page_obj": page_obj, "rows": rows})


@never_cache
@require_safe
def my_badge(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: what it says, its paper, its files, its address to share."""
    row, language = _own_or_404(request, code), get_language() or "fr"
    person: Any = request.user
    context = {
        "language": language, "award": row, "name": row.version.told("name", language),
        "evidence": row.evidence(language), "criteria": row.version.told("criteria", language),
        "address": full_address(_check_path(row, language)),
        "has_file": row.key_id is not None, "has_name": bool(person.display_name),
        "key_revoked": row.key is not None and row.key.revoked_at is not None,
    }  # fmt: skip
    return render(request, "badges/own.html", context)


def _check_path(row: Award, language: str) -> str:
    with translation.override(language):
        return reverse("web:badge_checked", args=[row.code])


@never_cache
@require_POST
def badge_name(request: HttpRequest, code: str) -> HttpResponse:
    """Show one's name to whoever has the code, or hide it."""
    row, shown = _own_or_404(request, code), request.POST.get("shown") == "1"
    try:
        show_name(award=row, shown=shown, actor=request.user, at=timezone.now())
    except NoName:
        messages.error(request, _("Écrivez d’abord votre nom dans votre profil."))
    except IllegalMove:
        messages.error(request, _("Cette attestation est révoquée : elle ne change plus."))
    else:
        messages.success(
            request,
            _("Votre nom est montré à qui vérifie cette attestation.")
            if shown
            else _("Votre nom est caché."),
        )
    return redirect("web:my_badge", row.code)


@never_cache
@require_safe
def badge_pdf(request: HttpRequest, code: str, language: Literal["fr", "ar"]) -> HttpResponse:
    """The page to print."""
    row = _own_or_404(request, code)
    if language not in ("fr", "ar") or row.revoked_at is not None:
        raise Http404("no paper")
    printed = certificate_pdf(row, language, full_address(_check_path(row, language)))
    response = sent_file(HttpResponse(printed, content_type="application/pdf"))
    response["Content-Disposition"] = f'attachment; filename="attestation-{row.code.lower()}-{language}.pdf"'
    return response
