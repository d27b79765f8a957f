"""The directory: every source, searched, filtered, by pages; everything in the address."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can
from bpc.portal.funding.queries import GENERATION, SourcePage, all_sources, cards, facets
from bpc.portal.web.funding.calendar_files import CONTENT_TYPE, calendar_file
from bpc.portal.web.funding.cards import told_cards
from bpc.portal.web.funding.list_form import SourceFilter

_PAGE_SIZE = 12
_MOST_EVENTS = 200
_INNER = {"region": ("province",)}


@dataclass(frozen=True)
class Chip:
    """One filter that is on, with the address of the list without it."""

    label: str
    without: str


@require_safe
@kept_for_strangers(GENERATION, "reference")
def funding(request: HttpRequest) -> HttpResponse:
    """The list of sources."""
    form, today = SourceFilter(request.GET), timezone.localdate()
    filters = form.filters(today)
    page = cards(filters, form.sort, page=page_number(request), size=_PAGE_SIZE)
    chips = _chips(request, form)
    form.count_options(facets(filters))
    context = {
        "form": form,
        "page": page,
        "cards": told_cards(page.cards, all_sources(), today),
        "turning": _turning(page),
        "chips": chips,
        "keeps": can(request.user, "funding.keep"),
        "query": without_page(request),
    }
    partial = bool(request.headers.get("HX-Request")) and not request.headers.get(
        "HX-History-Restore-Request"
    )
    response = render(request, "funding/_results.html" if partial else "funding/funding.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
@kept_for_strangers(GENERATION, "reference")
def deadlines(request: HttpRequest) -> HttpResponse:
    """The next deadlines of the sources that answer the same address as the list."""
    form, today = SourceFilter(request.GET), timezone.localdate()
    page = cards(form.filters(today), form.sort, size=_MOST_EVENTS)
    known = all_sources()
    sources = [known[card.slug] for card in page.cards if card.slug in known]
    return calendar_answer(calendar_file(sources, origin=origin_of(request), today=today), "echeances.ics")


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    """A calendar file to open or to subscribe to."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def origin_of(request: HttpRequest) -> str:
    """Scheme and host of the site."""
    return f"{request.scheme}://{request.get_host()}"


def page_number(request: HttpRequest) -> int:
    """The page of the address, the first one for anything else than a small number."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def without_page(request: HttpRequest) -> str:
    """What the address asks, whatever the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _turning(page: SourcePage) -> object:
    return Paginator(range(page.last * _PAGE_SIZE), _PAGE_SIZE).page(page.number)


def _chips(request: HttpRequest, form: SourceFilter) -> list[Chip]:
    chips = []
    for name, words in form.told():
        kept = request.GET.copy()
        for gone in (name, "page", *_INNER.get(name, ())):
            kept.pop(gone, None)
        chips.append(Chip(words, f"?{kept.urlencode()}"))
    return chips
