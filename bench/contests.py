"""`python -m bench.contests [--many 10000]`: pages of ideathons with few and many entries and editions.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own. Every page is asked whole, by the test
client, never from the pages kept for strangers: it must ask as many queries with many as with few, and take less than
what pretalx took on the machine where it was measured (public list of proposals: 67 ms at 67, 463 ms at 10,067).
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from django.conf import settings  # noqa: E402  (after the settings)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.databases import environment_of  # noqa: E402
from bench.server import ROOT  # noqa: E402
from bpc.portal.contests.defaults import default_content, default_days  # noqa: E402
from bpc.portal.contests.edition_actions import announce, create_edition  # noqa: E402
from bpc.portal.contests.entry_queries import EntryFilter, desk_rows, state_counts  # noqa: E402
from bpc.portal.contests.models import Edition, Entry, EntryMember  # noqa: E402
from bpc.portal.people.models import RoleGrant, User  # noqa: E402
from bpc.portal.people.roles import Role  # noqa: E402
from bpc.portal.reference.models import Territory  # noqa: E402

PRETALX_MS = {67: 67.0, 10_067: 463.0}  # public list, measured: facts of the project, features.md
LIMIT_MS = PRETALX_MS[67]  # of a page with many: what the other takes with sixty-seven
FEW, FAULTY, SEED, ROUNDS, BATCH, DESK_PAGE = 100, 1, 6, 9, 2_000, 25
REGION = "09"
STATES = ("submitted", "eligible", "eligible", "eligible", "ineligible", "withdrawn")


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the calmest round, and queries."""

    ms: float
    queries: int


def begin() -> Edition:
    """An announced edition of Souss-Massa, taking entries, and who organises it."""
    organiser = User.objects.create_user(email="bench@example.org", display_name="Organisatrice")
    RoleGrant.objects.create(user=organiser, role=Role.ADMINISTRATOR)
    now = timezone.now()
    names = {"name_fr": "Idéathon mesuré", "name_ar": "إيدياثون", "theme_fr": "L’eau", "theme_ar": "الماء"}
    content = default_content(names, default_days(timezone.localdate(now) - timedelta(days=3)))
    edition = create_edition(
        content=content, region=Territory.objects.get(pk=REGION), actor=organiser, at=now - timedelta(days=9)
    )
    announce(edition=edition, actor=organiser, at=now - timedelta(days=8))
    return Edition.objects.get(pk=edition.pk)


def grow_entries(edition: Edition, number: int) -> None:
    """Entries until there are as many, each with a text of ordinary length and a team of three."""
    draw = random.Random(SEED)
    communes = list(Territory.objects.filter(level="commune", code__startswith=REGION))
    words = ("Un séchoir partagé entre vingt familles de la vallée. " * 10)[:600]
    missing = range(Entry.objects.filter(edition=edition).count(), number)
    for start in missing[::BATCH]:
        numbers = missing[start - missing.start : start - missing.start + BATCH]
        entries = Entry.objects.bulk_create(
            _entry(edition, at, draw.choice(communes), words) for at in numbers
        )
        EntryMember.objects.bulk_create(
            EntryMember(entry=entry, name=f"Membre {place}", consent="given", answered_at=entry.created_at)
            for entry in entries
            for place in range(3)
        )
    edition.entry_count = number
    edition.save(update_fields=["entry_count"])


def _entry(edition: Edition, at: int, commune: Territory, words: str) -> Entry:
    answers = {one["code"]: words for one in edition.form}
    return Entry(
        edition=edition, reference=f"M{at:07d}", state=STATES[at % len(STATES)], title=f"Séchoir partagé {at}",
        summary=words, answers=answers, language="fr", entrant="group", sector_id="food", commune=commune,
        province_id=commune.province_code, region_id=REGION, submission_key=uuid.uuid4(),
        submitted_at=timezone.now(),
    )  # fmt: skip


def grow_editions(model: Edition, number: int) -> None:
    """Editions until there are as many, of every region, past, running and to come."""
    columns = {
        field.attname: getattr(model, field.attname)
        for field in Edition._meta.concrete_fields
        if field.attname not in {"id", "slug"}
    }
    moments = [name for name in columns if name.endswith(("_from", "_until")) and columns[name]]
    rows = []
    for at in range(Edition.objects.count(), number):
        shift = timedelta(days=at % 400 - 300)
        moved = {name: columns[name] + shift for name in moments}
        state = "closed" if at % 400 < 200 else "published"
        own = {"slug": f"mesure-{at}", "region_id": f"{at % 12 + 1:02d}", "state": state}
        rows.append(Edition(**{**columns, **moved, **own}))
    Edition.objects.bulk_create(rows, batch_size=BATCH)


def measured(edition: Edition) -> dict[str, Cost]:
    """What each page costs now."""
    client, fresh = Client(), iter(range(edition.entry_count * 10**6, 10**12))
    pages = {
        "public list of editions": "/fr/ideathons",
        "its last page": "/fr/ideathons?page=80",
        "a region, in Arabic": f"/ar/ideathons?region={REGION}",
        "sheet of an edition": f"/fr/ideathons/{edition.slug}",
        "its rules": f"/fr/ideathons/{edition.slug}/reglement",
    }
    found = {name: _cost(lambda url=url: _get(client, url, fresh)) for name, url in pages.items()}
    found["organisers' list of entries"] = _cost(lambda: _desk(edition, EntryFilter()))
    found["eligible entries, searched"] = _cost(
        lambda: _desk(edition, EntryFilter(state="eligible", search="séchoir"))
    )
    return found


def _get(client: Client, url: str, fresh: Iterator[int]) -> None:
    """The whole page, drawn: an address never asked before is no kept page."""
    answer = client.get(f"{url}{'&' if '?' in url else '?'}mesure={next(fresh)}")
    assert answer.status_code == 200, (url, answer.status_code)


def _desk(edition: Edition, chosen: EntryFilter) -> None:
    list(desk_rows(edition, chosen)[:DESK_PAGE])
    state_counts(edition)


def _cost(ask: Any) -> Cost:
    ask()
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        ask()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - begun))
    return Cost(min(taken), len(asked))


def tell(many: int) -> bool:
    """Print what few and many cost; whether the limits hold."""
    settings.ALLOWED_HOSTS = ["*"]
    edition = begin()
    grow_entries(edition, FEW)
    grow_editions(edition, FEW)
    few = measured(edition)
    grow_entries(edition, many)
    grow_editions(edition, many)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    now, holds = measured(edition), True
    print(f"Ideathons on {connection.vendor}: {FEW} entries and editions, then {many:,} of each")
    for name, cost in now.items():
        fine = cost.queries <= few[name].queries and cost.ms <= LIMIT_MS
        holds = holds and fine
        print(
            f"  {name}: {few[name].ms:.1f} ms, {few[name].queries} queries → {cost.ms:.1f} ms, {cost.queries} queries "
            f"(× {cost.ms / few[name].ms:.1f}; pretalx's list × {PRETALX_MS[10_067] / PRETALX_MS[67]:.1f}; "
            f"≤ {LIMIT_MS:g} ms: {'ok' if fine else 'OVER'})"
        )
    return holds


def main() -> int:
    """Runs in a site made for it; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--here", action="store_true", help="on the site of the environment")
    options = parser.parse_args()
    if options.here:
        return 0 if tell(options.many) else FAULTY
    with tempfile.TemporaryDirectory(prefix="bpc-bench-contests-") as var:
        environment = environment_of(Path(var), os.environ.get("DATABASE_URL", ""))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", "bench.contests", "--here", "--many", str(options.many)]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
