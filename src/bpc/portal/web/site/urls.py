"""Addresses of the pages in `web/site`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.site import views

patterns = [
    page("donnees", views.open_data, name="open_data", right=PUBLIC),
]
