"""`python -m bench.points [--rows 100000]`: points of the maps, and their pages, against a bare static file.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own with that many ideas and needs and two
thirds as many cooperatives. The rival sends the same compressed bytes from a file, on the same server, in the same run:
what is left is what keeping them right costs. *kept*: nothing changed since the last request; *made*: made anew.
"""

import argparse
import http.client
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.databases import environment_of
from bench.server import ROOT, Server, serving
from bench.static_file import FOLDER

ROUNDS = 5  # the calmest counts
KEPT = 2.0  # ms of processor time
MOST = 60_000  # bytes of an answer of points, compressed
ADDRESSES = {
    "ideas, points": "/api/v1/ideas.geojson",
    "needs, points": "/fr/carte/points/needs.geojson",
    "cooperatives, points": "/fr/carte/points/cooperatives.geojson",
    "map, needs of women": "/fr/carte?niveau=provinces&points=besoins&public=femmes",
    "map, cooperatives in 1,503 communes": "/fr/carte?niveau=communes&points=cooperatives",
}
FAULTY = 1


@dataclass(frozen=True)
class Line:
    """One address: the bytes of its answer, and milliseconds of processor time kept, made anew, and as a file."""

    name: str
    weight: int
    kept: float
    made: float
    file: float

    @property
    def holds(self) -> bool:
        """Whether the kept answer is cheap, and points are light."""
        return self.kept <= KEPT and (self.weight <= MOST or "points" not in self.name)

    def text(self) -> str:
        """The line of the table."""
        ratio = self.kept / max(self.file, 0.01)
        told = f"{self.name:<38}{self.weight / 1000:>7.1f}{self.file:>8.2f}{self.kept:>8.2f}{ratio:>7.1f}×"
        return f"{told}{self.made:>8.1f}  {'ok' if self.holds else 'OVER'}"


def fetch(server: Server, address: str) -> bytes:
    """The compressed bytes of an answer. Raises RuntimeError unless it is 200 and compressed."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200 or response.headers["Content-Encoding"] != "gzip":
        raise RuntimeError(f"{address}: {response.status} {response.headers['Content-Encoding']}")
    return body


def _never_kept(address: str) -> Iterator[str]:
    """The same answer under another address each time."""
    sign = "&" if "?" in address else "?"
    return (f"{address}{sign}n={number}" for number in itertools.count())


def measure(environment: dict[str, str], folder: Path) -> list[Line]:
    """Each address in turn, several times over, the file right after; the calmest of each counts."""
    rival = {**environment, FOLDER: str(folder)}
    with (
        serving("bpc.portal.wsgi:application", environment) as site,
        serving("bench.static_file:application", rival) as files,
    ):
        bodies = {name: fetch(site, address) for name, address in ADDRESSES.items()}
        for number, body in enumerate(bodies.values()):
            (folder / f"{number}.gz").write_bytes(body)
        fresh = {name: _never_kept(address) for name, address in ADDRESSES.items()}
        costs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ADDRESSES}
        for _ in range(ROUNDS):
            for number, (name, address) in enumerate(ADDRESSES.items()):
                kept = site.cost_per_request(itertools.repeat(address), 40).server
                made = site.cost_per_request(fresh[name], 6).server
                file = files.cost_per_request(itertools.repeat(f"/{number}.gz"), 100).server
                costs[name].append((kept, made, file))
    lines = []
    for name, found in costs.items():
        kept, made, file = (min(column) for column in zip(*found, strict=True))
        lines.append(Line(name, len(bodies[name]), kept, made, file))
    return lines


def main() -> int:
    """Prepare a site of its own, fill it, then measure; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench.points")
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as name:
        database = os.environ.get("DATABASE_URL", "")
        environment = environment_of(Path(name) / "site", database) | {"DEBUG": "0"}
        Path(environment["BPC_VAR"]).mkdir()
        fill = f"import bench.ogc; bench.ogc.fill({rows})"
        for command in (["manage.py", "prepare"], ["-c", fill]):
            subprocess.run(
                [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
            )
        folder = Path(name) / "files"
        folder.mkdir()
        lines = measure(environment, folder)
    engine = "PostgreSQL" if database else "SQLite"
    print(
        f"Points against a bare static file on {engine}, {rows:,} ideas and needs; kept ≤ {KEPT:g} ms, points ≤ 60 kB"
    )
    print(f"{'ms of processor time per request':<38}{'kB':>7}{'file':>8}{'kept':>8}{'':>8}{'made':>8}")
    print("\n".join(line.text() for line in lines))
    return 0 if all(line.holds for line in lines) else FAULTY


if __name__ == "__main__":
    sys.exit(main())
