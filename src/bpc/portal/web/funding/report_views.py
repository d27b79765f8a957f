"""Telling that a sheet is wrong: a choice and a sentence, with an account or without."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.funding.actions import TooManyReports, report_source
from bpc.portal.funding.models import FundingSource
from bpc.portal.funding.states import ReportReason, SourceState
from bpc.portal.web.funding.sheet_context import sheet_trail
from bpc.portal.web.ideas.fields import PlainText


class ReportForm(forms.Form):
    """What is wrong, in a choice and perhaps a sentence; nothing is asked about the person."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Qu’est-ce qui ne va pas ?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez ce qui ne va pas.")},
    )
    text = PlainText(
        label=gettext_lazy("En quelques mots"),
        help_text=gettext_lazy(
            "Ce que vous avez constaté, où et quand. N’écrivez ni nom ni numéro de téléphone d’une personne."
        ),
        longest=1000,
        lines=4,
        required=False,
    )
    website = forms.CharField(
        label=gettext_lazy("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        """« Autre chose » needs a sentence; a machine fills what people leave empty."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == ReportReason.OTHER and not cleaned.get("text"):
            self.add_error("text", gettext_lazy("Dites en quelques mots ce qui ne va pas."))
        if cleaned.get("website"):
            self.add_error(
                "website", gettext_lazy("Laissez ce champ vide : il sert à reconnaître les machines.")
            )
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; a valid POST goes to those who keep the sheet."""
    source = get_visible_or_404(request.user, FundingSource, slug=slug, state=SourceState.ACTIVE)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _sent(request, source, form):
        messages.success(request, _("Merci. Une personne qui tient cette fiche va vérifier."))
        return redirect("web:funding_source", slug)
    name = source.name_ar if get_language() == "ar" else source.name_fr
    trail = [
        *sheet_trail(name)[:1],
        (name, reverse("web:funding_source", args=[slug])),
        (_("Signaler une erreur"), None),
    ]
    context = {"source": source, "name": name, "form": form, "trail": trail}
    return render(request, "funding/report.html", context, status=422 if form.is_bound else 200)


def _sent(request: HttpRequest, source: FundingSource, form: ReportForm) -> bool:
    """Whether it was kept; too many from one address at once are refused, in words."""
    try:
        report_source(
            source=source,
            reason=form.cleaned_data["reason"],
            text=form.cleaned_data["text"],
            language=get_language() or "fr",
            address=client_address(request),
            actor=request.user,
            at=timezone.now(),
        )
    except TooManyReports:
        form.add_error(None, _("Plusieurs signalements viennent d’ici. Renvoyez le vôtre dans une minute."))
        return False
    return True
