"""Remarks on assumptions: a thread for each, and a page of all that are open, for the advisor above all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.core.plan.problems import InvalidPlan
from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.ideas.languages import language_of
from bpc.portal.plans.comments import (
    TooManyComments,
    comment_assumption,
    comments_of,
    reopen_comment,
    resolve_comment,
    withdraw_comment,
)
from bpc.portal.plans.editing import PlanGone
from bpc.portal.plans.models import AssumptionComment, Plan
from bpc.portal.plans.path_words import words_of
from bpc.portal.plans.paths import MISSING, split_path, value_of
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.web.plans.expert_page import Context, plan_context, plan_or_404, whole_of
from bpc.portal.web.plans.expert_telling import field_url, person_name, value_words

_MOST_LETTERS = 1000
_REFUSED = 422
_ACTS = {"resolve": resolve_comment, "reopen": reopen_comment, "withdraw": withdraw_comment}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def plan_remarks(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """All open remarks; with `sujet`, every remark on one assumption. One more is sent here."""
    plan = plan_or_404(request, reference, pk)
    if request.method != "POST":
        return _page(request, plan, subject_in(request.GET.get("sujet")))
    check(request.user, "plans.comment", plan)
    subject, text = subject_in(request.POST.get("sujet")), request.POST.get("text", "").replace("\r\n", "\n")
    if "\x00" in text or not 0 < len(text.strip()) <= _MOST_LETTERS:
        wrong = _("Écrivez votre remarque, en %(most)s lettres au plus.") % {"most": _MOST_LETTERS}
        return _page(request, plan, subject, wrong=wrong, typed=text[:5000])
    try:
        comment_assumption(
            plan=plan,
            path=subject or "",
            text=text,
            language=language_of(text),
            actor=request.user,
            at=timezone.now(),
        )
    except TooManyComments:
        wrong = _("Trop de remarques en peu de temps, ou sur ce plan : attendez, ou closez-en.")
        return _page(request, plan, subject, wrong=wrong, typed=text)
    except PlanGone:
        raise Http404("gone") from None
    messages.success(request, _("Votre remarque est ajoutée : tout le groupe la voit."))
    return redirect(_address(plan, subject))


def subject_in(text: str | None) -> str | None:
    """The assumption the address names, None for all. Raises Http404 for what is no path."""
    if not text:
        return None
    try:
        split_path(text)
    except InvalidPlan:
        raise Http404("no such assumption") from None
    return text


def _address(plan: Plan, subject: str | None) -> str:
    page = reverse("web:plan_remarks", args=[plan.project.reference, plan.pk])
    return f"{page}?{urlencode({'sujet': subject})}" if subject else page


def _page(request: HttpRequest, plan: Plan, subject: str | None, **more: Any) -> HttpResponse:
    whole = whole_of(plan, reckon_stored(plan.document))
    found = comments_of(plan).filter(path=subject) if subject else comments_of(plan).filter(resolved_at=None)
    context = plan_context(request, plan, "remarks")
    threads: dict[str, Context] = {}
    for comment in found:
        comment.plan = plan
        thread = threads.setdefault(comment.path, _thread(plan, comment.path, whole))
        thread["comments"].append(_row(request, comment, context))
    if subject:
        threads.setdefault(subject, _thread(plan, subject, whole))
    context |= {
        "threads": list(threads.values()), "subject": subject or "",
        "what": words_of(subject, whole) if subject else "", **more,
    }  # fmt: skip
    return render(request, "plans/remarks.html", context, status=_REFUSED if more else 200)


def _thread(plan: Plan, path: str, whole: Any) -> Context:
    value = value_of(whole, path.split(".")) if path else MISSING
    leaf = value is not MISSING and (not isinstance(value, dict) or "mode" in value)
    return {
        "what": words_of(path, whole), "path": path, "comments": [], "address": _address(plan, path or None),
        "value": value_words(path, value, whole) if leaf else "", "gone": bool(path) and value is MISSING,
        "url": field_url(plan, path) if path else "",
    }  # fmt: skip


def _row(request: HttpRequest, comment: AssumptionComment, context: Context) -> Context:
    """A remark. Who may close it is the rule of `plans.settle_comment`, asked once for all of them."""
    own = comment.author_id == request.user.pk
    return {
        "comment": comment,
        "by": person_name(comment.author),
        "settler": person_name(comment.resolved_by) if comment.resolved_at else "",
        "settles": context["edits"] or (own and context["may_comment"]),
        "own": own,
    }


@require_POST
@never_cache
def plan_remark(request: HttpRequest, reference: str, pk: int, remark: int) -> HttpResponse:
    """Close a remark, take it up again, or erase one's own."""
    plan = plan_or_404(request, reference, pk)
    rows = AssumptionComment.objects.filter(plan=plan).select_related("plan__project")
    comment = get_visible_or_404(request.user, rows, pk=remark)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise PermissionDenied("no such act")
    subject = comment.path if request.POST.get("sujet") else None
    try:
        act(comment=comment, actor=request.user, at=timezone.now())
    except PlanGone:
        raise Http404("gone") from None
    return redirect(_address(plan, subject))
