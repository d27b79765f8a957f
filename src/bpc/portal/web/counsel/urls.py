"""Addresses of the pages in `web/counsel`. Rights about one request or advisor are checked by the views, on the row."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.counsel import (
    advisor_views,
    asking_views,
    placing_views,
    proposed_views,
    request_views,
    steering_views,
)

_HELP = "mon-espace/aide"
_ONE = f"{_HELP}/<str:reference>"
_DESK = "mon-espace/accompagnement"
_PLACES = f"{_DESK}/region/projets"
_ADVISOR = f"{_DESK}/conseillers/<int:pk>"

patterns = [
    page(_HELP, asking_views.help_requests, name="help_requests", right=SIGNED_IN),
    page(f"{_HELP}/demander", asking_views.help_ask, name="help_ask", right=SIGNED_IN),
    page(_ONE, request_views.help_request, name="help_request", right=SIGNED_IN),
    page(f"{_ONE}/repondre", request_views.help_answer, name="help_answer", right=SIGNED_IN),
    page(f"{_ONE}/confier", request_views.help_transfer, name="help_transfer", right=SIGNED_IN),
    page(f"{_ONE}/suite", asking_views.help_further, name="help_further", right=SIGNED_IN),
    page(f"{_ONE}/reponses/<int:pk>/avis", asking_views.help_judge, name="help_judge", right=SIGNED_IN),
    page(f"{_ONE}/clore", asking_views.help_close, name="help_close", right=SIGNED_IN),
    page(f"{_ONE}/retirer", asking_views.help_withdraw, name="help_withdraw", right=SIGNED_IN),
    page(_DESK, advisor_views.portfolio, name="portfolio", right="counsel.advise"),
    page(
        f"{_DESK}/projets",
        advisor_views.portfolio_projects,
        name="portfolio_projects",
        right="counsel.advise",
    ),
    page(_PLACES, placing_views.region_projects, name="region_projects", right="counsel.steer"),
    page(
        f"{_PLACES}/repartition", placing_views.region_proposal, name="region_proposal", right="counsel.steer"
    ),
    page(
        f"{_PLACES}/<str:reference>",
        placing_views.choose_advisor,
        name="choose_advisor",
        right="counsel.steer",
    ),
    page(
        f"{_DESK}/region/capacite",
        steering_views.region_capacity,
        name="region_capacity",
        right="counsel.steer",
    ),
    page(
        "mon-espace/projets/<str:reference>/conseiller-propose",
        proposed_views.proposed_advisor,
        name="proposed_advisor",
        right=SIGNED_IN,
    ),
    page(f"{_DESK}/region", steering_views.region_desk, name="region_desk", right="counsel.steer"),
    page(_ADVISOR, advisor_views.advisor_sheet, name="advisor_sheet", right=SIGNED_IN),
    page(f"{_ADVISOR}/absence", advisor_views.advisor_absence, name="advisor_absence", right=SIGNED_IN),
    page(
        f"{_ADVISOR}/absences/<int:absence>/annuler",
        advisor_views.absence_cancel,
        name="absence_cancel",
        right=SIGNED_IN,
    ),
    page(
        f"{_ADVISOR}/passation", steering_views.hand_over, name="portfolio_hand_over", right="counsel.steer"
    ),
]
