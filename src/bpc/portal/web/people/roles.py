"""Who holds which role: read, given and ended by national administrators."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.journeys.end_role import end_role_and_hand_over
from bpc.portal.people.actions import AlreadyHeld, LastAdministrator, grant_role
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.queries import find_person, running_grants
from bpc.portal.web.people.forms import ContactForm, ReasonForm, RoleForm

_PER_PAGE = 50


def roles(request: HttpRequest) -> HttpResponse:
    """Roles held today; and a person found by exact address or number."""
    searched = "contact" in request.GET
    form = ContactForm(request.GET if searched else None)
    if searched and form.is_valid():
        found = find_person(form.cleaned_data["contact"])
        if found is not None:
            return redirect("web:person_roles", found.pk)
        form.add_error("contact", _("Aucun compte n’a cette adresse ou ce numéro."))
    page_obj = Paginator(running_grants(), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/roles.html", {"form": form, "page_obj": page_obj})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's roles, running and ended, and the form that gives another."""
    found = get_visible_or_404(request.user, User, pk=pk, is_active=True)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            grant_role(
                user=found,
                role=form.cleaned_data["role"],
                region=form.cleaned_data["region"],
                actor=request.user,
                at=timezone.now(),
            )
        except AlreadyHeld:
            form.add_error("role", _("Cette personne tient déjà ce rôle."))
        else:
            messages.success(request, _("Le rôle est donné."))
            return redirect("web:person_roles", found.pk)
    context = {
        "person": found,
        "history": _history(found),
        "form": form,
    }
    return render(request, "people/person_roles.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class _HeldRole:
    """A grant, and why it ended where it did."""

    grant: RoleGrant
    reason: str


def _history(user: User) -> list[_HeldRole]:
    reasons = {row.data.get("grant"): row.reason for row in trail_of(user).filter(verb="end role")}
    grants = user.role_grants.select_related("region").order_by("-granted_at", "-pk")
    return [_HeldRole(grant, reasons.get(grant.pk, "")) for grant in grants]


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one running role, with its reason."""
    rows = RoleGrant.objects.select_related("user", "region")
    grant: Any = get_visible_or_404(request.user, rows, pk=pk, ended_at=None)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_role_and_hand_over(
                grant=grant, reason=form.cleaned_data["reason"], actor=request.user, at=timezone.now()
            )
        except LastAdministrator:
            form.add_error(
                None, _("C’est le dernier administrateur national : donnez d’abord ce rôle à un autre.")
            )
        else:
            messages.success(request, _("Le rôle a pris fin."))
            return redirect("web:person_roles", grant.user_id)
    context = {"form": form, "grant": grant, "person": grant.user}
    return render(request, "people/role_end.html", context, status=422 if form.errors else 200)
