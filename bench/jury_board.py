"""`python -m bench.jury_board [--many 10000]`: the jury board, a juror's list and the president's panel.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own: 100 entries, then many, read three times
each by juries of 50 and of 500, every mark given. Pages are asked whole by the test client. A page must ask as many
queries with many as with few and take less than pretalx's board took on the machine where it was measured (3.8 s at
10,067 proposals), the board and the list a tenth of it. The panel's figures are kept while the marks stay the same:
its first visit, which computes every severity, is told apart.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
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
from bpc.portal.contests.models import Criterion, Edition, Entry, Juror, Mark, Reading  # noqa: E402
from bpc.portal.people.models import RoleGrant, User  # noqa: E402
from bpc.portal.people.roles import Role  # noqa: E402
from bpc.portal.reference.models import Territory  # noqa: E402

PRETALX_BOARD_MS = 3_800.0  # measured at 10,067 proposals: facts of the project, features.md
PAGE_LIMIT_MS, PANEL_LIMIT_MS = PRETALX_BOARD_MS / 10, PRETALX_BOARD_MS
FEW, READINGS, FAULTY, SEED, ROUNDS, BATCH = 100, 3, 1, 6, 5, 2_000


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the calmest round and of the first visit, queries, kilobytes of the page."""

    ms: float
    first_ms: float
    queries: int
    kilobytes: float


def grow(entries: int, jurors: int, president: User, organiser: User) -> Edition:
    """An edition whose jury discusses: every entry read three times, every mark given."""
    now = timezone.now()
    names = {
        "name_fr": f"Idéathon {entries}-{jurors}",
        "name_ar": "إيدياثون",
        "theme_fr": "L’eau",
        "theme_ar": "ماء",
    }
    content = default_content(names, default_days(timezone.localdate(now) - timedelta(days=3)))
    edition = create_edition(content=content, region=None, actor=organiser, at=now - timedelta(days=9))
    announce(edition=edition, actor=organiser, at=now - timedelta(days=8))
    days = {
        "entries_from": 30,
        "entries_until": 20,
        "marking_from": 15,
        "marking_until": 5,
        "discussion_until": -5,
    }
    Edition.objects.filter(pk=edition.pk).update(
        is_blind=False, **{name: now - timedelta(days=back) for name, back in days.items()}
    )
    jury = [Juror(edition=edition, user=president, name="Présidente", is_president=True, state="accepted",
                  languages=["fr"], answered_at=now)]  # fmt: skip
    jury += [
        Juror(edition=edition, name=f"Juré {at:03d}", state="accepted", languages=["fr"], answered_at=now)
        for at in range(jurors - 1)
    ]
    _write(edition, Juror.objects.bulk_create(jury), entries)
    return Edition.objects.get(pk=edition.pk)


def _write(edition: Edition, jury: list[Juror], entries: int) -> None:
    draw, commune = random.Random(SEED), Territory.objects.filter(level="commune").order_by("pk")[0]
    severities = [draw.gauss(0, 0.4) for _ in jury]
    criteria, now = list(Criterion.objects.filter(edition=edition)), timezone.now()
    words = ("Un séchoir partagé entre vingt familles de la vallée. " * 10)[:600]
    for start in range(0, entries, BATCH):
        rows = Entry.objects.bulk_create(
            Entry(
                edition=edition, reference=f"{edition.pk % 100:02d}{at:06d}", state="eligible", language="fr",
                title=f"Séchoir partagé {at}", summary=words, sector_id="food", commune=commune,
                province_id=commune.province_code, region_id=commune.region_code, submission_key=uuid.uuid4(),
                submitted_at=now,
            )
            for at in range(start, min(start + BATCH, entries))
        )  # fmt: skip
        asked = [
            (entry, who, merit)
            for entry in rows
            for merit in [draw.gauss(3, 0.7)]
            for who in draw.sample(range(len(jury)), READINGS)
        ]
        readings = Reading.objects.bulk_create(
            Reading(juror=jury[who], entry=entry, state="done", done_at=now) for entry, who, _merit in asked
        )
        Mark.objects.bulk_create(
            Mark(
                reading=reading, criterion=criterion, comment="Lu.", language="fr",
                value=round(min(5, max(1, merit - severities[who] + draw.gauss(0, 0.7)))),
            )
            for reading, (_entry, who, merit) in zip(readings, asked, strict=True)
            for criterion in criteria
        )  # fmt: skip


def measured(edition: Edition, client: Client) -> dict[str, Cost]:
    """What each page costs now."""
    board = f"/fr/ideathons/{edition.slug}/tableau"
    pages = {
        "board, by reference": board,
        "board, its last page": f"{board}?page=200",
        "board, least read first": f"{board}?tri=done",
        "board, jurors": f"{board}?vue=jures",
        "board, longest silent first": f"{board}?vue=jures&tri=silent",
        "a juror's list": f"/fr/mon-espace/jury/{edition.slug}",
        "president's panel": f"/fr/ideathons/{edition.slug}/presidence",
    }
    return {name: _cost(client, url) for name, url in pages.items()}


def _cost(client: Client, url: str) -> Cost:
    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    begun = time.perf_counter()
    with connection.execute_wrapper(count):
        answer: Any = client.get(url)
    first = 1000 * (time.perf_counter() - begun)
    if answer.status_code != 200:
        raise SystemExit(f"{url}: {answer.status_code}")
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get(url)
        taken.append(1000 * (time.perf_counter() - begun))
    return Cost(min(taken), first, len(asked), len(answer.content) / 1000)


def tell(many: int) -> bool:
    """Print what few and many cost; whether the limits hold."""
    settings.ALLOWED_HOSTS = ["*"]
    organiser = User.objects.create_user(email="bench@example.org", display_name="Organisatrice")
    RoleGrant.objects.create(user=organiser, role=Role.ADMINISTRATOR)
    president = User.objects.create_user(email="presidente@example.org", display_name="Présidente")
    client, holds = Client(), True
    client.force_login(president, backend="allauth.account.auth_backends.AuthenticationBackend")
    few = measured(grow(FEW, 50, president, organiser), client)
    for jurors in (50, 500):
        edition = grow(many, jurors, president, organiser)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"Jury board on {connection.vendor}: {FEW} entries and 50 jurors, then {many:,} and {jurors}")
        for name, cost in measured(edition, client).items():
            limit = PANEL_LIMIT_MS if "panel" in name else PAGE_LIMIT_MS
            fine = cost.queries <= few[name].queries and cost.ms <= limit
            holds = holds and fine
            print(
                f"  {name}: {few[name].ms:.0f} ms, {few[name].queries} queries, {few[name].kilobytes:.0f} kB → "
                f"{cost.ms:.0f} ms, {cost.queries} queries, {cost.kilobytes:.0f} kB (pretalx's board "
                f"{PRETALX_BOARD_MS:,.0f} ms: {PRETALX_BOARD_MS / cost.ms:.0f} times; "
                f"≤ {limit:,.0f} ms: {'ok' if fine else 'OVER'}; first visit {cost.first_ms:,.0f} ms)"
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
    with tempfile.TemporaryDirectory(prefix="bpc-bench-jury-") as var:
        environment = environment_of(Path(var), os.environ.get("DATABASE_URL", ""))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", "bench.jury_board", "--here", "--many", str(options.many)]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
