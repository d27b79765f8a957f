"""The index over the lexemes of names, and names compared byte by byte, in the words of each database."""

from typing import Any

from django.db import migrations

# As the index of ideas: `ascii` takes every other letter as part of a word, so Arabic lexemes stay whole. Two and
# three letters are indexed as beginnings too, for whoever types the start of a name.
SQLITE = (
    """
    CREATE VIRTUAL TABLE register_search USING fts5(
        lexemes, content='register_cooperativeentry', content_rowid='cooperative_id', detail='none',
        prefix='3 4', tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER register_search_insert AFTER INSERT ON register_cooperativeentry BEGIN
        INSERT INTO register_search(rowid, lexemes) VALUES (new.cooperative_id, new.lexemes);
    END
    """,
    """
    CREATE TRIGGER register_search_delete AFTER DELETE ON register_cooperativeentry BEGIN
        INSERT INTO register_search(register_search, rowid, lexemes)
            VALUES ('delete', old.cooperative_id, old.lexemes);
    END
    """,
    """
    CREATE TRIGGER register_search_update AFTER UPDATE OF lexemes ON register_cooperativeentry BEGIN
        INSERT INTO register_search(register_search, rowid, lexemes)
            VALUES ('delete', old.cooperative_id, old.lexemes);
        INSERT INTO register_search(rowid, lexemes) VALUES (new.cooperative_id, new.lexemes);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER register_search_insert",
    "DROP TRIGGER register_search_delete",
    "DROP TRIGGER register_search_update",
    "DROP TABLE register_search",
)
POSTGRESQL = (
    'ALTER TABLE register_cooperative ALTER COLUMN sort_name TYPE varchar(60) COLLATE "C"',
    """
    ALTER TABLE register_cooperativeentry ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(lexemes, ' '), ''))) STORED
    """,
    "CREATE INDEX register_search_vector ON register_cooperativeentry USING gin (vector)",
)
POSTGRESQL_BACK = (
    "DROP INDEX register_search_vector",
    "ALTER TABLE register_cooperativeentry DROP COLUMN vector",
)


def _run(editor: Any, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]:
        editor.execute(statement)


def forwards(apps: Any, editor: Any) -> None:
    """Create the index."""
    _run(editor, SQLITE, POSTGRESQL)


def backwards(apps: Any, editor: Any) -> None:
    """Remove the index."""
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_cooperatives")]
    operations = [migrations.RunPython(forwards, backwards)]
