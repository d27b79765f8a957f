"""`python -m bench.funding [--sources 100000]`: the list of sources of funding, few against many.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own: the real sources, then as many copies as
asked, elsewhere, in other sectors, of other kinds. A page must ask as many queries of either, read as many rows, and
stay under a limit.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

django.setup()  # the site is the environment's: this module runs itself again in one of its own

from django.db import connection  # noqa: E402  (after the settings)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.databases import environment_of  # noqa: E402
from bench.server import ROOT  # noqa: E402
from bpc.portal.foundation.lexeme_index import entry_columns, facet  # noqa: E402
from bpc.portal.funding.lists import Sort, SourceFilters, cards, facets  # noqa: E402
from bpc.portal.funding.models import (  # noqa: E402
    FundingSource,
    SourceBeneficiary,
    SourceEntry,
    SourcePlace,
    SourceSector,
    SourceStage,
)
from bpc.portal.reference.places import reference  # noqa: E402

LIMIT_MS = 500.0  # a page
COUNTS_LIMIT_MS = 2_500.0  # all counts of all sides, asked once: the page that shows them is kept
FAULTY = 1
SEED = 5
ROUNDS = 3
BATCH = 2_000
ASKED: dict[str, Callable[[], Any]] = {
    "all": lambda: cards(SourceFilters()),
    "by amount": lambda: cards(SourceFilters(), Sort.AMOUNT),
    "a province": lambda: cards(SourceFilters(province="09.541")),
    "a province, a sector, a stage": lambda: cards(
        SourceFilters(province="09.541", sector="fishing", stage="growth", kind="loan")
    ),
    "words": lambda: cards(SourceFilters(text="subvention coopérative artisanat")),
    "words in a region": lambda: cards(SourceFilters(text="قرض", region="09")),
    "counts": lambda: facets(SourceFilters()),
    "counts of a province": lambda: facets(SourceFilters(province="09.541", kind="grant")),
}


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the calmest round, and queries."""

    ms: float
    queries: int


def grow(number: int) -> None:
    """Copies of the real sources until there are as many, each in a drawn province and sector."""
    draw = random.Random(SEED)
    provinces = [place.code for place in reference().at("province")]
    sectors = sorted(reference().sectors)
    models = list(FundingSource.objects.filter(frame=None).prefetch_related("stage_rows", "beneficiary_rows"))
    entries = dict(SourceEntry.objects.values_list("source", "title"))
    missing = range(number - FundingSource.objects.count())
    for start in missing[::BATCH]:
        numbers = missing[start : start + BATCH]
        chosen = [(at, draw.choice(models), draw.choice(provinces), draw.choice(sectors)) for at in numbers]
        rows = FundingSource.objects.bulk_create([_copy(model, at, draw) for at, model, _, _ in chosen])
        SourcePlace.objects.bulk_create(
            SourcePlace(source=row, territory_id=code, region_id=code[:2], province_id=code)
            for row, (_, _, code, _) in zip(rows, chosen, strict=True)
        )
        SourceSector.objects.bulk_create(
            SourceSector(source=row, sector_id=sector) for row, (*_, sector) in zip(rows, chosen, strict=True)
        )
        SourceStage.objects.bulk_create(
            SourceStage(source=row, stage=one.stage)
            for row, (_, model, _, _) in zip(rows, chosen, strict=True)
            for one in model.stage_rows.all()
        )
        SourceBeneficiary.objects.bulk_create(
            SourceBeneficiary(source=row, beneficiary=one.beneficiary)
            for row, (_, model, _, _) in zip(rows, chosen, strict=True)
            for one in model.beneficiary_rows.all()
        )
        SourceEntry.objects.bulk_create(
            SourceEntry(source=row, **_entry(entries[model.pk], row, code, sector))
            for row, (_, model, code, sector) in zip(rows, chosen, strict=True)
        )


def _copy(model: FundingSource, at: int, draw: random.Random) -> FundingSource:
    columns = {
        field.attname: getattr(model, field.attname)
        for field in FundingSource._meta.concrete_fields
        if field.attname not in {"id", "slug", "content", "frame_id"}
    }
    row = FundingSource(slug=f"copie-{at}", content={}, **columns)
    row.is_national, row.all_sectors = False, False
    row.amount_key = row.amount_max = draw.randrange(10_000, 1_000_000)
    row.deadline_key += draw.randrange(2_000)
    return row


def _entry(title: str, row: FundingSource, code: str, sector: str) -> dict[str, str]:
    told = [facet("at", code), facet("in", code[:2]), facet("in", code), facet("sector", sector)]
    return entry_columns(title, "", [*told, facet("kind", row.kind), facet("status", row.status)])


def measured() -> dict[str, Cost]:
    """What each demand costs now."""
    found = {}
    for name, ask in ASKED.items():
        with CaptureQueriesContext(connection) as captured:
            ask()
        taken = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            ask()
            taken.append(1000 * (time.perf_counter() - begun))
        found[name] = Cost(min(taken), len(captured))
    return found


def tell(number: int) -> bool:
    """Print what few and many cost; whether the limits hold."""
    few, before = measured(), FundingSource.objects.count()
    grow(number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many, holds = measured(), True
    print(f"Funding on {connection.vendor}: {before} sources, then {FundingSource.objects.count():,}")
    for name, cost in many.items():
        limit = COUNTS_LIMIT_MS if name.startswith("counts") else LIMIT_MS
        fine = cost.queries == few[name].queries and cost.ms <= limit
        holds = holds and fine
        print(
            f"  {name}: {few[name].ms:.0f} ms, {few[name].queries} queries → {cost.ms:.0f} ms, {cost.queries} queries "
            f"(the same number, ≤ {limit:g} ms: {'ok' if fine else 'OVER'})"
        )
    return holds


def main() -> int:
    """Runs in a site made for it; 1 when a limit does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=100_000)
    parser.add_argument("--here", action="store_true", help="on the site of the environment")
    options = parser.parse_args()
    if options.here:
        return 0 if tell(options.sources) else FAULTY
    with tempfile.TemporaryDirectory(prefix="bpc-bench-funding-") as var:
        environment = environment_of(Path(var), os.environ.get("DATABASE_URL", ""))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", "bench.funding", "--here", "--sources", str(options.sources)]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
