"""The pieces of the register's file read from the vault, and the signed copy of a paper put in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.core.law.creation_file import Paper
from bpc.portal.foundation.permissions import can, check
from bpc.portal.foundation.writing import written_date
from bpc.portal.founding.deposit import Piece, Standing, papers_in_vault, pieces_of
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.papers import paper_kind
from bpc.portal.founding.signing import keep_signed
from bpc.portal.founding.states import LANGUAGES
from bpc.portal.vault.papers import kind_name
from bpc.portal.vault.visibility import can_see_paper
from bpc.portal.web.founding.reading import UNACCEPTABLE, file_or_404, frame
from bpc.portal.web.founding.words import is_arabic, said
from bpc.portal.web.vault.forms import ReplaceForm
from bpc.portal.web.vault.views import keep_or_tell, upload_in

_STATES = {
    Standing.PRESENT: gettext_lazy("dans le coffre"),
    Standing.TOO_OLD: gettext_lazy("à refaire"),
    Standing.PREPARED: gettext_lazy("en préparation"),
    Standing.MISSING: gettext_lazy("manque"),
}


class SignedForm(ReplaceForm):
    """The scan and the day it was signed; a signed paper has no last day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["expires_on"]
        self.fields["issued_on"].label = _("Signé le")


@never_cache
@require_safe
def deposit(request: HttpRequest, reference: str) -> HttpResponse:
    """Each piece: there, too old, being prepared or missing, and where to act."""
    file = file_or_404(request, reference)
    founders = list(file.founders.all())
    found = list(pieces_of(file, founders, timezone.localdate(), papers_in_vault(file)))
    context = frame(
        request, file.project, pieces=[_told(request, file, one) for one in found],
        ready=sum(one.standing == Standing.PRESENT for one in found),
    )  # fmt: skip
    return render(request, "founding/deposit.html", context)


def _told(request: HttpRequest, file: CreationFile, one: Piece) -> dict[str, Any]:
    """A piece in words."""
    by_hand = one.code == Paper.IDENTITIES
    name = _("Copies des pièces d’identité") if by_hand else kind_name(one.kind)
    state = _("prêtes") if by_hand and one.standing == Standing.PRESENT else str(_STATES[one.standing])
    links = _links(request, file, one) if can(request.user, "projects.edit", file.project) else []
    return {"name": name, "standing": str(one.standing), "state": state, "words": _words(one), "links": links}


def _words(one: Piece) -> str:
    if one.code == Paper.IDENTITIES:
        return _("Jamais gardées dans le coffre : le groupe les joint et coche lui-même.")
    if one.changed:
        return _("Le dossier a changé depuis la signature : imprimez et faites signer de nouveau.")
    if one.standing == Standing.TOO_OLD and one.until is not None:
        return _("N’est plus valable depuis le %(day)s : demandez-en une nouvelle.") % {
            "day": written_date(one.until)
        }
    if one.standing == Standing.PRESENT:
        return (
            _("Valable jusqu’au %(day)s.") % {"day": written_date(one.until)}
            if one.until
            else _("Dans le coffre.")
        )
    if one.standing == Standing.PREPARED:
        return (
            _("Prête : imprimez, faites signer, puis mettez la copie signée dans le coffre.")
            if one.paper
            else _("Demandée ou reçue : mettez-la dans le coffre.")
        )
    return (
        _("Le papier n’est pas encore complet.")
        if one.paper
        else _("À demander, puis à mettre dans le coffre.")
    )


def _links(request: HttpRequest, file: CreationFile, one: Piece) -> list[dict[str, str]]:
    reference, language = file.project.reference, "ar" if is_arabic() else "fr"
    if one.code == Paper.IDENTITIES:
        address = reverse("web:creation_family", args=[reference, "dates"])
        return [{"label": _("Cocher"), "url": f"{address}#field-papers_ready"}]
    links = []
    if one.document is not None and can_see_paper(request.user, one.document):
        links.append({"label": _("La voir"), "url": reverse("web:paper", args=[reference, one.document.pk])})
    if one.paper:
        links.append(
            {
                "label": _("Le papier"),
                "url": reverse("web:founding_paper", args=[reference, one.paper, language]),
            }
        )
        address = reverse("web:founding_signed", args=[reference, one.paper, language])
        links.append({"label": _("Mettre la copie signée"), "url": address})
    elif one.standing != Standing.PRESENT:
        links.append(
            {
                "label": _("Mettre dans le coffre"),
                "url": f"{reverse('web:paper_new', args=[reference])}?piece={one.kind}",
            }
        )
    return links


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signed(request: HttpRequest, reference: str, code: str, language: str) -> HttpResponse:
    """The scan of a paper of ours, signed: one file, one button."""
    file, kind = file_or_404(request, reference), paper_kind(code)
    if kind is None or language not in LANGUAGES:
        raise Http404("no such paper")
    check(request.user, "projects.edit", file.project)
    check(request.user, "vault.edit", file.project)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SignedForm(*sent, kind=kind.vault)
    if request.method == "POST" and form.is_valid():
        kept = keep_or_tell(
            form,
            lambda: keep_signed(
                file=file, kind=kind, language=language, signed_on=form.cleaned_data["issued_on"],
                upload=upload_in(form), actor=request.user, at=timezone.now(),
            ),
        )  # fmt: skip
        if kept is not None:
            messages.success(request, _("La copie signée est dans le coffre."))
            return redirect("web:founding_papers", reference)
    context = frame(request, file.project, form=form, name=said(kind, ""))
    return render(request, "founding/signed.html", context, status=UNACCEPTABLE if form.errors else 200)
