"""The index over the lexemes of published ideas, in the words of each database, kept by the database itself."""

from typing import Any

from django.db import migrations

# `ascii` takes every other letter as part of a word, so Arabic and Tifinagh lexemes stay whole; the underscore
# marks lexemes of the title and of the facets. No positions are kept: only whole lexemes are asked.
SQLITE = (
    """
    CREATE VIRTUAL TABLE ideas_search USING fts5(
        lexemes, content='ideas_searchentry', content_rowid='id', detail='none',
        tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER ideas_search_insert AFTER INSERT ON ideas_searchentry BEGIN
        INSERT INTO ideas_search(rowid, lexemes) VALUES (new.id, new.lexemes);
    END
    """,
    """
    CREATE TRIGGER ideas_search_delete AFTER DELETE ON ideas_searchentry BEGIN
        INSERT INTO ideas_search(ideas_search, rowid, lexemes) VALUES ('delete', old.id, old.lexemes);
    END
    """,
    """
    CREATE TRIGGER ideas_search_update AFTER UPDATE OF lexemes ON ideas_searchentry BEGIN
        INSERT INTO ideas_search(ideas_search, rowid, lexemes) VALUES ('delete', old.id, old.lexemes);
        INSERT INTO ideas_search(rowid, lexemes) VALUES (new.id, new.lexemes);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER ideas_search_insert",
    "DROP TRIGGER ideas_search_delete",
    "DROP TRIGGER ideas_search_update",
    "DROP TABLE ideas_search",
)
POSTGRESQL = (
    """
    ALTER TABLE ideas_searchentry ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(lexemes, ' '), ''))) STORED
    """,
    # without the pending list: searches cost the same just after a day of publications
    "CREATE INDEX ideas_search_vector ON ideas_searchentry USING gin (vector) WITH (fastupdate = off)",
)
POSTGRESQL_BACK = ("DROP INDEX ideas_search_vector", "ALTER TABLE ideas_searchentry DROP COLUMN vector")


def _run(editor: Any, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    statements = {"sqlite": sqlite, "postgresql": postgresql}[editor.connection.vendor]
    for statement in statements:
        editor.execute(statement)


def forwards(apps: Any, editor: Any) -> None:
    """Create the index."""
    _run(editor, SQLITE, POSTGRESQL)


def backwards(apps: Any, editor: Any) -> None:
    """Remove the index."""
    _run(editor, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0002_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
