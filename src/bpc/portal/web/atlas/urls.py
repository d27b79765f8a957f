"""Addresses of the map and of the territory sheets."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.atlas import compare_views, map_layers, map_spots, map_views, methods_views
from bpc.portal.web.atlas.sheet_urls import sheet_patterns

map_patterns = [
    page("carte", map_views.map_page, name="map", right=PUBLIC),
    page("carte/tableau.csv", map_views.map_csv, name="map_csv", right=PUBLIC),
    page("carte/interactive", map_layers.interactive_map, name="interactive_map", right=PUBLIC),
    page("carte/contours.json", map_layers.outlines, name="map_outlines", right=PUBLIC),
    page("carte/contours/<str:region>.json", map_layers.region_outlines, name="map_communes", right=PUBLIC),
    page("carte/points/<slug:layer>.geojson", map_spots.spots, name="map_spots", right=PUBLIC),
    page("carte/rencontres.geojson", map_layers.gathering_points, name="map_gatherings", right=PUBLIC),
]

compare_patterns = [
    page("comparer", compare_views.compare, name="compare", right=PUBLIC),
    page("comparer/tableau.csv", compare_views.compare_csv, name="compare_csv", right=PUBLIC),
]

method_patterns = [page("methodes", methods_views.methods, name="methods", right=PUBLIC)]

patterns = [*map_patterns, *compare_patterns, *method_patterns, *sheet_patterns]
