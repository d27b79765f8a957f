"""Asking for a session near home, where it is asked for, and one's own sessions and requests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.appointments.models import CalendarFeed
from bpc.portal.atlas.country import country, name_in
from bpc.portal.foundation.page_cache import kept_for_strangers, same_moment
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.notices import full_address
from bpc.portal.training.catalogue import Published, published
from bpc.portal.training.models import Course
from bpc.portal.web.workshops import words
from bpc.portal.web.workshops.forms import WishForm, initial_commune, initial_wish
from bpc.portal.workshops import queries
from bpc.portal.workshops.asking import ask_for_session, withdraw_request
from bpc.portal.workshops.courses import course_names, said
from bpc.portal.workshops.demand import ENOUGH, Asked, asked_by_place
from bpc.portal.workshops.links import enrolment_token
from bpc.portal.workshops.models import CourseRequest, Enrolment
from bpc.portal.workshops.states import HOLD

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a session of a course, or change what one asked."""
    entry = _published_or_404(code)
    person: Any = request.user
    known = queries.own_request(person, entry.key)
    initial = (
        initial_wish(known) if known else {"people": 1, "spoken": "ar", **initial_commune(person.commune)}
    )
    form = WishForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        course = Course.objects.get(pk=entry.key)
        ask_for_session(course=course, wish=form.wish(), actor=person, at=timezone.now())
        messages.success(
            request, _("Votre demande est gardée. Nous vous écrirons dès qu’une séance s’ouvre près de vous.")
        )
        return redirect("web:my_workshops")
    context = {
        **_course_words(entry),
        "form": form,
        "known": known,
        "enough": ENOUGH,
        "sessions": words.cards_of(queries.sessions_of(code, timezone.now()), timezone.now()),
    }
    return render(request, "workshops/ask.html", context, status=_UNACCEPTABLE if form.is_bound else 200)


@never_cache
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's request back. Pressed twice it is taken back once."""
    row = get_visible_or_404(request.user, CourseRequest, pk=pk)
    try:
        withdraw_request(request=row, actor=request.user, at=timezone.now())
        messages.success(request, _("Votre demande est retirée."))
    except IllegalMove:
        messages.info(request, _("Cette demande n’est plus en attente."))
    return redirect("web:my_workshops")


@require_safe
@kept_for_strangers("workshop-requests", "training", "reference")
@same_moment()
def asked(request: HttpRequest, code: str) -> HttpResponse:
    """Where a course is asked for, as everybody may read it: small numbers are hidden."""
    entry = _published_or_404(code)
    total, regions = asked_by_place(entry.key)
    context = {
        **_course_words(entry),
        "total": total,
        "regions": [(_named(one), [_named(part) for part in one.parts]) for one in regions],
        "enough": ENOUGH,
    }
    return render(request, "workshops/asked.html", context)


@never_cache
@require_safe
@same_moment()
def mine(request: HttpRequest) -> HttpResponse:
    """One's seats, requests and calendar address."""
    person: Any = request.user
    now = timezone.now()
    enrolments = queries.own_enrolments(person)
    requests = queries.own_requests(person)
    names = course_names({one.course_id for one in requests})
    feed = CalendarFeed.objects.filter(user=person).first()
    language = get_language() or "fr"
    context = {
        "coming": _lines([one for one in reversed(enrolments) if one.workshop.ends_at > now], now),
        "past": _lines([one for one in enrolments if one.workshop.ends_at <= now], now),
        "requests": [
            (one, said(names[one.course_id], language), words.spoken_words([one.spoken])) for one in requests
        ],
        "feed": full_address(reverse("web:appointment_feed", args=[feed.key])) if feed else "",
        "enough": ENOUGH,
        "holds": can(person, HOLD),
    }
    return render(request, "workshops/mine.html", context)


def _lines(enrolments: list[Enrolment], at: Any) -> list[tuple[Any, Enrolment, str]]:
    cards = words.cards_of([one.workshop for one in enrolments], at)
    return [
        (card, one, reverse("web:workshop_seat", args=[one.workshop.reference, enrolment_token(one)]))
        for card, one in zip(cards, enrolments, strict=True)
    ]


def _published_or_404(code: str) -> Published:
    entry = published(code)
    if entry is None:
        raise Http404("no such course")
    return entry


def _course_words(entry: Published) -> dict[str, Any]:
    return {"entry": entry, "name": said(entry.course.name, get_language() or "fr")}


def _named(one: Asked) -> dict[str, Any]:
    return {"name": name_in(country().places[one.code], get_language() or "fr"), "people": one.people}
