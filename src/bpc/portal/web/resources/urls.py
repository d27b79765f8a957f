"""Addresses of the pages in `web/resources`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.resources import keeping, reading

_KEEP = "resources.keep"

patterns = [
    page("ressources", reading.resources, name="resources", right=PUBLIC),
    page("ressources/ajouter", keeping.resource_new, name="resource_new", right=_KEEP),
    page("ressources/<str:reference>", reading.resource, name="resource", right=PUBLIC),
    page("ressources/<str:reference>/modifier", keeping.resource_edit, name="resource_edit", right=_KEEP),
    page("ressources/<str:reference>/retirer", keeping.resource_retire, name="resource_retire", right=_KEEP),
    *(
        page(f"ressources/<str:reference>/{act}", view, name=f"resource_{name}", right=_KEEP)
        for act, name, view in (
            ("retablir", "restore", keeping.resource_restore),
            ("annuler", "undo", keeping.resource_undo),
            ("reprendre", "take_file", keeping.resource_take_file),
            ("ecarter", "leave_file", keeping.resource_leave_file),
        )
    ),
]
