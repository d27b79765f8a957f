"""The sheet of a source, its dates as a calendar, and telling that it is wrong."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.funding.queries import GENERATION, all_sources, source_by_slug
from bpc.portal.web.funding.calendar_files import calendar_file
from bpc.portal.web.funding.list_views import calendar_answer, origin_of
from bpc.portal.web.funding.sheet_context import share_address, sheet_context, sheet_trail


@require_safe
@kept_for_strangers(GENERATION, "reference")
def funding_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one source; the calculator alone where a script asks for it."""
    source = source_or_404(slug)
    context = sheet_context(source, all_sources(), timezone.localdate(), request.GET)
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    context["share_url"] = share_address(context["name"], f"{origin_of(request)}{request.path}")
    context["trail"] = sheet_trail(context["name"])
    response = render(request, "funding/_calculator.html" if partial else "funding/source.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@kept_for_strangers(GENERATION)
def source_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The next dates of one source."""
    source = source_or_404(slug)
    content = calendar_file([source], origin=origin_of(request), today=timezone.localdate())
    return calendar_answer(content, f"{slug}.ics")


def source_or_404(slug: str) -> FundingSource:
    """The source shown under this name."""
    source = source_by_slug(slug)
    if source is None:
        raise Http404(_("Aucun financement ne porte ce nom."))
    return source
