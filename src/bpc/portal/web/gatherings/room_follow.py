"""« Que devient mon idée ? », or what one told of a place, with the code alone."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.client import client_address
from bpc.portal.gatherings.room.codes import TooManyGuesses, Whereabouts, whereabouts
from bpc.portal.ideas.references import normalise
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.timeline import Step
from bpc.portal.observations.timeline import public_timeline
from bpc.portal.web.gatherings.room_follow_words import heading, sentence, steps
from bpc.portal.web.ideas.story import idea_story
from bpc.portal.web.observations.page_words import WORDS

# of ideas, of needs and opportunities: with an account, with the contact left
_ANSWERED_AT = {
    True: ("web:my_ideas", "web:idea_follow"),
    False: ("web:my_observations", "web:observation_follow"),
}


class CodeForm(forms.Form):
    """A code, with its check sign."""

    code = forms.CharField(
        label=gettext_lazy("Votre code"),
        max_length=40,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": gettext_lazy("Écrivez le code que vous avez reçu, par exemple K7M4-2QX.")
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
    """What became of the idea, the need or the opportunity of this code."""
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
                form.add_error("code", _("Rien ne porte ce code. Relisez-le sur votre papier."))
    if found is None:
        return render(request, "gatherings/follow.html", {"form": form}, status=status)
    return render(
        request,
        "gatherings/followed.html",
        {
            "found": found,
            "heading": heading(found),
            "said": sentence(found),
            "steps": steps(found),
            "timeline": _timeline(found),
            "read_url": _read_url(found),
            "answer_url": _answer_url(found),
        },
    )


def _timeline(found: Whereabouts) -> list[Step]:
    """What a stranger may know, whoever asks: the code alone proves nothing."""
    if found.idea is not None:
        return idea_story(AnonymousUser(), found.idea, own_view=False)
    return public_timeline(found.public_told) if found.public_told is not None else []


def _read_url(found: Whereabouts) -> str:
    """The page everybody may read; empty while there is none."""
    if found.public_idea is not None:
        return reverse("web:idea", args=[found.public_idea.reference])
    told = found.public_told
    return reverse(f"web:{WORDS[told.kind].page}", args=[told.reference]) if told is not None else ""


def _answer_url(found: Whereabouts) -> str:
    """Where its author reads the question and answers it; empty when nothing was asked."""
    row = found.idea or found.told
    if row is None or found.state != IdeaState.RETURNED:
        return ""
    own, followed = _ANSWERED_AT[found.idea is not None]
    return reverse(own) if row.author_id else f"{reverse(followed)}?{urlencode({'code': found.code})}"
