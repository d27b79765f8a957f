"""`python -m bench.register [--rows 65000]`: importing the register, against a bare insert of the same rows.

On the database of `DATABASE_URL` (SQLite without one), in a site of its own: the file is checked and applied as the
background worker does, applied again unchanged, searched, undone. The limit is the issue's: 65,000 rows in a minute.
"""

import argparse
import csv
import os
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

from django.core.files import File  # noqa: E402  (after the settings)
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.databases import environment_of  # noqa: E402
from bench.server import ROOT  # noqa: E402
from bpc.portal.people.models import RoleGrant, User  # noqa: E402
from bpc.portal.reference.gazetteer import gazetteer  # noqa: E402
from bpc.portal.register.actions import upload  # noqa: E402
from bpc.portal.register.fictional import invented_register  # noqa: E402
from bpc.portal.register.models import Cooperative, RegisterImport  # noqa: E402
from bpc.portal.register.queries import Wanted, list_cooperatives  # noqa: E402
from bpc.portal.register.states import ImportState  # noqa: E402
from bpc.portal.register.tasks import apply_file, check_file, undo_import  # noqa: E402

LIMIT = 60.0  # seconds, check and application together
FAULTY = 1


@dataclass(frozen=True)
class Found:
    """Seconds of each step."""

    check: float
    apply: float
    again: float
    undo: float
    bare: float
    search: float

    @property
    def ratio(self) -> float:
        """Check and application, in bare inserts of the same rows."""
        return (self.check + self.apply) / self.bare


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(rows: int) -> Found:
    """Everything, in one process. Django is set up on an empty, prepared database."""
    person = User.objects.create_user(email="mesure@example.org")
    RoleGrant.objects.create(user=person, role="administrator")

    def send(path: Path) -> RegisterImport:
        with path.open("rb") as file:
            return upload(file=File(file, name=path.name), actor=person, at=timezone.now())  # type: ignore[arg-type]

    def run(row: RegisterImport, state: ImportState, work: Any) -> float:
        RegisterImport.objects.filter(pk=row.pk).update(state=state)
        taken = _timed(lambda: work.call(row.pk))
        row.refresh_from_db()
        if row.problem:
            raise SystemExit(f"{state}: {row.problem}")
        return taken

    with tempfile.TemporaryDirectory(prefix="bpc-bench-") as folder:
        path = Path(folder) / "registre.csv"
        write_file(path, rows)
        first = send(path)
        check = run(first, ImportState.CHECKING, check_file)
        applied = run(first, ImportState.APPLYING, apply_file)
        if Cooperative.objects.count() != rows:
            raise SystemExit("rows are missing")
        search = min(_timed(lambda: list_cooperatives(Wanted("الأمل"))) for _ in range(5))
        bare = bare_insert()
        second = send(path)
        again = run(second, ImportState.CHECKING, check_file) + run(second, ImportState.APPLYING, apply_file)
        run(second, ImportState.UNDOING, undo_import)
        undo = run(first, ImportState.UNDOING, undo_import)
    return Found(check, applied, again, undo, bare, search)


def write_file(path: Path, rows: int) -> None:
    """The invented register as ODCO would send its own: names, not codes, and numbers of its kind."""
    places = gazetteer().by_code
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["Numéro", "Dénomination", "الاسم بالعربية", "Secteur", "Activité", "Région", "Province", "Commune", "Date",
             "Nombre de membres", "Dont femmes", "Dont jeunes", "Coopérative féminine", "Statut", "Téléphone"]
        )  # fmt: skip
        for order, row in enumerate(invented_register(rows), start=1):
            place = places[row.commune]
            writer.writerow(
                [f"{order}/{row.registered_on.year}", row.name_fr, row.name_ar, "", row.activity,
                 places[place.code[:2]].name_fr, places[place.code[:6]].name_fr, place.name_fr,
                 row.registered_on.strftime("%d/%m/%Y"), row.members, row.women, row.youth,
                 "Oui" if row.is_women else "Non", "En activité", "0612345678"]
            )  # fmt: skip


def bare_insert() -> float:
    """Seconds of one `executemany` of the same rows into a table with the same columns and indexes, without more."""
    columns = [field.attname for field in Cooperative._meta.concrete_fields if field.attname != "id"]
    rows = list(Cooperative.objects.values_list(*columns))
    table = Cooperative._meta.db_table
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare AS SELECT {names} FROM {table} WHERE 1 = 0")  # noqa: S608
        cursor.execute("CREATE UNIQUE INDEX bare_number ON bare (number)")
        for column in ("sort_name", "region_id", "province_id", "commune_id", "sector_id", "year"):
            cursor.execute(f"CREATE INDEX bare_{column} ON bare ({column}, sort_name)")

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO bare ({names}) VALUES ({marks})", rows)  # noqa: S608

    taken = _timed(insert)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare")
    return taken


def told(rows: int) -> tuple[str, bool]:
    """The line to print, and whether the limit holds."""
    found = measure(rows)
    holds = found.check + found.apply <= LIMIT
    return (
        f"Register on {connection.vendor}, {rows:,} rows: checked in {found.check:.1f} s, applied in "
        f"{found.apply:.1f} s ({found.ratio:.1f} bare inserts of {found.bare:.1f} s; ≤ {LIMIT:g} s: "
        f"{'ok' if holds else 'OVER'}); the same file again {found.again:.1f} s; undone in {found.undo:.1f} s; "
        f"a name found in {found.search * 1000:.0f} ms"
    ), holds


def main() -> int:
    """Runs in a site made for it; 1 when the import takes more than a minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=65_000)
    parser.add_argument(
        "--here", action="store_true", help="on the site of the environment, which must be empty"
    )
    options = parser.parse_args()
    if options.here:
        line, holds = told(options.rows)
        print(line)
        return 0 if holds else FAULTY
    with tempfile.TemporaryDirectory(prefix="bpc-bench-register-") as var:
        environment = environment_of(Path(var), os.environ.get("DATABASE_URL", ""))
        prepare = [sys.executable, "manage.py", "prepare"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        again = [sys.executable, "-m", "bench.register", "--here", "--rows", str(options.rows)]
        return subprocess.run(again, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
