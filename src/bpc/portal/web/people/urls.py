"""Addresses of the pages in `web/people`."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.people import views

patterns = [
    page("mon-espace", views.my_space, name="my_space", right=SIGNED_IN),
]
