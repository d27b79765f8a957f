"""The president adds the jury's own words to what a team that was not chosen will read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.contests.feedback import add_words, open_to_words
from bpc.portal.contests.improvement_words import criteria_by_code, improvement_words, reached_words
from bpc.portal.contests.models import Edition, Entry, Feedback
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.ranking import WrongPhase
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.references import normalise
from bpc.portal.web.contests.result_forms import WordsForm
from bpc.portal.web.contests.result_rows import desk_trail

_REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feedback_words(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """What the marks make of the feedback, and the words of the jury beside it, until it was sent."""
    edition = get_visible_or_404(request.user, Edition, slug=slug)
    check(request.user, "contests.preside", edition)
    rows = Entry.objects.select_related("commune", "sector")
    entry = get_visible_or_404(
        request.user, rows, edition=edition, reference=normalise(reference) or reference
    )
    at = timezone.now()
    back = "web:feedback_desk" if phase_of(edition, at) == Phase.RESULTS else "web:ranking_desk"
    written = Feedback.objects.filter(entry=entry).first()
    form = WordsForm(request.POST or None, initial={"words": written.words if written else ""})
    try:
        if form.is_valid():
            words = form.cleaned_data["words"]
            language = language_of(words) if words else ""
            add_words(entry=entry, words=words, language=language, actor=request.user, at=at)
            messages.success(request, _("Le mot du jury est enregistré : il partira avec le retour."))
            return redirect(back, edition.slug)
        if not open_to_words(edition, at).filter(pk=entry.pk).exists():
            raise WrongPhase(entry.reference)
    except WrongPhase:
        messages.error(
            request, _("On n’ajoute plus de mot à ce retour : il est parti, ou il n’y en aura pas.")
        )
        return redirect(back, edition.slug)
    context = {
        "edition": edition, "entry": entry, "form": form, "trail": desk_trail(edition, _("Mot du jury")),
        **_from_marks(edition, written),
    }  # fmt: skip
    return render(
        request, "contests/result_feedback_words.html", context, status=_REFUSED if form.is_bound else 200
    )


def _from_marks(edition: Edition, written: Feedback | None) -> dict[str, Any]:
    """The parts that the marks give, once prepared; `needs_words` when they leave nothing to work on."""
    if written is None or not written.reached:
        return {}
    criteria = criteria_by_code(edition.criteria.all())
    return {
        "reached": reached_words(written, criteria),
        "improvements": improvement_words(written, criteria),
        "needs_words": not written.improvements,
    }
