"""Every page, under its language. Each room lists its own addresses."""

from bpc.portal.web.applications.urls import patterns as applications
from bpc.portal.web.appointments.urls import patterns as appointments
from bpc.portal.web.atlas.urls import patterns as atlas
from bpc.portal.web.badges.urls import patterns as badges
from bpc.portal.web.blueprints.urls import patterns as blueprints
from bpc.portal.web.contests.urls import patterns as contests
from bpc.portal.web.counsel.urls import patterns as counsel
from bpc.portal.web.diagnosis.urls import patterns as diagnosis
from bpc.portal.web.financing.profile_urls import patterns as funding_profiles
from bpc.portal.web.financing.urls import patterns as financing
from bpc.portal.web.followup.urls import patterns as followup
from bpc.portal.web.founding.urls import patterns as founding
from bpc.portal.web.funding.simulator_urls import patterns as simulator
from bpc.portal.web.funding.urls import patterns as funding
from bpc.portal.web.gallery.urls import patterns as gallery
from bpc.portal.web.gatherings.urls import patterns as gatherings
from bpc.portal.web.home.urls import patterns as home
from bpc.portal.web.ideas.urls import patterns as ideas
from bpc.portal.web.mandates.urls import patterns as mandates
from bpc.portal.web.observations.urls import patterns as observations
from bpc.portal.web.packages.urls import patterns as packages
from bpc.portal.web.partner_courses.urls import patterns as partner_courses
from bpc.portal.web.people.urls import patterns as people
from bpc.portal.web.plans.expert_urls import patterns as expert
from bpc.portal.web.plans.urls import patterns as plans
from bpc.portal.web.project_models.urls import patterns as project_models
from bpc.portal.web.projects.urls import patterns as projects
from bpc.portal.web.prospects.urls import patterns as prospects
from bpc.portal.web.register.urls import patterns as register
from bpc.portal.web.resources.urls import patterns as resources
from bpc.portal.web.results.urls import patterns as results
from bpc.portal.web.site.urls import patterns as site
from bpc.portal.web.steering.urls import patterns as steering
from bpc.portal.web.teaching.urls import patterns as teaching
from bpc.portal.web.threads.urls import patterns as threads
from bpc.portal.web.training.urls import patterns as training
from bpc.portal.web.vault.urls import patterns as vault
from bpc.portal.web.visits.urls import patterns as visits
from bpc.portal.web.workshops.urls import patterns as workshops

app_name = "web"
urlpatterns = [
    *home,
    *atlas,
    *gatherings,  # `idees/importer` before `idees/<reference>`
    *ideas,
    *people,
    *observations,
    *resources,
    *register,
    *prospects,
    *contests,
    *simulator,
    *funding,
    *steering,
    *project_models,
    *financing,
    *funding_profiles,
    *applications,
    *founding,
    *followup,
    *counsel,
    *mandates,
    *appointments,
    *diagnosis,
    *results,
    *threads,
    *visits,
    *partner_courses,  # `formations/partenaires` before `formations/<code>`
    *packages,  # `formations/modules` likewise
    *workshops,
    *training,
    *badges,
    *vault,
    *expert,
    *plans,
    *projects,
    *blueprints,
    *teaching,
    *site,
    *gallery,
]
