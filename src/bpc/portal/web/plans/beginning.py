"""How a plan begins: from the model of the project, another one, or a page with nothing on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.datasets.model_adaptation import Adaptation
from bpc.portal.blueprints.catalogue import Published, published
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.beginning import UnknownModel, begin_plan, models_for
from bpc.portal.plans.queries import main_plan
from bpc.portal.web.project_models.chosen import recall
from bpc.portal.web.projects.reading import project_or_404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose what to begin from; the button pressed carries the model, or nothing for a blank plan."""
    project = project_or_404(request, reference)
    check(request.user, "projects.fill", project)
    if request.method == "POST":
        try:
            made = begin_plan(
                project=project, slug=request.POST.get("modele", "")[:64], name=_("Notre plan"),
                language=get_language() or "fr", actor=request.user, at=timezone.now(),
                wanted=_wanted(request),
            )  # fmt: skip
        except UnknownModel:
            messages.error(request, _("Ce modèle n’est plus publié : choisissez-en un autre."))
        else:
            return redirect("web:plan_question", project.reference, made.pk, 1)
    there = main_plan(project)
    if there is not None:
        return redirect("web:plan", project.reference, there.pk)
    choice = models_for(project)
    context = {
        "project": project,
        "own": _card(choice.own) if choice.own else None,
        "of_sector": [_card(one) for one in choice.of_sector],
        "others": [_card(one) for one in choice.others],
    }
    return render(request, "plans/begin.html", context)


def _wanted(request: HttpRequest) -> Adaptation | None:
    """What was chosen on the sheet of the model one begins from."""
    model = published(request.POST.get("modele", "")[:64])
    return recall(request.session, model) if model is not None else None


def _card(one: Published) -> dict[str, Any]:
    """What a model is, in the page's language, with what it comes to."""
    language = get_language() or "fr"
    return {
        "slug": one.slug,
        "name": getattr(one.model.name, language, one.model.name_fr),
        "summary": getattr(one.model.summary, language, one.model.summary_fr),
        "members": one.model.members_typical,
        "income": one.headline.get("income_per_member"),
        "investment": one.headline.get("investment"),
        "icon": one.model.sector,
    }
