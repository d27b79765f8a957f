"""Addresses of the territory sheets and their downloads."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.atlas import sheet_views

sheet_patterns = [
    page("territoires/<str:code>", sheet_views.territory, name="territory", right=PUBLIC),
    page("territoires/<str:code>/donnees.csv", sheet_views.territory_csv, name="territory_csv", right=PUBLIC),
    page(
        "territoires/<str:code>/contour.geojson",
        sheet_views.territory_geojson,
        name="territory_geojson",
        right=PUBLIC,
    ),
]
