"""A project's applications: all of them, a new one, and one with its list before sending and its life so far."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.applications import actions
from bpc.portal.applications.bundle import write_bundle
from bpc.portal.applications.checklist import Checklist, Line, Readiness, Section, checklist_of, seen_by
from bpc.portal.applications.models import Application
from bpc.portal.applications.sources import source_of, window_of
from bpc.portal.applications.states import LANGUAGES, RUNNING, State, steps_from
from bpc.portal.applications.subject import subject_of
from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.foundation.permissions import can, check
from bpc.portal.foundation.writing import written_number
from bpc.portal.journeys.application_pieces import budget_of
from bpc.portal.projects.models import Project
from bpc.portal.projects.visibility import WRITERS, memberships_of
from bpc.portal.web.applications.forms import AskedForm, OpenForm
from bpc.portal.web.applications.reading import (
    UNACCEPTABLE,
    application_or_404,
    edited_project,
    frame,
    opened_project,
)
from bpc.portal.web.applications.words import STEP_BUTTONS, events_told, source_name
from bpc.portal.web.training.hints import LessonHint, LessonHints

MOST_PROJECTS = 50


def list_of(application: Application, person: Any) -> Checklist:
    """The list before sending, as it stands today."""
    today = timezone.localdate()
    source = source_of(application.source_slug)
    budget = budget_of(application.project)
    return seen_by(checklist_of(application, source, window_of(source, today), budget, today), person)


def _lesson(line: Line, lessons: LessonHints) -> LessonHint | None:
    """The lesson about a paper that is missing."""
    missing = line.section == Section.PAPERS and line.readiness == Readiness.MISSING
    return lessons.of(f"piece:{line.key.removeprefix('paper:')}") if missing else None


@never_cache
@require_safe
def applications(request: HttpRequest, reference: str) -> HttpResponse:
    """Those that run, then those that are over."""
    row = opened_project(request, reference)
    rows = list(row.applications.all())
    for one in rows:
        one.name = source_name(one)  # type: ignore[attr-defined]
    context = frame(
        request, row,
        running=[one for one in rows if one.state in RUNNING],
        over=[one for one in rows if one.state not in RUNNING],
    )  # fmt: skip
    return render(request, "applications/applications.html", context)


@never_cache
@require_safe
def application_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """From the sheet of a source: for which of one's projects? Straight on when there is only one."""
    source = source_of(slug)
    if source is None:
        raise Http404("no such source")
    mine = Project.objects.filter(
        archived_at=None, pk__in=memberships_of(request.user).filter(role__in=WRITERS).values("project")
    ).order_by("-changed_at", "-pk")
    projects = list(mine[:MOST_PROJECTS])
    if len(projects) == 1:
        address = reverse("web:application_new", args=[projects[0].reference])
        return redirect(f"{address}?{urlencode({'source': slug})}")
    return render(request, "applications/begin.html", {"source": source, "slug": slug, "projects": projects})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_new(request: HttpRequest, reference: str) -> HttpResponse:
    """A file for the source named in the address; the one that runs already, if there is one."""
    row = edited_project(request, reference)
    slug = (request.POST if request.method == "POST" else request.GET).get("source", "")[:60]
    running = row.applications.filter(source_slug=slug, state__in=RUNNING).first()
    if running is not None:
        return redirect("web:application", row.reference, running.pk)
    source = source_of(slug)
    if source is None:
        messages.info(request, _("Choisissez d’abord une source dans le répertoire."))
        return redirect("web:applications", row.reference)
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"source": slug})
    if request.method == "POST" and form.is_valid():
        made = actions.open_application(
            project=row, source_slug=slug, amount=form.cleaned_data["amount"], actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Le dossier est ouvert : voici ce qu’il faut préparer."))
        return redirect("web:application", row.reference, made.pk)
    context = frame(request, row, form=form, source=source, window=window_of(source, timezone.localdate()))
    return render(
        request, "applications/application_new.html", context, status=UNACCEPTABLE if form.errors else 200
    )


@never_cache
@require_safe
def application(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The list before sending, the pieces, what happened."""
    return application_page(request, application_or_404(request, reference, pk))


def application_page(request: HttpRequest, row: Application, **bound: Any) -> HttpResponse:
    """The page of one application; `bound` holds a form that was refused."""
    source = source_of(row.source_slug)
    checklist, lessons = list_of(row, request.user), LessonHints()
    edits = can(request.user, "applications.edit", row)
    context = frame(
        request, row.project, application=row, name=source_name(row), source=source, checklist=checklist,
        sections=[(section, [(line, _lesson(line, lessons)) for line in checklist.of(Section(section))])
                  for section in Section],
        preparing=row.state == State.PREPARING, bundles=LANGUAGES, piece_language=_language(row),
        steps=[(step, STEP_BUTTONS[step]) for step in steps_from(row.state)] if edits else [],
        events=events_told(row, request.user), undoable=actions.undoable(row, timezone.now()) if edits else None,
        asked_form=AskedForm(initial={"amount": _typed(row.amount_asked)}), **bound,
    )  # fmt: skip
    return render(request, "applications/application.html", context, status=UNACCEPTABLE if bound else 200)


def _typed(amount: Decimal | None) -> str:
    """An amount as a person would type it."""
    return "" if amount is None else written_number(amount, 0 if amount % 1 == 0 else 2)


def _language(row: Application) -> str:
    """The language its pieces are offered in first: the page's, else its own."""
    shown = get_language() or ""
    return shown if shown in LANGUAGES else row.language


@require_POST
def application_amount(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change what is asked."""
    row = application_or_404(request, reference, pk)
    check(request.user, "applications.edit", row)
    form = AskedForm(request.POST)
    if not form.is_valid():
        return application_page(request, row, asked_form=form)
    actions.ask_amount(
        application=row, amount=form.cleaned_data["amount"], actor=request.user, at=timezone.now()
    )
    messages.success(request, _("Le montant demandé est enregistré."))
    return redirect("web:application", reference, row.pk)


@require_POST
def application_tick(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a line is done, or no longer."""
    row = application_or_404(request, reference, pk)
    check(request.user, "applications.edit", row)
    key = request.POST.get("key", "")
    known = {line.tick for line in list_of(row, request.user).lines if line.tick}
    if key in known:
        done = request.POST.get("done") == "yes"
        actions.tick(application=row, key=key, done=done, actor=request.user, at=timezone.now())
    return redirect("web:application", reference, row.pk)


@never_cache
@require_safe
def application_bundle(request: HttpRequest, reference: str, pk: int, language: str) -> HttpResponse:
    """Everything to send, in one archive."""
    row = application_or_404(request, reference, pk)
    language = language if language in LANGUAGES else "fr"
    today = timezone.localdate()
    subject = subject_of(row, budget_of(row.project), today)
    with write_bundle(subject, list_of(row, request.user), language) as archive:
        response = HttpResponse(archive.read(), content_type="application/zip")
    name = f"dossier-{row.project.reference}-{row.source_slug}-{language}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent_file(response)
