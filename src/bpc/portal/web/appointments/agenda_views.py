"""The advisor's agenda: today, this week, what to note; booking for somebody; how full a region's calendars are."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.appointments.booking import AskerBusy, MomentTaken, book
from bpc.portal.appointments.models import Appointment, Calendar, OpeningRule
from bpc.portal.appointments.queries import agenda_of, in_absences, loads_of, to_mark
from bpc.portal.appointments.states import State
from bpc.portal.foundation.permissions import can
from bpc.portal.people.roles import Role
from bpc.portal.projects.visibility import projects_advised_by
from bpc.portal.reference.models import Territory
from bpc.portal.web.appointments import words
from bpc.portal.web.appointments.asking_views import moments_context, rule_and_moment
from bpc.portal.web.appointments.forms import BehalfForm

_TO_MARK = 20
_REFUSED, _CONFLICT = 422, 409
_WEEK = timedelta(days=7)


def own_calendar(request: HttpRequest) -> Calendar | None:
    """One's calendar; None before the first hours are said."""
    return Calendar.objects.select_related("user", "region").filter(user=request.user.pk).first()


@require_safe
@never_cache
def agenda(request: HttpRequest) -> HttpResponse:
    """One week by day, today first said; printed it is the sheet on the desk."""
    calendar, now = own_calendar(request), timezone.now()
    if calendar is None:
        return render(request, "appointments/agenda.html", {"calendar": None, **_doors(request)})
    today = timezone.localdate(now)
    monday = _monday(request.GET.get("semaine", ""), today)
    rows = list(agenda_of(calendar, monday, monday + timedelta(days=6)))
    advised = set(projects_advised_by(request.user).values_list("pk", flat=True))
    shown_today = rows if monday <= today < monday + _WEEK else list(agenda_of(calendar, today, today))
    context = {
        "calendar": calendar,
        "today": words.written_day(today),
        "of_today": [_line(row, advised, now) for row in shown_today if _day_of(row) == today],
        "days": _days(rows, advised, now, monday),
        "week": words.written_day(monday),
        "week_before": _week(monday - _WEEK),
        "week_after": _week(monday + _WEEK),
        "to_mark": [_line(row, advised, now) for row in to_mark(calendar, now)[:_TO_MARK]],
        "in_absences": [_line(row, advised, now) for row in in_absences(calendar, now)[:_TO_MARK]],
        **_doors(request),
    }
    return render(request, "appointments/agenda.html", context)


def _doors(request: HttpRequest) -> dict[str, Any]:
    return {"sees_load": can(request.user, "appointments.see_load")}


def _monday(asked: str, today: date) -> date:
    """The Monday of a week written 2027-W09; of this week for anything else."""
    try:
        return datetime.strptime(f"{asked}-1", "%G-W%V-%u").date() if len(asked) == 8 else _of(today)
    except ValueError:
        return _of(today)


def _of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(monday: date) -> str:
    return f"{monday:%G-W%V}"


def _day_of(row: Appointment) -> date:
    return timezone.localdate(row.starts_at)


def _line(row: Appointment, advised: set[int], now: datetime) -> dict[str, Any]:
    return {
        "card": words.card_of(row),
        "reads_project": row.project_id in advised,
        "may_mark": row.state == State.BOOKED and row.starts_at <= now,
    }


def _days(
    rows: list[Appointment], advised: set[int], now: datetime, monday: date
) -> list[tuple[str, list[dict[str, Any]]]]:
    days = [monday + timedelta(days=number) for number in range(7)]
    return [
        (words.written_day(day), lines)
        for day in days
        if (lines := [_line(row, advised, now) for row in rows if _day_of(row) == day])
    ]


@require_safe
@never_cache
def behalf_page(request: HttpRequest) -> HttpResponse:
    """The free moments of one's own calendar, even near ones: to book for somebody who came or called."""
    calendar = own_calendar(request)
    if calendar is None:
        return render(request, "appointments/behalf.html", {"calendar": None})
    context = moments_context(
        request, calendar, lambda key: reverse("web:agenda_book", args=[key]),
        rules=OpeningRule.objects.filter(calendar=calendar), after=timezone.now(),
    )  # fmt: skip
    return render(request, "appointments/behalf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def behalf_book(request: HttpRequest, key: str) -> HttpResponse:
    """Who, what about, then booked."""
    calendar = own_calendar(request)
    if calendar is None:
        return redirect("web:agenda")
    rule, moment = rule_and_moment(request, calendar, key)
    form = BehalfForm(
        request.POST if request.method == "POST" else None, manner=rule.manner,
        projects=projects_advised_by(request.user), project_needed=False,
        initial={"submission_key": uuid4(), "language": get_language() or "fr"},
    )  # fmt: skip
    status = _REFUSED if form.is_bound else 200
    if form.is_valid():
        try:
            made = book(
                rule=rule, starts_at=moment, ask=form.ask(get_language() or "fr"), asker=None, submission_key=form.key,
                actor=request.user, at=timezone.now(),
            )  # fmt: skip
        except MomentTaken:
            messages.error(request, _("Ce moment vient d’être pris, ou n’est plus dans vos heures."))
            return redirect("web:agenda_behalf")
        except AskerBusy:
            form.add_error(None, _("Vous avez vous-même un autre rendez-vous à ce moment."))
        else:
            messages.success(request, _("Le rendez-vous est pris."))
            return redirect("web:appointment", made.reference)
    context = {
        "form": form,
        "day": words.written_day(timezone.localdate(moment)),
        "hours": words.written_hours(moment, moment + timedelta(minutes=rule.minutes)),
        "where": words.where_words(rule),
    }
    return render(request, "appointments/behalf_book.html", context, status=status)


@require_safe
@never_cache
def load(request: HttpRequest) -> HttpResponse:
    """How many appointments each advisor of a region holds, and when they are free: numbers, no subject."""
    person: Any = request.user
    regions = Territory.objects.filter(level=Territory.Level.REGION).order_by("pk")
    if not can(person, "people.administer"):
        regions = regions.filter(pk__in=person.regions_as(Role.DELEGATE))
    known = list(regions)
    asked = request.GET.get("region", "")
    region = next((one for one in known if one.pk == asked), known[0])
    if not can(person, "appointments.see_load", region):
        raise PermissionDenied("another region")
    rows = [
        (
            words.advisor_name(one.calendar.user),
            one,
            words.written_moment(one.first_free) if one.first_free else "",
        )
        for one in loads_of(region, timezone.now())
    ]
    return render(request, "appointments/load.html", {"region": region, "regions": known, "rows": rows})
