"""A delegate's view of the region: what is late or without an advisor, what each advisor has, hand-overs."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bpc.portal.counsel.advising import hand_over_portfolio
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.counsel.places import coming_in, projects_to_place, seats_in
from bpc.portal.counsel.queries import counts_of, loads_of, requests_to_steer, unassigned_count
from bpc.portal.counsel.silence import chosen_advisors, silent_without_answer
from bpc.portal.counsel.states import DeskKind, RequestState
from bpc.portal.journeys.portfolio import is_laureate, supports_offered
from bpc.portal.people.models import RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.people.visibility import is_administrator
from bpc.portal.reference.models import Territory
from bpc.portal.web.counsel.forms import HandOverForm
from bpc.portal.web.counsel.reading import UNACCEPTABLE, advisor_or_404
from bpc.portal.web.counsel.words import SUBJECT_ICONS, clock_words, gap_words, owner_name

_PER_PAGE = 25
MONTH = timedelta(days=30)  # what is told as new in a region


def _regions(person: Any) -> list[Territory]:
    """The regions whose desk the person holds; all of them for a national administrator."""
    rows = Territory.objects.filter(level=Territory.Level.REGION).order_by("code")
    if not is_administrator(person):
        rows = rows.filter(pk__in=person.regions_as(Role.DELEGATE))
    return list(rows)


def region_wanted(request: HttpRequest) -> tuple[Territory, list[Territory]]:
    """The region of the address, else the first the person leads; with all of them. Not found for another's."""
    regions = _regions(request.user)
    wanted = (request.POST if request.method == "POST" else request.GET).get("region", "")
    region = next((one for one in regions if one.pk == wanted), regions[0] if regions else None)
    if region is None or (wanted and region.pk != wanted):
        raise Http404("no such region for this person")
    return region, regions


@never_cache
@require_safe
def region_capacity(request: HttpRequest) -> HttpResponse:
    """What each advisor has beside what was planned, what is coming, and how many places are missing."""
    region, regions = region_wanted(request)
    now, today = timezone.now(), timezone.localdate()
    seats = seats_in(region.pk, now)
    coming = coming_in(region.pk, seats, now - MONTH, is_laureate(), supports_offered(region.pk))
    page_obj = Paginator(silent_without_answer(region.pk), _PER_PAGE).get_page(request.GET.get("page"))
    silences = list(page_obj)
    advisors = chosen_advisors(row.project_id for row in silences)
    context = {
        "region": region,
        "regions": regions,
        "loads": loads_of(region.pk, now),
        "coming": coming,
        "gap": gap_words(coming, len(seats)),
        "page_obj": page_obj,
        "silences": [
            {"row": row, "days": (today - timezone.localtime(row.since).date()).days,
             "advisor": advisors.get(row.project_id)}
            for row in silences
        ],
    }  # fmt: skip
    return render(request, "counsel/capacity.html", context)


@never_cache
@require_safe
def region_desk(request: HttpRequest) -> HttpResponse:
    """Sheets only: subject, clock, owner. A question is read once it came up to the desk."""
    region, regions = region_wanted(request)
    now, today = timezone.now(), timezone.localdate()
    page_obj = Paginator(requests_to_steer(region.pk, today), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": region,
        "regions": regions,
        "counts": counts_of(HelpRequest.objects.filter(region=region), now),
        "unassigned": unassigned_count(region.pk),
        "national": _at_national(request.user),
        "loads": loads_of(region.pk, now),
        "without": projects_to_place(region.pk).count(),
        "page_obj": page_obj,
        "rows": [
            {"help": row, "clock": clock_words(row, today), "icon": SUBJECT_ICONS[row.subject],
             "owner": owner_name(row.desk, row.holder), "is_late": row.due_on is not None and row.due_on < today}
            for row in page_obj
        ],
    }  # fmt: skip
    return render(request, "counsel/region.html", context)


def _at_national(person: Any) -> int | None:
    """How many wait at the national desk, for those who hold it."""
    if not is_administrator(person):
        return None
    return HelpRequest.objects.filter(desk=DeskKind.NATIONAL, state=RequestState.WAITING).count()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """All the open requests of an advisor, to one colleague or each to whoever is best placed."""
    advisor = advisor_or_404(request, pk, "counsel.steer")
    colleagues = RoleGrant.objects.filter(
        role=Role.ADVISOR, region__in=advisor.regions_as(Role.ADVISOR), ended_at=None
    )
    advisors = User.objects.filter(is_active=True, pk__in=colleagues.values("user")).exclude(pk=advisor.pk)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, advisors=advisors.order_by("display_name", "pk")
    )
    if request.method == "POST" and form.is_valid():
        done = hand_over_portfolio(
            advisor=advisor, to=form.cleaned_data["to"], actor=request.user, at=timezone.now()
        )
        told = ngettext("%(n)d demande confiée.", "%(n)d demandes confiées.", done.requests)
        messages.success(request, told % {"n": done.requests})
        if done.placed:
            placed = ngettext(
                "%(n)d projet a un nouveau conseiller proposé.",
                "%(n)d projets ont un nouveau conseiller proposé.",
                done.placed,
            )
            messages.info(request, placed % {"n": done.placed})
        if done.projects:
            groups = ngettext(
                "%(n)d groupe est prévenu que son conseiller change.",
                "%(n)d groupes sont prévenus que leur conseiller change.",
                done.projects,
            )
            messages.info(request, groups % {"n": done.projects})
        return redirect("web:advisor_sheet", advisor.pk)
    context = {"advisor": advisor, "form": form}
    return render(request, "counsel/hand_over.html", context, status=UNACCEPTABLE if form.errors else 200)
