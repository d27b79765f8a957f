"""The public pages of editions: the list, one edition, its rules version by version, its calendar file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.portal.contests.edition_queries import PAGE_SIZE, edition_cards, editions
from bpc.portal.contests.ics import CONTENT_TYPE, calendar_file
from bpc.portal.contests.models import Edition
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.rules import canonical, rules_differences
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.web.contests.edition_list_form import EditionFilterForm
from bpc.portal.web.contests.edition_sheet import sheet_context
from bpc.portal.web.contests.edition_words import told_cards
from bpc.portal.web.contests.rules_words import told_differences, told_rules
from bpc.portal.web.ideas.list_views import page_number

Trail = list[tuple[str, str | None]]


@require_safe
@kept_for_strangers(GENERATION, "reference")
def edition_list(request: HttpRequest) -> HttpResponse:
    """Announced editions: what runs first, then what comes, then what is past."""
    form, now = EditionFilterForm(request.GET), timezone.now()
    page = edition_cards(editions(request.user, form.filters(), now), page_number(request))
    context = {
        "form": form,
        "page": page,
        "cards": told_cards(page.rows, now),
        "chips": _chips(request, form),
        "turning": Paginator(range(page.last * PAGE_SIZE), PAGE_SIZE).page(page.number),
        "organises": can(request.user, "contests.organise"),
    }
    return render(request, "contests/editions.html", context)


@require_safe
@kept_for_strangers(GENERATION, "reference")
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition: what, for whom, when, judged how, for which prize, under which rules."""
    row = get_visible_or_404(request.user, Edition.objects.select_related("region"), slug=slug)
    context = sheet_context(request.user, row, timezone.now())
    return render(request, "contests/edition.html", {**context, "trail": edition_trail(None, row.name)})


@require_safe
@kept_for_strangers(GENERATION, "reference")
def rules(request: HttpRequest, slug: str, version: int | None = None) -> HttpResponse:
    """A version of the rules (the one in force without number), with what changed since the one before."""
    row = get_visible_or_404(request.user, Edition, slug=slug)
    versions = list(row.rules_versions.order_by("version"))
    shown = next((one for one in versions if version is None or one.version == version), None)
    if version is None and versions:
        shown = versions[-1]
    if shown is None:
        raise Http404("no such version")
    before = next((one for one in versions if one.version == shown.version - 1), None)
    context = {
        "edition": row,
        "shown": shown,
        "versions": versions,
        "is_current": shown is versions[-1],
        "told": told_rules(shown.content),
        "before": before,
        "changes": told_differences(rules_differences(before, shown)) if before else [],
        "trail": edition_trail(row, _("Règlement")),
    }
    return render(request, "contests/rules.html", context)


@require_safe
@kept_for_strangers(GENERATION, "reference")
def rules_file(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The very bytes whose SHA-256 is published."""
    row = get_visible_or_404(request.user, Edition, slug=slug)
    shown = row.rules_versions.filter(version=version).first()
    if shown is None:
        raise Http404("no such version")
    return HttpResponse(canonical(shown.content), content_type="application/json; charset=utf-8")


@require_safe
@kept_for_strangers(GENERATION, "reference")
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of an edition for an agenda."""
    row = get_visible_or_404(request.user, Edition.objects.select_related("region"), slug=slug)
    address = request.build_absolute_uri(reverse("web:edition", args=[row.slug]))
    headers = {"Content-Disposition": f'attachment; filename="{row.slug}.ics"'}
    return HttpResponse(calendar_file(row, url=address), content_type=CONTENT_TYPE, headers=headers)


def edition_trail(row: Edition | None, own: str) -> Trail:
    """The way back up: the list, the edition when the page is under one, the page."""
    trail: Trail = [(_("Idéathons"), reverse("web:editions"))]
    if row is not None:
        trail.append((row.name, reverse("web:edition", args=[row.slug])))
    return [*trail, (own, None)]


def _chips(request: HttpRequest, form: EditionFilterForm) -> list[dict[str, Any]]:
    chips = []
    for name, words in form.told():
        kept = request.GET.copy()
        for gone in (name, "page"):
            kept.pop(gone, None)
        chips.append({"label": words, "without": f"?{kept.urlencode()}"})
    return chips
