"""The territory on four pages of paper, made when asked and kept for the day."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.atlas.country import Country
from bpc.portal.atlas.report import Meeting, ReportContext, territory_report
from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.foundation.page_cache import generations, is_stranger
from bpc.portal.foundation.public_bytes import PublicBytes
from bpc.portal.foundation.shelf import shelf
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.queries import meetings_announced, meetings_held
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.sheet_views import place_or_404

#: Content that a report shows: what changes in one of these makes it anew.
SHOWN = ("reference", "ideas", "observations", "resources", "register", "blueprints", "gatherings")
KEPT_BY_READERS = 600  # seconds
PER_ADDRESS = 30  # reports made a minute: a meeting behind one connection, not a machine that takes them all
meter = Meter(PER_ADDRESS)


@require_safe
def territory_report_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The report of a region, a province or a commune, in the language of the address."""
    place, country = place_or_404(code)
    if place.level == Territory.Level.COUNTRY:
        raise Http404(_("Cette fiche existe pour une région, une province ou une commune."))
    today, language = timezone.localdate(), "ar" if get_language() == "ar" else "fr"
    address = request.build_absolute_uri(reverse("web:territory", args=[code]))
    key = f"report {today} {generations(*SHOWN)} {address}"
    kept = shelf.get(key)
    if kept is None:
        if is_stranger(request) and (wait := meter.count(client_address(request))):
            return _later(request, place, wait)
        printed = territory_report(_context(place, country, address))
        name = f'inline; filename="territoire-{code}-{language}-{today}.pdf"'
        headers = (("Content-Disposition", name), ("Content-Language", language))
        kept = PublicBytes.of(printed, "application/pdf", KEPT_BY_READERS, headers=headers)
        shelf.put(key, kept)
    return kept.respond(request)


def _context(place: Place, country: Country, address: str) -> ReportContext:
    language = get_language()
    announced = (one for one in meetings_announced(timezone.localdate(), place.code[:2]) if not one.is_demo)
    return ReportContext(
        place=place,
        country=country,
        language="ar" if language == "ar" else "fr",
        made_on=timezone.localdate(),
        address=address,
        meetings=[_meeting(one, language or "") for one in (*meetings_held(place.code[:2]), *announced)],
        is_demo=settings.DEMO,
    )


def _meeting(one: Gathering, language: str) -> Meeting:
    city = str(getattr(one, f"city_{language}", "") or one.city_fr)
    return Meeting(city, one.date, one.date_status == "inferred", one.told("venue"))


def _later(request: HttpRequest, place: Place, wait: int) -> HttpResponse:
    response = render(request, "atlas/report_later.html", {"place": place, "wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
