"""The collections served, in the order they are told."""

from bpc.portal.ogc.about_cooperatives import COOPERATIVES
from bpc.portal.ogc.about_ideas import IDEAS
from bpc.portal.ogc.about_observations import NEEDS, OPPORTUNITIES
from bpc.portal.ogc.about_places import MEETINGS, TERRITORIES

COLLECTIONS = {one.id: one for one in (TERRITORIES, NEEDS, OPPORTUNITIES, IDEAS, COOPERATIVES, MEETINGS)}
