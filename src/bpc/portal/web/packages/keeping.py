"""Pages of those who keep packages: the list, a file put in, what is written of it, published, withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.packages import actions
from bpc.portal.packages.models import Package
from bpc.portal.packages.queries import kept_packages
from bpc.portal.packages.refusals import RefusedPackage
from bpc.portal.packages.states import PackageState
from bpc.portal.web.packages.forms import PackageFileForm, WordsForm, words_of
from bpc.portal.web.packages.words import refusal_words, title_of

_PER_PAGE = 20
_UNACCEPTABLE = 422


@never_cache
@require_safe
def packages_kept(request: HttpRequest) -> HttpResponse:
    """Every package, the newest first."""
    page_obj = Paginator(kept_packages(), _PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, title_of(row)) for row in page_obj]
    return render(request, "packages/kept_list.html", {"page_obj": page_obj, "rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def package_new(request: HttpRequest) -> HttpResponse:
    """Put a package in; one that is refused says why beside its field."""
    form = PackageFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = _added(request, form)
        if kept is not None:
            return redirect("web:package_kept", kept.reference)
    status = _UNACCEPTABLE if form.errors else 200
    return render(request, "packages/new.html", {"form": form}, status=status)


def _added(request: HttpRequest, form: PackageFileForm) -> Package | None:
    file = form.cleaned_data["file"]
    try:
        kept = actions.add_package(
            file=file.file, size=file.size, name=file.name, actor=request.user, at=timezone.now()
        )
    except RefusedPackage as refused:
        form.add_error("file", refusal_words(refused))
        return None
    except actions.AlreadyHere as known:
        messages.info(request, _("Ce fichier est déjà ici : le voici."))
        return known.package
    messages.success(request, _("Le module est reçu. Regardez-le, écrivez ce qu’il est, puis publiez-le."))
    return kept


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def package_kept(request: HttpRequest, reference: str) -> HttpResponse:
    """One package: what the judge read in it, what is written of it, what can be done now."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    form = WordsForm(request.POST if request.method == "POST" else None, initial=words_of(row))
    if request.method == "POST" and form.is_valid() and _described(request, row, form):
        return redirect("web:package_kept", reference)
    context = {
        "package": row, "title": title_of(row), "form": form, "report": row.report,
        "unsaid": [str(WordsForm.base_fields[name].label) for name in actions.unsaid(row)],
        "runs": row.runs.count(), "completed": row.runs.exclude(completed_at=None).count(),
    }  # fmt: skip
    return render(request, "packages/kept.html", context, status=_UNACCEPTABLE if form.errors else 200)


def _described(request: HttpRequest, row: Package, form: WordsForm) -> bool:
    try:
        actions.describe_package(package=row, words=form.words(), actor=request.user, at=timezone.now())
    except actions.Unsaid as unsaid:
        for name in unsaid.missing:
            form.add_error(name, _("Ce module est publié : ce champ ne peut pas rester vide."))
        return False
    messages.success(request, _("C’est enregistré."))
    return True


@require_POST
def package_publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Show it to everybody."""
    return _moved(request, reference, actions.publish_package, _("Le module est publié."))


@require_POST
def package_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Show it no more."""
    done = _("Le module est retiré. Ce que les personnes y ont fait reste dans leur espace.")
    return _moved(request, reference, actions.withdraw_package, done)


def _moved(request: HttpRequest, reference: str, act: Any, done: str) -> HttpResponse:
    row = get_visible_or_404(request.user, Package, reference=reference)
    try:
        act(package=row, actor=request.user, at=timezone.now())
    except actions.Unsaid:
        messages.error(request, _("Il manque encore des mots : complétez-les avant de publier."))
    except IllegalMove:
        messages.error(request, _("Une autre personne vient de changer l’état de ce module."))
    else:
        messages.success(request, done)
    return redirect("web:package_kept", reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def package_discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw a draft away, asked once more."""
    row = get_visible_or_404(request.user, Package, reference=reference)
    if row.state != PackageState.DRAFT:
        return redirect("web:package_kept", reference)
    if request.method != "POST":
        return render(request, "packages/discard.html", {"package": row, "title": title_of(row)})
    try:
        actions.discard_package(package=row, actor=request.user, at=timezone.now())
    except actions.NotADraft:
        return redirect("web:package_kept", reference)
    messages.success(request, _("Le brouillon est supprimé."))
    return redirect("web:packages_kept")
