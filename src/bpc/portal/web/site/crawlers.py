"""What search engines read: robots.txt, and a sitemap cut so that each part costs the same however many ideas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from bpc.portal.blueprints.catalogue import GENERATION, catalogue
from bpc.portal.contests.edition_queries import announced_slugs
from bpc.portal.contests.names import GENERATION as CONTESTS
from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.funding.queries import all_sources
from bpc.portal.gatherings.themes import announced_themes
from bpc.portal.ideas.open_data import idea_slices, ideas_in_slice
from bpc.portal.observations.open_data import observation_slices, observations_in_slice
from bpc.portal.reference.gazetteer import gazetteer

XML = "application/xml; charset=utf-8"
PAGES = (
    "home", "map", "compare", "methods", "ideas", "idea_new", "needs", "need_new", "opportunities",
    "opportunity_new", "heard", "models", "what_here", "resources", "open_data", "api_docs", "sources",
    "about", "privacy", "cooperatives", "cooperative_statistics", "accessibility", "funding", "simulator",
    "editions", "gatherings", "attestations", "badge_check", "public_results",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One page in every language."""

    addresses: list[tuple[str, str]]  # (language, address)
    changed: datetime | None = None


def _entry(name: str, *args: Any, changed: datetime | None = None) -> Entry:
    addresses = []
    for code, _label in settings.LANGUAGES:
        with override(code):
            addresses.append((code, reverse(f"web:{name}", args=args)))
    return Entry(addresses, changed)


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be read by all; accounts, searches and endless combinations of filters need not be."""
    context = {"origin": _origin(request), "languages": [code for code, _label in settings.LANGUAGES]}
    return render(request, "site/robots.txt", context, content_type="text/plain; charset=utf-8")


@kept_for_strangers("ideas", "observations", "reference")
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The parts: pages, territories, and slices of ideas and of what people said."""
    slices = {"idees": idea_slices(), "besoins": observation_slices()}
    sliced = (f"{name}-{number}" for name, numbers in slices.items() for number in numbers)
    parts = ["pages", "territoires", *sliced]
    context = {
        "origin": _origin(request),
        "addresses": [reverse("sitemap_part", args=[part]) for part in parts],
    }
    return render(request, "site/sitemap_index.xml", context, content_type=XML)


@kept_for_strangers("ideas", "observations", "reference", "funding", "gatherings", GENERATION, CONTESTS)
def sitemap_part(request: HttpRequest, part: str) -> HttpResponse:
    """The addresses of one part, with their other languages."""
    context = {"origin": _origin(request), "entries": _entries(part)}
    return render(request, "site/sitemap.xml", context, content_type=XML)


def _entries(part: str) -> Iterable[Entry]:
    if part == "pages":
        sheets = [_entry("model", slug, changed=entry.published_at) for slug, entry in catalogue().items()]
        money = [_entry("funding_source", slug) for slug in all_sources()]
        contests = [_entry("edition", slug, changed=at) for slug, at in announced_slugs()]
        themes = [_entry("idea_theme", key, changed=at) for key, at in announced_themes()]
        return [*(_entry(name) for name in PAGES), *sheets, *money, *contests, *themes]
    if part == "territoires":
        return [_entry("territory", code) for code in gazetteer().by_code]
    name, _dash, number = part.partition("-")
    if name not in {"idees", "besoins"} or not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Http404(part)
    if name == "besoins":
        told = observations_in_slice(int(number))
        return [_entry(kind, reference, changed=at) for kind, reference, at in told]
    return [_entry("idea", reference, changed=at) for reference, at in ideas_in_slice(int(number))]


patterns = [
    page("robots.txt", robots, name="robots", right=PUBLIC),
    page("sitemap.xml", sitemap_index, name="sitemap", right=PUBLIC),
    page("sitemap-<str:part>.xml", sitemap_part, name="sitemap_part", right=PUBLIC),
]
