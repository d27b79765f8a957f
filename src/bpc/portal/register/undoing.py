"""Undoing the last import applied: what it created goes, what it changed comes back, links stay.

Imports are undone in the reverse order of their application, so that each finds the rows as it left them.
"""

from django.db import connection

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.register.applying import BATCH, batches, lexemes, restored_values
from bpc.portal.register.models import Cooperative, CooperativeEntry, ImportChange, RegisterImport
from bpc.portal.register.queries import GENERATION
from bpc.portal.register.statements import update_cooperatives, update_entries
from bpc.portal.register.states import ImportState
from bpc.portal.register.tallies import rebuild


def last_applied() -> RegisterImport | None:
    """The only import that can be undone now."""
    applied = RegisterImport.objects.filter(state__in=(ImportState.APPLIED, ImportState.UNDOING))
    return applied.order_by("-applied_at", "-pk").first()


def linked_since(register_import: RegisterImport) -> int:
    """How many cooperatives that the import created were linked to an organisation since: these stay, unlisted."""
    return Cooperative.objects.filter(first_import=register_import, organisation__isnull=False).count()


def undo_rows(register_import: RegisterImport) -> None:
    """Put the register back as it was before the import. In the caller's transaction."""
    outdate(GENERATION)
    _remove_created(register_import)
    rows = register_import.changes.order_by("pk").values_list(
        "cooperative_id", "cooperative__number", "before"
    )
    for batch in batches(rows.iterator(chunk_size=BATCH), BATCH):
        restored = [(key, number, *restored_values(before)) for key, number, before in batch]
        update_cooperatives((number, values, last) for _, number, values, last in restored)
        update_entries((key, lexemes(values)) for key, _, values, _ in restored)
    ImportChange.objects.filter(register_import=register_import).delete()
    rebuild()


def _remove_created(register_import: RegisterImport) -> None:
    created = Cooperative.objects.filter(first_import=register_import)
    created.filter(organisation__isnull=False).update(is_listed=False)
    CooperativeEntry.objects.filter(
        cooperative__first_import=register_import, cooperative__organisation=None
    ).delete()
    with (
        connection.cursor() as cursor
    ):  # by the ORM every row would be read first, to look for others that hang on it
        cursor.execute(
            f"DELETE FROM {Cooperative._meta.db_table} WHERE first_import_id = %s AND organisation_id IS NULL",  # noqa: S608
            [register_import.pk],
        )
