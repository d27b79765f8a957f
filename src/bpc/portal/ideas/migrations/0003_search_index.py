"""The index over the lexemes of published ideas, in the words of each database, kept by the database itself."""

from typing import Any

from django.db import migrations

from bpc.portal.foundation.lexeme_index import LexemeIndex

INDEX = LexemeIndex("ideas_search", "ideas_searchentry", "idea_id")


def forwards(apps: Any, editor: Any) -> None:
    """Create the index."""
    INDEX.create(editor)


def backwards(apps: Any, editor: Any) -> None:
    """Remove the index."""
    INDEX.drop(editor)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0002_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
