"""Lending a paper to an outside reader, and the page that reader opens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import check, get_visible_or_404, visible
from bpc.portal.vault import sharing
from bpc.portal.vault.actions import PaperGone
from bpc.portal.vault.models import ShareLink, VaultDocument
from bpc.portal.vault.papers import name_of
from bpc.portal.web.vault.answers import file_answer
from bpc.portal.web.vault.forms import ShareForm
from bpc.portal.web.vault.reading import UNACCEPTABLE, frame, paper_or_404


@dataclass(frozen=True, slots=True)
class ToldLink:
    """A link and when its paper was downloaded."""

    row: ShareLink
    runs: bool
    downloads: list[datetime]


def told_links(person: Any, paper: VaultDocument, now: datetime) -> list[ToldLink]:
    """The links of a paper that the person may see, the newest first."""
    rows = visible(person, ShareLink).filter(paper=paper).select_related("made_by")
    return [
        ToldLink(
            row,
            row.revoked_at is None and row.expires_at > now,
            [download.at for download in row.downloads.all()],
        )
        for row in rows.prefetch_related("downloads")
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_share(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Make a link; its address is shown once, now."""
    paper = paper_or_404(request, reference, pk)
    check(request.user, "vault.edit", paper)
    form = ShareForm(request.POST or None)
    context = frame(request, paper.project, paper=paper, name=name_of(paper), form=form)
    if request.method == "POST" and form.is_valid():
        lent = _lent(request, paper, form)
        if lent is not None:
            address = request.build_absolute_uri(reverse("web:shared_paper", args=[lent.secret]))
            context |= {"link": lent.link, "address": address}
            return render(request, "vault/shared.html", context)
    status = UNACCEPTABLE if form.errors else 200
    return render(request, "vault/paper_share.html", context, status=status)


def _lent(request: HttpRequest, paper: VaultDocument, form: ShareForm) -> sharing.Lent | None:
    said = form.cleaned_data
    try:
        return sharing.share_paper(
            paper=paper, reader=said["reader"], days=said["days"], actor=request.user, at=timezone.now()
        )
    except PaperGone:
        form.add_error(None, _("Cette pièce vient d’être remplacée ou effacée par une autre personne."))
    except sharing.TooManyLinks:
        form.add_error(None, _("Cette pièce a déjà 10 liens ouverts. Fermez-en un d’abord."))
    return None


@require_POST
def link_revoke(request: HttpRequest, reference: str, pk: int, link: int) -> HttpResponse:
    """End a link now."""
    paper = paper_or_404(request, reference, pk)
    row = get_visible_or_404(request.user, ShareLink, pk=link, paper=paper)
    sharing.revoke_link(link=row, actor=request.user, at=timezone.now())
    messages.success(request, _("Le lien est fermé : il n’ouvre plus rien."))
    return redirect("web:paper", reference, pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared_paper(request: HttpRequest, secret: str) -> HttpResponseBase:
    """One paper for who holds its address. Looking takes nothing: machines that preview links download no paper."""
    now = timezone.now()
    link = sharing.opened_link(secret, now)
    if link is None:
        return _kept_secret(render(request, "vault/link_ended.html", status=404))
    if request.method == "POST":
        stored, name = link.paper.file.storage, str(link.paper.file.name)
        if stored.exists(name) and sharing.note_download(link=link, at=now):
            return _kept_secret(file_answer(link.paper))
        return _kept_secret(render(request, "vault/link_ended.html", status=404))
    context = {"link": link, "paper": link.paper, "name": name_of(link.paper)}
    return _kept_secret(render(request, "vault/shared_paper.html", context))


def _kept_secret(response: HttpResponseBase) -> HttpResponseBase:
    """The address goes no further: told to no other site, listed by no search engine."""
    # not "no-referrer": browsers would then send the form with the origin "null", which is refused as forged
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
