"""Profile and consents."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.people.actions import give_consent, update_profile, withdraw_consent
from bpc.portal.people.consents import purposes
from bpc.portal.people.phones import displayed
from bpc.portal.people.queries import consent_states, missing_from_profile
from bpc.portal.web.people.forms import ProfileForm


def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, commune; and the doors to address, number, password and second factor."""
    person: Any = request.user
    initial = {"display_name": person.display_name, "language": person.language}
    form = ProfileForm(
        request.POST if request.method == "POST" else None, initial=initial, present=person.commune
    )
    if request.method == "POST" and form.is_valid():
        update_profile(
            user=person,
            display_name=form.cleaned_data["display_name"],
            language=form.cleaned_data["language"],
            commune=form.chosen_commune(),
            actor=person,
            at=timezone.now(),
        )
        messages.success(request, _("Votre profil est enregistré."))
        return redirect("web:profile")
    context = {
        "form": form,
        "phone": displayed(person.phone) if person.phone else "",
        "missing": missing_from_profile(person),
    }
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)


def consents(request: HttpRequest) -> HttpResponse:
    """What the person agreed to, in which version and since when; each choice can be given or taken back."""
    if request.method == "POST":
        _answer(request)
        return redirect("web:consents")
    return render(request, "people/consents.html", {"states": consent_states(request.user)})


def _answer(request: HttpRequest) -> None:
    person: Any = request.user
    purpose, now = purposes().get(request.POST.get("purpose", "")), timezone.now()
    if purpose is None:
        return
    if request.POST.get("answer") == "yes":
        give_consent(user=person, purpose=purpose.purpose, actor=person, at=now)
        messages.success(request, _("Votre accord est noté."))
    elif purpose.optional:
        withdraw_consent(user=person, purpose=purpose.purpose, actor=person, at=now)
        messages.success(request, _("Votre accord est retiré."))
