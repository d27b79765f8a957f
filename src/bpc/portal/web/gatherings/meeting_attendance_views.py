"""The organisers' desk: who is registered, registering by phone or on the spot, who came, the file."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.foundation.writing import written_hour
from bpc.portal.gatherings import queries
from bpc.portal.gatherings.attendance import attendance_of, check_in, undo_check_in
from bpc.portal.gatherings.exports import attendee_file
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.registering import cancel_registration, register
from bpc.portal.ideas.references import normalise
from bpc.portal.people.contacts import Contact
from bpc.portal.seats.giving import AlreadyRegistered, RegistrationClosed
from bpc.portal.seats.states import RegistrationDoor, RegistrationState
from bpc.portal.web.gatherings import meeting_words as words
from bpc.portal.web.gatherings.meeting_forms import MeetingDeskForm
from bpc.portal.web.seats.forms import CodeForm, DeskForm

PER_PAGE = 50
_UNACCEPTABLE = 422


def organised_or_404(request: HttpRequest, key: str) -> Gathering:
    """The meeting, if the person organises it; 403 for a meeting of somebody else's."""
    gathering = get_visible_or_404(request.user, queries.whole_meetings(), key=key)
    check(request.user, "gatherings.organise", gathering)
    return gathering


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendees(request: HttpRequest, key: str) -> HttpResponse:
    """Who is registered and who waits; POST registers somebody who called."""
    gathering = organised_or_404(request, key)
    form = _desk_form(request)
    if request.method == "POST" and form.is_valid():
        made = _register(request, gathering, form, RegistrationDoor.PHONE)
        if made is not None:
            messages.success(request, _registered_words(made))
            return _back("web:gathering_attendees", key)
    return _attendees_page(request, gathering, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, key: str) -> HttpResponse:
    """The door: the code of who comes, registering on the spot, the numbers so far."""
    gathering = organised_or_404(request, key)
    by_code = request.method == "POST" and "code" in request.POST
    code_form = CodeForm(request.POST if by_code else None)
    if by_code and code_form.is_valid():
        return _to_code(request, gathering, code_form)
    form = _desk_form(request) if not by_code else _new_desk_form()
    if request.method == "POST" and not by_code and form.is_valid():
        made = _register(request, gathering, form, RegistrationDoor.SPOT)
        if made is not None:
            check_in(registration=made, actor=request.user, at=timezone.now())
            messages.success(request, _("%(name)s est noté présent.") % {"name": made.name})
            return _back("web:gathering_presence", key)
    return _presence_page(request, gathering, code_form, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_page(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """What the QR opens: the organiser sees who it is, and confirms."""
    gathering = organised_or_404(request, key)
    registration = gathering.registrations.filter(code=normalise(code)).first()
    if registration is None:
        raise Http404("no such code in this meeting")
    if request.method == "POST":
        return _marked(request, registration)
    context = {
        **_frame(gathering),
        "registration": registration,
        "cancelled": registration.state == RegistrationState.CANCELLED,
        "waits": registration.state == RegistrationState.WAITING,
        "came_at": written_hour(registration.attended_at) if registration.attended_at else "",
    }
    return render(request, "gatherings/check_in.html", context)


@never_cache
@require_POST
def cancel_attendee(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """An organiser gives back the seat of somebody who called."""
    gathering = organised_or_404(request, key)
    registration = gathering.registrations.filter(code=normalise(code)).first()
    if registration is None:
        raise Http404("no such code in this meeting")
    try:
        cancel_registration(registration=registration, actor=request.user, at=timezone.now())
        messages.success(request, _("L’inscription de %(name)s est annulée.") % {"name": registration.name})
    except IllegalMove:
        messages.error(request, _("Cette inscription ne peut plus être annulée."))
    return _back("web:gathering_attendees", key)


@never_cache
@require_safe
def attendees_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The registered as a table for the organisers; that it was taken is written down."""
    gathering = organised_or_404(request, key)
    pieces = attendee_file(gathering=gathering, actor=request.user, at=timezone.now())
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="inscrits-{gathering.key}.csv"'
    return response


def _desk_form(request: HttpRequest) -> DeskForm:
    return MeetingDeskForm(request.POST) if request.method == "POST" else _new_desk_form()


def _new_desk_form() -> DeskForm:
    return MeetingDeskForm(initial={"submission_key": uuid4(), "language": get_language() or "fr"})


def _register(request: HttpRequest, gathering: Gathering, form: DeskForm, door: str) -> Registration | None:
    """The registration; None when the form now says why not."""
    contact = form.cleaned_data["contact"] or Contact()
    try:
        return register(
            gathering=gathering, attendee=form.attendee(contact), door=door, submission_key=form.key,
            actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except AlreadyRegistered as already:
        message = _("Ce contact est déjà inscrit : %(name)s, code %(code)s.")
        known = already.registration
        form.add_error("contact", message % {"name": known.name, "code": known.code})
    except RegistrationClosed as closed:
        form.add_error(None, str(words.WHY_CLOSED[closed.why]))
    return None


def _registered_words(made: Registration) -> str:
    if made.state == RegistrationState.WAITING:
        return _("%(name)s est en liste d’attente, code %(code)s.") % {"name": made.name, "code": made.code}
    return _("%(name)s a une place, code %(code)s.") % {"name": made.name, "code": made.code}


def _to_code(request: HttpRequest, gathering: Gathering, form: CodeForm) -> HttpResponse:
    """The page of the person this code names, or the fault beside the field."""
    code = normalise(form.cleaned_data["code"])
    if code and gathering.registrations.filter(code=code).exists():
        return HttpResponseRedirect(reverse("web:gathering_check_in", args=[gathering.key, code]))
    if not code:
        form.add_error("code", _("Ce code n’est pas complet ou contient une erreur. Relisez-le."))
    else:
        form.add_error("code", _("Ce code n’est pas celui d’une personne inscrite à cette rencontre."))
    return _presence_page(request, gathering, form, _new_desk_form())


def _marked(request: HttpRequest, registration: Registration) -> HttpResponse:
    now, names = timezone.now(), {"name": registration.name}
    try:
        if request.POST.get("act") == "undo":
            undo_check_in(registration=registration, actor=request.user, at=now)
            messages.success(request, _("%(name)s n’est plus noté présent.") % names)
        else:
            check_in(registration=registration, actor=request.user, at=now)
            messages.success(request, _("%(name)s est noté présent.") % names)
    except IllegalMove:
        messages.error(request, _("Cette inscription est annulée : inscrivez la personne sur place."))
    return _back("web:gathering_presence", registration.gathering.key)


def _attendees_page(request: HttpRequest, gathering: Gathering, form: DeskForm) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    page = Paginator(queries.attendees(gathering, query), PER_PAGE).get_page(request.GET.get("page"))
    context = {**_frame(gathering), "form": form, "page": page, "query": query}
    return render(
        request, "gatherings/attendees.html", context, status=_UNACCEPTABLE if form.is_bound else 200
    )


def _presence_page(
    request: HttpRequest, gathering: Gathering, code_form: CodeForm, form: DeskForm
) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    seated = queries.attendees(gathering, query).exclude(state=RegistrationState.CANCELLED)
    context = {
        **_frame(gathering),
        "code_form": code_form,
        "form": form,
        "attendance": attendance_of(gathering),
        "groups": words.attendance_groups(attendance_of(gathering)),
        "page": Paginator(seated, PER_PAGE).get_page(request.GET.get("page")),
        "query": query,
    }
    faulty = form.is_bound or code_form.is_bound
    return render(request, "gatherings/presence.html", context, status=_UNACCEPTABLE if faulty else 200)


def _frame(gathering: Gathering) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "title": words.title_of(gathering),
        "card": words.card_of(gathering, timezone.now()),
    }


def _back(name: str, key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[key]))
