"""Addresses of the pages in `web/site`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.site import views

patterns = [
    page("donnees", views.open_data, name="open_data", right=PUBLIC),
    page("donnees/fichiers/<str:name>", views.download, name="download", right=PUBLIC),
    page("donnees/api", views.api_docs, name="api_docs", right=PUBLIC),
    page("sources", views.sources, name="sources", right=PUBLIC),
    page("a-propos", views.about, name="about", right=PUBLIC),
    page("donnees-personnelles", views.privacy, name="privacy", right=PUBLIC),
    page("accessibilite", views.accessibility, name="accessibility", right=PUBLIC),
]
