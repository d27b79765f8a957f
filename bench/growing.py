"""What an act costs on a site that grows: time, queries, rows read; judged from the smallest site on."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client

from bench.databases import environment_of
from bench.server import ROOT

LIMIT, ROUNDS = 3.0, 7
FLOOR_MS = 5.0  # under it a ratio measures the machine, not the page


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the calmest round, queries, rows the database gave."""

    ms: float
    queries: int
    rows: int

    def text(self) -> str:
        """For a line of the report."""
        return f"{self.ms:.1f} ms, {self.queries} queries, {self.rows} rows"


def cost(act: Callable[[], object]) -> Cost:
    """Of an act done once already."""
    act()
    with _counted() as told:
        act()
    # SQLite works in this process: its own time is counted, not that of others on the machine
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for _ in range(ROUNDS):
        begun = clock()
        act()
        taken.append(1000 * (clock() - begun))
    return Cost(min(taken), told["queries"], told["rows"])


def asked(person: Any, url: str) -> Callable[[], object]:
    """A page asked by a person, by a stranger when None."""
    client = Client()
    if person is not None:
        client.force_login(person)

    def act() -> None:
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code, answer.headers.get("Location"))

    return act


@contextmanager
def _counted() -> Iterator[dict[str, int]]:
    """Queries and rows, whoever reads them: rows made into objects, values, counts."""
    told = {"queries": 0, "rows": 0}

    def note(execute: Any, *rest: Any) -> Any:
        told["queries"] += 1
        return execute(*rest)

    def many(self: Any, *rest: Any) -> Any:
        found = self.cursor.fetchmany(*rest)
        told["rows"] += len(found)
        return found

    def single(self: Any) -> Any:
        found = self.cursor.fetchone()
        told["rows"] += found is not None
        return found

    def whole(self: Any) -> Any:
        found = self.cursor.fetchall()
        told["rows"] += len(found)
        return found

    ways = {"fetchmany": many, "fetchone": single, "fetchall": whole}
    for name, way in ways.items():
        setattr(CursorWrapper, name, way)
    try:
        with connection.execute_wrapper(note):
            yield told
    finally:
        for name in ways:
            delattr(CursorWrapper, name)


def judge(title: str, sizes: Sequence[int], found: Sequence[dict[str, Cost]], *, full: bool = True) -> bool:
    """Print what each size costs; whether queries and rows stay, and time within `LIMIT` times the smallest.

    `full`: the lists are full with the fewest; where they are not, more rows are read until they are.
    """
    print(f"{title} on {connection.vendor}: {', '.join(f'{size:,}' for size in sizes)} of each")
    holds = True
    for name, first in found[0].items():
        last = found[-1][name]
        ratio = last.ms / max(first.ms, FLOOR_MS)
        fine = last.queries <= first.queries and (last.rows <= first.rows or not full) and ratio <= LIMIT
        holds = holds and fine
        times = " → ".join(one[name].text() for one in found)
        print(f"  {name}: {times} (× {ratio:.1f} ≤ {LIMIT:g}: {'ok' if fine else 'OVER'})", flush=True)
    return holds


def in_own_site(module: str, *arguments: str) -> int:
    """Run the module again, `--here`, in a site made for it on the database of `DATABASE_URL`; what it returns."""
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as var:
        environment = environment_of(Path(var), os.environ.get("DATABASE_URL", ""))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", module, "--here", *arguments]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode
