"""The self-diagnosis of a project: what it is, a family a page, the result, those of before."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.datasets.diagnosis import Family
from bpc.portal.diagnosis.answering import (
    AlreadyFinished,
    NotAllSeen,
    StaleAnswers,
    answer_family,
    begin_diagnosis,
    finish_diagnosis,
    give_up_diagnosis,
)
from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.diagnosis.queries import before, finished_of, open_of
from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.journeys.diagnosis_facts import diagnosis_facts
from bpc.portal.projects.models import Project
from bpc.portal.web.diagnosis.family_form import FamilyForm
from bpc.portal.web.diagnosis.result_page import levels_of, result_of
from bpc.portal.web.diagnosis.words import said
from bpc.portal.web.projects.reading import project_or_404

_UNACCEPTABLE = 422
MOST_SHOWN = 10  # of the history


@never_cache
@require_safe
def diagnosis(request: HttpRequest, reference: str) -> HttpResponse:
    """What it is, how to begin or go on, and those of before."""
    project = project_or_404(request, reference)
    running = open_of(project)
    context = {
        "project": project,
        "edits": can(request.user, "projects.fill", project),
        "running": running,
        "next_family": _first_unseen(running) if running is not None else "",
        "families": [_told(one) for one in questionnaire().families],
        "questions": sum(len(one.questions) for one in questionnaire().families),
        "history": [{"row": row, "levels": levels_of(row)} for row in finished_of(project)[:MOST_SHOWN]],
    }
    return render(request, "diagnosis/diagnosis.html", context)


@require_POST
def diagnosis_begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin, or go on with the one that is open."""
    project = project_or_404(request, reference)
    check(request.user, "projects.fill", project)
    row = begin_diagnosis(
        project=project, facts=diagnosis_facts(project), actor=request.user, at=timezone.now()
    )
    return redirect("web:diagnosis_family", project.reference, row.number, _first_unseen(row))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis_family(request: HttpRequest, reference: str, number: int, family: str) -> HttpResponse:
    """The questions of one family."""
    project, row = _found(request, reference, number)
    check(request.user, "projects.fill", project)
    asked = questionnaire().family(family)
    if asked is None:
        raise Http404(family)
    if row.finished_at is not None:
        return redirect("web:diagnosis_result", project.reference, row.number)
    data = request.POST if request.method == "POST" else None
    form = FamilyForm(data, family=asked, answers=row.answers, facts=row.from_facts)
    if data is None:
        return _family_page(request, project, row, form)
    if not form.is_valid():
        return _family_page(request, project, row, form, status=_UNACCEPTABLE)
    return _keep(request, project, row, form)


def _keep(request: HttpRequest, project: Project, row: Diagnosis, form: FamilyForm) -> HttpResponse:
    """Store the family; then the next one, or the result."""
    base = request.POST.get("revision", "")
    revision = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else 0
    now = timezone.now()
    try:
        row = answer_family(
            diagnosis=row, family=form.family, answers=form.answers(), revision=revision,
            actor=request.user, at=now,
        )  # fmt: skip
    except StaleAnswers as stale:
        form.add_error(
            None, _("Quelqu’un de votre groupe vient de répondre autrement : vérifiez, puis continuez.")
        )
        return _family_page(request, project, stale.current, form, status=_UNACCEPTABLE)
    except AlreadyFinished:
        return redirect("web:diagnosis_result", project.reference, row.number)
    following = _after(form.family)
    if following is not None:
        return redirect("web:diagnosis_family", project.reference, row.number, following.id)
    try:
        finish_diagnosis(diagnosis=row, actor=request.user, at=now)
    except NotAllSeen as unseen:
        return redirect("web:diagnosis_family", project.reference, row.number, unseen.family)
    return redirect("web:diagnosis_result", project.reference, row.number)


@require_POST
def diagnosis_give_up(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Erase the one that was not finished."""
    project, row = _found(request, reference, number)
    try:
        give_up_diagnosis(diagnosis=row, actor=request.user, at=timezone.now())
    except AlreadyFinished:
        messages.warning(request, _("Cet autodiagnostic est terminé : il reste dans l’historique."))
    return redirect("web:diagnosis", project.reference)


@never_cache
@require_safe
def diagnosis_result(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Where the project stands, what would help most, and why."""
    project, row = _found(request, reference, number)
    edits = can(request.user, "projects.fill", project)
    if row.finished_at is None:
        return redirect("web:diagnosis", project.reference)
    earlier = before(row)
    context: dict[str, Any] = {
        "project": project,
        "row": row,
        "edits": edits,
        "earlier": earlier,
        **result_of(row, earlier, edits=edits),
    }
    return render(request, "diagnosis/result.html", context)


def _found(request: HttpRequest, reference: str, number: int) -> tuple[Project, Diagnosis]:
    project = project_or_404(request, reference)
    rows = Diagnosis.objects.select_related("project")
    return project, get_visible_or_404(request.user, rows, project=project.pk, number=number)


def _told(family: Family) -> dict[str, str]:
    return {"icon": family.icon, "name": said(family.name), "about": said(family.about)}


def _first_unseen(row: Diagnosis) -> str:
    """The family to go on with: the first with a question nobody saw; the last when all were seen."""
    code = ""
    for family, question in questionnaire().questions():
        code = family.id
        if question.id not in row.answers:
            return code
    return code


def _after(family: Family) -> Family | None:
    families = questionnaire().families
    place = families.index(family)
    return families[place + 1] if place + 1 < len(families) else None


def _family_page(
    request: HttpRequest, project: Project, row: Diagnosis, form: FamilyForm, *, status: int = 200
) -> HttpResponse:
    families = questionnaire().families
    place = families.index(form.family)
    context = {
        "project": project,
        "row": row,
        "form": form,
        "family": _told(form.family),
        "number": place + 1,
        "total": len(families),
        "previous": families[place - 1].id if place else "",
    }
    return render(request, "diagnosis/family.html", context, status=status)
