"""Addresses of the pages in `web/prospects`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.prospects import here_views, where_views

patterns = [
    page("que-faire-ici", here_views.what_here, name="what_here", right=PUBLIC),
    page("modeles/<slug:slug>/ou", where_views.model_where, name="model_where", right=PUBLIC),
    page("modeles/<slug:slug>/ou.csv", where_views.model_where_csv, name="model_where_csv", right=PUBLIC),
    page("secteurs/<slug:code>/ou", where_views.sector_where, name="sector_where", right=PUBLIC),
    page("secteurs/<slug:code>/ou.csv", where_views.sector_where_csv, name="sector_where_csv", right=PUBLIC),
]
