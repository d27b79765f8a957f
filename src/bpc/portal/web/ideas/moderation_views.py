"""The desk of the moderators: delegates for their region, administrators for the nation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas import moderation
from bpc.portal.ideas.discussion import grouped_ideas
from bpc.portal.ideas.models import Comment, Idea, Report
from bpc.portal.ideas.moderation_queue import alike, open_reports, queue, waiting_days
from bpc.portal.ideas.states import CommentState
from bpc.portal.ideas.timeline import moderator_timeline
from bpc.portal.web.ideas.moderation_forms import HideForm, MoveForm, QueueForm, ReportForm
from bpc.portal.web.ideas.moderation_steps import STEPS, explain, perform, possible_steps

PER_PAGE = 25
_WHOLE = ("commune", "province", "region", "sector", "organisation", "author", "merged_into")


def moderation_queue(request: HttpRequest) -> HttpResponse:
    """Ideas to read, the longest waiting first."""
    now = timezone.now()
    form = QueueForm(request.GET, person=request.user)
    page = Paginator(queue(request.user, form.chosen(), now), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"idea": idea, "days": waiting_days(idea, now)} for idea in page]
    context = {
        "form": form,
        "page_obj": page,
        "rows": rows,
        "is_filtered": bool(request.GET.keys() - {"page"}),
        "report_count": open_reports(request.user).count(),
    }
    return render(request, "ideas/moderation.html", context)


def moderation_idea(request: HttpRequest, reference: str) -> HttpResponse:
    """One idea whole, with everything that helps decide, and the moves."""
    return _desk(request, _moderated(request, reference))


def moderation_move(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """POST one move. A refusal shows the page as it now is, with what was typed."""
    idea = _moderated(request, reference)
    if step not in STEPS:
        raise Http404(step)
    if request.method != "POST":
        return redirect("web:moderation_idea", idea.reference)
    form = STEPS[step].form(request.POST, idea=idea, person=request.user, name=step)
    if not form.is_valid():
        return _desk(request, idea, failed={step: form}, status=422)
    try:
        refusal = perform(step, form, actor=request.user, at=timezone.now())
    except PermissionDenied:  # the idea that groups is of another region; this one's right was checked above
        form.add_error(
            "into", _("Cette idée est d’une autre région : demandez à l’administration nationale.")
        )
        return _desk(request, idea, failed={step: form}, status=422)
    if refusal is not None:
        now = _moderated(request, reference)
        form.add_error(None, explain(refusal, now))
        return _desk(request, now, failed={step: form}, status=409)
    messages.success(request, f"{idea.reference} · {STEPS[step].done}")
    return redirect("web:moderation")


def moderation_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """POST shows how to reach the author; the trail remembers who looked."""
    idea = _moderated(request, reference)
    if request.method != "POST":
        return redirect("web:moderation_idea", idea.reference)
    contact = moderation.read_contact(idea=idea, actor=request.user, at=timezone.now())
    return _desk(request, idea, contact=contact)


def moderation_reports(request: HttpRequest) -> HttpResponse:
    """Reports nobody answered yet, oldest first."""
    page = Paginator(open_reports(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ideas/moderation_reports.html", {"page_obj": page})


def moderation_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what was said of what, and the decision."""
    rows = Report.objects.select_related(
        "idea__author", "idea__commune", "comment__author", "reporter", "closed_by"
    )
    report = get_visible_or_404(request.user, rows, pk=pk)
    check(request.user, "ideas.moderate", report.idea)
    form = ReportForm(request.POST if request.method == "POST" else None, report=report, person=request.user)
    if form.is_valid():
        try:
            moderation.close_report(report=report, actor=request.user, at=timezone.now(), **form.arguments())
        except moderation.AlreadyClosed:
            report.refresh_from_db()
            form.add_error(None, _("Quelqu’un a répondu à ce signalement avant vous."))
        except IllegalMove:
            form.add_error(None, _("L’idée n’est plus en ligne : gardez le texte tel qu’il est."))
        else:
            messages.success(request, _("Le signalement est clos ; la personne qui l’a envoyé est prévenue."))
            return redirect("web:moderation_reports")
    context = {"report": report, "form": form}
    return render(request, "ideas/moderation_report.html", context, status=422 if form.is_bound else 200)


def moderation_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a comment with a reason, or show it again."""
    comment = get_visible_or_404(
        request.user, Comment.objects.select_related("idea__author", "author"), pk=pk
    )
    check(request.user, "comments.moderate", comment)
    hiding = comment.state == CommentState.SHOWN
    form = HideForm(
        request.POST if request.method == "POST" and hiding else None,
        idea=comment.idea, person=request.user, name="comment",
    )  # fmt: skip
    form.comment = comment
    if request.method == "POST" and (not hiding or form.is_valid()):
        verb: Any = moderation.hide_comment if hiding else moderation.show_comment
        try:
            verb(
                comment=comment, actor=request.user, at=timezone.now(), **(form.arguments() if hiding else {})
            )
        except IllegalMove:
            messages.info(request, _("Ce commentaire a changé entre-temps."))
        return redirect("web:idea", comment.idea.reference)
    context = {"comment": comment, "form": form if hiding else None}
    return render(request, "ideas/moderation_comment.html", context, status=422 if form.is_bound else 200)


def _moderated(request: HttpRequest, reference: str) -> Idea:
    rows = Idea.objects.select_related(*_WHOLE).prefetch_related("attachments")
    idea = get_visible_or_404(request.user, rows, reference=reference)
    check(request.user, "ideas.moderate", idea)
    return idea


def _desk(
    request: HttpRequest,
    idea: Idea,
    *,
    failed: dict[str, MoveForm] | None = None,
    contact: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    failed, person = failed or {}, request.user
    possible = possible_steps(idea)
    steps = [
        (name, STEPS[name], failed.get(name) or STEPS[name].form(idea=idea, person=person, name=name))
        for name in possible
    ]
    context = {
        "idea": idea,
        "days": waiting_days(idea, timezone.now()),
        "steps": steps,
        "failed": next(iter(failed.values()), None),
        # typed for a move that is no longer possible: shown, so that nothing is lost
        "orphan": next((form for name, form in failed.items() if name not in possible), None),
        "contact": contact,
        "timeline": moderator_timeline(idea),
        "near": alike(person, idea),
        "grouped": grouped_ideas(idea),
    }
    return render(request, "ideas/moderation_idea.html", context, status=status)
