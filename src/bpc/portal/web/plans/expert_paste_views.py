"""Pasting a table from a spreadsheet: seen before it is saved, saved all or nothing, and it can be taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.editing import Conflict, edit_assumptions
from bpc.portal.plans.field_names import FIELDS
from bpc.portal.plans.models import Plan
from bpc.portal.plans.reckoning import reckon_stored, what_moved
from bpc.portal.web.plans.expert_groups import Family, Group
from bpc.portal.web.plans.expert_page import group_or_404, plan_context, plan_or_404, refusal_words, whole_of
from bpc.portal.web.plans.expert_paste import MOST_LETTERS, Pasted, read_paste
from bpc.portal.web.plans.expert_telling import clash_rows, moved_rows, refusal_rows, remember
from bpc.portal.web.plans.expert_views import REFUSED, base_in

_UNACCEPTABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def plan_paste(request: HttpRequest, reference: str, pk: int, group: str) -> HttpResponse:
    """The box, then what would change, then the save."""
    plan, page = plan_or_404(request, reference, pk), group_or_404(group)
    check(request.user, "plans.edit", plan)
    source = request.POST if request.method == "POST" else request.GET
    asked = source.get("table", page.families[0].path if page.families else "")
    family = next((one for one in page.families if one.path == asked), None)
    if family is None:
        raise Http404("no such table")
    if request.method != "POST":
        return _page(request, plan, page, family, "")
    text = request.POST.get("text", "")[: MOST_LETTERS + 1]
    stored = reckon_stored(plan.document)
    whole = whole_of(plan, stored)
    pasted = read_paste(text, family, whole, plan.document)
    moved = []
    if pasted.reckoning is not None:
        moved = moved_rows(what_moved(stored, pasted.reckoning), pasted.reckoning)
    if pasted.faulty or "confirm" not in request.POST or not pasted.changes:
        return _page(request, plan, page, family, text, pasted=pasted, moved=moved)
    return _save(request, plan, page, family, text, pasted)


def _save(
    request: HttpRequest, plan: Plan, page: Group, family: Family, text: str, pasted: Pasted
) -> HttpResponse:
    whole = whole_of(plan, reckon_stored(plan.document))
    try:
        saved = edit_assumptions(
            plan=plan, actor=request.user, base_revision=base_in(request, plan),
            changes=pasted.changes, at=timezone.now(),
        )  # fmt: skip
    except Conflict as conflict:
        pasted.errors.append(
            _(
                "Quelqu’un a modifié ces lignes entre-temps. Relisez ce qui changerait, puis confirmez de nouveau."
            )
        )
        pasted.errors += [
            f"{one['what']} : {one['theirs']} ({one['by']})" for one in clash_rows(conflict, whole)
        ]
        return _page(request, plan, page, family, text, pasted=pasted)
    except InvalidPlan as refusal:
        pasted.errors += [
            f"{one['where']} — {one['sentence']}" for one in refusal_rows(refusal.problems, whole)
        ]
        return _page(request, plan, page, family, text, pasted=pasted)
    except REFUSED as refusal:
        pasted.errors.append(refusal_words(refusal))
        return _page(request, plan, page, family, text, pasted=pasted)
    remember(request, saved, whole)
    messages.success(request, _("Le tableau est enregistré. « Annuler ma dernière modification » le retire."))
    answer = redirect("web:plan_expert_group", plan.project.reference, plan.pk, page.slug)
    answer["Location"] += "#plan-state"
    return answer


def _page(
    request: HttpRequest, plan: Plan, page: Group, family: Family, text: str, **more: Any
) -> HttpResponse:
    pasted: Pasted | None = more.get("pasted")
    context = {
        **plan_context(request, plan, "expert"), "group": page, "family": family, "text": text,
        "title": str(FIELDS[family.path].words),
        "heads": [one.words for name in family.columns for one in family.fields if one.name == name],
        "most": MOST_LETTERS, **more,
    }  # fmt: skip
    bad = pasted is not None and (pasted.faulty or not pasted.changes)
    return render(request, "plans/paste.html", context, status=_UNACCEPTABLE if bad else 200)
