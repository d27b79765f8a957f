"""Answering a page of the creation file, saved alone, drafts allowed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.datasets.founding import Family
from bpc.portal.foundation.permissions import check
from bpc.portal.founding.actions import StaleAnswers, answer
from bpc.portal.founding.answers import UnlawfulAnswers, catalogue, kept
from bpc.portal.founding.assembly import plan_of, quorums_of
from bpc.portal.founding.models import CreationFile
from bpc.portal.web.founding.forms import FamilyForm, first_values, shown_answer
from bpc.portal.web.founding.reading import AFTER, BEFORE, UNACCEPTABLE, file_or_404, frame
from bpc.portal.web.founding.words import fault_words, said


def _family(code: str) -> Family:
    found = next((one for one in catalogue().families if one.code == code), None)
    if found is None:
        raise Http404("no such page")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def family(request: HttpRequest, reference: str, family: str) -> HttpResponse:
    """The questions of a page."""
    file, asked = file_or_404(request, reference), _family(family)
    check(request.user, "projects.fill", file.project)
    if request.method != "POST":
        return _page(
            request, file, asked, FamilyForm(initial=first_values(file.answers, family), family=family)
        )
    form = FamilyForm(request.POST, family=family)
    if not form.is_valid():
        return _page(request, file, asked, form)
    try:
        answer(
            file=file, family=family, values=form.answered(), base=form.opened_at(), actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except StaleAnswers as stale:
        return _conflict(request, file, asked, form, stale.current)
    except UnlawfulAnswers as refused:
        for fault in refused.faults:
            form.add_error(fault.field, fault_words(fault))
        return _page(request, file, asked, form)
    messages.success(request, _("Les réponses sont enregistrées."))
    following = _following(family) if request.POST.get("act") == "next" else None
    if following == "members":
        return redirect("web:founders", reference)
    return (
        redirect("web:creation_family", reference, following)
        if following
        else redirect("web:creation_file", reference)
    )


def _following(code: str) -> str | None:
    order = (*BEFORE, *AFTER)
    return order[order.index(code) + 1] if code in BEFORE[:-1] else None


def _conflict(
    request: HttpRequest, file: CreationFile, asked: Family, form: FamilyForm, current: dict[str, Any]
) -> HttpResponse:
    """Both writings side by side: theirs is taken where only they changed, the form keeps what was typed."""
    mine, opened = form.answered(), form.opened_at()
    merged: dict[str, Any] = {}
    shown = []
    for question in form.questions:
        typed, before = kept(question, mine[question.code]), kept(question, opened[question.code])
        theirs = current.get(question.code)
        taken = typed == before
        merged[question.code] = theirs if taken else typed
        if theirs not in (before, typed):
            shown.append({"label": said(question, ""), "theirs": shown_answer(question, theirs),
                          "mine": shown_answer(question, typed), "taken": taken})  # fmt: skip
    values = first_values({code: value for code, value in merged.items() if value is not None}, asked.code)
    values["base"] = first_values(current, asked.code)["base"]
    fresh = FamilyForm(initial=values, family=asked.code)
    messages.warning(
        request,
        _("Une autre personne a modifié cette page pendant ce temps. Comparez, puis enregistrez de nouveau."),
    )
    return _page(request, file, asked, fresh, differences=shown, status=UNACCEPTABLE)


def _page(
    request: HttpRequest, file: CreationFile, asked: Family, form: FamilyForm, status: int = 0, **more: Any
) -> HttpResponse:
    rows = [(form[question.code], question.kind) for question in form.questions]
    if asked.code == "annual":
        members = list(file.founders.all())
        more |= {"plan": plan_of(file.answers), "quorums": quorums_of(file.answers, members)}
    context = frame(
        request, file.project, form=form, rows=rows, title=said(asked, ""), why=said(asked, "why"),
        following=_following(asked.code), family=asked.code, **more,
    )  # fmt: skip
    return render(
        request, "founding/family.html", context, status=status or (UNACCEPTABLE if form.errors else 200)
    )
