"""Registering partners' tools, with what to copy into theirs; our keys."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.partner_courses import addresses, registering
from bpc.portal.partner_courses.keys import STILL_PUBLISHED, change_key, current_key
from bpc.portal.partner_courses.models import Partner, SigningKey
from bpc.portal.partner_courses.queries import partners_with_counts
from bpc.portal.web.partner_courses.forms import PartnerForm, partner_initial

_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Every partner."""
    return render(request, "partner_courses/partners.html", {"partners": partners_with_counts()})


def _told_addresses(partner: Partner) -> list[tuple[str, str, str]]:
    """What to copy into the tool: our word, its usual name there, the value."""
    return [
        (_("Notre nom (émetteur)"), "Platform ID, Issuer", addresses.issuer()),
        (_("Numéro de client"), "Client ID", partner.client_id),
        (_("Numéro de déploiement"), "Deployment ID", partner.deployment_id),
        (_("Adresse d’authentification"), "Authentication request URL", addresses.authentication_address()),
        (_("Adresse des jetons"), "Access token URL", addresses.token_address()),
        (_("Adresse de nos clés"), "Public keyset URL, JWKS URL", addresses.keys_address()),
    ]


@never_cache
@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """One partner: what to copy into its tool, what it told us."""
    row = get_visible_or_404(request.user, Partner, pk=pk)
    context = {"partner": row, "told": _told_addresses(row), "course_count": row.courses.count()}
    return render(request, "partner_courses/partner.html", context)


@never_cache
@require_http_methods(_METHODS)
def partner_new(request: HttpRequest) -> HttpResponse:
    """Register a tool."""
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = registering.register_partner(tool=form.tool(), actor=request.user, at=timezone.now())
        messages.success(
            request, _("Le partenaire est enregistré. Recopiez maintenant ces adresses dans son outil.")
        )
        return redirect("web:partner", made.pk)
    status = 422 if form.errors else 200
    return render(
        request, "partner_courses/partner_form.html", {"form": form, "partner": None}, status=status
    )


@never_cache
@require_http_methods(_METHODS)
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what is kept of a tool."""
    row = get_visible_or_404(request.user, Partner, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = PartnerForm(posted, partner=row, initial=partner_initial(row))
    if posted is not None and form.is_valid():
        registering.change_partner(partner=row, tool=form.tool(), actor=request.user, at=timezone.now())
        messages.success(request, _("Le partenaire est modifié."))
        return redirect("web:partner", row.pk)
    status = 422 if form.errors else 200
    return render(request, "partner_courses/partner_form.html", {"form": form, "partner": row}, status=status)


@never_cache
@require_POST
def partner_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer its tool nothing from now on."""
    done = _("Le partenaire est en pause : ses cours ne sont plus montrés, son outil n’obtient plus rien.")
    return _moved(request, pk, registering.pause_partner, done)


@never_cache
@require_POST
def partner_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back in service."""
    return _moved(request, pk, registering.resume_partner, _("Le partenaire est de nouveau en service."))


def _moved(request: HttpRequest, pk: int, act: Callable[..., None], done: str) -> HttpResponse:
    row = get_visible_or_404(request.user, Partner, pk=pk)
    try:
        act(partner=row, actor=request.user, at=timezone.now())
        messages.success(request, done)
    except IllegalMove:
        messages.info(request, _("C’était déjà fait."))
    return redirect("web:partner", row.pk)


@never_cache
@require_http_methods(_METHODS)
def keys(request: HttpRequest) -> HttpResponse:
    """Our keys; a press signs with a new one."""
    now = timezone.now()
    if request.method == "POST":
        change_key(actor=request.user, at=now)
        messages.success(request, _("Une nouvelle clé signe désormais. L’ancienne reste lisible sept jours."))
        return redirect("web:partner_keys")
    current_key(now)
    rows = SigningKey.objects.exclude(retired_at__lte=now - STILL_PUBLISHED)
    return render(request, "partner_courses/keys.html", {"keys": rows, "address": addresses.keys_address()})
