"""One's own appointments, the free moments of a calendar, booking one of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.appointments.booking import AskerBusy, MomentTaken, TooManyAhead, book
from bpc.portal.appointments.feeds import close_feed, entries_of, feed_of, renew_feed
from bpc.portal.appointments.models import Calendar, CalendarFeed, OpeningRule
from bpc.portal.appointments.openings import Slot
from bpc.portal.appointments.queries import asked_by, bounds, free_slots, missed_count, next_free, past_of
from bpc.portal.appointments.states import Audience
from bpc.portal.appointments.visibility import projects_letting_in, regions_of
from bpc.portal.foundation.calendar_files import CONTENT_TYPE, calendar_file
from bpc.portal.foundation.permissions import can, get_visible_or_404, visible
from bpc.portal.people.notices import full_address
from bpc.portal.web.appointments import words
from bpc.portal.web.appointments.forms import AskForm
from bpc.portal.workshops.dates import own_entries

FORTNIGHT = timedelta(days=13)
MANY_MISSED = 2
_PER_PAGE = 20
_REFUSED, _CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_appointments(request: HttpRequest) -> HttpResponse:
    """What is to come, with whom one may meet, the address for one's telephone; POST makes or closes that address."""
    now = timezone.now()
    if request.method == "POST":
        return _change_feed(request, now)
    calendars = visible(request.user, Calendar).exclude(user=request.user.pk).select_related("user", "region")
    past = Paginator(past_of(request.user, now), _PER_PAGE).get_page(request.GET.get("page"))
    feed = CalendarFeed.objects.filter(user=request.user.pk).first()
    context = {
        "coming": [words.card_of(row) for row in asked_by(request.user, now)],
        "past": [words.card_of(row) for row in past],
        "page_obj": past,
        "calendars": [
            (one, words.advisor_name(one.user)) for one in calendars.order_by("user__display_name", "pk")
        ],
        "feed": full_address(reverse("web:appointment_feed", args=[feed.key])) if feed else "",
        "of_no_region": not regions_of(request.user),
        "missed": missed_count(request.user) >= MANY_MISSED,
        "keeps": can(request.user, "appointments.keep"),
        "sees_load": can(request.user, "appointments.see_load"),
    }
    return render(request, "appointments/my_appointments.html", context)


def _change_feed(request: HttpRequest, now: datetime) -> HttpResponse:
    if request.POST.get("act") == "close":
        close_feed(actor=request.user, at=now)
        messages.success(request, _("Cette adresse est fermée : elle ne montre plus rien."))
    else:
        renew_feed(actor=request.user, at=now)
        messages.success(
            request, _("Voici votre adresse. Celle d’avant, s’il y en avait une, ne montre plus rien.")
        )
    return redirect("web:my_appointments")


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The appointments and the sessions under a secret address, read by a telephone that cannot sign in."""
    found = feed_of(key, timezone.now())
    if found is None:
        raise Http404("no such feed")
    owner, rows = found[0].user, found[1]
    entries = [*entries_of(rows), *own_entries(owner, at=timezone.now())]
    body = calendar_file(entries, about="Rendez-vous", name=_("Mes rendez-vous et mes séances"))
    response = HttpResponse(body, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def window(request: HttpRequest, calendar: Calendar, now: datetime) -> tuple[date, date]:
    """The fortnight asked for, kept between today and the last open day."""
    today, farthest = timezone.localdate(now), bounds(calendar, now)[1]
    try:
        asked = date.fromisoformat(request.GET.get("du", ""))
    except ValueError:
        asked = today
    first = min(max(asked, today), farthest)
    return first, min(first + FORTNIGHT, farthest)


def moments_context(
    request: HttpRequest, calendar: Calendar, address: Callable[[str], str], *, rules: Any, after: Any = None
) -> dict[str, Any]:
    """The free moments of a fortnight by day, the first free one beyond it, the addresses of its neighbours."""
    now = timezone.now()
    first, last = window(request, calendar, now)
    slots = free_slots(calendar, first, last, at=now, rules=rules, after=after)
    today, farthest = timezone.localdate(now), bounds(calendar, now)[1]
    later = [] if slots else next_free(calendar, at=now, number=1, rules=rules, after=after)
    return {
        "calendar": calendar,
        "advisor": words.advisor_name(calendar.user),
        "days": words.days_shown(slots, first, last, address),
        "none": not slots,
        "later": later[0].day if later else None,
        "later_words": words.written_day(later[0].day) if later else "",
        "first": words.written_day(first),
        "last": words.written_day(last),
        "before": max(today, first - FORTNIGHT - timedelta(days=1)) if first > today else None,
        "after": last + timedelta(days=1) if last < farthest else None,
    }


def calendar_or_404(request: HttpRequest, pk: int) -> Calendar:
    """The calendar, if the person may book in it."""
    rows = Calendar.objects.select_related("user", "region")
    return get_visible_or_404(request.user, rows, pk=pk)


@require_safe
@never_cache
def calendar_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The free moments by day: a list that a small telephone shows as it is."""
    calendar = calendar_or_404(request, pk)
    context = moments_context(
        request, calendar, lambda key: reverse("web:appointment_book", args=[pk, key]),
        rules=visible(request.user, OpeningRule),
    )  # fmt: skip
    return render(request, "appointments/calendar.html", context)


def rule_and_moment(request: HttpRequest, calendar: Calendar, key: str) -> tuple[OpeningRule, datetime]:
    """The hours and the moment that an address names, if the person may see them; else 404."""
    parsed = words.parse_slot(key)
    if parsed is None:
        raise Http404("no such moment")
    rows = OpeningRule.objects.select_related("calendar__user", "calendar__region", "commune")
    return get_visible_or_404(request.user, rows, pk=parsed[0], calendar=calendar), parsed[1]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def book_page(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What it is about, then booked. When somebody was quicker: the next moments, with what was written kept."""
    calendar = calendar_or_404(request, pk)
    rule, moment = rule_and_moment(request, calendar, request.POST.get("slot") or key)
    projects = projects_letting_in(request.user, calendar.user_id).filter(region=calendar.region_id)
    form = AskForm(
        request.POST if request.method == "POST" else None, manner=rule.manner, projects=projects,
        project_needed=rule.audience == Audience.PROJECTS,
        initial={"submission_key": uuid4(), "phone": _own_number(request.user)},
    )  # fmt: skip
    instead: list[Slot] = []
    if form.is_valid():
        try:
            made = book(
                rule=rule, starts_at=moment, ask=form.ask(get_language() or "fr"), asker=request.user,
                submission_key=form.key, actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except MomentTaken as taken:
            instead = taken.instead
        except (AskerBusy, TooManyAhead, PermissionDenied) as refused:
            form.add_error(None, _why(refused))
        else:
            messages.success(request, _("Votre rendez-vous est pris."))
            return redirect("web:appointment", made.reference)
        taken_now = not form.errors
    else:
        taken_now = not form.is_bound and not _is_free(calendar, rule, moment, request)
        instead = _near(calendar, moment, request) if taken_now else []
    status = _CONFLICT if taken_now else _REFUSED if form.is_bound else 200
    context = _book_context(calendar, rule, moment, form, instead, taken_now=taken_now)
    context["missed"] = missed_count(request.user) >= MANY_MISSED
    return render(request, "appointments/book.html", context, status=status)


def _book_context(
    calendar: Calendar,
    rule: OpeningRule,
    moment: datetime,
    form: AskForm,
    instead: list[Slot],
    *,
    taken_now: bool,
) -> dict[str, Any]:
    day = timezone.localdate(moment)
    return {
        "calendar": calendar,
        "advisor": words.advisor_name(calendar.user),
        "rule": rule,
        "day": words.written_day(day),
        "hours": words.written_hours(moment, moment + timedelta(minutes=rule.minutes)),
        "where": words.where_words(rule),
        "form": form,
        "taken": taken_now,
        "instead": [
            words.moment_of(slot, lambda key: reverse("web:appointment_book", args=[calendar.pk, key]))
            for slot in instead
        ],
    }


def _own_number(person: Any) -> str:
    return person.phone or ""


def _is_free(calendar: Calendar, rule: OpeningRule, moment: datetime, request: HttpRequest) -> bool:
    day, mine = timezone.localdate(moment), visible(request.user, OpeningRule)
    free = free_slots(calendar, day, day, at=timezone.now(), rules=mine)
    return any(slot.rule.pk == rule.pk and slot.starts_at == moment for slot in free)


def _near(calendar: Calendar, moment: datetime, request: HttpRequest) -> list[Slot]:
    return next_free(calendar, at=timezone.now(), near=moment, rules=visible(request.user, OpeningRule))


def _why(refused: Exception) -> str:
    if isinstance(refused, AskerBusy):
        return _("Vous avez déjà un autre rendez-vous à ce moment : choisissez une autre heure.")
    if isinstance(refused, TooManyAhead):
        return _("Vous avez déjà quatre rendez-vous à venir. Annulez-en un, ou attendez qu’il ait lieu.")
    return _("Ces heures sont pour les groupes qui ont ouvert leur projet à ce conseiller.")
