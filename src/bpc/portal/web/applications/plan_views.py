"""What was granted and paid, put into the plan: everything shown before, nothing written without a yes."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.writing import written_month
from bpc.portal.journeys.feed_back_award import (
    Feedback,
    Money,
    NothingToWrite,
    feed_back_award,
    propose_feedback,
)
from bpc.portal.plans.editing import Conflict, PlanGone, TooManySaves, UnknownRevision
from bpc.portal.plans.figure_words import figure_name, written_figure
from bpc.portal.plans.reckoning import Moved
from bpc.portal.plans.refusal_words import written_refusal
from bpc.portal.web.applications.reading import application_or_404, frame
from bpc.portal.web.applications.words import source_name


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def award_in_plan(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Before and after, then yes."""
    row = application_or_404(request, reference, pk)
    check(request.user, "applications.edit", row)
    chosen = (request.POST if request.method == "POST" else request.GET).get("ligne", "")[:60]
    try:
        feedback = propose_feedback(row, chosen)
    except InvalidPlan as refusal:
        messages.error(
            request, _("Le plan ne peut pas le reprendre tel quel : %(why)s") % {"why": _why(refusal)}
        )
        return redirect("web:application", reference, row.pk)
    except NothingToWrite:
        messages.info(request, _("Le plan dit déjà ce qui est accordé et versé, ou n’a rien à en reprendre."))
        return redirect("web:application", reference, row.pk)
    if request.method == "POST" and request.POST.get("act") == "write":
        return _write(request, row, chosen)
    context = frame(
        request, row.project, application=row, name=source_name(row), feedback=feedback,
        before=_months(feedback, feedback.before), after=_months(feedback, feedback.after),
        moved=[_told(one, feedback) for one in feedback.trial.moved],
    )  # fmt: skip
    return render(request, "applications/plan.html", context)


def _write(request: HttpRequest, row: Any, chosen: str) -> HttpResponse:
    revision = request.POST.get("revision", "")
    base = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    try:
        saved = feed_back_award(
            application=row, chosen=chosen, base_revision=base, actor=request.user, at=timezone.now()
        )
    except (Conflict, UnknownRevision):
        messages.error(request, _("Le plan a changé entre-temps. Regardez de nouveau, puis confirmez."))
        return redirect("web:application_plan", row.project.reference, row.pk)
    except (InvalidPlan, NothingToWrite, PlanGone, TooManySaves):
        messages.error(request, _("Le plan n’a pas pu être mis à jour. Modifiez-le vous-mêmes."))
        return redirect("web:application", row.project.reference, row.pk)
    messages.success(request, _("Le plan est à jour. Vous pouvez annuler ce changement sur la page du plan."))
    return redirect("web:plan", row.project.reference, saved.plan.pk)


def _why(refusal: InvalidPlan) -> str:
    """The first reason, in words."""
    return written_refusal(refusal.problems[0], {}).sentence


def _months(feedback: Feedback, money: tuple[Money, ...]) -> list[dict[str, Any]]:
    """Amounts with their months in words."""
    plan = feedback.trial.reckoning.assumptions
    told = []
    for one in money:
        day = plan.first_month.plus(one.month)
        words = (
            written_month(day.year, day.month)
            if plan.dated
            else _("mois %(number)s") % {"number": one.month + 1}
        )
        told.append({"amount": one.amount, "month": words})
    return told


def _told(moved: Moved, feedback: Feedback) -> dict[str, Any]:
    """A figure that would change, before and after."""
    found = feedback.trial.reckoning.appraisal.figures[moved.name]
    before = replace(found, value=moved.before, reason=found.reason if moved.before is None else None)
    return {
        "name": figure_name(moved.name),
        "before": written_figure(moved.name, before),
        "after": written_figure(moved.name, found),
        "better": moved.better,
    }
