"""The trainer's desk: who is registered, who is there day by day, by code or on the list, and the sheet to print."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.references import normalise
from bpc.portal.people.contacts import Contact
from bpc.portal.seats.giving import AlreadyRegistered, RegistrationClosed, running
from bpc.portal.seats.states import RegistrationDoor, RegistrationState
from bpc.portal.web.seats.forms import CodeForm
from bpc.portal.web.workshops import words
from bpc.portal.web.workshops.forms import SessionDeskForm
from bpc.portal.web.workshops.keeping_views import held_or_404
from bpc.portal.web.workshops.presence import chosen_day, day_tabs, keys_in, present_line
from bpc.portal.workshops import queries
from bpc.portal.workshops.attending import days_present, note_presence, take_back_presence, tick_list
from bpc.portal.workshops.models import Enrolment, Workshop
from bpc.portal.workshops.registering import cancel_enrolment, register

PER_PAGE, _UNACCEPTABLE = 50, 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is registered and who waits; POST registers somebody who called, or who is there."""
    row = held_or_404(request, reference)
    is_there = "present" in request.POST
    form = _desk_form(request)
    if request.method == "POST" and form.is_valid():
        made = _register(request, row, form, RegistrationDoor.SPOT if is_there else RegistrationDoor.PHONE)
        if made is not None:
            _note_today(request, row, made) if is_there else messages.success(request, _registered(made))
            return redirect("web:workshop_people", reference)
    query = request.GET.get("q", "").strip()[:80]
    page = Paginator(queries.enrolled(row, query), PER_PAGE).get_page(request.GET.get("page"))
    present, days = days_present(row), list(row.days.all())
    context = {
        **words.frame(row, timezone.now()),
        "form": form,
        "page": page,
        "query": query,
        "lines": [present_line(one, days, present) for one in page],
        "today": chosen_day(row, "", timezone.now()),
    }
    return render(request, "workshops/people.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, reference: str) -> HttpResponse:
    """One day: the code of who comes, or the list to tick. The same list sent twice changes nothing more."""
    row = held_or_404(request, reference)
    day = chosen_day(row, request.GET.get("jour", ""), timezone.now())
    by_code = request.method == "POST" and "code" in request.POST
    form = CodeForm(request.POST if by_code else None)
    if by_code and form.is_valid():
        code = normalise(form.cleaned_data["code"])
        if code and row.registrations.filter(code=code).exists():
            return redirect("web:workshop_check_in", reference, code)
        form.add_error(
            "code", _("Ce code n’est celui d’aucune personne inscrite à cette séance. Relisez-le.")
        )
    elif request.method == "POST" and day is not None:
        return _ticked(request, row, day)
    seated = running(row).order_by("name", "pk")
    present = days_present(row)
    context = {
        **words.frame(row, timezone.now()),
        "form": form,
        "tabs": day_tabs(row, day, timezone.now()),
        "day": day,
        "may_note": row.state in {"announced", "held"},
        "rows": [(one, day is not None and day.pk in present.get(one.pk, ())) for one in seated],
        "here": sum(day is not None and day.pk in found for found in present.values()),
    }
    return render(request, "workshops/presence.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """What the QR opens: who it is; each day is noted by a press."""
    row = held_or_404(request, reference)
    enrolment = _coded_or_404(row, code)
    if request.method == "POST":
        return _pressed(request, row, enrolment)
    present = days_present(row).get(enrolment.pk, set())
    today = chosen_day(row, "", timezone.now())
    context = {
        **words.frame(row, timezone.now()),
        "enrolment": enrolment,
        "cancelled": enrolment.state == RegistrationState.CANCELLED,
        "waits": enrolment.state == RegistrationState.WAITING,
        "tabs": [(tab, tab.day.pk in present) for tab in day_tabs(row, today, timezone.now())],
        "running": row.is_running,
    }
    return render(request, "workshops/check_in.html", context)


@never_cache
@require_POST
def cancel_one(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Give back the seat of somebody who called."""
    enrolment = _coded_or_404(held_or_404(request, reference), code)
    try:
        cancel_enrolment(enrolment=enrolment, actor=request.user, at=timezone.now())
        messages.success(request, _("L’inscription de %(name)s est annulée.") % {"name": enrolment.name})
    except IllegalMove:
        messages.error(request, _("Cette inscription ne peut plus être annulée."))
    return redirect("web:workshop_people", reference)


@never_cache
@require_safe
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The list to sign, on A4: names, codes, a box for each day, empty lines for who comes without a seat."""
    row = held_or_404(request, reference)
    seated = running(row).filter(state=RegistrationState.REGISTERED).order_by("name", "pk")
    context = {
        **words.frame(row, timezone.now()),
        "days": list(row.days.all()),
        "day_words": [words.day_words(day) for day in row.days.all()],
        "trainers": words.trainer_names(row),
        "rows": list(seated),
        "empty": range(max(5, min(12, (row.seats_left or 0)))),
    }
    return render(request, "workshops/sheet.html", context)


def _coded_or_404(row: Workshop, code: str) -> Enrolment:
    enrolment: Enrolment | None = row.registrations.filter(code=normalise(code)).first()
    if enrolment is None:
        raise Http404("no such code in this session")
    return enrolment


def _desk_form(request: HttpRequest) -> SessionDeskForm:
    if request.method == "POST":
        return SessionDeskForm(request.POST)
    return SessionDeskForm(initial={"submission_key": uuid4(), "language": get_language() or "fr"})


def _register(request: HttpRequest, row: Workshop, form: SessionDeskForm, door: str) -> Enrolment | None:
    """The registration; None when the form now says why not."""
    contact = form.cleaned_data["contact"] or Contact()
    try:
        return register(
            workshop=row, attendee=form.attendee(contact), door=door, submission_key=form.key, actor=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except AlreadyRegistered as already:
        message = _("Ce contact est déjà inscrit : %(name)s, code %(code)s.")
        known = already.registration
        form.add_error("contact", message % {"name": known.name, "code": known.code})
    except RegistrationClosed as closed:
        form.add_error(None, str(words.WHY_CLOSED[closed.why]))
    return None


def _registered(made: Enrolment) -> str:
    if made.state == RegistrationState.WAITING:
        return _("%(name)s est en liste d’attente, code %(code)s.") % {"name": made.name, "code": made.code}
    return _("%(name)s a une place, code %(code)s.") % {"name": made.name, "code": made.code}


def _note_today(request: HttpRequest, row: Workshop, made: Enrolment) -> None:
    day = chosen_day(row, "", timezone.now())
    if day is not None:
        note_presence(enrolment=made, day=day, actor=request.user, at=timezone.now())
    messages.success(request, _("%(name)s est noté présent.") % {"name": made.name})


def _ticked(request: HttpRequest, row: Workshop, day: Any) -> HttpResponse:
    try:
        number = tick_list(
            day=day, ticked=keys_in(request.POST.getlist("ticked")), was=keys_in(request.POST.getlist("was")),
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
        changed = ngettext("%(count)d présence changée.", "%(count)d présences changées.", number)
        messages.success(request, changed % {"count": number})
    except IllegalMove:
        messages.error(request, _("Ce jour n’est pas encore venu, ou la séance est annulée."))
    response = redirect("web:workshop_presence", row.reference)
    response["Location"] += f"?jour={day.day:%Y-%m-%d}"
    return response


def _pressed(request: HttpRequest, row: Workshop, enrolment: Enrolment) -> HttpResponse:
    day = chosen_day(row, request.POST.get("jour", ""), timezone.now())
    if day is None:
        raise Http404("no such day")
    names, now = {"name": enrolment.name}, timezone.now()
    try:
        if request.POST.get("act") == "undo":
            take_back_presence(enrolment=enrolment, day=day, actor=request.user, at=now)
            messages.success(request, _("%(name)s n’est plus noté présent.") % names)
        else:
            note_presence(enrolment=enrolment, day=day, actor=request.user, at=now)
            messages.success(request, _("%(name)s est noté présent.") % names)
    except IllegalMove:
        messages.error(request, _("Impossible : le jour n’est pas venu, ou l’inscription est annulée."))
    return redirect("web:workshop_presence", row.reference)
