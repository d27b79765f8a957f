"""« Que devient mon idée ? », with the code alone."""

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.writing import written_date
from bpc.portal.gatherings.room.codes import TooManyGuesses, Whereabouts, whereabouts
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.web.ideas.story import idea_story


class CodeForm(forms.Form):
    """A code, with its check sign."""

    code = forms.CharField(
        label=gettext_lazy("Code de votre idée"),
        max_length=40,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": gettext_lazy("Écrivez le code reçu avec votre idée, par exemple K7M4-2QX.")
        },
    )

    def clean_code(self) -> str:
        """The code as stored; one wrong sign is told at once."""
        code = normalise(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                gettext_lazy(
                    "Ce code n’existe pas : une lettre ou un chiffre est faux. Relisez les sept signes."
                )
            )
        return code


@never_cache
@require_safe
def follow_code(request: HttpRequest) -> HttpResponse:
    """Type the code; `?code=` sends on to its own address."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("web:follow_one", code=form.cleaned_data["code"])
    return render(request, "gatherings/follow.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_safe
def follow_one(request: HttpRequest, code: str) -> HttpResponse:
    """What became of the idea of this code."""
    known = normalise(code)
    form = CodeForm({"code": code})
    found, status = None, 422
    if known:
        try:
            found = whereabouts(known, address=client_address(request), at=timezone.now())
        except TooManyGuesses:
            form.add_error(
                None, _("Trop de codes inconnus ont été essayés d’ici. Attendez une heure, puis recommencez.")
            )
            status = 429
        else:
            status = 404
            if found is None:
                form.add_error("code", _("Aucune idée ne porte ce code. Relisez-le sur votre papier."))
    if found is None:
        return render(request, "gatherings/follow.html", {"form": form}, status=status)
    return render(
        request,
        "gatherings/followed.html",
        {
            "found": found,
            "said": _sentence(found),
            "steps": _steps(found),
            # what a stranger may know, whoever asks: the code alone proves nothing
            "timeline": idea_story(AnonymousUser(), found.idea, own_view=False) if found.idea else [],
        },
    )


def _sentence(found: Whereabouts) -> str:
    """Where it is now, and what happens next, in one sentence or two."""
    by_account = found.idea is not None and found.idea.author_id is not None
    sentences = {
        "paper": _("Votre formulaire n’est pas encore saisi sur le site. Revenez dans quelques jours."),
        IdeaState.SUBMITTED: _("Votre idée est arrivée. La délégation de votre région la lit."),
        IdeaState.RETURNED: _(
            "La délégation a une question avant de publier votre idée. Connectez-vous pour la lire et répondre."
        )
        if by_account
        else _(
            "La délégation a une question avant de publier votre idée. Lisez-la avec le contact que vous avez laissé, "
            "ou demandez-la à la délégation de votre région."
        ),
        IdeaState.PUBLISHED: _("Votre idée est publiée : chacun peut la lire et la soutenir."),
        IdeaState.MERGED: _("Votre idée a été regroupée avec une idée proche : vos soutiens y comptent."),
        IdeaState.ARCHIVED: _("Votre idée n’est pas en ligne. La délégation de votre région peut vous dire pourquoi."),
    }  # fmt: skip
    return sentences[found.state]


def _steps(found: Whereabouts) -> list[dict[str, str]]:
    """Received, read, published: what is done and what is to come."""
    idea = found.idea
    answered = idea is not None and idea.state != IdeaState.SUBMITTED
    public = found.public_idea is not None
    received_on = written_date(idea.submitted_at) if idea is not None and idea.submitted_at else ""
    published_on = (
        written_date(idea.published_at) if idea is not None and public and idea.published_at else ""
    )
    return [
        {"title": _("Reçue"), "state": "done" if idea is not None else "current", "text": received_on},
        {
            "title": _("Lue par la délégation"),
            "state": "done" if answered else "current" if idea else "",
            "text": "",
        },
        {
            "title": _("Publiée"),
            "state": "done" if public else "current" if answered else "",
            "text": published_on,
        },
    ]
