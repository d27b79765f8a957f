"""`make bench`: what a request costs the server, against Django's own hello, at 100, 10,000 and 100,000 ideas; and
what a business plan costs, against a plain loop and the speed of memory (`python -m bench.engine` alone).

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
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.cases import Case, cases
from bench.databases import grown
from bench.engine import measure
from bench.publisher import Publisher, publishing
from bench.server import ROOT, Cost, Server, serving
from bench.table import Line, table

SIZES = (100, 10_000, 100_000)
ROUNDS = 5  # the calmest counts: what else runs on the machine only ever adds
HELLO = "bench.hello:application"
FAULTY = 1  # exit status when a limit does not hold
PAPER = ROOT / "docs" / "bench.md"
_STARTED = time.monotonic()


def _say(words: str) -> None:
    print(f"[{time.monotonic() - _STARTED:4.0f} s] {words}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class _Site:
    """A served site with some number of ideas, and its kinds of page, each with addresses of its own."""

    server: Server
    publisher: Publisher
    measured: tuple[Case, ...]

    def cost(self, number: int) -> Cost:
        case = self.measured[number]
        return self.server.cost_per_request(
            case.addresses(), case.requests, self.publisher if case.outdated else None
        )


def _measure(name: str, var: Path, database_url: str) -> list[Line]:
    """Each kind of page on every site in turn, several times over, so that a calm moment comes to each; the
    cheapest counts. Sites are measured within seconds of each other: what the machine does then is the same."""
    environments = list(grown(SIZES, var, database_url, lambda words: _say(f"{name}: {words}")))
    measured = cases()
    hellos: list[float] = []
    found: list[list[list[Cost]]] = [[[] for _ in SIZES] for _ in measured]
    with ExitStack() as running:
        rival = running.enter_context(serving(HELLO, {**environments[0], "DATABASE_URL": ""}))
        sites = [
            _Site(
                running.enter_context(serving("bpc.portal.wsgi:application", environment)),
                running.enter_context(publishing(environment)),
                cases(),
            )
            for environment in environments
        ]
        for turn in range(ROUNDS):
            _say(f"{name}: measuring, {turn + 1} of {ROUNDS}")
            hellos.append(rival.cost_per_request(itertools.repeat("/"), 300).server)
            for number in range(len(measured)):
                for site, costs in zip(sites, found[number], strict=True):
                    costs.append(site.cost(number))
    calmest = [tuple(min(costs, key=lambda cost: cost.total) for costs in row) for row in found]
    return [Line(case, costs, min(hellos)) for case, costs in zip(measured, calmest, strict=True)]


def _bench(name: str, var: Path, database_url: str) -> tuple[str, bool]:
    """The table of one database, and whether every limit held."""
    lines = _measure(name, var, database_url)
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


def _paper(tables: list[str], engine: str) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "psycopg", "numpy"))
    blocks = "\n\n".join(f"```text\n{block}\n```" for block in tables)
    return f"""# What a page costs

Written by `python -m bench --write` on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, {packages};
{os.cpu_count()} processor cores, shared with other work. `make bench` measures it anew.

Processor time, user and system, of the one gunicorn worker per request, read from /proc; the columns "db" add that of
PostgreSQL's own processes. Each figure is the median request of the calmest of {ROUNDS} rounds. A site per number of
ideas, measured within seconds of each other; served as `make run` does, by threads, so is the hello.

- *rendered*: no kept page answers. Before each request of a list, a search or a province sheet an idea is published;
  each request for a commune sheet or a map asks for another commune or another indicator.
- *kept*: the page was asked before and nothing changed since.
- *hellos*: the cost in times that of Django answering two words without middleware, on the same server.
- *growth*: from 100 to 100,000 ideas, database included. At most 1.3×, unless the difference is under 0.3 ms.

{blocks}

For scale, a peer (pretalx) needs 67 ms at 67 entries and 463 ms at 10,067.
The map of the 1,503 communes in one drawing is told and not judged: it holds 1,503 outlines and their names.

{engine}"""


def main() -> int:
    """SQLite, then PostgreSQL; 1 when a limit did not hold or a database could not be measured."""
    if database_url := os.environ.get("DATABASE_URL", ""):
        text, held = _bench("PostgreSQL", Path(os.environ["BPC_VAR"]), database_url)
        print(text)
        return 0 if held else FAULTY
    _say("the engine of business plans")
    engine = measure()
    print(f"\n{engine.text()}\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
        results = [_bench("SQLite (WAL)", Path(folder) / "sqlite", "")]
        print(f"\n{results[0][0]}\n", flush=True)
        results.append(_on_postgresql(Path(folder) / "postgresql"))
        print(results[1][0])
    if "--write" in sys.argv[1:]:
        PAPER.write_text(_paper([text for text, _held in results], engine.paper()), encoding="utf-8")
    return 0 if all(held for _text, held in results) and not engine.faults() else FAULTY


if __name__ == "__main__":
    sys.exit(main())
