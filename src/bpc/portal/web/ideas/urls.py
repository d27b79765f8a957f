"""Addresses of the pages in `web/ideas`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.ideas import views

# Proposing, listing, reading
public_patterns = [
    page("idees", views.ideas, name="ideas", right=PUBLIC),
]

# Moderation, support, comments, follow-up
life_patterns: list = []

patterns = [*public_patterns, *life_patterns]
