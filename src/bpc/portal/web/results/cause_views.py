"""Why a period went otherwise than planned: one question, a few words if one likes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import check
from bpc.portal.ideas.languages import language_of
from bpc.portal.journeys.results_against_plan import planned_for
from bpc.portal.results.answering import tell_cause
from bpc.portal.results.queries import following_of
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.results.comparison import period_words
from bpc.portal.web.results.deviations import deviations
from bpc.portal.web.results.forms import CauseForm
from bpc.portal.web.results.views import line_of

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def results_cause(request: HttpRequest, reference: str, day: str) -> HttpResponse:
    """The reason of one answered period."""
    project = project_or_404(request, reference)
    check(request.user, "projects.edit", project)
    line = line_of(following_of(project), day)
    if line is None or line.result is None or not line.answered:
        raise Http404(day)
    data = request.POST if request.method == "POST" else None
    form = CauseForm(data, initial={"cause": line.result.cause, "words": line.result.cause_words})
    if data is not None and form.is_valid():
        words = form.cleaned_data["words"]
        tell_cause(
            project=project, ends_on=line.period.ends_on, cause=form.cleaned_data["cause"], words=words,
            language=language_of(words), actor=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Merci. Votre conseiller lira cette raison avec vos chiffres."))
        return redirect("web:project_results", project.reference)
    against = planned_for(project, [line.period])
    context = {
        "project": project,
        "form": form,
        "period": period_words(line),
        "sentences": [one.sentence for one in deviations(line, against.periods[0]) if one.is_large],
    }
    return render(request, "results/cause.html", context, status=200 if data is None else _UNACCEPTABLE)
