"""The organisers' pages: their meetings, announcing, editing, the programme, opening, holding, cancelling."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings import actions, queries
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.states import GatheringState
from bpc.portal.seats.giving import TooFewSeats
from bpc.portal.web.gatherings import meeting_words as words
from bpc.portal.web.gatherings.meeting_attendance_views import organised_or_404
from bpc.portal.web.gatherings.meeting_forms import ReasonForm
from bpc.portal.web.gatherings.meeting_keeping_forms import (
    MOST_LINES,
    MeetingForm,
    ProgrammeLineForm,
    initial_of,
)

PER_PAGE, _UNACCEPTABLE = 30, 422
_MOVES = {
    "open": actions.open_registration,
    "close": actions.close_registration,
    "hold": actions.hold_meeting,
}
ProgrammeForms = formset_factory(ProgrammeLineForm, extra=3, max_num=MOST_LINES, absolute_max=MOST_LINES)


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The meetings one organises, and announcing one."""
    page = Paginator(queries.meetings_organised(request.user), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {"page": page, "cards": [words.card_of(one, now) for one in page]}
    return render(request, "gatherings/desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Announce a meeting."""
    form = MeetingForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        made = actions.create_meeting(content=form.content(), actor=request.user, at=timezone.now())
        messages.success(
            request, _("La rencontre est annoncée. Écrivez son programme, puis ouvrez les inscriptions.")
        )
        return _to_keeping(made.key)
    return _form_page(request, form, None)


@never_cache
@require_safe
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """All that an organiser does with one meeting, on one page."""
    row = organised_or_404(request, key)
    now = timezone.now()
    today = timezone.localdate(now)
    running = row.state in {GatheringState.PLANNED, GatheringState.OPEN}
    context = {
        **_frame(row),
        "hours": words.hours_of(row),
        "ours": actions.is_ours(row),
        "running": running and actions.is_ours(row),
        "may_open": row.state == GatheringState.PLANNED and row.date is not None and row.date >= today,
        "may_hold": row.date is not None and row.date <= today,
        "has_report": hasattr(row, "report"),
        "programme": words.programme_rows(row.programme.all()),
    }
    return render(request, "gatherings/keep.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what was announced."""
    row = _ours_or_404(request, key)
    if request.method != "POST":
        return _form_page(request, MeetingForm(initial=initial_of(row), person=request.user), row)
    form = MeetingForm(request.POST, person=request.user)
    if not form.is_valid():
        return _form_page(request, form, row)
    try:
        actions.edit_meeting(
            gathering=row, content=form.content(), revision=form.cleaned_data["revision"] or 0, actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except actions.StaleMeeting:
        form.add_error(None, _stale_words())
        return _form_page(request, form, row, stale=True)
    except TooFewSeats as few:
        message = _("%(seats)d personnes ont déjà une place : gardez-en au moins autant.")
        form.add_error("capacity", message % {"seats": few.seats})
        return _form_page(request, form, row)
    except IllegalMove:
        raise Http404("no longer to be edited") from None
    messages.success(request, _("La rencontre est enregistrée."))
    return _to_keeping(key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """Write the programme, line by line."""
    row = _ours_or_404(request, key)
    if request.method != "POST":
        return _programme_page(request, row, ProgrammeForms(initial=_lines_of(row)), row.revision)
    forms = ProgrammeForms(request.POST)
    text = request.POST.get("revision", "")
    revision = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not forms.is_valid():
        return _programme_page(request, row, forms, revision)
    lines = [line for form in forms if (line := form.line()) is not None]
    try:
        actions.write_programme(
            gathering=row, lines=lines, revision=revision, actor=request.user, at=timezone.now()
        )
    except actions.StaleMeeting:
        messages.error(request, _stale_words())
        return _programme_page(request, row, forms, row.revision)
    except IllegalMove:
        raise Http404("no longer to be edited") from None
    messages.success(request, _("Le programme est enregistré."))
    return _to_keeping(key)


@never_cache
@require_POST
def move(request: HttpRequest, key: str) -> HttpResponse:
    """Open or close registration, say that it was held."""
    row = _ours_or_404(request, key)
    act = _MOVES.get(request.POST.get("act", ""))
    if act is None:
        raise Http404("no such act")
    try:
        act(gathering=row, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.error(
            request,
            _("Impossible maintenant : la rencontre a changé, ou son jour ne convient pas."),
        )
    return _to_keeping(key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Cancel with a reason; the registered are told."""
    row = _ours_or_404(request, key)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_meeting(
                gathering=row, reason=form.cleaned_data["reason"], language=get_language() or "fr",
                actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except IllegalMove:
            raise Http404("no longer to be cancelled") from None
        messages.success(request, _("La rencontre est annulée, les personnes inscrites sont prévenues."))
        return _to_keeping(key)
    context = {**_frame(row), "form": form, "people": row.seat_count + row.waiting_count}
    return render(request, "gatherings/cancel.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _ours_or_404(request: HttpRequest, key: str) -> Gathering:
    """A meeting announced here: those of the facts are corrected in their file."""
    row = organised_or_404(request, key)
    if not actions.is_ours(row):
        raise Http404("a meeting of the facts")
    return row


def _form_page(
    request: HttpRequest, form: MeetingForm, row: Gathering | None, *, stale: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "gathering": row, "stale": stale}
    if row is not None:
        context |= _frame(row)
    return render(request, "gatherings/edit.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


def _programme_page(
    request: HttpRequest, row: Gathering, forms: BaseFormSet[Any], revision: int
) -> HttpResponse:
    context = {**_frame(row), "forms": forms, "revision": revision}
    return render(
        request, "gatherings/programme.html", context, status=_UNACCEPTABLE if forms.is_bound else 200
    )


def _lines_of(row: Gathering) -> list[dict[str, Any]]:
    names = ("starts", "ends", "title_fr", "title_ar", "by_fr", "by_ar")
    return [{name: getattr(item, name) for name in names} for item in row.programme.all()]


def _stale_words() -> str:
    return _(
        "Cette rencontre a été modifiée dans une autre fenêtre. Rouvrez la page pour voir ce qui a changé."
    )


def _frame(row: Gathering) -> dict[str, Any]:
    return {"gathering": row, "title": words.title_of(row), "card": words.card_of(row, timezone.now())}


def _to_keeping(key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("web:gathering_keep", args=[key]))
