"""Addresses of what a project can have, and of alerts; rights about one project are checked by the views, on it."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.financing import project_funding_views, watch_views

_PROJECT = "mon-espace/projets/<str:reference>/financements"
_ALERTS = "mon-espace/alertes-financement"

patterns = [
    page(_PROJECT, project_funding_views.project_funding, name="project_funding", right=SIGNED_IN),
    page(
        f"{_PROJECT}/reprendre",
        project_funding_views.project_funding_take_back,
        name="project_funding_take_back",
        right=SIGNED_IN,
    ),
    page(
        f"{_PROJECT}/reponses-du-simulateur",
        project_funding_views.project_funding_take_over,
        name="project_funding_take_over",
        right=SIGNED_IN,
    ),
    page(
        f"{_PROJECT}/avertir",
        watch_views.project_funding_watch,
        name="project_funding_watch",
        right=SIGNED_IN,
    ),
    page(_ALERTS, watch_views.funding_alerts, name="funding_alerts", right=SIGNED_IN),
    page(f"{_ALERTS}/nouvelle", watch_views.funding_alert_new, name="funding_alert_new", right=SIGNED_IN),
    page(f"{_ALERTS}/<int:pk>", watch_views.funding_alert, name="funding_alert", right=SIGNED_IN),
    page(
        f"{_ALERTS}/<int:pk>/changer",
        watch_views.funding_alert_change,
        name="funding_alert_change",
        right=SIGNED_IN,
    ),
    page(
        "alertes-financement/arreter/<str:token>",
        watch_views.funding_alert_stop,
        name="funding_alert_stop",
        right=PUBLIC,
    ),
]
