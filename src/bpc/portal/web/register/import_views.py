"""Importing the register, for national administrators: send, say the columns, check, apply, undo, throw away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import get_visible_or_404, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.register import actions
from bpc.portal.register.columns import is_personal
from bpc.portal.register.models import RegisterImport
from bpc.portal.register.queries import tally_of
from bpc.portal.register.reason_words import field_words, kind_words, problem_words, reason_of, reason_words
from bpc.portal.register.reports import KINDS, first_notes, report_csv
from bpc.portal.register.sheets import Reading, UnreadableError, preview
from bpc.portal.register.states import BUSY, LOOSE
from bpc.portal.register.undoing import last_applied, linked_since
from bpc.portal.web.register.import_forms import ColumnsForm, ReadingForm, UploadForm

_UNACCEPTABLE = 422
_NOTES_SHOWN = 10
_IMPORTS_SHOWN = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The files sent so far, and the box for another."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.upload(file=form.cleaned_data["file"], actor=request.user, at=timezone.now())
        except UnreadableError as error:
            form.add_error("file", _problem(error))
        else:
            return redirect("web:register_import", row.pk)
    rows = visible(request.user, RegisterImport).select_related("by").order_by("-pk")[:_IMPORTS_SHOWN]
    context = {"form": form, "imports": rows, "tally": tally_of(), "trail": _trail()}
    return render(request, "register/imports.html", context, status=_UNACCEPTABLE if form.errors else 200)


@never_cache
@require_safe
def register_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its columns, what the check found, what can be done now."""
    row = get_visible_or_404(request.user, RegisterImport, pk=pk)
    if request.headers.get("HX-Request"):
        # asked again while the work goes on; once it is over the whole page is due
        response = render(request, "register/_progress.html", _progress(row))
        if row.state not in BUSY:
            response["HX-Refresh"] = "true"
        return response
    return render(request, "register/import.html", _context(row))


@never_cache
@require_POST
def choose_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the CSV otherwise."""
    row = get_visible_or_404(request.user, RegisterImport, pk=pk)
    form = ReadingForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        _try(
            request,
            lambda: actions.read_again(
                register_import=row, encoding=data["encoding"], delimiter=data["delimiter"],
                version=data["version"], actor=request.user, at=timezone.now(),
            ),
        )  # fmt: skip
    return redirect("web:register_import", pk)


@never_cache
@require_POST
def choose_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the columns said, and begin the check."""
    row = get_visible_or_404(request.user, RegisterImport, pk=pk)
    form = ColumnsForm(row, request.POST)
    if not form.is_valid():
        return render(request, "register/import.html", _context(row, form), status=_UNACCEPTABLE)

    def act() -> None:
        at = timezone.now()
        actions.choose_columns(
            register_import=row, mapping=form.mapping(), is_whole=form.cleaned_data["is_whole"],
            version=form.cleaned_data["version"], actor=request.user, at=at,
        )  # fmt: skip
        row.refresh_from_db()
        actions.ask_check(register_import=row, actor=request.user, at=at)

    _try(request, act)
    return redirect("web:register_import", pk)


@never_cache
@require_POST
def apply_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply what was checked."""
    return _ask(request, pk, actions.ask_application)


@never_cache
@require_POST
def undo_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last import."""
    return _ask(request, pk, actions.ask_undoing)


@never_cache
@require_POST
def release_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up work whose worker stopped."""
    return _ask(request, pk, actions.release)


@never_cache
@require_POST
def discard_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a file that is not in the register."""
    row = get_visible_or_404(request.user, RegisterImport, pk=pk)
    if _try(request, lambda: actions.discard(register_import=row, actor=request.user, at=timezone.now())):
        messages.success(request, _("Le fichier est supprimé. Le registre n’a pas changé."))
        return redirect("web:register_imports")
    return redirect("web:register_import", pk)


@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused rows and the remarks, as a table."""
    row = get_visible_or_404(request.user, RegisterImport, pk=pk)
    response = StreamingHttpResponse(report_csv(row), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rapport-{row.pk}.csv"'
    return response


def _ask(request: HttpRequest, pk: int, action: Callable[..., None]) -> HttpResponse:
    row = get_visible_or_404(request.user, RegisterImport, pk=pk)
    _try(request, lambda: action(register_import=row, actor=request.user, at=timezone.now()))
    return redirect("web:register_import", pk)


def _try(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Do it, or say why not."""
    try:
        act()
    except UnreadableError as error:
        messages.error(request, _problem(error))
    except actions.OtherWorkError:
        messages.error(request, _("Un autre fichier est en cours de traitement : attendez qu’il soit fini."))
    except actions.NotLastError:
        messages.error(request, _("Seul le dernier import appliqué peut être annulé."))
    except actions.StaleImportError:
        messages.error(request, _("Une autre personne a changé ces choix entre-temps : relisez la page."))
    except IllegalMove:
        messages.error(request, _("Ce n’est plus possible dans l’état où est ce fichier : relisez la page."))
    else:
        return True
    return False


def _problem(error: UnreadableError) -> str:
    if not error.line:
        return problem_words(error.code)
    return _("Ligne %(line)s : %(problem)s") % {"line": error.line, "problem": problem_words(error.code)}


def _trail(name: str = "") -> list[tuple[str, str]]:
    steps = [(_("Accueil"), reverse("web:home")), (_("Mon espace"), reverse("web:my_space"))]
    own = reverse("web:register_imports") if name else ""
    return [*steps, (_("Registre des coopératives"), own), *([(name, "")] if name else [])]


def _progress(row: RegisterImport) -> dict[str, Any]:
    return {"row": row, "is_busy": row.state in BUSY, "is_stuck": actions.is_stuck(row, timezone.now())}


def _context(row: RegisterImport, form: ColumnsForm | None = None) -> dict[str, Any]:
    last = last_applied()
    is_loose = row.state in LOOSE
    counts = row.counts or {}
    return {
        **_progress(row),
        "form": (form or ColumnsForm(row)) if is_loose else None,
        "reading_form": _reading_form(row) if is_loose and row.reading.get("kind") == "csv" else None,
        "table": _preview(row) if is_loose else None,
        "personal": [title for title in row.reading.get("titles", []) if is_personal(title)],
        "counts": counts,
        "problem": problem_words(row.problem) if row.problem else "",
        "problem_line": counts.get("problem_line", 0),
        "remarks": [
            (reason_of(code), number)
            for code, number in sorted(counts.get("remarks", {}).items(), key=lambda one: -one[1])
        ],
        "fields": [(field_words(_label_of(name)), number) for name, number in _told_fields(counts)],
        "notes": _notes(row),
        "can_undo": last is not None and last.pk == row.pk and row.state == "applied",
        "linked": linked_since(row),
        "trail": _trail(row.file_name),
    }


def _told_fields(counts: dict[str, Any]) -> list[tuple[str, int]]:
    """The fields that change, without those that only repeat another."""
    hidden = {"sort_name", "commune_id", "province_id", "region_id", "year"}
    fields = counts.get("fields", {})
    return sorted(
        ((name, number) for name, number in fields.items() if name not in hidden), key=lambda one: -one[1]
    )


def _label_of(name: str) -> str:
    return {"territory_id": "commune", "sector_id": "sector", "is_listed": "number"}.get(name, name)


def _notes(row: RegisterImport) -> list[dict[str, Any]]:
    found = []
    for kind in KINDS:
        if lines := first_notes(row, kind, _NOTES_SHOWN):
            told = [
                (line, field_words(note.field), reason_words(note), note.found) for _kind, line, note in lines
            ]
            found.append({"title": kind_words(kind), "lines": told})
    return found


def _reading_form(row: RegisterImport) -> ReadingForm:
    reading = {name: row.reading.get(name) for name in ("encoding", "delimiter")}
    return ReadingForm(initial={**reading, "version": row.version})


def _preview(row: RegisterImport) -> dict[str, Any] | None:
    """The first rows under their titles; the columns about people are not shown."""
    titles = row.reading.get("titles", [])
    shown = [index for index, title in enumerate(titles) if not is_personal(title)]
    try:
        lines = preview(Path(row.file.path), Reading.of(row.reading)) if row.file else []
    except (UnreadableError, FileNotFoundError):
        return None
    cells = [[line[index] if index < len(line) else "" for index in shown] for line in lines]
    return {"titles": [titles[index] for index in shown], "lines": cells}
