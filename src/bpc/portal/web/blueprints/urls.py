"""Addresses of the pages in `web/blueprints`: the office of those who keep the project models."""

from bpc.portal.foundation.addresses import page
from bpc.portal.web.blueprints import editing, keeping, reading

RIGHT = "blueprints.edit"
_ALL = "administration/modeles"
_ONE = f"{_ALL}/<slug:slug>"

patterns = [
    page(_ALL, reading.blueprints, name="blueprints", right=RIGHT),
    page(_ONE, reading.blueprint, name="blueprint", right=RIGHT),
    page(f"{_ONE}/versions", reading.compare_versions, name="blueprint_compare", right=RIGHT),
    page(f"{_ONE}/brouillon", keeping.open_draft, name="blueprint_draft", right=RIGHT),
    page(f"{_ONE}/brouillon/abandonner", keeping.discard, name="blueprint_discard", right=RIGHT),
    page(f"{_ONE}/brouillon/<slug:part>", editing.edit_section, name="blueprint_edit", right=RIGHT),
    page(f"{_ONE}/publier", keeping.publish_draft, name="blueprint_publish", right=RIGHT),
    page(f"{_ONE}/retirer", keeping.retire_blueprint, name="blueprint_retire", right=RIGHT),
    page(f"{_ONE}/remettre", keeping.bring_back_blueprint, name="blueprint_bring_back", right=RIGHT),
    page(f"{_ONE}/copier", keeping.copy, name="blueprint_copy", right=RIGHT),
]
