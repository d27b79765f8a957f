"""Taking in a file of ideas, for organisers: send, say the columns, check, apply, undo, throw away."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import get_visible_or_404, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.importing import actions
from bpc.portal.gatherings.importing.columns import PERSONAL
from bpc.portal.gatherings.importing.reason_words import (
    REFUSING,
    column_words,
    problem_words,
    reason_words,
)
from bpc.portal.gatherings.importing.reports import report_csv
from bpc.portal.gatherings.models import BUSY, IdeaImport, ImportStage
from bpc.portal.register.sheets import UnreadableError
from bpc.portal.web.gatherings.import_forms import ColumnsForm, UploadForm
from bpc.portal.web.gatherings.meeting_words import title_of

_UNACCEPTABLE = 422
_FILES_SHOWN, _REMARKS_SHOWN = 30, 40


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The files sent so far, and the box for another."""
    is_sent = request.method == "POST"
    form = UploadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, person=request.user
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            row = actions.upload(
                file=said["file"], gathering=said["gathering"], actor=request.user, at=timezone.now()
            )
        except UnreadableError as error:
            form.add_error("file", _problem(error))
        else:
            return redirect("web:idea_import", row.pk)
    rows = visible(request.user, IdeaImport).defer("report").order_by("-pk")[:_FILES_SHOWN]
    files = [{"row": row, "stage": _stage(row)} for row in rows]
    context = {"form": form, "files": files}
    return render(request, "gatherings/imports.html", context, status=_UNACCEPTABLE if form.errors else 200)


@never_cache
@require_safe
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns, what the check found, how far the work is, what can be done now."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    if request.headers.get("HX-Request"):
        # asked again while the work goes on; once it is over the whole page is due
        progress = _progress(row)
        response = render(request, "gatherings/_import_progress.html", progress)
        if not progress["is_watched"]:
            response["HX-Refresh"] = "true"
        return response
    return render(request, "gatherings/import.html", _context(row, None))


@never_cache
@require_POST
def check_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the lines with the columns said, changing nothing."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    if row.state not in actions.LOOSE:
        return _done(request, pk, _too_late())
    form = ColumnsForm(row, request.POST)
    if not form.is_valid():
        return render(request, "gatherings/import.html", _context(row, form), status=_UNACCEPTABLE)
    problem = _try(
        lambda: actions.check_file(
            idea_import=row, mapping=form.mapping(), version=form.cleaned_data["version"], actor=request.user,
            at=timezone.now(),
        )
    )  # fmt: skip
    return _done(request, pk, problem)


@never_cache
@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Have what was checked handed in."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    text = request.POST.get("version", "")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    problem = _try(
        lambda: actions.apply_file(idea_import=row, version=version, actor=request.user, at=timezone.now())
    )
    return _done(
        request, pk, problem, _("La reprise est lancée. Vous pouvez quitter cette page : elle continue.")
    )


@never_cache
@require_POST
def resume_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on where the work stopped."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    problem = _try(lambda: actions.resume(idea_import=row, actor=request.user, at=timezone.now()))
    return _done(request, pk, problem, _("La reprise continue là où elle s’était arrêtée."))


@never_cache
@require_POST
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what still waits."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    problem = _try(
        lambda: actions.undo(
            idea_import=row, actor=request.user, at=timezone.now(), reason=_("Reprise du fichier annulée.")
        )
    )
    return _done(request, pk, problem, _("La reprise est annulée."))


@never_cache
@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    problem = _try(lambda: actions.discard(idea_import=row, actor=request.user, at=timezone.now()))
    if problem:
        return _done(request, pk, problem)
    messages.success(request, _("Le fichier est supprimé, aucune idée n’a été créée."))
    return redirect("web:idea_imports")


@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused lines and the remarks, as a table."""
    row = get_visible_or_404(request.user, IdeaImport, pk=pk)
    response = StreamingHttpResponse(report_csv(row), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="idees-{row.pk}.csv"'
    return response


def _try(act: Callable[[], Any]) -> str:
    """Do it, or say why not."""
    try:
        act()
    except UnreadableError as error:
        return _problem(error)
    except actions.StaleImport:
        return _("Une autre personne a changé ces choix entre-temps : relisez la page.")
    except IllegalMove:
        return _too_late()
    return ""


def _too_late() -> str:
    return _("Ce n’est plus possible dans l’état où est ce fichier : relisez la page.")


def _done(request: HttpRequest, pk: int, problem: str, success: str = "") -> HttpResponse:
    if problem:
        messages.error(request, problem)
    elif success:
        messages.success(request, success)
    return redirect("web:idea_import", pk)


def _problem(error: UnreadableError) -> str:
    words = problem_words(error.code)
    if not error.line:
        return words
    return _("Ligne %(line)s : %(problem)s") % {"line": error.line, "problem": words}


def _stage(row: IdeaImport) -> str:
    return {
        ImportStage.DRAFT: _("À préparer"),
        ImportStage.CHECKED: _("Vérifié, rien n’est encore changé"),
        ImportStage.WAITING: _("En attente : la reprise va commencer"),
        ImportStage.RUNNING: _("Reprise en cours"),
        ImportStage.STOPPED: _("Arrêté par une erreur"),
        ImportStage.APPLIED: _("Repris"),
        ImportStage.UNDONE: _("Annulé"),
    }[ImportStage(row.state)]


def _left_words(left: dict[str, int]) -> list[tuple[str, int]]:
    words = {
        "published": _("Déjà publiées ou regroupées"),
        "answered": _("Déjà renvoyées ou archivées par la modération"),
        "changed": _("Modifiées depuis"),
    }
    return [(words[why], number) for why, number in sorted(left.items())]


def _progress(row: IdeaImport) -> dict[str, Any]:
    is_busy, can_resume = row.state in BUSY, actions.can_resume(row, timezone.now())
    return {
        "row": row,
        "stage": _stage(row),
        "meeting": title_of(row.gathering) if row.gathering else "",
        "is_busy": is_busy,
        "is_watched": is_busy
        and not can_resume,  # without a sign of its worker, it is no use to ask again and again
        "can_resume": can_resume,
        "read": row.counts.get("read", 0),
    }


def _context(row: IdeaImport, form: ColumnsForm | None) -> dict[str, Any]:
    is_loose = row.state in actions.LOOSE
    by_reason = Counter(one["code"] for one in row.report)
    hidden = {index for code, index in row.mapping.items() if code in PERSONAL}
    lines = actions.preview(row) if is_loose and row.file else []
    return {
        **_progress(row),
        "problem": problem_words(row.problem) if row.state == ImportStage.STOPPED else "",
        "can_undo": row.state in actions.UNDOABLE,
        "form": (form or ColumnsForm(row)) if is_loose else None,
        "titles": row.reading.get("titles", []) if lines else [],
        "lines": [
            ["•••" if place in hidden and cell else cell for place, cell in enumerate(line)] for line in lines
        ],
        "reasons": [(reason_words(code), number, code in REFUSING) for code, number in by_reason.most_common()],
        "remarks": [
            {**one, "column": column_words(one["column"]), "words": reason_words(one["code"])}
            for one in sorted(row.report, key=lambda one: (one["code"] not in REFUSING, one["line"]))[:_REMARKS_SHOWN]
        ],
        "before": actions.applied_before(row) if is_loose else None,
        "left": _left_words(row.counts.get("left", {})),
    }  # fmt: skip
