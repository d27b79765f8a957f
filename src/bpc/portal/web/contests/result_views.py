"""The results as everybody reads them: laureates, ranks, how they were found, the file and the script to check it."""

from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpc.core.jury import __file__ as _jury
from bpc.portal.contests.certificates import public_names
from bpc.portal.contests.models import Decision, Edition, Entry, Publication
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.states import EditionState, Outcome
from bpc.portal.contests.votes import vote_result
from bpc.portal.foundation.page_cache import kept_for_strangers
from bpc.portal.foundation.permissions import can, get_visible_or_404
from bpc.portal.foundation.public_bytes import OPEN_TO_ALL, PublicBytes
from bpc.portal.ideas.references import normalise
from bpc.portal.web.contests.edition_views import edition_trail
from bpc.portal.web.contests.result_public import published_rows
from bpc.portal.web.contests.result_rows import PAGE_SIZE
from bpc.portal.web.contests.result_words import outcome_words
from bpc.portal.web.ideas.list_views import page_number

#: The script that recomputes a verdict, served as it is.
SCRIPT = Path(_jury).with_name("recompute_verdict.py")
_DAY = 86_400
MOST_VOTED = 10


def _published(request: HttpRequest, slug: str) -> tuple[Edition, Publication]:
    """The edition and its verdict; not found before publication."""
    row = get_visible_or_404(request.user, Edition.objects.select_related("region"), slug=slug)
    publication = Publication.objects.filter(edition=row).defer("text").first()
    if publication is None or row.state != EditionState.CLOSED:
        raise Http404("no results yet")
    return row, publication


@require_safe
@kept_for_strangers(GENERATION, "reference")
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Laureates with their words, every rank with its interval, the departures and their reasons."""
    row, publication = _published(request, slug)
    decisions = _shown_decisions(row)
    rows, departures, facts = published_rows(row, publication)
    page = Paginator(rows, PAGE_SIZE).get_page(page_number(request))
    votes = vote_result(row)
    context = {
        "edition": row,
        "publication": publication,
        "trail": edition_trail(row, _("Résultats")),
        "laureates": [one for one in decisions if one.outcome == Outcome.LAUREATE],
        "mentions": [one for one in decisions if one.outcome == Outcome.MENTION],
        "page": page,
        "rows": [one.shown() for one in page],
        "departures": departures,
        "facts": facts,
        "votes": votes[:MOST_VOTED] if votes is not None else None,
        "tells": can(request.user, "contests.tell_results", row),
    }
    return render(request, "contests/results.html", context)


def _shown_decisions(row: Edition) -> list[Decision]:
    shown = Decision.objects.filter(entry__edition=row).exclude(outcome=Outcome.NOT_CHOSEN)
    return list(shown.select_related("entry__commune", "entry__sector").order_by("place", "entry__pk"))


@require_safe
@kept_for_strangers(GENERATION, "reference")
def laureate(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """A laureate's page: the words of its team, the people who agreed to be named."""
    row, _publication = _published(request, slug)
    rows = Entry.objects.select_related("commune", "province", "sector", "decision", "organisation")
    entry = get_visible_or_404(request.user, rows, edition=row, reference=normalise(reference) or reference)
    decision = getattr(entry, "decision", None)
    if decision is None or decision.outcome == Outcome.NOT_CHOSEN:
        raise Http404("not a laureate")
    context: dict[str, Any] = {
        "edition": row,
        "entry": entry,
        "outcome": outcome_words(decision.outcome, decision.place),
        "names": public_names(entry),
        "trail": edition_trail(row, entry.title),
    }
    return render(request, "contests/laureate.html", context)


@require_safe
def verdict_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The verdict, byte for byte as it was published."""
    row, publication = _published(request, slug)
    publication.refresh_from_db(fields=["text"])
    return _download(request, publication.text.encode(), "application/json", f"verdict-{row.slug}.json")


@require_safe
def recompute_script(request: HttpRequest) -> HttpResponse:
    """The script that recomputes a verdict with nothing but Python."""
    return _download(request, SCRIPT.read_bytes(), "text/x-python; charset=utf-8", "recalculer.py")


def _download(request: HttpRequest, body: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {**OPEN_TO_ALL, "Content-Disposition": f'attachment; filename="{name}"'}
    return PublicBytes.of(body, content_type, _DAY, headers=tuple(headers.items())).respond(request)
