"""The expert side of a plan: every assumption, saved at each change, nobody's work lost."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import check
from bpc.portal.plans.editing import (
    Conflict,
    NothingToUndo,
    PlanGone,
    Saved,
    TooManySaves,
    UnknownRevision,
    edit_assumptions,
    undo_last,
)
from bpc.portal.plans.models import Plan
from bpc.portal.plans.paths import MISSING, Document, value_at
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.web.plans.expert_additions import as_new, read_addition, removal_of
from bpc.portal.web.plans.expert_groups import FIRST, GROUPS, Group, family_of, page_of, part_fields
from bpc.portal.web.plans.expert_page import (
    Context,
    conflict_said,
    group_context,
    group_or_404,
    plan_or_404,
    refusal_words,
    whole_of,
)
from bpc.portal.web.plans.expert_records import Place, places_of, plain_at
from bpc.portal.web.plans.expert_saving import Outcome, Typed, read_form, save_typed, was_after
from bpc.portal.web.plans.expert_telling import recall, refusal_rows, remember, saved_now
from bpc.portal.web.plans.expert_values import texts_of

UNACCEPTABLE = 422
REFUSED = (UnknownRevision, TooManySaves, PlanGone)
_MOST_WANTED = 200_000  # letters of the changes that wait for a choice


def base_in(request: HttpRequest, plan: Plan) -> int:
    """The revision the page was made at; one that never was when the form does not say."""
    text = request.POST.get("_revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else plan.revision + 1


def sent_in(request: HttpRequest) -> dict[str, str]:
    """What was sent, one text a name: several ticked boxes are lines of one text."""
    post = request.POST
    return {
        name: "\n".join(one for one in post.getlist(name) if one) if name.endswith(".items") else post[name]
        for name in post
    }


def editable(request: HttpRequest, reference: str, pk: int) -> tuple[Plan, Document]:
    """A plan the person may change, and its assumptions."""
    plan = plan_or_404(request, reference, pk)
    check(request.user, "plans.edit", plan)
    return plan, whole_of(plan, reckon_stored(plan.document))


@require_safe
@never_cache
def plan_expert(request: HttpRequest, reference: str, pk: int, group: str = FIRST) -> HttpResponse:
    """One group of assumptions, all its fields."""
    plan = plan_or_404(request, reference, pk)
    return _page(request, plan, group_or_404(group), recall(request, plan), status=200)


@require_POST
@never_cache
def expert_save(request: HttpRequest, reference: str, pk: int, group: str) -> HttpResponse:
    """One form of the page: an item, or a part of the plan."""
    plan, whole = editable(request, reference, pk)
    page, record = group_or_404(group), request.POST.get("_record", "")[:200]
    places = _places(page, record, whole)
    if places is None:
        gone = _("Cet élément n’est plus dans le plan : rechargez la page.")
        return _answer(request, plan, page, {"failed": gone}, None, "")
    typed = read_form(places, sent_in(request), record, whole)
    try:
        outcome = save_typed(
            plan=plan, actor=request.user, base=base_in(request, plan), typed=typed, at=timezone.now()
        )
    except Conflict as conflict:
        said = conflict_said(conflict, typed.changes, whole)
        return _answer(request, plan, page, said, _nothing(typed), record)
    except REFUSED as refusal:
        return _answer(request, plan, page, {"failed": refusal_words(refusal)}, _nothing(typed), record)
    if not (request.htmx or outcome.problems):  # type: ignore[attr-defined]
        return _shown_again(request, plan, outcome.saved, whole, page.slug)
    said = saved_now(outcome.saved, whole) if outcome.saved else {}
    return _answer(request, outcome.saved.plan if outcome.saved else plan, page, said, outcome, record)


def _nothing(typed: Typed) -> Outcome:
    return Outcome(typed, None, (), frozenset())


def _places(page: Group, record: str, whole: Document) -> list[Place] | None:
    """The fields of the form that was sent; None when the page has no such form."""
    if record in page.parts:
        return list(places_of(part_fields(page, record), record, whole))
    holder, _dot, item = record.rpartition(".")
    family = next((one for one in page.families if one.path == holder), None)
    if family is None or not any(one["id"] == item for one in plain_at(whole, holder) or ()):
        return None
    return list(places_of(family.fields, record, whole))


def _answer(
    request: HttpRequest, plan: Plan, page: Group, said: Context, outcome: Outcome | None, record: str
) -> HttpResponse:
    """The whole page with what was typed; to htmx only what changes on it."""
    if not request.htmx:  # type: ignore[attr-defined]
        return _page(request, plan, page, said, outcome, record)
    context = group_context(request, plan, page, said, outcome, record)
    shown = next((one for one in context["records"] if outcome and one.path == record), None)
    if shown is not None and outcome is not None:
        shown.was = was_after(outcome, record, sent_in(request))
    return render(request, "plans/_expert_answer.html", {**context, "record": shown})


def _page(
    request: HttpRequest, plan: Plan, page: Group, said: Context, outcome: Outcome | None = None,
    record: str = "", *, status: int = UNACCEPTABLE,
) -> HttpResponse:  # fmt: skip
    context = group_context(request, plan, page, said, outcome, record)
    return render(request, "plans/expert.html", context, status=status)


def _shown_again(
    request: HttpRequest, plan: Plan, saved: Saved | None, whole: Document, slug: str
) -> HttpResponse:
    """Back to a page of assumptions, which says what moved."""
    if saved is not None:
        remember(request, saved, whole)
    answer = redirect("web:plan_expert_group", plan.project.reference, plan.pk, slug)
    answer["Location"] += "#plan-state"
    return answer


@require_POST
@never_cache
def expert_choose(request: HttpRequest, reference: str, pk: int, group: str) -> HttpResponse:
    """After a conflict: which value of each assumption is kept; what nobody else touched is saved as typed."""
    plan, whole = editable(request, reference, pk)
    page = group_or_404(group)
    changes, clashes = wanted_in(request)
    for number, path in enumerate(clashes):
        if request.POST.get(f"choice-{number}") != "yours":
            changes.pop(path, None)
    if not changes:
        messages.info(request, _("Rien n’a été remplacé : les valeurs de l’autre personne sont gardées."))
        return _shown_again(request, plan, None, whole, page.slug)
    base = base_in(request, plan)
    try:
        saved = edit_assumptions(
            plan=plan, actor=request.user, base_revision=base, changes=changes, at=timezone.now()
        )
    except Conflict as conflict:
        return _page(request, plan, page, conflict_said(conflict, changes, whole))
    except InvalidPlan as refusal:
        typed = typed_again(page, changes, whole)
        return _page(request, plan, page, {}, Outcome(typed, None, tuple(refusal.problems), frozenset()))
    except REFUSED as refusal:
        return _page(request, plan, page, {"failed": refusal_words(refusal)})
    return _shown_again(request, plan, saved, whole, page.slug)


def typed_again(page: Group, changes: dict[str, Any], whole: Document) -> Typed:
    """Changes that could not be saved, back in their boxes."""
    records = [
        *((part, part_fields(page, part)) for part in page.parts),
        *(
            (f"{family.path}.{item['id']}", family.fields)
            for family in page.families
            for item in plain_at(whole, family.path) or ()
        ),
    ]
    places = [place for path, fields in records for place in places_of(fields, path, whole)]
    found = {place.path: place for place in places if place.path in changes}
    return Typed({path: texts_of(place.field, path, changes[path]) for path, place in found.items()})


def wanted_in(request: HttpRequest) -> tuple[dict[str, Any], list[str]]:
    """The changes that waited for a choice, untrusted; empty when they cannot be read."""
    text = request.POST.get("_wanted", "")
    try:
        found = json.loads(text) if len(text) <= _MOST_WANTED else {}
    except (ValueError, RecursionError):
        return {}, []
    changes = found.get("changes") if isinstance(found, dict) else None
    clashes = found.get("clashes") if isinstance(found, dict) else None
    if not isinstance(changes, dict) or not isinstance(clashes, list):
        return {}, []
    return changes, [path for path in clashes if isinstance(path, str)]


@require_POST
@never_cache
def expert_add(request: HttpRequest, reference: str, pk: int, group: str) -> HttpResponse:
    """One more item in a family of the page."""
    plan, whole = editable(request, reference, pk)
    page = group_or_404(group)
    family = next((one for one in page.families if one.path == request.POST.get("_family")), None)
    if family is None:
        raise Http404("no such family")
    typed = read_addition(family, request.POST.dict())
    try:
        outcome = save_typed(
            plan=plan, actor=request.user, base=base_in(request, plan), typed=typed, at=timezone.now()
        )
    except (*REFUSED, Conflict) as refusal:
        return _page(request, plan, page, {"failed": refusal_words(refusal)}, _nothing(typed))
    if outcome.problems:
        wrong = as_new(outcome.problems, family, whole)
        return _page(request, plan, page, {}, Outcome(typed, None, tuple(wrong), frozenset()))
    messages.success(request, _("C’est ajouté. Complétez la ligne si besoin."))
    return _shown_again(request, plan, outcome.saved, whole, page.slug)


@require_POST
@never_cache
def expert_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take out an item, or a part nobody must fill; it can be taken back."""
    plan, whole = editable(request, reference, pk)
    path = request.POST.get("path", "")[:200]
    holder = path.rpartition(".")[0]
    page = GROUPS[page_of(path)]
    if family_of(holder) is None and path not in {"overdraft", "opening", "without_project", "beneficiaries"}:
        raise Http404("nothing to take out")
    try:
        if value_at(whole, path) in (MISSING, None):
            return _shown_again(request, plan, None, whole, page.slug)
        saved = edit_assumptions(
            plan=plan, actor=request.user, base_revision=base_in(request, plan),
            changes=removal_of(path, whole), at=timezone.now(),
        )  # fmt: skip
    except Conflict as conflict:
        return _page(request, plan, page, conflict_said(conflict, removal_of(path, whole), whole))
    except InvalidPlan as refusal:
        return _page(request, plan, page, {"refused": refusal_rows(refusal.problems, whole)})
    except REFUSED as refusal:
        return _page(request, plan, page, {"failed": refusal_words(refusal)})
    messages.success(request, _("C’est retiré. « Annuler ma dernière modification » le remet."))
    return _shown_again(request, plan, saved, whole, page.slug)


@require_POST
@never_cache
def expert_undo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take back one's own last change."""
    plan, whole = editable(request, reference, pk)
    page = GROUPS.get(request.POST.get("group", ""), GROUPS[FIRST])
    try:
        saved = undo_last(plan=plan, actor=request.user, at=timezone.now())
    except NothingToUndo:
        messages.info(request, _("Vous n’avez rien à annuler."))
        return _shown_again(request, plan, None, whole, page.slug)
    except Conflict as conflict:
        changes = {clash.path: clash.yours for clash in conflict.clashes}
        return _page(request, plan, page, conflict_said(conflict, changes, whole))
    except InvalidPlan as refusal:
        return _page(request, plan, page, {"refused": refusal_rows(refusal.problems, whole)})
    except REFUSED as refusal:
        return _page(request, plan, page, {"failed": refusal_words(refusal)})
    messages.success(request, _("Votre dernière modification est annulée."))
    return _shown_again(request, plan, saved, whole, page.slug)
