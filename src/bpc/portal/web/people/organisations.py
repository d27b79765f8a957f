"""One's organisations: create, invite, join, leave, manage."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.people import organisation_actions as actions
from bpc.portal.people.models import Invitation, Membership, Organisation
from bpc.portal.people.queries import invitations_for, members_of, memberships_of
from bpc.portal.web.people.forms import ContactForm, OrganisationForm


def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations one belongs to, and those that invite."""
    context = {"memberships": memberships_of(request.user), "invitations": invitations_for(request.user)}
    return render(request, "people/organisations.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Create an organisation; its creator manages it."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        made = actions.create_organisation(
            kind=form.cleaned_data["kind"],
            name=form.cleaned_data["name"],
            language=get_language() or person.language,
            commune=form.chosen_commune(),
            actor=person,
            at=timezone.now(),
        )
        messages.success(request, _("Votre organisation est créée. Vous pouvez inviter ses membres."))
        return redirect("web:organisation", made.pk)
    return render(
        request, "people/organisation_form.html", {"form": form}, status=422 if form.errors else 200
    )


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Its members, and for its managers what they may do."""
    rows = Organisation.objects.select_related("commune")
    found = get_visible_or_404(request.user, rows, pk=pk)
    return render(request, "people/organisation.html", _organisation_context(request, found, ContactForm()))


def _organisation_context(request: HttpRequest, found: Organisation, form: ContactForm) -> dict[str, Any]:
    manages = can(request.user, "organisations.manage", found)
    own = found.memberships.filter(user=request.user.pk).first()
    return {
        "organisation": found,
        "manages": manages,
        "own": own,
        "members": members_of(found) if manages or own else [],
        "invitations": found.invitations.all() if manages else [],
        "invitation": invitations_for(request.user).filter(organisation=found).first(),
        "form": form,
    }


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change its name, kind or commune."""
    found = get_visible_or_404(request.user, Organisation.objects.select_related("commune"), pk=pk)
    check(request.user, "organisations.manage", found)
    form = OrganisationForm(request.POST if request.method == "POST" else None, organisation=found)
    if request.method == "POST" and form.is_valid():
        actions.rename_organisation(
            organisation=found,
            name=form.cleaned_data["name"],
            kind=form.cleaned_data["kind"],
            commune=form.chosen_commune(),
            actor=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Les changements sont enregistrés."))
        return redirect("web:organisation", found.pk)
    context = {"form": form, "organisation": found}
    return render(request, "people/organisation_form.html", context, status=422 if form.errors else 200)


def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite the holder of an address or number."""
    found = get_visible_or_404(request.user, Organisation.objects.select_related("commune"), pk=pk)
    if request.method != "POST":  # somebody reloads, or changes the language, on a refused form
        return redirect("web:organisation", found.pk)
    check(request.user, "organisations.manage", found)
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            actions.invite(
                organisation=found,
                contact=form.cleaned_data["contact"],
                actor=request.user,
                at=timezone.now(),
            )
        except actions.AlreadyMember:
            form.add_error("contact", _("Cette personne est déjà membre ou déjà invitée."))
        except actions.TooManyInvitations:
            form.add_error(
                "contact", _("Vous avez invité beaucoup de personnes aujourd’hui : continuez demain.")
            )
        else:
            messages.success(request, _("L’invitation attend cette personne dans son espace."))
            return redirect("web:organisation", found.pk)
    return render(
        request, "people/organisation.html", _organisation_context(request, found, form), status=422
    )


@require_POST
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave, remove, make a manager or no longer one: the button pressed says which."""
    membership = get_visible_or_404(request.user, Membership.objects.select_related("organisation"), pk=pk)
    common: dict[str, Any] = {"membership": membership, "actor": request.user, "at": timezone.now()}
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "leave": (lambda: actions.leave_organisation(**common), _("Vous avez quitté l’organisation.")),
        "remove": (lambda: actions.remove_member(**common), _("Ce membre est retiré.")),
        "promote": (lambda: actions.set_manager(is_manager=True, **common), _("Ce membre est responsable.")),
        "demote": (
            lambda: actions.set_manager(is_manager=False, **common),
            _("Ce membre n’est plus responsable."),
        ),
    }
    act, done = acts.get(request.POST.get("act", ""), (lambda: None, ""))
    try:
        act()
    except actions.LastManager:
        messages.error(request, _("Nommez d’abord un autre responsable : il en faut toujours un."))
    else:
        if done:
            messages.success(request, done)
    if Membership.objects.filter(organisation=membership.organisation, user=request.user.pk).exists():
        return redirect("web:organisation", membership.organisation_id)
    return redirect("web:organisations")


@require_POST
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline, or take back: the button pressed says which."""
    found = get_visible_or_404(request.user, Invitation.objects.select_related("organisation"), pk=pk)
    common: dict[str, Any] = {"invitation": found, "actor": request.user, "at": timezone.now()}
    organisation_key = found.organisation_id
    match request.POST.get("act"):
        case "accept":
            try:
                actions.accept_invitation(**common)
            except actions.InvitationGone:
                messages.error(request, _("Cette invitation n’est plus valable."))
                return redirect("web:organisations")
            messages.success(request, _("Vous faites maintenant partie de l’organisation."))
            return redirect("web:organisation", organisation_key)
        case "decline":
            actions.decline_invitation(**common)
            messages.success(request, _("Vous avez décliné l’invitation."))
        case "cancel":
            actions.cancel_invitation(**common)
            messages.success(request, _("L’invitation est annulée."))
            return redirect("web:organisation", organisation_key)
    return redirect("web:organisations")
