"""Addresses of the territory sheets and their downloads."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.atlas.sheet_report import territory_report_pdf
from bpc.portal.web.atlas.sheet_views import (
    territory,
    territory_csv,
    territory_figures,
    territory_geojson,
)

sheet_patterns = [
    page("territoires/<str:code>", territory, name="territory", right=PUBLIC),
    page("territoires/<str:code>/chiffres", territory_figures, name="territory_figures", right=PUBLIC),
    page("territoires/<str:code>/donnees.csv", territory_csv, name="territory_csv", right=PUBLIC),
    page("territoires/<str:code>/fiche.pdf", territory_report_pdf, name="territory_report", right=PUBLIC),
    page(
        "territoires/<str:code>/contour.geojson",
        territory_geojson,
        name="territory_geojson",
        right=PUBLIC,
    ),
]
