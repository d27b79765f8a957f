"""The index over the lexemes of public observations, kept by the database itself."""

from typing import Any

from django.db import migrations

from bpc.portal.foundation.lexeme_index import LexemeIndex

INDEX = LexemeIndex("observations_search", "observations_searchentry", "observation_id")


def forwards(apps: Any, editor: Any) -> None:
    """Create the index."""
    INDEX.create(editor)


def backwards(apps: Any, editor: Any) -> None:
    """Remove the index."""
    INDEX.drop(editor)


class Migration(migrations.Migration):
    dependencies = [("observations", "0001_needs_and_opportunities")]
    operations = [migrations.RunPython(forwards, backwards)]
