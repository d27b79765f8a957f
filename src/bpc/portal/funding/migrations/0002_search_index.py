"""The index over the lexemes of the sources shown, in the words of each database, kept by the database itself."""

from typing import Any

from django.db import migrations

from bpc.portal.foundation.lexeme_index import LexemeIndex

INDEX = LexemeIndex("funding_search", "funding_sourceentry", "source_id")


def forwards(apps: Any, editor: Any) -> None:
    """Create the index."""
    INDEX.create(editor)


def backwards(apps: Any, editor: Any) -> None:
    """Remove the index."""
    INDEX.drop(editor)


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_directory")]
    operations = [migrations.RunPython(forwards, backwards)]
