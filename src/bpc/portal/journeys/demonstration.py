"""Small, clearly labelled demonstration content over every room that has some; nothing of it stays with DEMO=0."""

from django.db import transaction

from bpc.portal.applications.demo import create_demo_applications
from bpc.portal.appointments.demo import create_demo_appointments, remove_demo_appointments
from bpc.portal.badges.demo import remove_demo_badges
from bpc.portal.contests.demo import create_demo_contests, remove_demo_contests
from bpc.portal.counsel.demo import create_demo_requests, remove_demo_requests
from bpc.portal.diagnosis.demo import create_demo_diagnoses
from bpc.portal.followup.demo import create_demo_paths
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.founding.demo import create_demo_founding
from bpc.portal.funding.demo import create_demo_funding, remove_demo_funding
from bpc.portal.gatherings.demo import create_demo_gatherings, remove_demo_gatherings
from bpc.portal.ideas.demo import create_demo_ideas, remove_demo_ideas
from bpc.portal.journeys.award_badges import create_demo_course_badges
from bpc.portal.journeys.demo_financing import create_demo_financing
from bpc.portal.journeys.demo_followed import create_demo_followed
from bpc.portal.journeys.demo_results import create_demo_results
from bpc.portal.journeys.diagnosis_facts import diagnosis_facts
from bpc.portal.observations.demo import create_demo_observations, remove_demo_observations
from bpc.portal.packages.demo import create_demo_packages, remove_demo_packages
from bpc.portal.partner_courses.demo import create_demo_partner_courses, remove_demo_partner_courses
from bpc.portal.people.demo import DemoAccount, create_demo_people, demonstration_accounts, remove_demo_people
from bpc.portal.plans.demo import create_demo_plans
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.projects.mandates.demo import create_demo_mandates
from bpc.portal.register.demo import create_demo_register, remove_demo_register
from bpc.portal.results.publishing import remove_demo_quarters
from bpc.portal.threads.demo import create_demo_threads
from bpc.portal.training.demo import create_demo_courses, remove_demo_courses
from bpc.portal.visits.demo import create_demo_visits
from bpc.portal.workshops.demo import create_demo_workshops, remove_demo_workshops

__all__ = ["DemoAccount", "demonstration_accounts", "load_demonstration", "remove_demonstration"]


@transaction.atomic
def load_demonstration() -> None:
    """Create what is missing; a second call changes nothing."""
    create_demo_people()
    create_demo_ideas()
    create_demo_observations()
    create_demo_gatherings()
    create_demo_projects()
    create_demo_plans()
    create_demo_paths()
    create_demo_diagnoses(diagnosis_facts)
    create_demo_applications()
    create_demo_founding()
    create_demo_threads()
    create_demo_visits()
    create_demo_financing()
    create_demo_register()
    create_demo_funding()
    create_demo_contests()
    create_demo_results()
    create_demo_followed()
    create_demo_requests()
    create_demo_appointments()
    create_demo_mandates()
    create_demo_workshops()
    create_demo_course_badges()
    create_demo_partner_courses()
    create_demo_packages()
    create_demo_courses()
    outdate("ideas")


@transaction.atomic
def remove_demonstration() -> None:
    """Remove every demonstration project, need, opportunity, idea and account; what real people wrote stays."""
    remove_demo_partner_courses()
    remove_demo_badges()
    remove_demo_packages()
    remove_demo_courses()
    remove_demo_workshops()
    remove_demo_requests()
    remove_demo_appointments()
    remove_demo_contests()
    remove_demo_funding()
    remove_demo_register()
    remove_demo_projects()
    remove_demo_quarters()
    remove_demo_gatherings()
    remove_demo_observations()
    remove_demo_ideas()
    remove_demo_people()
    outdate("ideas")
