"""Addresses of the pages in `web/ideas`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.ideas import views

patterns = [
    page("idees", views.ideas, name="ideas", right=PUBLIC),
]
