"""Addresses of the pages in `web/register`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.register import import_views, public_views

_IMPORT = "register.import"
_ONE = "cooperatives/registre/<int:pk>"

patterns = [
    page("cooperatives", public_views.cooperatives, name="cooperatives", right=PUBLIC),
    page("cooperatives/chiffres", public_views.statistics, name="cooperative_statistics", right=PUBLIC),
    page("cooperatives/registre", import_views.imports, name="register_imports", right=_IMPORT),
    page(_ONE, import_views.register_import, name="register_import", right=_IMPORT),
    page(f"{_ONE}/lecture", import_views.choose_reading, name="register_reading", right=_IMPORT),
    page(f"{_ONE}/colonnes", import_views.choose_columns, name="register_columns", right=_IMPORT),
    page(f"{_ONE}/appliquer", import_views.apply_import, name="register_apply", right=_IMPORT),
    page(f"{_ONE}/annuler", import_views.undo_import, name="register_undo", right=_IMPORT),
    page(f"{_ONE}/liberer", import_views.release_import, name="register_release", right=_IMPORT),
    page(f"{_ONE}/supprimer", import_views.discard_import, name="register_discard", right=_IMPORT),
    page(f"{_ONE}/rapport.csv", import_views.report, name="register_report", right=_IMPORT),
    # last: a number always holds a digit, the words above never do
    page("cooperatives/<str:number>", public_views.cooperative, name="cooperative", right=PUBLIC),
]
