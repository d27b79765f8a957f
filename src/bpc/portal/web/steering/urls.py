"""Addresses of the pages in `web/steering`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC
from bpc.portal.web.steering import views

patterns = [
    page("ecoute", views.heard_publicly, name="heard", right=PUBLIC),
    page("pilotage/ecoute", views.listening, name="listening", right="heard.read"),
    page("pilotage/ecoute.csv", views.listening_csv, name="listening_csv", right="heard.read"),
]
