"""Taking a seat at a session, and the page of one's seat: code, QR, calendar, cancelling."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.limits import stamp
from bpc.portal.people.notices import full_address
from bpc.portal.people.queries import contacts_of
from bpc.portal.seats.giving import AlreadyRegistered, Attendee, RegistrationClosed
from bpc.portal.seats.states import RegistrationDoor, RegistrationState
from bpc.portal.web.charts.qr import qr_drawing
from bpc.portal.web.seats.guards import hold_off_machines
from bpc.portal.web.workshops import words
from bpc.portal.web.workshops.forms import SessionRegistrationForm
from bpc.portal.workshops import notices, queries
from bpc.portal.workshops.judging import why_not
from bpc.portal.workshops.links import enrolment_named, enrolment_token
from bpc.portal.workshops.models import Enrolment, Workshop
from bpc.portal.workshops.registering import cancel_enrolment, is_for, register, why_closed

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The form; once sent, the page of the seat. Who is registered already is led to theirs."""
    row = get_visible_or_404(request.user, queries.whole_workshops(), reference=reference)
    own = queries.own_enrolment(request.user, row)
    if own is not None:
        return to_seat(own)
    if reason := _why_not_here(request, row, timezone.now()):
        return _closed(request, row, reason)
    if request.method != "POST":
        return _form_page(request, row, _new_form(request))
    form = SessionRegistrationForm(request.POST, person=request.user)
    if form.is_valid():
        hold_off_machines(request, form)
    if not form.is_valid():
        return _form_page(request, row, form)
    return _registered(request, row, form)


@never_cache
@require_POST
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """One press for who has an account with a name: a seat, then its page. Pressed twice it is one seat."""
    row = get_visible_or_404(request.user, queries.whole_workshops(), reference=reference)
    person: Any = request.user
    email, phone = contacts_of(person)
    if not person.display_name:
        return HttpResponseRedirect(reverse("web:workshop_register", args=[reference]))
    attendee = Attendee(
        name=person.display_name, email=email or "", phone=phone or "", language=person.language, user_id=person.pk
    )  # fmt: skip
    try:
        made = register(
            workshop=row, attendee=attendee, door=RegistrationDoor.WEB, submission_key=uuid4(), actor=person,
            at=timezone.now(),
        )  # fmt: skip
    except RegistrationClosed as closed:
        return _closed(request, row, closed.why)
    except AlreadyRegistered as already:
        if already.registration.user_id != person.pk:  # the same number, registered without the account
            messages.info(request, _("Votre numéro ou votre adresse est déjà inscrit à cette séance."))
            return HttpResponseRedirect(reverse("web:workshop", args=[reference]))
        made = already.registration
    return to_seat(made)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """One's own registration, opened by its signed address; POST cancels it."""
    enrolment = enrolment_or_404(reference, token)
    if request.method == "POST":
        with suppress(IllegalMove):  # cancelled in another window, or they came: the page says so
            cancel_enrolment(enrolment=enrolment, actor=None, at=timezone.now())
        return to_seat(enrolment)
    row, now = enrolment.workshop, timezone.now()
    came = enrolment.presences.count()
    context = {
        **words.frame(row, now),
        "enrolment": enrolment,
        "token": token,
        "days": [words.day_words(day) for day in row.days.all()],
        "qr": qr_of(enrolment),
        "has_seat": enrolment.state == RegistrationState.REGISTERED,
        "waits": enrolment.state == RegistrationState.WAITING,
        "ahead": _ahead(enrolment),
        "came": came,
        "may_judge": not why_not(enrolment, now),
        "may_cancel": enrolment.state != RegistrationState.CANCELLED
        and not came
        and row.is_running
        and now < row.ends_at,
    }
    return render(request, "workshops/seat.html", context)


def enrolment_or_404(reference: str, token: str) -> Enrolment:
    """The registration of a signed address."""
    enrolment = enrolment_named(token)
    if enrolment is None or enrolment.workshop.reference != reference:
        raise Http404("no such registration")
    return enrolment


def qr_of(enrolment: Enrolment) -> SafeString:
    """The address that the trainer opens at the door, as a drawing."""
    page = reverse("web:workshop_check_in", args=[enrolment.workshop.reference, enrolment.code])
    return qr_drawing(full_address(page), _("Code QR de votre inscription"))


def to_seat(enrolment: Enrolment) -> HttpResponse:
    """The page of this seat."""
    response = HttpResponseRedirect(
        reverse("web:workshop_seat", args=[enrolment.workshop.reference, enrolment_token(enrolment)])
    )
    response.status_code = 303
    return response


def _why_not_here(request: HttpRequest, row: Workshop, at: datetime) -> str:
    person = request.user if request.user.is_authenticated else None
    return why_closed(row, at) or ("" if is_for(row, person) else "cooperative")


def _new_form(request: HttpRequest) -> SessionRegistrationForm:
    name = request.user.display_name if request.user.is_authenticated else ""
    initial = {"submission_key": uuid4(), "language": get_language() or "fr", "name": name}
    return SessionRegistrationForm(initial=initial, person=request.user)


def _form_page(
    request: HttpRequest, row: Workshop, form: SessionRegistrationForm, **more: Any
) -> HttpResponse:
    now = timezone.now()
    # a form sent back keeps the moment it was first opened
    opened = (form.data.get("opened", "") if form.is_bound else "") or stamp(str(form.key), now)
    context = {**words.frame(row, now), "form": form, "opened": opened, **more}
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "workshops/register.html", context, status=status)


def _registered(request: HttpRequest, row: Workshop, form: SessionRegistrationForm) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    attendee = form.attendee(form.contact_given, user.pk if user is not None else None)
    now = timezone.now()
    try:
        made = register(
            workshop=row, attendee=attendee, door=RegistrationDoor.WEB, submission_key=form.key, actor=user, at=now
        )  # fmt: skip
    except RegistrationClosed as closed:
        return _closed(request, row, closed.why)
    except AlreadyRegistered as already:
        # the seat is shown to its contact only: whoever typed it may be somebody else
        notices.tell_registered(already.registration, at=now)
        return _form_page(request, row, form, already=True)
    return to_seat(made)


def _closed(request: HttpRequest, row: Workshop, reason: str) -> HttpResponse:
    context = {**words.frame(row, timezone.now()), "closed_words": words.WHY_CLOSED[reason]}
    return render(request, "workshops/closed.html", context, status=409 if request.method == "POST" else 200)


def _ahead(enrolment: Enrolment) -> int:
    """How many wait before this one."""
    waiting = enrolment.workshop.registrations.filter(state=RegistrationState.WAITING)
    return waiting.filter(pk__lt=enrolment.pk).count()
