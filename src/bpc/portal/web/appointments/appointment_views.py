"""One appointment: read, moved, cancelled, held or missed, put into an agenda."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.appointments.booking import (
    AskerBusy,
    MomentTaken,
    TooLate,
    cancel_appointment,
    is_late,
    mark_held,
    mark_missed,
    move_appointment,
    proposed_slots,
)
from bpc.portal.appointments.feeds import entries_of
from bpc.portal.appointments.models import Appointment, OpeningRule
from bpc.portal.appointments.notices import written_moment
from bpc.portal.appointments.openings import Slot
from bpc.portal.appointments.queries import next_free, whole_appointments
from bpc.portal.appointments.states import State
from bpc.portal.foundation.calendar_files import CONTENT_TYPE, calendar_file
from bpc.portal.foundation.permissions import can, can_see, get_visible_or_404, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.references import normalise
from bpc.portal.web.appointments import words
from bpc.portal.web.appointments.asking_views import moments_context, rule_and_moment
from bpc.portal.web.appointments.forms import CallOffForm

_REFUSED, _CONFLICT = 422, 409
_PROPOSED = 6


def appointment_or_404(request: HttpRequest, reference: str, *, right: str = "") -> Appointment:
    """The appointment of this code, if the person may see it (and holds `right` on it)."""
    rows = whole_appointments()
    row = get_visible_or_404(request.user, rows, reference=normalise(reference) or reference)
    if right and not can(request.user, right, row):
        raise Http404("not theirs to change")
    return row


@require_safe
@never_cache
def appointment(request: HttpRequest, reference: str) -> HttpResponse:
    """When, where, with whom, what about; what one may still do."""
    row, now = appointment_or_404(request, reference), timezone.now()
    conducts = can(request.user, "appointments.conduct", row)
    changes = can(request.user, "appointments.change", row)
    to_come = row.state == State.BOOKED and row.starts_at > now
    is_asker = row.asker_id == request.user.pk
    proposed = (
        proposed_slots(row, visible(request.user, OpeningRule), at=now)
        if is_asker and row.state == State.CANCELLED
        else []
    )
    context = {
        "card": words.card_of(row),
        "row": row,
        "conducts": conducts,
        "is_asker": is_asker,
        "late": is_late(row, now),
        "may_move": changes and to_come and (conducts or not is_late(row, now)),
        "may_cancel": changes and to_come,
        "may_mark": conducts and row.starts_at <= now and row.state != State.CANCELLED,
        "shows_link": row.video_link and row.state == State.BOOKED,
        "reads_project": row.project is not None and can_see(request.user, row.project),
        "proposed": [words.moment_of(slot, _book_address(row)) for slot in proposed],
        "may_ask": is_asker and can_see(request.user, row.calendar),
    }
    return render(request, "appointments/appointment.html", context)


def _book_address(row: Appointment) -> Any:
    return lambda key: reverse("web:appointment_book", args=[row.calendar_id, key])


@require_safe
@never_cache
def move_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The free moments in place of this one."""
    row = _movable(request, reference)
    by_advisor = can(request.user, "appointments.conduct", row)
    context = moments_context(
        request, row.calendar, lambda key: reverse("web:appointment_move_to", args=[row.reference, key]),
        rules=visible(request.user, OpeningRule), after=timezone.now() if by_advisor else None,
    )  # fmt: skip
    return render(request, "appointments/move.html", {**context, "row": row, "card": words.card_of(row)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def move_to(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Ask once, then take the other moment."""
    row = _movable(request, reference)
    rule, moment = rule_and_moment(request, row.calendar, key)
    status = 200
    if request.method == "POST":
        try:
            move_appointment(
                appointment=row, rule=rule, starts_at=moment, actor=request.user, at=timezone.now()
            )
        except MomentTaken:
            messages.error(request, _("Quelqu’un vient de prendre ce moment. Choisissez-en un autre."))
            return redirect("web:appointment_move", row.reference)
        except AskerBusy:
            status = _CONFLICT
            messages.error(request, _("La personne a un autre rendez-vous à ce moment."))
        except (TooLate, IllegalMove):
            messages.error(request, _("Ce rendez-vous ne peut plus être déplacé."))
            return redirect("web:appointment", row.reference)
        else:
            messages.success(request, _("Le rendez-vous est déplacé."))
            return redirect("web:appointment", row.reference)
    slot = Slot(rule, moment, moment)
    context = {
        "row": row,
        "card": words.card_of(row),
        "day": words.written_day(slot.day),
        "hour": words.written_hour(moment),
        "where": words.where_words(rule),
    }
    return render(request, "appointments/move_to.html", context, status=status)


def _movable(request: HttpRequest, reference: str) -> Appointment:
    row, now = appointment_or_404(request, reference, right="appointments.change"), timezone.now()
    by_advisor = can(request.user, "appointments.conduct", row)
    if row.state != State.BOOKED or row.starts_at <= now or (is_late(row, now) and not by_advisor):
        raise Http404("it moves no more")
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cancel_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask once, then give the moment back; the advisor says why and proposes others."""
    row, now = appointment_or_404(request, reference, right="appointments.change"), timezone.now()
    by_advisor = can(request.user, "appointments.conduct", row)
    slots = _to_propose(row, now) if by_advisor else {}
    form = CallOffForm(
        request.POST if request.method == "POST" else None,
        moments=[(key, written_moment(slot.starts_at)) for key, slot in slots.items()],
    )  # fmt: skip
    if request.method == "POST" and (not by_advisor or form.is_valid()):
        said = form.cleaned_data if by_advisor else {}
        try:
            cancel_appointment(
                appointment=row, actor=request.user, at=now, reason=said.get("reason", ""),
                proposed=[slots[key] for key in said.get("proposed", ())],
            )  # fmt: skip
        except (TooLate, IllegalMove):
            messages.error(request, _("Ce rendez-vous ne peut plus être annulé."))
        else:
            messages.success(request, _("Le rendez-vous est annulé. L’autre personne est prévenue."))
        return redirect("web:appointment", row.reference)
    if row.state != State.BOOKED or row.starts_at <= now:
        return redirect("web:appointment", row.reference)
    context = {
        "row": row,
        "card": words.card_of(row),
        "form": form,
        "by_advisor": by_advisor,
        "late": not by_advisor and is_late(row, now),
    }
    status = _REFUSED if by_advisor and form.is_bound else 200
    return render(request, "appointments/cancel.html", context, status=status)


def _to_propose(row: Appointment, now: datetime) -> dict[str, Slot]:
    """Free moments the advisor may propose: in hours the asker may book in, where that is known."""
    if row.asker is None:
        return {}
    rules = visible(row.asker, OpeningRule)
    found = next_free(row.calendar, at=now, near=row.starts_at, number=_PROPOSED, rules=rules)
    return {words.slot_key(slot): slot for slot in found}


@require_POST
@never_cache
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """The advisor says whether it was held."""
    row, now = appointment_or_404(request, reference, right="appointments.conduct"), timezone.now()
    verb = mark_held if request.POST.get("outcome") == State.HELD else mark_missed
    try:
        verb(appointment=row, actor=request.user, at=now)
    except (TooLate, IllegalMove):
        messages.error(request, _("Rien n’a changé : ce rendez-vous n’a pas commencé, ou c’est déjà noté."))
    else:
        messages.success(request, _("C’est noté."))
    if request.POST.get("from") == "agenda":
        return redirect("web:agenda")
    return redirect("web:appointment", row.reference)


@require_safe
@never_cache
def calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """The appointment for an agenda."""
    row = appointment_or_404(request, reference)
    headers = {"Content-Disposition": f'attachment; filename="rendez-vous-{row.reference.lower()}.ics"'}
    body = calendar_file(entries_of([row]), about="Rendez-vous")
    return HttpResponse(body, content_type=CONTENT_TYPE, headers=headers)
