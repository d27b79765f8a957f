"""Addresses of the files of ideas taken in."""

from bpc.portal.foundation.addresses import page
from bpc.portal.gatherings.importing.actions import RIGHT
from bpc.portal.web.gatherings import import_views

_ONE = "idees/importer/<int:pk>"

patterns = [
    page("idees/importer", import_views.imports, name="idea_imports", right=RIGHT),
    page(_ONE, import_views.one_import, name="idea_import", right=RIGHT),
    page(f"{_ONE}/colonnes", import_views.check_columns, name="idea_import_columns", right=RIGHT),
    page(f"{_ONE}/appliquer", import_views.apply_import, name="idea_import_apply", right=RIGHT),
    page(f"{_ONE}/continuer", import_views.resume_import, name="idea_import_resume", right=RIGHT),
    page(f"{_ONE}/annuler", import_views.undo_import, name="idea_import_undo", right=RIGHT),
    page(f"{_ONE}/supprimer", import_views.discard_import, name="idea_import_discard", right=RIGHT),
    page(f"{_ONE}/rapport.csv", import_views.report, name="idea_import_report", right=RIGHT),
]
