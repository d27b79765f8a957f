"""Registering for a meeting on the site, and the page of one's seat: code, QR, calendar, cancelling."""

from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings import notices, queries
from bpc.portal.gatherings.links import registration_named, registration_token
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.registering import cancel_registration, register, why_closed
from bpc.portal.ideas.limits import stamp
from bpc.portal.people.notices import full_address
from bpc.portal.seats.giving import AlreadyRegistered, RegistrationClosed
from bpc.portal.seats.states import RegistrationDoor, RegistrationState
from bpc.portal.web.charts.qr import qr_drawing
from bpc.portal.web.gatherings import meeting_words as words
from bpc.portal.web.gatherings.meeting_forms import MeetingRegistrationForm
from bpc.portal.web.seats.guards import hold_off_machines

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_page(request: HttpRequest, key: str) -> HttpResponse:
    """The form; once sent, the page of the seat. Who is registered already is led to theirs."""
    gathering = get_visible_or_404(request.user, queries.whole_meetings(), key=key)
    own = queries.own_registration(request.user, gathering)
    if own is not None:
        return _to_seat(own)
    if reason := why_closed(gathering, timezone.now()):
        return _closed(request, gathering, reason)
    if request.method != "POST":
        return _form_page(request, gathering, _new_form(request))
    form = MeetingRegistrationForm(request.POST, person=request.user)
    if form.is_valid():
        hold_off_machines(request, form)
    if not form.is_valid():
        return _form_page(request, gathering, form)
    return _registered(request, gathering, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """One's own registration, opened by its signed address; POST cancels it."""
    registration = registration_named(token)
    if registration is None or registration.gathering.key != key:
        raise Http404("no such registration")
    if request.method == "POST":
        with suppress(IllegalMove):  # cancelled in another window, or they came: the page says so
            cancel_registration(registration=registration, actor=None, at=timezone.now())
        return _to_seat(registration)
    gathering = registration.gathering
    now = timezone.now()
    context = {
        "registration": registration,
        "gathering": gathering,
        "title": words.title_of(gathering),
        "card": words.card_of(gathering, now),
        "hours": words.hours_of(gathering),
        "qr": qr_of(registration),
        "has_seat": registration.state == RegistrationState.REGISTERED,
        "waits": registration.state == RegistrationState.WAITING,
        "ahead": _ahead(registration),
        "may_cancel": registration.state != RegistrationState.CANCELLED
        and registration.attended_at is None
        and why_closed(gathering, now) not in {"over", "cancelled"},
    }
    return render(request, "gatherings/seat.html", context)


def qr_of(registration: Registration) -> SafeString:
    """The address that organisers open at the door, as a drawing: dark on white in any colour scheme."""
    url = full_address(
        reverse("web:gathering_check_in", args=[registration.gathering.key, registration.code])
    )
    return qr_drawing(url, _("Code QR de votre inscription"))


def _new_form(request: HttpRequest) -> MeetingRegistrationForm:
    key = uuid4()
    name = request.user.display_name if request.user.is_authenticated else ""
    initial = {"submission_key": key, "language": get_language() or "fr", "name": name}
    return MeetingRegistrationForm(initial=initial, person=request.user)


def _form_page(
    request: HttpRequest, gathering: Gathering, form: MeetingRegistrationForm, **more: Any
) -> HttpResponse:
    # a form sent back keeps the moment it was first opened
    opened = (form.data.get("opened", "") if form.is_bound else "") or stamp(str(form.key), timezone.now())
    context = {
        "form": form,
        "key": form.key,
        "opened": opened,
        "gathering": gathering,
        "title": words.title_of(gathering),
        "card": words.card_of(gathering, timezone.now()),
        **more,
    }
    status = _UNACCEPTABLE if form.is_bound else 200
    return render(request, "gatherings/register.html", context, status=status)


def _registered(request: HttpRequest, gathering: Gathering, form: MeetingRegistrationForm) -> HttpResponse:
    user = request.user if request.user.is_authenticated else None
    attendee = form.attendee(form.contact_given, user.pk if user is not None else None)
    now = timezone.now()
    try:
        made = register(
            gathering=gathering, attendee=attendee, door=RegistrationDoor.WEB, submission_key=form.key, actor=user,
            at=now,
        )  # fmt: skip
    except RegistrationClosed as closed:
        return _closed(request, gathering, closed.why)
    except AlreadyRegistered as already:
        # the seat is shown to its contact only: whoever typed it may be somebody else
        notices.tell_registered(already.registration, at=now)
        return _form_page(request, gathering, form, already=True)
    return _to_seat(made)


def _closed(request: HttpRequest, gathering: Gathering, reason: str) -> HttpResponse:
    context = {
        "gathering": gathering,
        "title": words.title_of(gathering),
        "card": words.card_of(gathering, timezone.now()),
        "closed_words": words.WHY_CLOSED[reason],
    }
    return render(request, "gatherings/closed.html", context, status=409 if request.method == "POST" else 200)


def _ahead(registration: Registration) -> int:
    """How many wait before this one."""
    waiting = registration.gathering.registrations.filter(state=RegistrationState.WAITING)
    return waiting.filter(pk__lt=registration.pk).count()


def _to_seat(registration: Registration) -> HttpResponse:
    url = reverse("web:gathering_seat", args=[registration.gathering.key, registration_token(registration)])
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
