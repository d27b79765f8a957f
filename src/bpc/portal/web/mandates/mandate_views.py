"""Reading mandates: one's own, one of them with everything done under it, those of a region; ending one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.foundation.kept_files import sent_file
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.projects.mandates import queries
from bpc.portal.projects.mandates.ending import withdraw_by_link, withdraw_mandate
from bpc.portal.projects.mandates.giving import can_be_told
from bpc.portal.projects.mandates.links import mandate_to_stop
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import MOST_CODES, Given
from bpc.portal.projects.mandates.visibility import may_act
from bpc.portal.projects.visibility import can_see_project
from bpc.portal.reference.models import Territory
from bpc.portal.web.mandates.forms import CodeForm
from bpc.portal.web.mandates.words import act_line, mandate_line

_PER_PAGE, _ACTS_PER_PAGE = 20, 100


@require_safe
@never_cache
def mandates(request: HttpRequest) -> HttpResponse:
    """Those given to the advisor, and those the person gave."""
    now = timezone.now()
    held = Paginator(queries.held_by(request.user, now), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asks": can(request.user, "mandates.ask"),
        "steers": can(request.user, "mandates.steer"),
        "held": [mandate_line(row, now) for row in held],
        "page_obj": held,
        "given": [mandate_line(row, now) for row in queries.given_by(request.user, now)[:_PER_PAGE]],
    }
    return render(request, "mandates/mandates.html", context)


@require_safe
@never_cache
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """One mandate: how it was given, until when, and everything done under it."""
    return mandate_page(request, get_visible_or_404(request.user, Mandate, pk=pk))


def mandate_page(request: HttpRequest, found: Mandate, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page, with the form of the code when it waits for one."""
    now, person = timezone.now(), request.user
    row = queries.shown(Mandate.objects.filter(pk=found.pk), now).get()
    line = mandate_line(row, now)
    acts = Paginator(queries.acts_under(row), _ACTS_PER_PAGE).get_page(request.GET.get("page"))
    is_advisor = row.advisor_id == person.pk
    context = {
        "line": line,
        "mandate": row,
        "acts": [act_line(entry) for entry in acts],
        "page_obj": acts,
        "is_advisor": is_advisor,
        "is_person": row.person_id == person.pk,
        "sees_project": can_see_project(person, row.project),
        "types_code": is_advisor and line.waits and row.given == Given.CODE,
        "more_codes": row.codes_sent < MOST_CODES,
        "confirms": line.waits and can(person, "mandates.confirm", row),
        "may_act": is_advisor and line.stands and may_act(person, row),
        "withdraws": row.ended_at is None and can(person, "mandates.withdraw", row),
        "told": can_be_told(row),
        "code_form": CodeForm(),
        **more,
    }
    return render(request, "mandates/mandate.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end it."""
    row = get_visible_or_404(
        request.user, Mandate.objects.select_related("project", "person", "advisor"), pk=pk
    )
    check(request.user, "mandates.withdraw", row)
    if request.method != "POST" and row.ended_at is None:
        context = {"line": mandate_line(row, timezone.now()), "mandate": row}
        return render(request, "mandates/withdraw.html", context)
    if request.method == "POST" and withdraw_mandate(mandate=row, actor=request.user, at=timezone.now()):
        messages.success(request, _("Le mandat est arrêté. Plus rien n’est enregistré en ce nom."))
    return redirect("web:mandate", row.pk)


@require_safe
def mandate_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed paper, for whoever sees the mandate."""
    row = get_visible_or_404(request.user, Mandate, pk=pk)
    if not row.paper:
        raise Http404("no paper")
    file = FileResponse(
        row.paper.open("rb"), as_attachment=True, filename=row.paper_name, content_type=row.paper_type
    )
    return sent_file(file)


@require_safe
@never_cache
def mandates_region(request: HttpRequest) -> HttpResponse:
    """The mandates of a region, those that wait for a delegate first; one region at a time."""
    now, regions = timezone.now(), _regions(request)
    asked = request.GET.get("region", "")
    region = next((one for one in regions if one.pk == asked), regions[0] if regions else None)
    rows = queries.of_region(request.user, region.pk, now) if region is not None else Mandate.objects.none()
    found = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": region,
        "regions": regions,
        "lines": [mandate_line(row, now) for row in found],
        "page_obj": found,
    }
    return render(request, "mandates/region.html", context)


def _regions(request: HttpRequest) -> list[Territory]:
    person: Any = request.user
    rows = Territory.objects.filter(level=Territory.Level.REGION).order_by("pk")
    return list(rows if is_administrator(person) else rows.filter(pk__in=person.regions_as(Role.DELEGATE)))


@csrf_exempt  # the signed link is the right: whoever holds the message ends the mandate, in one tap
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The address of the person's message: asked first, so that a program that opens links ends nothing."""
    row = mandate_to_stop(token)
    if row is None:
        raise Http404("no such link")
    if request.method == "POST":
        withdraw_by_link(token=token, at=timezone.now())
    ended = request.method == "POST" or row.ended_at is not None
    response = render(request, "mandates/stop.html", {"ended": ended})
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
