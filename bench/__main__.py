"""`make bench`: what a request costs the server, against Django's own hello, at 100, 10,000 and 100,000 ideas."""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.server import ROOT, Server, serving

SIZES = (100, 10_000, 100_000)
COMMUNE = "09.541.01.13"
VALUES = "/api/v1/indicators/labour_unemployment_rate/values?level=commune&year=2024"


@dataclass(frozen=True)
class Case:
    """One page: its address (`{n}` makes each request another page), and the limit that the issue sets."""

    name: str
    address: str
    requests: int
    limit_ms: float | None = None
    limit_hellos: float | None = None
    flat: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    def addresses(self) -> Iterator[str]:
        """Addresses to ask, one after the other."""
        return (self.address.replace("{n}", str(number)) for number in itertools.count())


CASES = (
    Case("idea list, rendered", "/fr/idees?_={n}", 200, limit_ms=12, flat=True),
    Case("idea list, kept", "/fr/idees", 500, limit_ms=2, flat=True),
    Case("idea list of a region, rendered", "/fr/idees?region=09&_={n}", 200, limit_ms=12, flat=True),
    Case("idea list, page 3 by support", "/fr/idees?sort=soutenues&page=3&_={n}", 200, limit_ms=12, flat=True),
    Case("search, common word", "/fr/idees?q=coop%C3%A9ratives&_={n}", 100, flat=True),
    Case("search, rare word", "/fr/idees?q=lieu42&_={n}", 100, flat=True),
    Case(
        "search, Arabic", "/ar/idees?q=%D8%AA%D8%B9%D8%A7%D9%88%D9%86%D9%8A%D8%A7%D8%AA&_={n}", 100, flat=True
    ),
    Case("commune sheet, rendered", f"/fr/territoires/{COMMUNE}?_={{n}}", 100, limit_ms=12, flat=True),
    Case("commune sheet, kept", f"/fr/territoires/{COMMUNE}", 500, limit_ms=2, flat=True),
    Case("map of provinces, rendered", "/fr/carte?niveau=provinces&_={n}", 100, limit_ms=12, flat=True),
    Case("map of communes, rendered", "/fr/carte?niveau=communes&_={n}", 60, flat=True),
    Case("map, kept", "/fr/carte?niveau=provinces", 500, limit_ms=2, flat=True),
    Case("indicator values", VALUES, 1000, limit_hellos=2, flat=True),
)


def _environment(var: Path, database_url: str) -> dict[str, str]:
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "bpc.portal.settings.dev", "BPC_VAR": str(var), "DEMO": "0",
        "DATABASE_URL": database_url, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }  # fmt: skip


def _hello(environment: dict[str, str]) -> float:
    with serving("bench.hello:application", environment) as server:
        return min(server.cpu_per_request(itertools.repeat("/"), 2000) for _ in range(2))


def _measure(server: Server) -> dict[str, float]:
    return {
        case.name: min(
            server.cpu_per_request(case.addresses(), case.requests, dict(case.headers)) for _ in range(2)
        )
        for case in CASES
    }


def _run(label: str, database_url: str) -> bool:
    """Measure one database at every size. Returns whether every limit held."""
    results: dict[int, dict[str, float]] = {}
    hello = 0.0
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
            environment = _environment(Path(folder), _fresh(database_url))
            subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
            subprocess.run(
                [sys.executable, "-m", "bench.crowd", str(size)], cwd=ROOT, env=environment, check=True
            )
            hello = hello or _hello(environment)
            with serving("bpc.portal.wsgi:application", environment) as server:
                results[size] = _measure(server)
    return _report(label, hello, results)


def _fresh(database_url: str) -> str:
    """An emptied PostgreSQL database; SQLite lives in the temporary folder."""
    if database_url:
        reset = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        subprocess.run(["psql", "-q", "-c", reset, database_url], check=True, stderr=subprocess.DEVNULL)
    return database_url


def _report(label: str, hello: float, results: dict[int, dict[str, float]]) -> bool:
    print(f"\n{label}: processor time of the server per request; Django's own hello = {hello:.2f} ms")
    print(f"{'page':<34}" + "".join(f"{size:>10,}" for size in SIZES) + "   hellos  flat  limit")
    held = True
    for case in CASES:
        times = [results[size][case.name] for size in SIZES]
        hellos, growth = times[-1] / hello, times[-1] / max(times[0], 0.1)
        verdicts = [
            case.limit_ms is None or max(times) <= case.limit_ms,
            case.limit_hellos is None or hellos <= case.limit_hellos,
            not case.flat or growth <= 1.3 or times[-1] - times[0] < 0.3,  # under a clock tick of noise
        ]
        held &= all(verdicts)
        limit = (
            f"≤ {case.limit_ms:g} ms"
            if case.limit_ms
            else f"≤ {case.limit_hellos:g}×"
            if case.limit_hellos
            else ""
        )
        cells = "".join(f"{time:>10.2f}" for time in times)
        print(
            f"{case.name:<34}{cells}{hellos:>8.1f}×{growth:>5.2f}× {limit:>8} {'ok' if all(verdicts) else 'OVER'}"
        )
    print("For scale, a peer (pretalx) needs 67 ms at 67 entries and 463 ms at 10,067.")
    return held


def main() -> int:
    """SQLite, then PostgreSQL where a server can be started; 1 when a limit did not hold."""
    if database_url := os.environ.get("DATABASE_URL", ""):
        return 0 if _run("PostgreSQL", database_url) else 1
    held = _run("SQLite (WAL)", "")
    if shutil.which("psql"):
        held &= (
            subprocess.run(
                [ROOT / "bin" / "with_postgresql", sys.executable, "-m", "bench"], check=False
            ).returncode
            == 0
        )
    else:
        print("PostgreSQL is not installed: not measured (Debian: apt-get install postgresql)")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
