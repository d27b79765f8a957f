"""The calendar of sessions, one session, and its calendar file."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bpc.portal.foundation.calendar_files import CONTENT_TYPE, calendar_file
from bpc.portal.foundation.page_cache import kept_for_strangers, same_moment
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.training.catalogue import published
from bpc.portal.web.workshops import words
from bpc.portal.web.workshops.filters import CalendarForm
from bpc.portal.workshops import queries
from bpc.portal.workshops.dates import entries_of
from bpc.portal.workshops.links import enrolment_token
from bpc.portal.workshops.models import Enrolment, Workshop
from bpc.portal.workshops.registering import is_for, why_closed
from bpc.portal.workshops.states import HOLD

PER_PAGE = 20


@require_safe
@kept_for_strangers("workshops", "seats", "training", "reference")
@same_moment()
def workshops(request: HttpRequest) -> HttpResponse:
    """Those to come by pages, or those that are past: of a region, a course, a month."""
    now = timezone.now()
    form = CalendarForm(request.GET, today=timezone.localdate(now))
    rows = queries.calendar(request.user, **form.chosen())
    is_past = request.GET.get("passees") == "1"
    shown = queries.past(rows, now) if is_past else queries.coming(rows, now)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": words.cards_of(page, now),
        "past": is_past,
        "filtered": any(form.chosen().values()),
        "holds": can(request.user, HOLD),
    }
    return render(request, "workshops/workshops.html", context)


@require_safe
@kept_for_strangers("workshops", "seats", "training", "reference")
@same_moment()
def workshop(request: HttpRequest, reference: str) -> HttpResponse:
    """One session: when, where, in which language, who teaches, and taking a seat."""
    row = get_visible_or_404(request.user, queries.whole_workshops(), reference=reference)
    now = timezone.now()
    own = queries.own_enrolment(request.user, row)
    context = {
        **words.frame(row, now),
        **_door(request, row, own, now),
        "days": [words.day_words(day) for day in row.days.all()],
        "trainers": words.trainer_names(row),
        "course": published(row.course.code),
        "holds": can(request.user, HOLD, row),
    }
    return render(request, "workshops/workshop.html", context)


@require_safe
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The days of a session for a phone's calendar."""
    row = get_visible_or_404(request.user, queries.whole_workshops(), reference=reference)
    body = calendar_file(entries_of([row], at=timezone.now()), about="Formations")
    disposition = f'attachment; filename="seance-{row.reference.lower()}.ics"'
    return HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition})


def _door(request: HttpRequest, row: Workshop, own: Enrolment | None, at: datetime) -> dict[str, Any]:
    """What one may do: read one's seat, take one by a press, by a form, or why not."""
    reason = why_closed(row, at)
    if not reason and not is_for(row, request.user if request.user.is_authenticated else None):
        reason = "cooperative"
    asked = None if own or reason else queries.own_request(request.user, row.course_id)
    return {
        "own": own,
        "own_url": "" if own is None else reverse("web:workshop_seat", args=[row.reference, enrolment_token(own)]),
        "is_open": not reason,
        "closed_words": words.WHY_CLOSED.get(reason, ""),
        "asked": asked,
    }  # fmt: skip
