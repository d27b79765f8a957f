"""What becomes of a project: its periods, the two-minute form, its start, what it agrees to afterwards."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import can, check
from bpc.portal.ideas.languages import language_of
from bpc.portal.journeys.results_against_plan import planned_for
from bpc.portal.projects.models import Project
from bpc.portal.results.alumni import AlumniWishes, set_alumni
from bpc.portal.results.answering import Contradiction, NotYet, StaleResult, answer_period, set_launch
from bpc.portal.results.jumps import Jump, jumps
from bpc.portal.results.models import Following
from bpc.portal.results.periods import Period
from bpc.portal.results.queries import PeriodLine, following_of, last_answer_before, periods_of
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.results.comparison import charts, period_rows, period_words
from bpc.portal.web.results.deviations import asks_why, deviations
from bpc.portal.web.results.forms import AlumniForm, LaunchForm, PeriodForm, filled_with, wishes_of
from bpc.portal.web.results.words import jump_words, spelled_period

_UNACCEPTABLE = 422


@never_cache
@require_safe
def results(request: HttpRequest, reference: str) -> HttpResponse:
    """The periods of the project, beside its plan."""
    return _overview(request, project_or_404(request, reference), None)


@require_POST
def results_launch(request: HttpRequest, reference: str) -> HttpResponse:
    """Say when the project started."""
    project = project_or_404(request, reference)
    check(request.user, "projects.edit", project)
    form = LaunchForm(request.POST)
    if form.is_valid():
        try:
            set_launch(
                project=project, launched_on=form.cleaned_data["launched_on"], actor=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except NotYet:
            form.add_error("launched_on", _("Donnez un jour passé, avant la fin de l’accompagnement."))
        else:
            return redirect("web:project_results", project.reference)
    return _overview(request, project, form, status=_UNACCEPTABLE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def results_period(request: HttpRequest, reference: str, day: str) -> HttpResponse:
    """The two-minute form of one period, filled with what was said last time."""
    project = project_or_404(request, reference)
    check(request.user, "projects.edit", project)
    following = following_of(project)
    line = line_of(following, day)
    if following is None or line is None:
        raise Http404(day)
    former = last_answer_before(project, line.period.ends_on)
    data = request.POST if request.method == "POST" else None
    form = PeriodForm(data, initial=filled_with(line.result, former), period=line.period)
    doubtful: list[Jump] = []
    if data is not None and form.is_valid():
        doubtful = form.unconfirmed(jumps(form.figures(), line.period.months, former))
        if not doubtful and _kept(request, project, line, form):
            return _answered(request, project, line.period)
    context = {
        "project": project,
        "form": form,
        "period": period_words(line),
        "days": spelled_period(line.period),
        "questions": form.questions(),
        "revision": line.result.revision if line.result is not None else 0,
        "prefilled": data is None and not line.answered and former is not None,
        "doubtful": [(one.token, jump_words(one)) for one in doubtful],
    }
    return render(request, "results/period.html", context, status=200 if data is None else _UNACCEPTABLE)


def _answered(request: HttpRequest, project: Project, period: Period) -> HttpResponse:
    """Thanks; and where the answer is far from the plan, the one question more: why."""
    messages.success(request, _("Merci. Vous pourrez corriger cette réponse à tout moment."))
    line = line_of(following_of(project), period.ends_on.isoformat())
    planned = planned_for(project, [period]).periods[0]
    if (
        line is not None
        and line.result is not None
        and not line.result.cause
        and asks_why(deviations(line, planned))
    ):
        return redirect("web:results_cause", project.reference, period.ends_on.isoformat())
    return redirect("web:project_results", project.reference)


def _kept(request: HttpRequest, project: Project, line: PeriodLine, form: PeriodForm) -> bool:
    base = request.POST.get("revision", "")
    revision = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0
    try:
        answer_period(
            project=project, ends_on=line.period.ends_on, alive=form.cleaned_data["alive"],
            figures=form.figures(), revision=revision, actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except Contradiction as fault:
        form.add_error(fault.column, _("Ce nombre dépasse celui des membres."))
    except StaleResult:
        form.add_error(
            None, _("Quelqu’un de votre groupe vient de répondre autrement : vérifiez, puis continuez.")
        )
    else:
        return True
    return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def results_alumni(request: HttpRequest, reference: str) -> HttpResponse:
    """What an owner agrees to once support is over."""
    project = project_or_404(request, reference)
    check(request.user, "projects.own", project)
    following = following_of(project)
    if following is None:
        raise Http404(reference)
    data = request.POST if request.method == "POST" else None
    form = AlumniForm(data, initial=wishes_of(following))
    if data is not None and form.is_valid() and _agreed(request, project, form):
        messages.success(request, _("C’est enregistré. Vous pouvez changer d’avis à tout moment."))
        return redirect("web:project_results", project.reference)
    context = {"project": project, "form": form, "revision": following.revision, "following": following}
    return render(request, "results/alumni.html", context, status=200 if data is None else _UNACCEPTABLE)


def _agreed(request: HttpRequest, project: Project, form: AlumniForm) -> bool:
    base = request.POST.get("revision", "")
    revision = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0
    wishes = AlumniWishes(**form.cleaned_data, language=language_of(form.cleaned_data["story"]))
    try:
        set_alumni(project=project, wishes=wishes, revision=revision, actor=request.user, at=timezone.now())
    except StaleResult:
        form.add_error(None, _("Quelqu’un de votre groupe vient de changer ces choix : vérifiez-les."))
        return False
    return True


def line_of(following: Following | None, day: str) -> PeriodLine | None:
    """The period of an address that is over; None for any other day."""
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        return None
    lines = periods_of(following, timezone.localdate()) if following is not None else []
    return next((line for line in lines if line.period.ends_on == asked), None)


def _overview(
    request: HttpRequest, project: Project, launch: LaunchForm | None, *, status: int = 200
) -> HttpResponse:
    following = following_of(project)
    lines = periods_of(following, timezone.localdate()) if following is not None else []
    against = planned_for(project, [line.period for line in lines])
    edits = can(request.user, "projects.edit", project)
    rows = period_rows(lines, against)
    started = {"launched_on": following.launched_on} if following is not None else {}
    context: dict[str, Any] = {
        "project": project,
        "edits": edits,
        "owns": can(request.user, "projects.own", project),
        "following": following,
        "launch": (launch or LaunchForm(initial=started)) if edits else None,
        "launch_failed": launch is not None,
        "rows": rows,
        "due": next((row for row in rows if not row["answered"]), None) if edits else None,
        "plan": against.plan,
        "charts": charts(lines, against),
    }
    return render(request, "results/results.html", context, status=status)
