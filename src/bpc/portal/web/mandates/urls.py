"""Addresses of the pages in `web/mandates`. Rights about one mandate are checked by the views, on the row."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.mandates import acting, asking_views, mandate_views

_ALL = "mon-espace/mandats"
_ONE = f"{_ALL}/<int:pk>"

patterns = [
    page(_ALL, mandate_views.mandates, name="mandates", right=SIGNED_IN),
    page(f"{_ALL}/demander", asking_views.mandate_ask, name="mandate_ask", right="mandates.ask"),
    page(f"{_ALL}/region", mandate_views.mandates_region, name="mandates_region", right="mandates.steer"),
    page(f"{_ONE}/arreter-de-remplir", acting.mandate_pause, name="mandate_pause", right=SIGNED_IN),
    page(_ONE, mandate_views.mandate, name="mandate", right=SIGNED_IN),
    page(f"{_ONE}/confirmer", asking_views.mandate_confirm, name="mandate_confirm", right=SIGNED_IN),
    page(f"{_ONE}/autre-code", asking_views.mandate_code, name="mandate_code", right="mandates.ask"),
    page(f"{_ONE}/remplir", acting.mandate_act, name="mandate_act", right="mandates.ask"),
    page(f"{_ONE}/arreter", mandate_views.mandate_withdraw, name="mandate_withdraw", right=SIGNED_IN),
    page(f"{_ONE}/papier", mandate_views.mandate_paper, name="mandate_paper", right=SIGNED_IN),
    page(
        "m/<str:token>", mandate_views.mandate_stop, name="mandate_stop", right=PUBLIC
    ),  # short: it goes by SMS
]
