"""What the reading of a file found, as a table to download: line, column, reason, cell."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bpc.portal.foundation.open_files import table
from bpc.portal.gatherings.importing.reason_words import REFUSING, column_words, reason_words
from bpc.portal.gatherings.models import IdeaImport


def report_csv(idea_import: IdeaImport) -> Iterator[str]:
    """One row per remark; nothing in it is a formula for a spreadsheet."""
    line, result, column, reason, cell = names = (
        _("Ligne"), _("Résultat"), _("Colonne"), _("Raison"), _("Ce que la case contient"),
    )  # fmt: skip
    found = (
        {
            line: one["line"],
            result: _("refusée") if one["code"] in REFUSING else _("prise, avec une remarque"),
            column: column_words(one["column"]),
            reason: reason_words(one["code"]),
            cell: one["cell"],
        }
        for one in idea_import.report
    )
    return table(names, found, written=[cell])
