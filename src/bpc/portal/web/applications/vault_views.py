"""The vault: what is in it, until when each paper holds, put in, replace, erase."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.applications import vault
from bpc.portal.applications.models import VaultDocument
from bpc.portal.applications.papers import kept_kinds, kind_name, name_of, validity
from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.foundation.permissions import check
from bpc.portal.projects.received import RefusedPaper
from bpc.portal.web.applications.forms import REFUSED_PAPERS, PaperDatesForm, PaperForm, ReplaceForm
from bpc.portal.web.applications.reading import (
    UNACCEPTABLE,
    edited_project,
    frame,
    opened_project,
    paper_or_404,
)


def told_paper(paper: VaultDocument) -> dict[str, Any]:
    """A paper with its name and how it stands today."""
    return {
        "row": paper,
        "name": name_of(paper),
        "validity": str(validity(paper.expires_on, timezone.localdate())),
    }


@never_cache
@require_safe
def vault_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Every paper that holds or held, and those often asked that are not there."""
    row = opened_project(request, reference)
    papers = [told_paper(paper) for paper in row.papers.filter(replaced_by=None)]
    order = {"expired": 0, "soon": 1, "undated": 2, "valid": 2}
    papers.sort(key=lambda told: (order[told["validity"]], told["name"]))
    present = {told["row"].kind for told in papers}
    context = frame(
        request, row, papers=papers,
        absent=[(kind.code, kind_name(kind.code)) for kind in kept_kinds() if kind.code not in present],
        expiring=sum(told["validity"] in ("soon", "expired") for told in papers),
    )  # fmt: skip
    return render(request, "applications/vault.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a paper in."""
    row = edited_project(request, reference)
    if request.method != "POST":
        form = PaperForm(initial={"kind": request.GET.get("piece", "")[:40]})
        return render(request, "applications/paper_new.html", frame(request, row, form=form))
    form = PaperForm(request.POST, request.FILES)
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
    return render(request, "applications/paper_new.html", frame(request, row, form=form), status=UNACCEPTABLE)


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
    """One paper: its dates, what it replaced."""
    paper = paper_or_404(request, reference, pk)
    first = {"issued_on": paper.issued_on, "expires_on": paper.expires_on}
    form = PaperDatesForm(request.POST or None, initial=first, kind=paper.kind)
    if request.method == "POST":
        check(request.user, "applications.edit", paper)
        if form.is_valid() and _dated(request, paper, form):
            return redirect("web:vault", paper.project.reference)
    context = frame(
        request, paper.project, form=form, paper=told_paper(paper),
        former=[told_paper(one) for one in vault.history_of(paper)],
    )  # fmt: skip
    return render(
        request,
        "applications/paper.html",
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
    check(request.user, "applications.edit", paper)
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
    return render(
        request, "applications/paper_replace.html", context, status=UNACCEPTABLE if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_delete(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then erase."""
    paper = paper_or_404(request, reference, pk)
    check(request.user, "applications.edit", paper)
    if request.method == "POST":
        try:
            vault.delete_paper(paper=paper, actor=request.user, at=timezone.now())
        except vault.PaperGone:
            messages.error(
                request, _("Cette pièce vient d’être remplacée ou effacée par une autre personne.")
            )
        else:
            messages.success(request, _("La pièce est effacée."))
        return redirect("web:vault", paper.project.reference)
    former = len(vault.history_of(paper))
    context = frame(request, paper.project, paper=told_paper(paper), former=former)
    return render(request, "applications/paper_delete.html", context)


@never_cache
@require_safe
def paper_file(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """The file, downloaded by whoever may open the vault; nothing in it can run here."""
    paper = paper_or_404(request, reference, pk)
    try:
        content = paper.file.open("rb")
    except FileNotFoundError:
        raise Http404("the file is gone") from None
    response = FileResponse(
        content, content_type=paper.content_type, as_attachment=True, filename=paper.original_name
    )
    return sent_file(response)
