"""Every page, under its language. Each room lists its own addresses."""

from bpc.portal.web.atlas.urls import patterns as atlas
from bpc.portal.web.blueprints.urls import patterns as blueprints
from bpc.portal.web.gallery.urls import patterns as gallery
from bpc.portal.web.home.urls import patterns as home
from bpc.portal.web.ideas.urls import patterns as ideas
from bpc.portal.web.people.urls import patterns as people
from bpc.portal.web.plans.expert_urls import patterns as expert
from bpc.portal.web.plans.urls import patterns as plans
from bpc.portal.web.project_models.urls import patterns as project_models
from bpc.portal.web.projects.urls import patterns as projects
from bpc.portal.web.site.urls import patterns as site

app_name = "web"
urlpatterns = [
    *home,
    *atlas,
    *ideas,
    *people,
    *project_models,
    *expert,
    *plans,
    *projects,
    *blueprints,
    *site,
    *gallery,
]
