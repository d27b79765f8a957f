"""The statements that write many rows at once, in the words of both databases.

Composed by the ORM, 65,000 rows take six times as long, and the other writers of the site would wait for them.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from bpc.portal.register.models import Cooperative, CooperativeEntry, ImportChange
from bpc.portal.register.plans import FIELDS, Values

_ROWS, _ENTRIES, _CHANGES = (model._meta.db_table for model in (Cooperative, CooperativeEntry, ImportChange))


_COLUMNS = ("number", *FIELDS, "first_import_id", "last_import_id", "is_demo")
_SET = ", ".join(f"{name} = %s" for name in (*FIELDS, "last_import_id"))
_UPDATE = f"UPDATE {_ROWS} SET {_SET} WHERE number = %s"  # noqa: S608 - our own names
_UPDATE_ENTRY = f"UPDATE {_ENTRIES} SET lexemes = %s WHERE cooperative_id = %s"  # noqa: S608


def insert_cooperatives(rows: Iterable[tuple[str, Values]], register_import: int) -> None:
    """Write new cooperatives: (number, values in the order of `FIELDS`)."""
    _insert(
        _ROWS,
        _COLUMNS,
        [(number, *values, register_import, register_import, False) for number, values in rows],
    )


def update_cooperatives(rows: Iterable[tuple[str, Values, int | None]]) -> None:
    """Write (number, values, last import) over cooperatives that exist. Never their organisation."""
    _run(_UPDATE, [(*values, last, number) for number, values, last in rows])


def insert_entries(entries: Iterable[tuple[int, str]]) -> None:
    """Let new cooperatives be found: (key, lexemes)."""
    _insert(_ENTRIES, ("cooperative_id", "lexemes"), list(entries))


def update_entries(entries: Iterable[tuple[int, str]]) -> None:
    """Bring the search to what cooperatives have become: (key, lexemes)."""
    _run(_UPDATE_ENTRY, [(text, key) for key, text in entries])


def insert_changes(register_import: int, changes: Iterable[tuple[int, list[Any]]]) -> None:
    """Remember what cooperatives were before an import: (key, values)."""
    _insert(
        _CHANGES,
        ("register_import_id", "cooperative_id", "before"),
        [(register_import, key, json.dumps(before, ensure_ascii=False)) for key, before in changes],
    )


def _run(statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _insert(table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    """PostgreSQL takes rows fastest by COPY, SQLite by one statement run many times."""
    names = ", ".join(columns)
    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(columns))
        _run(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
