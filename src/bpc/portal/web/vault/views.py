"""The vault: what is in it, until when each paper holds, put in, replace, erase."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.applications.queries import asked_by
from bpc.portal.foundation.permissions import can, check, visible
from bpc.portal.projects.received import RefusedPaper
from bpc.portal.vault import actions as vault
from bpc.portal.vault.erasing import UNDO
from bpc.portal.vault.models import PaperQuerySet, VaultDocument
from bpc.portal.vault.papers import kept_kinds, kind_name, name_of, validity
from bpc.portal.web.applications.words import source_name
from bpc.portal.web.vault.answers import file_answer
from bpc.portal.web.vault.forms import REFUSED_PAPERS, AudienceForm, PaperDatesForm, PaperForm, ReplaceForm
from bpc.portal.web.vault.reading import (
    UNACCEPTABLE,
    edited_project,
    frame,
    opened_project,
    paper_or_404,
)
from bpc.portal.web.vault.share_views import told_links


def told_paper(paper: VaultDocument) -> dict[str, Any]:
    """A paper with its name and how it stands today."""
    return {
        "row": paper,
        "name": name_of(paper),
        "validity": str(validity(paper.expires_on, timezone.localdate())),
    }


def _erased(rows: PaperQuerySet) -> list[tuple[dict[str, Any], datetime]]:
    """Papers that may still be taken back, and until when."""
    return [(told_paper(paper), paper.deleted_at + UNDO) for paper in rows.erased() if paper.deleted_at]


@never_cache
@require_safe
def vault_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Every paper that holds or held, those erased not long ago, and those often asked that are not there."""
    row = opened_project(request, reference)
    rows = visible(request.user, VaultDocument).filter(project=row)
    assert isinstance(rows, PaperQuerySet)
    now = timezone.now()
    running = Count("links", filter=Q(links__revoked_at=None, links__expires_at__gt=now))
    papers = [told_paper(paper) for paper in rows.current().annotate(lent=running)]
    order = {"expired": 0, "soon": 1, "undated": 2, "valid": 2}
    papers.sort(key=lambda told: (order[told["validity"]], told["name"]))
    present, readers = {told["row"].kind for told in papers}, asked_by(row)
    for told in papers:
        told["asked_by"] = [source_name(one) for one in readers.get(told["row"].kind, ())]
    edits = can(request.user, "vault.edit", row)
    context = frame(
        request, row, papers=papers, scanned=bool(settings.SCANNER),
        absent=[(kind.code, kind_name(kind.code)) for kind in kept_kinds() if kind.code not in present],
        expiring=sum(told["validity"] in ("soon", "expired") for told in papers),
        erased=_erased(rows) if edits else [],
    )  # fmt: skip
    return render(request, "vault/vault.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a paper in."""
    row = edited_project(request, reference)
    owns = can(request.user, "projects.own", row)
    if request.method != "POST":
        kind = request.GET.get("piece", "")[:40]
        form = PaperForm(initial={"kind": kind}, owns=owns)
        context = frame(
            request, row, form=form, asked_by=[source_name(one) for one in asked_by(row).get(kind, ())]
        )
        return render(request, "vault/paper_new.html", context)
    form = PaperForm(request.POST, request.FILES, owns=owns)
    if form.is_valid():
        kept = keep_or_tell(
            form,
            lambda: vault.add_paper(
                project=row, described=form.description(), upload=upload_in(form), actor=request.user,
                at=timezone.now(),
            ),
        )  # fmt: skip
        if kept is not None:
            messages.success(request, _("La pièce est dans le coffre."))
            return redirect("web:vault", row.reference)
    return render(request, "vault/paper_new.html", frame(request, row, form=form), status=UNACCEPTABLE)


def upload_in(form: Any, name: str = "file") -> vault.Upload:
    """The file of a form."""
    file = form.cleaned_data[name]
    return vault.Upload(file.file, file.size, file.name)


def keep_or_tell(form: Any, keep: Any, field: str = "file") -> VaultDocument | None:
    """Keep a file; what is wrong with it is told beside its field."""
    try:
        paper: VaultDocument = keep()
    except RefusedPaper as refusal:
        form.add_error(field, REFUSED_PAPERS[refusal.reason])
    except vault.VaultFull:
        form.add_error(field, _("Le coffre est plein. Effacez des pièces dont vous n’avez plus besoin."))
    except vault.UnknownKind:
        form.add_error(None, _("Cette pièce ne se garde pas dans le coffre."))
    except vault.PaperGone:
        form.add_error(None, _("Cette pièce vient d’être remplacée ou effacée par une autre personne."))
    else:
        return paper
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_page(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One paper: its dates, its readers, its links, what it replaced."""
    paper = paper_or_404(request, reference, pk)
    first = {"issued_on": paper.issued_on, "expires_on": paper.expires_on}
    form = PaperDatesForm(request.POST or None, initial=first, kind=paper.kind)
    if request.method == "POST":
        check(request.user, "vault.edit", paper)
        if form.is_valid() and _dated(request, paper, form):
            return redirect("web:vault", paper.project.reference)
    context = frame(
        request, paper.project, form=form, paper=told_paper(paper),
        former=[told_paper(one) for one in vault.history_of(paper)],
        links=told_links(request.user, paper, timezone.now()),
        audience=AudienceForm(
            initial={"audience": paper.audience}, owns=can(request.user, "projects.own", paper.project)
        ),
    )  # fmt: skip
    return render(
        request,
        "vault/paper.html",
        context,
        status=UNACCEPTABLE if form.is_bound and form.errors else 200,
    )


def _dated(request: HttpRequest, paper: VaultDocument, form: PaperDatesForm) -> bool:
    try:
        vault.date_paper(paper=paper, described=form.description(), actor=request.user, at=timezone.now())
    except vault.PaperGone:
        form.add_error(None, _("Cette pièce vient d’être remplacée ou effacée par une autre personne."))
        return False
    messages.success(request, _("Les dates sont enregistrées."))
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_replace(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A newer paper in place of this one."""
    paper = paper_or_404(request, reference, pk)
    check(request.user, "vault.edit", paper)
    if paper.replaced_by_id is not None:
        return redirect("web:paper", reference, paper.replaced_by_id)
    form = ReplaceForm(request.POST or None, request.FILES or None, kind=paper.kind)
    if request.method == "POST" and form.is_valid():
        kept = keep_or_tell(
            form,
            lambda: vault.replace_paper(
                paper=paper, described=form.description(), upload=upload_in(form), actor=request.user,
                at=timezone.now(),
            ),
        )  # fmt: skip
        if kept is not None:
            messages.success(request, _("La pièce est remplacée. L’ancienne reste dans l’historique."))
            return redirect("web:vault", paper.project.reference)
    context = frame(request, paper.project, form=form, paper=told_paper(paper))
    return render(request, "vault/paper_replace.html", context, status=UNACCEPTABLE if form.errors else 200)


@never_cache
@require_safe
def paper_file(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """The file, downloaded by whoever may open the vault; nothing in it can run here."""
    return file_answer(paper_or_404(request, reference, pk))
