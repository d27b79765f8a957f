"""An advisor's own pages: whom to call first, what waits, what they can take, when they are away."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.counsel import advising
from bpc.portal.counsel.advising import ChangedMeanwhile, Plan, WrongDates
from bpc.portal.counsel.models import Absence, AdvisorSheet
from bpc.portal.counsel.places import assigned_to
from bpc.portal.counsel.portfolio import (
    Portfolio,
    ProjectCounts,
    Worry,
    advised_by,
    kept_to,
    portfolio_of,
    project_counts,
    reasons_on,
    shown,
)
from bpc.portal.counsel.queries import by_urgency
from bpc.portal.counsel.states import DeskKind
from bpc.portal.counsel.today import Reason
from bpc.portal.counsel.visibility import requests_held_by
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.journeys.portfolio import signals
from bpc.portal.people.models import User
from bpc.portal.web.counsel.forms import AbsenceForm, SheetForm
from bpc.portal.web.counsel.reading import UNACCEPTABLE, advisor_or_404
from bpc.portal.web.counsel.words import SUBJECT_ICONS, WORRIES, call_words, clock_words, no_project_words

_PER_PAGE = 25


@never_cache
@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """Whom to call first today and why; then every request that waits, the promise that ends first ahead."""
    now = timezone.now()
    person: Any = request.user
    found = portfolio_of(person, now, signals(now))
    waiting = by_urgency(requests_held_by(person).filter(desk=DeskKind.ADVISOR)).select_related(
        "asker", "project"
    )
    page_obj = Paginator(waiting, _PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "portfolio": found,
        "calls": _calls(found, today),
        "filters": _filters(found.project_counts, None),
        "assigned": assigned_to(person).count(),
        "page_obj": page_obj,
        "rows": [
            {"help": row, "clock": clock_words(row, today), "icon": SUBJECT_ICONS[row.subject],
             "is_late": row.due_on is not None and row.due_on < today}
            for row in page_obj
        ],
        "away": person.advisor_absences.filter(cancelled_at=None, until_on__gte=today).first(),
    }  # fmt: skip
    return render(request, "counsel/portfolio.html", context)


def _calls(found: Portfolio, today: date) -> list[dict[str, Any]]:
    """Each call with its reason in words and what it leads to."""
    return [
        {
            "call": call,
            "why": call_words(call),
            "help": (help_request := found.requests.get(call.request or 0)),
            "clock": clock_words(help_request, today) if help_request and call.reason != Reason.LATE else "",
            "project": found.projects.get(call.project or 0) if help_request is None else None,
            "presses": call.reason <= Reason.DUE_TODAY,
        }
        for call in found.calls
    ]


def _filters(counts: ProjectCounts, chosen: Worry | None) -> list[dict[str, Any]]:
    """Each worry with how many projects have it; a project may be under several."""
    url = reverse("web:portfolio_projects")
    everything = {"label": _("Tous"), "url": url, "count": counts.all, "current": chosen is None}
    return [everything] + [
        {
            "label": str(WORRIES[worry]),
            "url": f"{url}?etat={worry}",
            "count": counts.by_worry[worry],
            "current": worry == chosen,
        }
        for worry in Worry
    ]


@never_cache
@require_safe
def portfolio_projects(request: HttpRequest) -> HttpResponse:
    """Every project one advises, laureates first, each with its reasons; and those chosen for one, not opened yet."""
    now, today = timezone.now(), timezone.localdate()
    person: Any = request.user
    wanted = request.GET.get("etat", "")
    worry = Worry(wanted) if wanted in set(Worry) else None
    advised = advised_by(person, now, signals(now))
    rows = advised if worry is None else advised.filter(kept_to(worry, now))
    page_obj = Paginator(shown(rows), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": _filters(project_counts(advised, now), worry),
        "page_obj": page_obj,
        "rows": [
            {"project": row, "why": [call_words(call) for call in reasons_on(row, today)]} for row in page_obj
        ],
        "nothing": no_project_words(worry),
        "assigned": assigned_to(person)[:_PER_PAGE] if worry is None else [],
    }
    return render(request, "counsel/projects.html", context)


def _planned(advisor: User) -> dict[str, Any]:
    """The sheet as it stands, or the usual figures."""
    row = AdvisorSheet.objects.filter(user=advisor).first() or AdvisorSheet(user=advisor, revision=0)
    return {
        "languages": row.languages, "sectors": row.sectors, "requests_a_week": row.requests_a_week,
        "projects_most": row.projects_most, "revision": row.revision,
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advisor_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What an advisor can take, by themselves or by who leads them."""
    advisor = advisor_or_404(request, pk, "counsel.keep_sheet")
    form = SheetForm(request.POST if request.method == "POST" else None, initial=_planned(advisor))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        plan = Plan(
            tuple(given["languages"]),
            tuple(given["sectors"]),
            given["projects_most"],
            given["requests_a_week"],
        )
        try:
            advising.keep_sheet(
                advisor=advisor, plan=plan, revision=given["revision"], actor=request.user, at=timezone.now()
            )
        except ChangedMeanwhile:
            form.add_error(None, _("Une autre personne vient de changer cette fiche. Rechargez la page."))
        else:
            messages.success(request, _("La fiche est enregistrée."))
            return redirect("web:advisor_sheet", advisor.pk)
    return _sheet_page(request, advisor, form=form)


def _sheet_page(request: HttpRequest, advisor: User, **forms: Any) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "advisor": advisor,
        "is_own": advisor.pk == request.user.pk,
        "leads": can(request.user, "counsel.steer") and can(request.user, "counsel.steer", advisor),
        "absences": advisor.advisor_absences.filter(cancelled_at=None, until_on__gte=today),
        "form": SheetForm(initial=_planned(advisor)),
        "absence_form": AbsenceForm(initial={"from_on": today, "until_on": today}),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "counsel/advisor.html", context, status=UNACCEPTABLE if wrong else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advisor_absence(request: HttpRequest, pk: int) -> HttpResponse:
    """An absence: what waits is handed over on its first day."""
    advisor = advisor_or_404(request, pk, "counsel.keep_sheet")
    if request.method != "POST":
        return redirect("web:advisor_sheet", advisor.pk)
    form = AbsenceForm(request.POST)
    if form.is_valid() and _noted(request, advisor, form, timezone.now()):
        return redirect("web:advisor_sheet", advisor.pk)
    return _sheet_page(request, advisor, absence_form=form)


def _noted(request: HttpRequest, advisor: User, form: AbsenceForm, at: datetime) -> bool:
    given = form.cleaned_data
    try:
        made = advising.note_absence(
            advisor=advisor, from_on=given["from_on"], until_on=given["until_on"], actor=request.user, at=at
        )
    except WrongDates:
        form.add_error("from_on", _("Cette absence est passée, ou en recouvre une autre."))
        return False
    if made.handed_over_at is not None:
        messages.success(request, _("C’est noté. Les demandes qui attendaient sont confiées à des présents."))
    else:
        messages.success(
            request, _("C’est noté. Les demandes seront confiées à des présents le premier jour.")
        )
    return True


@require_POST
def absence_cancel(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """Back, or not leaving."""
    advisor = advisor_or_404(request, pk, "counsel.keep_sheet")
    row = get_visible_or_404(request.user, Absence, pk=absence, advisor=advisor)
    check(request.user, "counsel.keep_sheet", advisor)
    advising.cancel_absence(absence=row, actor=request.user, at=timezone.now())
    messages.success(request, _("L’absence est annulée. Les demandes déjà confiées restent où elles sont."))
    return redirect("web:advisor_sheet", advisor.pk)
