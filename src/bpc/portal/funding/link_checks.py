"""The links of the directory, asked in turn, the longest unasked first; what they answer is kept."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from bpc.datasets.funding_sources import FundingSource as Document
from bpc.portal.funding.links import Answer, Visitor
from bpc.portal.funding.models import FundingSource, LinkCheck
from bpc.portal.funding.queries import all_sources
from bpc.portal.funding.states import LinkOutcome

LIMIT = 400  # pages a run
EVERY_DAYS = 6
PAUSE = 1.0  # seconds between two pages of one host
_FAILURES = frozenset({LinkOutcome.BROKEN, LinkOutcome.SILENT, LinkOutcome.REFUSED})
_MOST_FAILURES = 1000


def our_visitor() -> Visitor:
    """The one that says who asks."""
    return Visitor(f"BanqueDeProjets-liens/1.0 (+{settings.PUBLIC_URL})")


def links_of(source: Document) -> tuple[str, ...]:
    """Every page a source leads to, once each."""
    found = [source.apply.url, *(page.url for page in source.pages), *(one.url for one in source.contacts)]
    return tuple(dict.fromkeys(url for url in found if url))


def check_links(
    visitor: Visitor,
    at: datetime,
    *,
    limit: int = LIMIT,
    every_days: int = EVERY_DAYS,
    pause: float = PAUSE,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, int]:
    """Ask the pages not asked for `every_days`, at most `limit`. Returns how many gave each outcome."""
    counts: dict[str, int] = {}
    asked: dict[str, float] = {}
    owners = _owners()
    forget_gone(owners)
    for url in _in_turn(owners, at - timedelta(days=every_days))[:limit]:
        host = urlsplit(url).netloc
        if (left := asked.get(host, 0.0) + pause - time.monotonic()) > 0 and host in asked:
            time.sleep(left)
        answer = visitor.visit(url)
        asked[host] = time.monotonic()
        _keep(url, owners[url], answer, at)
        counts[answer.outcome] = counts.get(answer.outcome, 0) + 1
        if answer.outcome in _FAILURES:
            say(f"  {answer.outcome} {answer.status or ''} {url} ({', '.join(owners[url])})")
    return counts


def forget_gone(owners: dict[str, list[str]]) -> None:
    """Forget what was known of pages that no source leads to any more."""
    kept = {(slug, url) for url, slugs in owners.items() for slug in slugs}
    rows = LinkCheck.objects.values_list("pk", "source__slug", "url")
    gone = [key for key, slug, url in rows if (slug, url) not in kept]
    LinkCheck.objects.filter(pk__in=gone).delete()


def _owners() -> dict[str, list[str]]:
    """Slugs of the sources that lead to each page."""
    found: dict[str, list[str]] = {}
    for slug, source in all_sources().items():
        for url in links_of(source):
            found.setdefault(url, []).append(slug)
    return found


def _in_turn(owners: dict[str, list[str]], before: datetime) -> list[str]:
    """The pages to ask, never asked first, then the longest unasked; those of one host apart from each other."""
    last: dict[str, datetime] = dict(LinkCheck.objects.values_list("url", "checked_at"))
    due = sorted(
        (url for url in owners if url not in last or last[url] <= before), key=lambda url: _age(url, last)
    )
    ranks: dict[str, int] = {}
    seen: dict[str, int] = {}
    for url in due:
        host = urlsplit(url).netloc
        ranks[url] = seen.get(host, 0)
        seen[host] = ranks[url] + 1
    return sorted(due, key=lambda url: (url in last, ranks[url]))


def _age(url: str, last: dict[str, datetime]) -> tuple[bool, float, str]:
    asked = last.get(url)
    return (asked is not None, asked.timestamp() if asked else 0.0, url)


@transaction.atomic
def _keep(url: str, slugs: list[str], answer: Answer, at: datetime) -> None:
    before = dict(LinkCheck.objects.filter(url=url).values_list("source__slug", "failures"))
    for key, slug in FundingSource.objects.filter(slug__in=slugs).values_list("pk", "slug"):
        failed = answer.outcome in _FAILURES
        LinkCheck.objects.update_or_create(
            source_id=key,
            url=url,
            defaults={
                "outcome": answer.outcome,
                "http_status": answer.status,
                "moved_to": answer.moved_to,
                "failures": min(before.get(slug, 0) + 1, _MOST_FAILURES) if failed else 0,
                "checked_at": at,
            },
        )
