"""The calendar of meetings, one meeting, its report, its photos, and calendar files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.atlas.country import country, name_in
from bpc.portal.foundation.calendar_files import CONTENT_TYPE
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.gatherings import queries
from bpc.portal.gatherings.ics import calendar_of
from bpc.portal.gatherings.links import registration_token
from bpc.portal.gatherings.models import Gathering, MeetingPhoto
from bpc.portal.gatherings.registering import why_closed
from bpc.portal.gatherings.themes import public_themes
from bpc.portal.people.notices import full_address
from bpc.portal.web.atlas.sheet_locator import locator_map
from bpc.portal.web.gatherings import meeting_words as words
from bpc.portal.web.gatherings.meeting_lists import region_choices
from bpc.portal.web.ideas.list_views import serve_file

PER_PAGE, MOST_COMING, MOST_UNDATED = 20, 30, 30
_HOST = "banque-projets"


@require_safe
@kept_for_strangers("gatherings", "seats", "reference")
def gatherings(request: HttpRequest) -> HttpResponse:
    """Those to come first, then those that are past by pages, then those whose day is not known."""
    now, today = timezone.now(), timezone.localdate()
    regions = region_choices(request)
    chosen = next((one for one in regions if one.chosen), None)
    lines = queries.calendar_lines(request.user, chosen.code if chosen else "")
    page = Paginator(queries.past(lines, today), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "coming": [words.card_of(one, now) for one in queries.coming(lines, today)[:MOST_COMING]],
        "past": [words.card_of(one, now) for one in page],
        "undated": [words.card_of(one, now) for one in queries.undated(lines)[:MOST_UNDATED]],
        "page": page,
        "regions": regions,
        "region": chosen,
        "organises": can(request.user, "gatherings.organise"),
    }
    return render(request, "gatherings/gatherings.html", context)


@require_safe
@kept_for_strangers("gatherings", "seats", "ideas", "reference")
def gathering(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting: when, where, the programme, registration, what was published of it."""
    row = get_visible_or_404(request.user, queries.whole_meetings(), key=key)
    now = timezone.now()
    own = queries.own_registration(request.user, row)
    reason = why_closed(row, now)
    context = {
        "gathering": row,
        "title": words.title_of(row),
        "card": words.card_of(row, now),
        "hours": words.hours_of(row),
        "date_words": words.date_status_words(row),
        "venue_map": venue_map(row),
        "partners": words.partner_names(row),
        **{name: row.told(name) for name in ("theme", "contest", "spokesperson", "note")},
        "programme": words.programme_rows(row.programme.all()),
        "closed_words": words.WHY_CLOSED.get(reason, ""),
        "is_open": not reason,
        "own": own,
        "own_url": _seat_url(own) if own is not None else "",
        "report": _published_report(row),
        "photos": queries.photos_of(row),
        "ideas": queries.ideas_born_at(row),
        "themes": public_themes(gathering=row),
        "organises": can(request.user, "gatherings.organise", row),
        "runs_room": can(request.user, "gatherings.room", row),
    }
    return render(request, "gatherings/gathering.html", context)


@require_safe
@kept_for_strangers("gatherings", "reference")
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The published report with its figures; 404 until it is published."""
    row = get_visible_or_404(request.user, queries.whole_meetings(), key=key)
    published = _published_report(row)
    if published is None:
        raise Http404("no published report")
    language, other_language = ("ar", "fr") if get_language() == "ar" else ("fr", "ar")
    text, other = getattr(published, f"text_{language}"), getattr(published, f"text_{other_language}")
    context = {
        "gathering": row,
        "title": words.title_of(row),
        "card": words.card_of(row, timezone.now()),
        "report": published,
        "text": text or other,
        "language": language if text else other_language,
        "only_other": not text,
        "came": words.came_words(published.figures),
        "groups": words.figure_groups(published.figures),
        "photos": queries.photos_of(row),
    }
    return render(request, "gatherings/report.html", context)


@require_safe
def photo(request: HttpRequest, key: str, pk: int) -> FileResponse:
    """A photo in full."""
    return _serve(request, key, pk, small=False)


@require_safe
def thumbnail(request: HttpRequest, key: str, pk: int) -> FileResponse:
    """A photo reduced for a page."""
    return _serve(request, key, pk, small=True)


@require_safe
@kept_for_strangers("gatherings", "reference")
def calendar(request: HttpRequest) -> HttpResponse:
    """Every meeting to come, for a phone's calendar."""
    coming = queries.coming(queries.whole_meetings(), timezone.localdate())
    return _calendar(coming[:MOST_COMING], _("rencontres"))


@require_safe
@kept_for_strangers("gatherings", "reference")
def one_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """One meeting for a phone's calendar; 404 while its day is unknown."""
    row = get_visible_or_404(request.user, queries.whole_meetings(), key=key)
    if row.date is None:
        raise Http404("its day is unknown")
    return _calendar([row], row.key)


def venue_map(row: Gathering) -> Any:
    """The commune in its province, with a dot where the venue is known; empty without a commune."""
    place = country().places.get(row.commune_id or "")
    if place is None:
        return ""
    mark = (row.lon, row.lat) if row.lon is not None and row.lat is not None else None
    label = _("%(place)s sur la carte") % {"place": name_in(place, get_language() or "fr")}
    return locator_map(place, label, mark)


def _serve(request: HttpRequest, key: str, pk: int, *, small: bool) -> FileResponse:
    row = get_visible_or_404(request.user, MeetingPhoto, pk=pk, gathering__key=key)
    response = serve_file(row, key, small=small, public=True)
    response["Cache-Control"] = "public, no-cache"  # a photo withdrawn on request is gone at the next look
    return response


def _published_report(row: Gathering) -> Any:
    return row.report if hasattr(row, "report") and row.report.published_at is not None else None


def _seat_url(own: Any) -> str:
    return reverse("web:gathering_seat", args=[own.gathering.key, registration_token(own)])


def _calendar(rows: Any, name: str) -> HttpResponse:
    pairs = [(row, full_address(reverse("web:gathering", args=[row.key]))) for row in rows]
    body = calendar_of(pairs, at=timezone.now(), host=_HOST)
    disposition = f'attachment; filename="{name}.ics"'
    return HttpResponse(body, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition})
