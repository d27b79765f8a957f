"""For those who keep the directory: what waits, one sheet with its past, a change proposed, read and decided."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.datasets.funding_sources import InvalidSources
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.funding import actions, editing, keeping
from bpc.portal.funding.models import FundingSource, SourceEdit, SourceReport, SourceVersion
from bpc.portal.funding.states import EditState, ReportOutcome, SourceState
from bpc.portal.web.funding.edit_form import EditForm, edited, initial_of
from bpc.portal.web.funding.list_views import page_number
from bpc.portal.web.funding.told_differences import told_differences

_PAGE_SIZE, _SHOWN = 24, 30
_UNACCEPTABLE = 422
_ALL_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What the person keeps: the most pressing to verify first, and what waits for a decision."""
    today = timezone.localdate()
    queue = keeping.verification_queue(request.user, today)
    context = {
        "waiting": keeping.waiting_for(request.user, today),
        "page": Paginator(queue, _PAGE_SIZE).get_page(page_number(request)),
        "edits": keeping.edits_to_decide(request.user)[:_SHOWN],
        "mine": keeping.edits_of(request.user)[:_SHOWN],
        "reports": keeping.open_reports(request.user)[:_SHOWN],
        "links": keeping.bad_links(request.user)[:_SHOWN],
        "outcomes": ReportOutcome.choices,
        "trail": _trail(),
    }
    return render(request, "funding/kept.html", context)


@never_cache
@require_safe
def kept_source(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet for those who keep it: proposals, reports, former versions."""
    row = _kept_or_404(request, slug)
    versions = (
        SourceVersion.objects.filter(source=row)
        .select_related("made_by")
        .defer("content")
        .order_by("-number")
    )
    context = {
        "row": row,
        "retired": row.state == SourceState.RETIRED,
        "decides": can(request.user, "funding.decide", row),
        "bodies": keeping.funding_bodies() if can(request.user, "funding.entrust", row) else None,
        "edits": row.edits.filter(state=EditState.PENDING).select_related("proposed_by").defer("content"),
        "reports": row.reports.filter(closed_at=None)[:_SHOWN],
        "outcomes": ReportOutcome.choices,
        "versions": [
            (one, told_differences(keeping.version_differences(row, one.number))) for one in versions[:_SHOWN]
        ],
        "trail": _trail(row),
    }
    return render(request, "funding/kept_source.html", context)


@never_cache
@require_http_methods(_ALL_METHODS)
def edit_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a change; what was typed stays until all of it is right."""
    row = _kept_or_404(request, slug)
    today = timezone.localdate().isoformat()
    posted = request.POST if request.method == "POST" else None
    form = EditForm(posted, initial=initial_of(row.content, row.version, today))
    if form.is_valid() and (edit := _proposed(request, row, form, today)) is not None:
        messages.success(request, _("Votre proposition attend la relecture d’une autre personne."))
        return redirect("web:funding_edit", edit.pk)
    context = {"row": row, "form": form, "trail": _trail(row, _("Modifier"))}
    return render(request, "funding/edit.html", context, status=_UNACCEPTABLE if form.errors else 200)


def _proposed(request: HttpRequest, row: FundingSource, form: EditForm, today: str) -> SourceEdit | None:
    try:
        return editing.propose_edit(
            source=row,
            content=edited(row.content, form.cleaned_data, today),
            version=form.cleaned_data["version"],
            note=form.cleaned_data["note"],
            actor=request.user,
            at=timezone.now(),
        )
    except InvalidSources as error:
        form.show_problems(error.problems)
    except editing.NothingNew:
        form.add_error(None, _("Rien n’a changé : la fiche dit déjà cela."))
    except editing.StaleSource as stale:
        data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, since it was posted
        data["version"] = str(stale.current.version)
        form.data = data
        form.add_error(
            None,
            _("Quelqu’un a changé cette fiche entre-temps. Relisez vos réponses, puis envoyez de nouveau."),
        )
    return None


@never_cache
@require_http_methods(_ALL_METHODS)
def decide_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal beside what the sheet says: accept, return with the reason, or take one's own back."""
    edit = get_visible_or_404(request.user, SourceEdit.objects.select_related("source", "proposed_by"), pk=pk)
    if request.method == "POST":
        return _decided(request, edit)
    context = {
        "edit": edit,
        "pending": edit.state == EditState.PENDING,
        "accepts": can(request.user, editing.ACCEPT, edit),
        "withdraws": can(request.user, "funding.withdraw", edit),
        "differences": told_differences(keeping.edit_differences(edit)),
        "trail": _trail(edit.source, _("Proposition")) if edit.source else _trail(None, _("Proposition")),
    }
    return render(request, "funding/decide.html", context)


def _decided(request: HttpRequest, edit: SourceEdit) -> HttpResponse:
    arguments: dict[str, Any] = {"edit": edit, "actor": request.user, "at": timezone.now()}
    act = request.POST.get("act", "")
    try:
        if act == "accept":
            editing.accept_edit(**arguments)
            messages.success(request, _("La proposition est en ligne : une nouvelle version est gardée."))
        elif act == "return":
            editing.return_edit(reason=request.POST.get("reason", ""), **arguments)
            messages.success(request, _("La proposition est renvoyée avec votre raison."))
        elif act == "withdraw":
            editing.withdraw_edit(**arguments)
            messages.success(request, _("Vous avez repris votre proposition."))
    except ReasonMissing:
        messages.error(request, _("Dites pourquoi vous la renvoyez."))
    except editing.CrossedEdits:
        messages.error(
            request, _("D’autres ont changé les mêmes champs depuis : demandez une nouvelle proposition.")
        )
    except (IllegalMove, InvalidSources, editing.SlugTaken):
        messages.error(request, _("Cette proposition ne peut plus être acceptée."))
    return redirect("web:funding_edit", edit.pk)


@never_cache
@require_POST
def verify_source(request: HttpRequest, slug: str) -> HttpResponse:
    """The person has read the source against its pages today."""
    row = _kept_or_404(request, slug)
    changed = request.POST.get("changed") == "yes"
    note = request.POST.get("note", "")[:500]

    def act() -> None:
        actions.verify_source(
            source=row,
            version=_number(request),
            changed=changed,
            note=note,
            actor=request.user,
            at=timezone.now(),
        )

    if _done(request, act, _("Merci : la fiche est vérifiée à la date d’aujourd’hui.")) and changed:
        return redirect("web:funding_change", slug)
    return redirect("web:funding_kept_source", slug)


@never_cache
@require_POST
def retire_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a sheet off the site, with the reason; or put it back."""
    row = _kept_or_404(request, slug)
    check(request.user, "funding.decide", row)

    def act() -> None:
        if request.POST.get("act") == "restore":
            actions.restore_source(source=row, actor=request.user, at=timezone.now())
        else:
            reason = request.POST.get("reason", "")[:500]
            actions.retire_source(source=row, reason=reason, actor=request.user, at=timezone.now())

    _done(request, act, _("C’est fait."))
    return redirect("web:funding_kept_source", slug)


@never_cache
@require_POST
def entrust_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a funding body keep a sheet, or take it back from the one that does."""
    row = _kept_or_404(request, slug)
    chosen = request.POST.get("organisation", "")
    body = get_object_or_404(keeping.funding_bodies(), pk=chosen) if chosen.isdecimal() else None
    actions.entrust_source(source=row, organisation=body, actor=request.user, at=timezone.now())
    messages.success(request, _("C’est fait."))
    return redirect("web:funding_kept_source", slug)


@never_cache
@require_POST
def close_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done about a report."""
    report = get_visible_or_404(request.user, SourceReport.objects.select_related("source"), pk=pk)
    check(request.user, editing.KEEP, report.source)

    def act() -> None:
        outcome = request.POST.get("outcome", "")
        actions.close_report(report=report, outcome=outcome, actor=request.user, at=timezone.now())

    _done(request, act, _("Le signalement est clos."))
    return redirect("web:funding_kept_source", report.source.slug)


def _done(request: HttpRequest, act: Callable[[], None], said: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except ReasonMissing:
        messages.error(request, _("Dites pourquoi en quelques mots."))
    except editing.StaleSource:
        messages.warning(request, _("Quelqu’un a changé cette fiche entre-temps : relisez-la d’abord."))
    except (IllegalMove, ValidationError):
        messages.warning(request, _("C’était déjà fait, ou ce n’est pas possible."))
    else:
        messages.success(request, said)
        return True
    return False


def _kept_or_404(request: HttpRequest, slug: str) -> FundingSource:
    row = get_visible_or_404(request.user, FundingSource, slug=slug)
    if not can(request.user, editing.KEEP, row):
        raise PermissionDenied(editing.KEEP)
    return row


def _number(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _trail(row: FundingSource | None = None, own: str = "") -> list[tuple[str, str | None]]:
    trail: list[tuple[str, str | None]] = [
        (_("Financements"), reverse("web:funding")),
        (_("Tenir les fiches"), reverse("web:funding_kept")),
    ]
    if row is not None:
        name = row.name_ar if get_language() == "ar" else row.name_fr
        trail.append((name, reverse("web:funding_kept_source", args=[row.slug])))
    if own:
        trail.append((own, None))
    return [*trail[:-1], (trail[-1][0], None)]
