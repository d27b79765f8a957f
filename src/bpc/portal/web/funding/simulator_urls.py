"""Addresses of the public simulator; before the slugs of sources, which are never these words."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.funding import simulator_start, simulator_views

_HERE = "financements/pour-nous"

patterns = [
    page(_HERE, simulator_views.simulator, name="simulator", right=PUBLIC),
    page(f"{_HERE}/resultats", simulator_views.simulator_results, name="simulator_results", right=PUBLIC),
    page(f"{_HERE}/projet", simulator_start.simulator_project, name="simulator_project", right=SIGNED_IN),
]
