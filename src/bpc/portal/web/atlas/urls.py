"""Addresses of the pages in `web/atlas`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.atlas import views
from bpc.portal.web.atlas.sheet_urls import sheet_patterns

patterns = [
    page("carte", views.map, name="map", right=PUBLIC),
    *sheet_patterns,
]
