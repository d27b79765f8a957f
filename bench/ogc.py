"""`python -m bench.ogc [--rows 100000]`: pages of the map services, the first and the last, against the same query raw.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own. A page is asked as a reader does, through
the whole site, never from what is kept; raw is the query it makes, sent again by hand and fetched, nothing written.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import django

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from django.core.cache import caches  # noqa: E402  (after the settings)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.databases import environment_of  # noqa: E402
from bench.server import ROOT  # noqa: E402
from bpc.portal.foundation.shelf import shelf  # noqa: E402
from bpc.portal.ideas import tallies as idea_tallies  # noqa: E402
from bpc.portal.ideas.models import Idea  # noqa: E402
from bpc.portal.observations import tallies as observation_tallies  # noqa: E402
from bpc.portal.observations.models import Observation  # noqa: E402
from bpc.portal.ogc.catalogue import COLLECTIONS  # noqa: E402
from bpc.portal.ogc.query import write_mark  # noqa: E402
from bpc.portal.ogc.reading import mark_of  # noqa: E402
from bpc.portal.reference.gazetteer import gazetteer  # noqa: E402
from bpc.portal.register import tallies as register_tallies  # noqa: E402
from bpc.portal.register.models import Cooperative  # noqa: E402

PAGE = 10  # features: so that 100,000 make 10,000 pages
ROUNDS = 25
GROWTH = 1.3  # the last page against the first
NOISE = 1.0  # ms; less is no growth
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
STATES = ("published", "answered", "closed")
FAULTY = 1


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time: a page through the whole site, and its queries raw."""

    page: float
    raw: float


@dataclass(frozen=True)
class Line:
    """A collection: its first page and its last."""

    name: str
    pages: int
    first: Cost
    last: Cost

    @property
    def holds(self) -> bool:
        """Whether the last page costs what the first does, as a page and raw."""
        pairs = [(self.first.raw, self.last.raw)]
        if self.name != "territories":
            pairs.append((self.first.page, self.last.page))
        return all(last <= first * GROWTH or last - first <= NOISE for first, last in pairs)

    def text(self) -> str:
        """The line of the table."""
        cells = "".join(
            f"{one.page:>8.2f}{one.raw:>8.2f}{one.page / one.raw:>7.1f}×" for one in (self.first, self.last)
        )
        return f"{self.name:<24}{self.pages:>8,}{cells}  {'ok' if self.holds else 'OVER'}"


def fill(rows: int) -> None:
    """Ideas, needs in the three public states, two thirds as many cooperatives; in every commune in turn."""
    codes = [place.code for place in gazetteer().by_code.values() if place.level == "commune"]
    for start in range(0, rows, 2000):
        ranks = range(start, min(start + 2000, rows))
        Idea.objects.bulk_create([_idea(rank, codes) for rank in ranks])
        Observation.objects.bulk_create([_need(rank, codes) for rank in ranks])
        Cooperative.objects.bulk_create([_cooperative(rank, codes) for rank in ranks if rank % 3])
    idea_tallies.rebuild()
    observation_tallies.rebuild()
    register_tallies.rebuild()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # what its own housekeeping does within a minute
            cursor.execute("VACUUM ANALYZE")


def _told(rank: int, codes: list[str]) -> dict[str, Any]:
    code = codes[rank * 7 % len(codes)]
    return {
        "reference": f"B{rank:08d}", "title": f"Titre numéro {rank}", "language": "fr", "speaker": "citizen",
        "commune_id": code, "province_id": code[:6], "region_id": code[:2],
        "published_at": FIRST + timedelta(minutes=rank),
    }  # fmt: skip


def _idea(rank: int, codes: list[str]) -> Idea:
    return Idea(**_told(rank, codes), state="published", sector_id="food", need="…", proposal="…")


def _need(rank: int, codes: list[str]) -> Observation:
    told = _told(rank, codes)
    state = STATES[rank % 3]
    return Observation(
        **told, kind="need", state=state, closing="solved" if state == "closed" else "", text="…",
        category_id=f"N{rank % 12 + 1:02d}", territory_id=told["commune_id"],
    )  # fmt: skip


def _cooperative(rank: int, codes: list[str]) -> Cooperative:
    code = codes[rank * 11 % len(codes)]
    return Cooperative(
        number=f"{rank}/2020", name_fr=f"Coopérative {rank}", sort_name=f"cooperative {rank * 7919 % 1000003:07d}",
        sector_id="food", territory_id=code, commune_id=code, province_id=code[:6], region_id=code[:2],
        registered_on=date(2010, 1, 1) + timedelta(days=rank % 5000), status="active",
    )  # fmt: skip


def _forget() -> None:
    """Nothing may be answered from memory."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    shelf.clear()


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(ROUNDS):
        _forget()
        begun = time.process_time()  # neighbours on the machine do not count
        work()
        times.append((time.process_time() - begun) * 1000)
    return median(times)


def _cost(address: str) -> Cost:
    client = Client(SERVER_NAME="localhost")

    def ask() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")

    ask()
    _forget()
    with CaptureQueriesContext(connection) as asked:
        ask()
    queries = [query["sql"] for query in asked if f"LIMIT {PAGE + 1}" in query["sql"]]
    assert queries, asked.captured_queries

    def raw() -> None:
        with connection.cursor() as cursor:
            for query in queries:
                cursor.execute(query)
                cursor.fetchall()

    return Cost(_median(ask), _median(raw))


def _line(name: str, asked: str, wanted: dict[str, Any]) -> Line:
    """The first page, and the one that holds the last features."""
    collection = COLLECTIONS[name]
    ways = [f"{'' if one.descending else '-'}{one.column}" for one in collection.order]
    tail = collection.rows().filter(**wanted).order_by(*ways).values(*collection.columns)[PAGE : PAGE + 1]
    number = collection.rows().filter(**wanted).count()
    address = f"/ogc/collections/{name}/items?limit={PAGE}{asked}"
    mark = write_mark(collection.order, mark_of(collection, tail[0]))
    return Line(f"{name}{asked}", -(-number // PAGE), _cost(address), _cost(f"{address}&cursor={mark}"))


def told(rows: int) -> tuple[str, bool]:
    """The table to print, and whether every last page costs what the first does."""
    fill(rows)
    region = {"region": "09"}
    lines = [
        _line("ideas", "", {}),
        _line("ideas", "&region=09", region),
        _line("needs", "", {}),
        _line("cooperatives", "", {}),
        _line("cooperatives", "&region=09", region),
        _line("territories", "", {}),
    ]
    head = f"{'ms a page of ' + str(PAGE):<24}{'pages':>8}{'first':>8}{'raw':>8}{'':>8}{'last':>8}{'raw':>8}{'':>8}"
    title = (
        f"Map services on {connection.vendor}, {rows:,} ideas and needs, the last page ≤ {GROWTH}× the first"
    )
    sizes = "Territories are judged by their queries: the outlines of a page are as heavy as its places are large."
    return "\n".join([title, sizes, head, *(line.text() for line in lines)]), all(
        line.holds for line in lines
    )


def main() -> int:
    """Prepare a site of its own, then measure in it."""
    parser = argparse.ArgumentParser(prog="python -m bench.ogc")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        text, holds = told(asked.rows)
        print(text)
        return 0 if holds else FAULTY
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
        environment = environment_of(Path(folder), os.environ.get("DATABASE_URL", "")) | {"DEBUG": "0"}
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", "bench.ogc", "--here", "--rows", str(asked.rows)]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
