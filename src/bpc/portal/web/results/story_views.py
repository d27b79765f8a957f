"""The desk where delegates read the words of alumni before everybody does."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.results import alumni
from bpc.portal.results.models import Following
from bpc.portal.results.queries import stories_to_read
from bpc.portal.results.states import STORY_MOVES, StoryState
from bpc.portal.web.results.forms import StoryForm

PER_PAGE = 25
_CONFLICT, _UNACCEPTABLE = 409, 422
_VERBS: dict[str, Any] = {
    "publish": alumni.publish_story,
    "return": alumni.return_story,
    "withdraw": alumni.withdraw_story,
}
_DONE = {
    "publish": gettext_lazy("Ces mots sont en ligne."),
    "return": gettext_lazy("Ces mots sont renvoyés au groupe, avec votre raison."),
    "withdraw": gettext_lazy("Ces mots ne sont plus en ligne."),
}
_TRAIL = {
    "hand_in": gettext_lazy("Proposés par le groupe"),
    "take_back": gettext_lazy("Repris par le groupe"),
    "publish": gettext_lazy("Mis en ligne"),
    "return": gettext_lazy("Renvoyés au groupe"),
    "withdraw": gettext_lazy("Retirés"),
}


class QueueForm(forms.Form):
    """The state of the words. An address written by hand with a wrong value shows what waits."""

    state = forms.ChoiceField(
        label=gettext_lazy("État"),
        choices=[
            *((state.value, state.label) for state in StoryState if state != StoryState.NONE),
            ("all", gettext_lazy("Tous")),
        ],
        required=False,
    )

    def chosen(self) -> str:
        """The state asked for; empty for any."""
        self.full_clean()
        state = str(self.cleaned_data.get("state") or StoryState.WAITING)
        return "" if state == "all" else state


@never_cache
@require_safe
def moderation_stories(request: HttpRequest) -> HttpResponse:
    """Words to read, the longest waiting first."""
    form = QueueForm(request.GET)
    rows = stories_to_read(request.user, state=form.chosen())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "is_filtered": bool(request.GET.keys() - {"page"})}
    return render(request, "results/moderation_stories.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def moderation_story(request: HttpRequest, reference: str) -> HttpResponse:
    """One text whole, and what may be decided of it."""
    following = _moderated(request, reference)
    if request.method != "POST":
        return _desk(request, following, StoryForm(initial={"revision": following.revision}))
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _desk(request, following, form, status=_UNACCEPTABLE)
    step, revision = form.cleaned_data["step"], form.cleaned_data["revision"]
    words = {} if step == "publish" else {"reason": form.cleaned_data["reason"]}
    try:
        _VERBS[step](following=following, revision=revision, actor=request.user, at=timezone.now(), **words)
    except (alumni.ChangedMeanwhile, IllegalMove):
        form.add_error(None, _("Ces mots ont changé entre-temps : relisez-les, puis décidez."))
        return _desk(request, _moderated(request, reference), form, status=_CONFLICT)
    messages.success(request, str(_DONE[step]))
    return redirect("web:moderation_stories")


def _moderated(request: HttpRequest, reference: str) -> Following:
    rows = Following.objects.select_related("project__commune", "project__region", "project__sector")
    following = get_visible_or_404(request.user, rows, project__reference=reference)
    check(request.user, "results.moderate", following)
    return following


def _desk(request: HttpRequest, following: Following, form: StoryForm, *, status: int = 200) -> HttpResponse:
    names = {step.name for step in STORY_MOVES.from_state(following.story_state)}
    shown: Any = form.fields["step"]
    shown.choices = [(name, words) for name, words in shown.choices if name in names]
    trail = [
        (_TRAIL[entry.verb], entry.at, entry.reason) for entry in trail_of(following) if entry.verb in _TRAIL
    ]
    context = {
        "following": following,
        "project": following.project,
        "form": form,
        "trail": trail,
    }
    return render(request, "results/moderation_story.html", context, status=status)
