"""Addresses of the home page and the search."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.home import views

patterns = [
    page("", views.home, name="home", right=PUBLIC),
    page("recherche", views.search, name="search", right=PUBLIC),
]
