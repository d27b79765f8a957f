"""The list of models, the sheet of one, and its plan as a file."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.core.plan.document import parse_plan
from bpc.core.plan.problems import InvalidPlan
from bpc.datasets.model_adaptation import adapted_plan
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.blueprints.catalogue import GENERATION, Published, catalogue, published
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.web.funding.sheet_section import funding_section
from bpc.portal.web.project_models.adaptation_form import AdaptationForm
from bpc.portal.web.project_models.cards import cards
from bpc.portal.web.project_models.chosen import carried
from bpc.portal.web.project_models.list_form import ModelFilter
from bpc.portal.web.project_models.sheet_context import model_result, place_context, sheet_context


@require_safe
@kept_for_strangers(GENERATION, "reference")
def models(request: HttpRequest) -> HttpResponse:
    """Every published model: filtered, sorted, searched; everything in the address."""
    known = catalogue()
    form = ModelFilter(request.GET, known)
    context = {"form": form, "entries": cards(form.chosen(known))}
    return _whole_or_part(request, "project_models/models.html", "project_models/_models.html", context)


@require_safe
@kept_for_strangers(GENERATION, "reference", "resources", "funding")
def model(request: HttpRequest, slug: str) -> HttpResponse:
    """One model with its plan, adapted to what the address says."""
    entry = published_or_404(slug)
    form = AdaptationForm(request.GET, entry.model)
    context = {
        "form": form,
        "entry": entry,
        "model": entry.model,
        "plan_url": f"{reverse('web:model_plan', args=[slug])}?{request.GET.urlencode()}",
        "begin_url": f"{reverse('web:project_new')}?modele={slug}&{carried(request.GET)}".rstrip("&"),
        **place_context(entry.model, form.place),
    }
    try:
        context["result"] = model_result(entry.model, form)
    except InvalidPlan:
        context["result"] = None
    if _is_part(request):
        return _whole_or_part(request, "", "project_models/_result.html", context)
    context |= sheet_context(entry)
    context |= funding_section(form.place.code if form.place else "MA", entry.model.sector)
    return _whole_or_part(request, "project_models/model.html", "", context)


@require_safe
@kept_for_strangers(GENERATION, "reference")
def model_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan of the adapted model as a document that the engine, the API and the command read."""
    entry = published_or_404(slug)
    form = AdaptationForm(request.GET, entry.model)
    document = adapted_plan(
        entry.model.model_dump(mode="json"), plan_rules(), form.adaptation, get_language() or "fr"
    )
    parse_plan(document)
    headers = {"Content-Disposition": f'attachment; filename="plan-{slug}.json"'}
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers)


def published_or_404(slug: str) -> Published:
    """The model now published under this slug."""
    entry = published(slug)
    if entry is None:
        raise Http404(_("Aucun modèle publié ne porte ce nom."))
    return entry


def _is_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")


def _whole_or_part(request: HttpRequest, whole: str, part: str, context: dict[str, object]) -> HttpResponse:
    response = render(request, part if _is_part(request) else whole, context)
    patch_vary_headers(response, ("HX-Request",))
    return response
