"""An advisor's hours: weekly ones, absences and hours in plus, delays."""

from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.appointments.calendars import (
    BadHours,
    add_change,
    add_rule,
    end_rule,
    open_calendar,
    remove_change,
    set_delays,
    standing_rules,
)
from bpc.portal.appointments.models import CalendarChange, OpeningRule
from bpc.portal.appointments.queries import in_absences
from bpc.portal.appointments.states import Audience, Manner, Spoken
from bpc.portal.foundation.permissions import get_visible_or_404
from bpc.portal.people.roles import Role
from bpc.portal.web.appointments import words
from bpc.portal.web.appointments.agenda_views import own_calendar
from bpc.portal.web.appointments.forms import ChangeForm, DelaysForm, RuleForm, tell_fault

_REFUSED = 422


def rule_words(rule: OpeningRule) -> str:
    """Hours in one line: « lundi, mercredi, de 9 h 00 à 12 h 00, sur place »."""
    return _("%(days)s, de %(start)s à %(end)s, %(manner)s") % {
        "days": words.weekdays_words(rule.weekdays), "start": words.written_clock(rule.from_time),
        "end": words.written_clock(rule.to_time), "manner": str(Manner(rule.manner).label).lower(),
    }  # fmt: skip


def change_words(change: CalendarChange) -> str:
    """From when to when; whole days are said as days."""
    starts, ends = timezone.localtime(change.starts_at), timezone.localtime(change.ends_at)
    if starts.time() == ends.time() == time.min:
        first, last = starts.date(), ends.date() - timedelta(days=1)
        if first == last:
            return _("%(day)s, la journée entière") % {"day": words.written_day(first)}
        return _("du %(first)s au %(last)s, les journées entières") % {
            "first": words.written_day(first), "last": words.written_day(last)
        }  # fmt: skip
    return _("%(start)s – %(end)s") % {
        "start": words.written_moment(starts), "end": words.written_moment(ends)
    }  # fmt: skip


@require_safe
@never_cache
def hours(request: HttpRequest) -> HttpResponse:
    """What one keeps open, and what differs."""
    calendar, now = own_calendar(request), timezone.now()
    if calendar is None:
        return render(request, "appointments/hours.html", {"calendar": None})
    rules = [
        {
            "row": rule, "words": rule_words(rule), "where": words.where_words(rule),
            "minutes": words.minutes_words(rule.minutes),
            "pause": words.minutes_words(rule.pause) if rule.pause else "",
            "spoken": Spoken(rule.spoken).label, "audience": Audience(rule.audience).label,
        }
        for rule in standing_rules(calendar, timezone.localdate(now))
    ]  # fmt: skip
    changes = [(row, change_words(row)) for row in calendar.changes.filter(ends_at__gt=now)[:200]]
    return render(
        request, "appointments/hours.html", {"calendar": calendar, "rules": rules, "changes": changes}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rule_new(request: HttpRequest) -> HttpResponse:
    """Open weekly hours; the first ones open the calendar."""
    person: Any = request.user
    now = timezone.now()
    initial: dict[str, Any] = {"valid_from": timezone.localdate(now)}
    if not person.regions_as(Role.ADVISOR):
        initial["audience"] = Audience.REGION  # a delegate is let into no project
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            calendar = open_calendar(actor=person, at=now)
            add_rule(calendar=calendar, weekly=form.weekly(), actor=person, at=now)
        except BadHours as fault:
            tell_fault(form, fault)
        else:
            messages.success(request, _("Ces heures sont ouvertes."))
            return redirect("web:agenda_hours")
    status = _REFUSED if form.is_bound else 200
    return render(request, "appointments/rule_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then close these hours; appointments taken stand."""
    rule = get_visible_or_404(request.user, OpeningRule, pk=pk, calendar__user=request.user)
    if request.method != "POST":
        return render(request, "appointments/rule_end.html", {"words": rule_words(rule)})
    end_rule(rule=rule, actor=request.user, at=timezone.now())
    messages.success(request, _("Ces heures sont fermées. Les rendez-vous déjà pris tiennent."))
    return redirect("web:agenda_hours")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_new(request: HttpRequest) -> HttpResponse:
    """An absence or hours in plus; which appointments an absence covers is said at once."""
    calendar, now = own_calendar(request), timezone.now()
    if calendar is None:
        return render(request, "appointments/hours.html", {"calendar": None})
    form = ChangeForm(
        request.POST if request.method == "POST" else None, words=rule_words,
        rules=standing_rules(calendar, timezone.localdate(now)), initial={"first": timezone.localdate(now)},
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        try:
            add_change(
                calendar=calendar, kind=said["kind"], starts_at=said["starts_at"], ends_at=said["ends_at"],
                rule=said["rule"], note=said["note"], actor=request.user, at=now,
            )  # fmt: skip
        except BadHours as fault:
            tell_fault(form, fault)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("web:agenda" if in_absences(calendar, now).exists() else "web:agenda_hours")
    return render(
        request, "appointments/change_new.html", {"form": form}, status=_REFUSED if form.is_bound else 200
    )


@require_POST
@never_cache
def change_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The weekly hours hold again."""
    change = get_visible_or_404(request.user, CalendarChange, pk=pk)
    remove_change(change=change, actor=request.user, at=timezone.now())
    messages.success(request, _("C’est enlevé : vos heures habituelles tiennent de nouveau."))
    return redirect("web:agenda_hours")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delays(request: HttpRequest) -> HttpResponse:
    """How near and how far people book."""
    calendar = own_calendar(request)
    if calendar is None:
        return render(request, "appointments/hours.html", {"calendar": None})
    names = ("book_before", "cancel_before", "days_ahead")
    form = DelaysForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(calendar, name) for name in names},
    )
    if form.is_valid():
        set_delays(calendar=calendar, actor=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("C’est noté."))
        return redirect("web:agenda_hours")
    return render(
        request, "appointments/delays.html", {"form": form}, status=_REFUSED if form.is_bound else 200
    )
