"""`make bench`: what a request costs the server, against Django's own hello, at 100, 10,000 and 100,000 ideas.

`--write` also writes the tables to `docs/bench.md`.
"""

import itertools
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.cases import Case, cases
from bench.publisher import Publisher, publishing
from bench.server import ROOT, Cost, Server, serving
from bench.table import Line, table

SIZES = (100, 10_000, 100_000)
ROUNDS = 3  # the calmest counts: what else runs on the machine only ever adds
HELLO = "bench.hello:application"
FAULTY = 1  # exit status when a limit does not hold
PAPER = ROOT / "docs" / "bench.md"
_STARTED = time.monotonic()


def _say(words: str) -> None:
    print(f"[{time.monotonic() - _STARTED:4.0f} s] {words}", file=sys.stderr, flush=True)


def _environment(var: Path, database_url: str) -> dict[str, str]:
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "bpc.portal.settings.dev", "BPC_VAR": str(var), "DEMO": "0",
        "DATABASE_URL": database_url, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }  # fmt: skip


def _run(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


@dataclass(frozen=True)
class _Column:
    """What was measured at one number of ideas."""

    hello: float
    costs: list[Cost]


def _column(environment: dict[str, str], measured: tuple[Case, ...]) -> _Column:
    """Everything in turn, several times over, so that a calm moment comes to each; the cheapest counts."""
    hellos: list[float] = []
    found: list[list[Cost]] = []
    with (
        serving(HELLO, {**environment, "DATABASE_URL": ""}) as rival,
        serving("bpc.portal.wsgi:application", environment) as server,
        publishing(environment) as publisher,
    ):
        for _ in range(ROUNDS):
            hellos.append(rival.cost_per_request(itertools.repeat("/"), 300).server)
            found.append([_cost(server, case, publisher) for case in measured])
    best = [min(costs, key=lambda cost: cost.total) for costs in zip(*found, strict=True)]
    return _Column(min(hellos), best)


def _cost(server: Server, case: Case, publisher: Publisher) -> Cost:
    return server.cost_per_request(case.addresses(), case.requests, publisher if case.outdated else None)


def _measure(name: str, environment: dict[str, str]) -> list[Line]:
    """Grow one database from size to size, and measure everything at each."""
    _say(f"{name}: preparing")
    _run(environment, "manage.py", "prepare")
    measured, columns = cases(), list[_Column]()
    for size in SIZES:
        _say(f"{name}: writing {size:,} ideas")
        _run(environment, "-m", "bench.crowd", str(size))
        _say(f"{name}: measuring at {size:,} ideas")
        columns.append(_column(environment, measured))
    hello = min(column.hello for column in columns)
    rows = zip(*(column.costs for column in columns), strict=True)
    return [Line(case, costs, hello) for case, costs in zip(measured, rows, strict=True)]


def _bench(name: str, var: Path, database_url: str) -> tuple[str, bool]:
    """The table of one database, and whether every limit held."""
    lines = _measure(name, _environment(var, database_url))
    return table(name, SIZES, lines), not any(line.faults() for line in lines)


def _on_postgresql(var: Path) -> tuple[str, bool]:
    """The same on a PostgreSQL made for it and thrown away."""
    if not shutil.which("psql"):
        return "PostgreSQL is not installed: not measured (Debian: apt-get install postgresql)", False
    command = [str(ROOT / "bin" / "with_postgresql"), sys.executable, "-m", "bench"]
    ran = subprocess.run(command, env={**os.environ, "BPC_VAR": str(var)}, stdout=subprocess.PIPE, text=True)
    if ran.returncode not in {0, FAULTY}:
        raise RuntimeError(f"the bench on PostgreSQL stopped with {ran.returncode}")
    return ran.stdout.strip(), ran.returncode == 0


def _paper(tables: list[str]) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "psycopg", "numpy"))
    blocks = "\n\n".join(f"```text\n{block}\n```" for block in tables)
    return f"""# What a page costs

Written by `python -m bench --write` on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, {packages};
{os.cpu_count()} processor cores, shared with other work. `make bench` measures it anew.

Processor time, user and system, of the one gunicorn worker per request, read from /proc; the columns "db" add that of
PostgreSQL's own process. Each figure is the median request of the calmest of {ROUNDS} rounds.

- *rendered*: no kept page answers. Before each request of a list, a search or a province sheet an idea is published;
  each request for a commune sheet or a map asks for another commune or another indicator.
- *kept*: the page was asked before and nothing changed since.
- *hellos*: the cost in times that of Django answering two words without middleware, on the same server.
- *growth*: from 100 to 100,000 ideas, database included. At most 1.3×, unless the difference is under 0.3 ms.

{blocks}

For scale, a peer (pretalx) needs 67 ms at 67 entries and 463 ms at 10,067.
The map of the 1,503 communes in one drawing is told and not judged: it holds 1,503 outlines and their names.
"""


def main() -> int:
    """SQLite, then PostgreSQL; 1 when a limit did not hold or a database could not be measured."""
    if database_url := os.environ.get("DATABASE_URL", ""):
        text, held = _bench("PostgreSQL", Path(os.environ["BPC_VAR"]), database_url)
        print(text)
        return 0 if held else FAULTY
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
        results = [_bench("SQLite (WAL)", Path(folder), "")]
        print(f"\n{results[0][0]}\n", flush=True)
        results.append(_on_postgresql(Path(folder)))
        print(results[1][0])
    if "--write" in sys.argv[1:]:
        PAPER.write_text(_paper([text for text, _held in results]), encoding="utf-8")
    return 0 if all(held for _text, held in results) else FAULTY


if __name__ == "__main__":
    sys.exit(main())
