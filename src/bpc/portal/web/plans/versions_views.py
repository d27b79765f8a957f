"""The versions of a plan: kept with a note, compared in words, put back in place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import check
from bpc.portal.ideas.languages import language_of
from bpc.portal.plans.editing import Conflict, PlanGone
from bpc.portal.plans.figure_words import figure_name
from bpc.portal.plans.keeping import TooManyVersions
from bpc.portal.plans.models import Plan, PlanVersion
from bpc.portal.plans.paths import Document, differences
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.plans.versions import keep_version, restore_version, versions_of
from bpc.portal.web.plans.expert_page import Context, plan_context, plan_or_404, refusal_words
from bpc.portal.web.plans.expert_telling import (
    change_row,
    headline_value,
    known_headline,
    person_name,
    present_figures,
    refusal_rows,
    remember,
)
from bpc.portal.web.plans.expert_views import REFUSED, base_in

_MOST_LETTERS = 200
_REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def plan_versions(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The list, and the form that keeps the plan as it stands."""
    plan = plan_or_404(request, reference, pk)
    if request.method != "POST":
        return _list_page(request, plan)
    check(request.user, "plans.edit", plan)
    note = " ".join(request.POST.get("note", "").split())
    if len(note) > _MOST_LETTERS or (note and not note.isprintable()):
        wrong = _("Écrivez %(most)s lettres au plus.") % {"most": _MOST_LETTERS}
        return _list_page(request, plan, note=note[:1000], wrong=wrong)
    try:
        keep_version(plan=plan, actor=request.user, note=note, language=language_of(note), at=timezone.now())
    except TooManyVersions:
        messages.error(request, _("Ce scénario a toutes les versions qu’il peut garder."))
    except PlanGone:
        raise Http404("gone") from None
    else:
        messages.success(request, _("La version est gardée."))
    return redirect("web:plan_versions", plan.project.reference, plan.pk)


def _list_page(request: HttpRequest, plan: Plan, **more: Any) -> HttpResponse:
    rows = [
        {"version": one, "by": person_name(one.made_by), "figures": known_headline(one)}
        for one in versions_of(plan)
    ]
    context = {**plan_context(request, plan, "versions"), "rows": rows, "now": known_headline(plan), **more}
    return render(request, "plans/versions.html", context, status=_REFUSED if more else 200)


def _version_or_404(plan: Plan, number: int) -> PlanVersion:
    found = plan.versions.select_related("made_by").filter(number=number).first()
    if found is None:
        raise Http404("no such version")
    found.plan = plan
    return found


@require_safe
@never_cache
def plan_version(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    """What changed between a version and the plan of today, or another version (`avec`)."""
    plan = plan_or_404(request, reference, pk)
    version = _version_or_404(plan, number)
    asked = request.GET.get("avec", "")
    other = _version_or_404(plan, int(asked)) if asked.isdecimal() and len(asked) < 9 else None
    after = plan if other is None else other
    context = {
        **plan_context(request, plan, "versions"), "version": version,
        "by": person_name(version.made_by), "other": other,
        "others": [one for one in versions_of(plan) if one.number != number],
        "figures": _figure_rows(version, after),
        "changes": _changes(version.document, after.document),
    }  # fmt: skip
    return render(request, "plans/version.html", context)


def _figure_rows(before: Any, after: Any) -> list[Context]:
    return [
        {"name": figure_name(name), "before": headline_value(name, before.headline.get(name)),
         "after": headline_value(name, after.headline.get(name))}
        for name in present_figures((before, after))
    ]  # fmt: skip


def _changes(before: Document, after: Document) -> list[Context]:
    """Every assumption that differs, in words."""
    old, new = _whole(before), _whole(after)
    return [change_row(one.path, one.old, one.new, old, new) for one in differences(old, new)]


def _whole(document: Document) -> Document:
    stored = reckon_stored(document)
    return dict(document) if stored is None else stored.whole


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def version_restore(request: HttpRequest, reference: str, pk: int, number: int) -> HttpResponse:
    """Asked twice; what stood until now is kept as a version, and the return itself can be taken back."""
    plan = plan_or_404(request, reference, pk)
    check(request.user, "plans.edit", plan)
    version = _version_or_404(plan, number)
    if request.method != "POST":
        return _restore_page(request, plan, version)
    try:
        saved = restore_version(
            version=version, actor=request.user, base_revision=base_in(request, plan), at=timezone.now()
        )
    except Conflict:
        changed = _(
            "Quelqu’un a modifié le plan entre-temps. Relisez ce qui changerait, puis confirmez de nouveau."
        )
        return _restore_page(request, plan, version, failed=changed)
    except InvalidPlan as refusal:
        return _restore_page(request, plan, version, refused=refusal_rows(refusal.problems, version.document))
    except REFUSED as refusal:
        return _restore_page(request, plan, version, failed=refusal_words(refusal))
    remember(request, saved, plan.document)
    messages.success(request, _("Le plan est revenu à la version %(number)s.") % {"number": number})
    return redirect("web:plan_expert", plan.project.reference, plan.pk)


def _restore_page(request: HttpRequest, plan: Plan, version: PlanVersion, **more: Any) -> HttpResponse:
    context = {
        **plan_context(request, plan, "versions"), "version": version, "by": person_name(version.made_by),
        "changes": _changes(plan.document, version.document), **more,
    }  # fmt: skip
    return render(request, "plans/version_restore.html", context, status=_REFUSED if more else 200)
