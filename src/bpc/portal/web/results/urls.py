"""Addresses of the pages in `web/results`. Rights about one project are checked by the views, on the project."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import PUBLIC, SIGNED_IN
from bpc.portal.web.results import cause_views, public, story_views, views

_ALL = "mon-espace/projets/<str:reference>/resultats"

patterns = [
    page("resultats", public.public_results, name="public_results", right=PUBLIC),
    page(_ALL, views.results, name="project_results", right=SIGNED_IN),
    page(f"{_ALL}/demarrage", views.results_launch, name="results_launch", right=SIGNED_IN),
    page(f"{_ALL}/apres", views.results_alumni, name="results_alumni", right=SIGNED_IN),
    page(f"{_ALL}/<str:day>/pourquoi", cause_views.results_cause, name="results_cause", right=SIGNED_IN),
    page(
        "moderation/temoignages",
        story_views.moderation_stories,
        name="moderation_stories",
        right="results.moderate",
    ),
    page(
        "moderation/temoignages/<str:reference>",
        story_views.moderation_story,
        name="moderation_story",
        right="results.moderate",
    ),
    page(f"{_ALL}/<str:day>", views.results_period, name="results_period", right=SIGNED_IN),
]
