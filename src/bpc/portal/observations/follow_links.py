"""Signed links for authors without an account: to see what became of what they told, and to amend it."""

from bpc.portal.ideas.follow_links import SignedLinks
from bpc.portal.observations.models import Observation

LINKS = SignedLinks(
    Observation, "observations", ("category", "sector", "territory", "commune", "province", "region")
)
