"""What is done to a model as a whole: a draft opened or thrown away, published, retired, brought back, copied."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.core.plan.problems import InvalidPlan
from bpc.datasets.project_models import InvalidModel
from bpc.portal.blueprints import actions
from bpc.portal.blueprints.headlines import appraise_content
from bpc.portal.blueprints.models import BlueprintVersion
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.versions import NothingNew, StaleDraft
from bpc.portal.web.blueprints.differences import told_differences
from bpc.portal.web.blueprints.forms import CopyForm, PublishForm, RetireForm
from bpc.portal.web.blueprints.indicators import compared, findings
from bpc.portal.web.blueprints.reading import blueprint_or_404, draft_of, name_of, shown_version
from bpc.portal.web.blueprints.sections import SECTIONS

_UNACCEPTABLE = 422
_ALL_METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_POST
def open_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The first section of the draft, begun if there is none."""
    row = blueprint_or_404(request, slug)
    actions.start_draft(blueprint=row, actor=request.user, at=timezone.now())
    return redirect("web:blueprint_edit", slug, SECTIONS[0].slug)


@never_cache
@require_http_methods(_ALL_METHODS)
def discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away, asked once more."""
    row = blueprint_or_404(request, slug)
    draft = draft_of(row)
    if draft is None:
        return redirect("web:blueprint", slug)
    if request.method != "POST":
        context = {
            "blueprint": row,
            "draft": draft,
            "name": name_of(draft),
            "only": row.versions.count() == 1,
        }
        return render(request, "blueprints/discard.html", context)
    only = row.versions.count() == 1
    actions.discard_draft(draft=draft, actor=request.user, at=timezone.now())
    messages.success(request, _("Le brouillon est abandonné."))
    return redirect("web:blueprints") if only else redirect("web:blueprint", slug)


@never_cache
@require_http_methods(_ALL_METHODS)
def publish_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes and what it does, then the note and the will to publish."""
    row = blueprint_or_404(request, slug)
    draft = draft_of(row)
    if draft is None:
        return redirect("web:blueprint", slug)
    posted = request.POST if request.method == "POST" else None
    form = PublishForm(posted, initial={"revision": draft.revision})
    if posted is not None and form.is_valid() and _published(request, draft, form):
        messages.success(request, _("La nouvelle version est publiée."))
        return redirect("web:blueprint", slug)
    shown = shown_version(row)
    appraisal = appraise_content(draft.content)
    context = {
        "blueprint": row,
        "draft": draft,
        "name": name_of(draft),
        "form": form,
        "changes": told_differences(shown.content, draft.content) if shown else [],
        "shown": shown,
        "indicators": compared(shown.headline if shown else None, draft.headline),
        "findings": findings(appraisal),
    }
    return render(request, "blueprints/publish.html", context, status=_UNACCEPTABLE if form.errors else 200)


def _published(request: HttpRequest, draft: BlueprintVersion, form: PublishForm) -> bool:
    """Publish, or say on the form why not."""
    data: dict[str, Any] = form.cleaned_data
    try:
        actions.publish(
            draft=draft, revision=data["revision"], note=data["note"], actor=request.user, at=timezone.now()
        )
    except StaleDraft:
        form.add_error(
            None, _("Le brouillon a changé pendant ce temps : relisez, puis ouvrez de nouveau cette page.")
        )
    except NothingNew:
        form.add_error(None, _("Ce brouillon dit la même chose que la version publiée."))
    except IllegalMove:
        form.add_error(None, _("Ce modèle est retiré : remettez-le d’abord sur le site."))
    except InvalidModel:
        form.add_error(None, _("Une information manque ou n’est plus possible : reprenez les sections."))
    except InvalidPlan:
        form.add_error(
            None, _("Le plan de ce modèle a une erreur, dite ci-dessous : corrigez-la avant de publier.")
        )
    else:
        return True
    return False


@never_cache
@require_http_methods(_ALL_METHODS)
def retire_blueprint(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the model off the site, with the reason."""
    row = blueprint_or_404(request, slug)
    shown = shown_version(row)
    if shown is None or row.retired_at is not None:
        return redirect("web:blueprint", slug)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.retire(blueprint=row, reason=reason, actor=request.user, at=timezone.now())
        messages.success(request, _("Le modèle est retiré du site. Les projets qui l’ont adopté le gardent."))
        return redirect("web:blueprint", slug)
    context = {"blueprint": row, "name": name_of(shown), "form": form}
    return render(request, "blueprints/retire.html", context, status=_UNACCEPTABLE if form.errors else 200)


@never_cache
@require_POST
def bring_back_blueprint(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a retired model back, as it was."""
    row = blueprint_or_404(request, slug)
    try:
        actions.bring_back(blueprint=row, actor=request.user, at=timezone.now())
    except IllegalMove:  # another did it already: what was asked is so
        pass
    else:
        messages.success(request, _("Le modèle est de nouveau sur le site."))
    return redirect("web:blueprint", slug)


@never_cache
@require_http_methods(_ALL_METHODS)
def copy(request: HttpRequest, slug: str) -> HttpResponse:
    """A new model that begins as this one."""
    row = blueprint_or_404(request, slug)
    source = shown_version(row) or draft_of(row)
    form = CopyForm(request.POST if request.method == "POST" else None, initial={"slug": f"{slug}-2"})
    if source is not None and request.method == "POST" and form.is_valid():
        name = form.cleaned_data["slug"]
        try:
            actions.duplicate(source=source, slug=name, actor=request.user, at=timezone.now())
        except actions.SlugTaken:
            form.add_error("slug", _("Un modèle porte déjà ce nom."))
        else:
            messages.success(request, _("La copie est un brouillon : le public ne la voit pas encore."))
            return redirect("web:blueprint_edit", name, SECTIONS[0].slug)
    context = {"blueprint": row, "name": name_of(source) if source else slug, "form": form}
    return render(request, "blueprints/copy.html", context, status=_UNACCEPTABLE if form.errors else 200)
