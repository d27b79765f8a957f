"""What becomes of a paper of the vault: erased, taken back, put back as the newest, shown to more or fewer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import can, check
from bpc.portal.vault import actions, erasing
from bpc.portal.web.vault.forms import AudienceForm
from bpc.portal.web.vault.reading import erased_or_404, frame, paper_or_404
from bpc.portal.web.vault.views import told_paper


def _done(request: HttpRequest, act: Callable[[], Any], words: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except actions.PaperGone:
        messages.error(request, _("Cette pièce vient d’être remplacée ou effacée par une autre personne."))
    except actions.VaultFull:
        messages.error(request, _("Le coffre est plein. Effacez des pièces dont vous n’avez plus besoin."))
    else:
        messages.success(request, words)
        return True
    return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_delete(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then erase."""
    paper = paper_or_404(request, reference, pk)
    check(request.user, "vault.edit", paper)
    if request.method == "POST":
        _done(
            request,
            lambda: erasing.delete_paper(paper=paper, actor=request.user, at=timezone.now()),
            _("La pièce est effacée. Vous pouvez la reprendre pendant 7 jours."),
        )
        return redirect("web:vault", paper.project.reference)
    former = len(actions.history_of(paper))
    context = frame(request, paper.project, paper=told_paper(paper), former=former)
    return render(request, "vault/paper_delete.html", context)


@require_POST
def paper_take_back(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Put an erased paper back."""
    paper = erased_or_404(request, reference, pk)
    _done(
        request,
        lambda: erasing.take_back(paper=paper, actor=request.user, at=timezone.now()),
        _("La pièce est de nouveau dans le coffre."),
    )
    return redirect("web:vault", reference)


@require_POST
def paper_erase(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Let an erased paper go now."""
    paper = erased_or_404(request, reference, pk)
    _done(
        request,
        lambda: erasing.erase_paper(paper=paper, actor=request.user, at=timezone.now()),
        _("La pièce est effacée pour toujours."),
    )
    return redirect("web:vault", reference)


@require_POST
def paper_restore(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A former version becomes the newest."""
    paper = paper_or_404(request, reference, pk)
    check(request.user, "vault.edit", paper)
    _done(
        request,
        lambda: actions.restore_version(paper=paper, actor=request.user, at=timezone.now()),
        _("Cette version est de nouveau la dernière. Les autres restent dans l’historique."),
    )
    return redirect("web:vault", reference)


@require_POST
def paper_audience(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Who reads it from now on."""
    paper = paper_or_404(request, reference, pk)
    check(request.user, "vault.edit", paper)
    form = AudienceForm(request.POST, owns=can(request.user, "projects.own", paper.project))
    if not form.is_valid():
        messages.error(request, _("Choisissez qui peut la lire."))
    else:
        _done(
            request,
            lambda: actions.set_audience(
                paper=paper, audience=form.cleaned_data["audience"], actor=request.user, at=timezone.now()
            ),
            _("C’est noté."),
        )
    return redirect("web:paper", reference, pk)
