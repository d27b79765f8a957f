"""Addresses of the pages in `web/ideas`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.ideas import views
from bpc.portal.web.ideas.life_urls import life_patterns

# Proposing, listing, reading
public_patterns = [
    page("idees", views.ideas, name="ideas", right=PUBLIC),
]

# The first hold `idees/suivre`, which `idees/<reference>` would take for a code
patterns = [*life_patterns, *public_patterns]
