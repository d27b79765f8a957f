"""The collections served, in the order they are told."""

from bpc.portal.ogc.about_ideas import IDEAS
from bpc.portal.ogc.about_places import MEETINGS, TERRITORIES

COLLECTIONS = {one.id: one for one in (TERRITORIES, IDEAS, MEETINGS)}
