"""Addresses of the pages in `web/visits`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.visits import reading, sending, writing

_ALL = "mon-espace/projets/<str:reference>/visites"
_ONE = f"{_ALL}/<int:pk>"
_PHOTO = f"{_ONE}/photos/<int:photo>"
_FIELD = "mon-espace/visites"

patterns = [
    # the worker's own folder is its scope: the field page is in it, nothing else
    page(f"{_FIELD}/terrain", writing.field, name="visit_field", right="visits.field"),
    page(f"{_FIELD}/hors-ligne.js", writing.worker, name="visit_worker", right=PUBLIC),
    # signed in is enough to be told clearly that one no longer may
    page(f"{_FIELD}/<uuid:key>/envoi", sending.send, name="visit_send", right=SIGNED_IN),
    page(
        f"{_FIELD}/<uuid:key>/photos/<uuid:photo>",
        sending.send_photo,
        name="visit_send_photo",
        right=SIGNED_IN,
    ),
    page(_ALL, reading.visits, name="visits", right=SIGNED_IN),
    page(_ONE, reading.visit, name="visit", right=SIGNED_IN),
    page(f"{_ONE}/corriger", writing.visit_change, name="visit_change", right=SIGNED_IN),
    page(_PHOTO, reading.visit_photo, name="visit_photo", right=SIGNED_IN),
    page(f"{_PHOTO}/retirer", writing.photo_withdraw, name="visit_photo_withdraw", right=SIGNED_IN),
]
