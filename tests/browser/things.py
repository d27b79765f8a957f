"""What the addresses of the pages name: made once on the site that is tried."""

import json
from dataclasses import dataclass

from tests.browser.ideas_in_bulk import Crowd
from tests.browser.site import Site


@dataclass(frozen=True)
class Things:
    """Keys of what the addresses name."""

    idea: str
    waiting: str
    comment: int
    report: int
    organisation: int
    person: int
    grant: int
    own: str
    project: str
    followed: str
    told_story: str
    plan: int
    blank: str
    founder: int
    member: int
    blueprint: str
    need: str
    answered: str
    closed_need: str
    waiting_need: str
    own_need: str
    answer: int
    application: int
    thread: int
    mandate: int
    mandate_stop: str
    visit: int
    path: int
    paper: int
    results: str
    laureate: str
    told: str
    meeting: str
    meeting_held: str
    edition: str
    marked_edition: str
    open_edition: str
    voted_edition: str
    entry: str
    checked_entry: str
    help: str
    waiting_help: str
    calendar: int
    appointment: str
    badge: str
    session: str
    session_held: str
    seat: str
    seat_held: str
    seat_code: str
    module: str
    module_draft: str


_SCRIPT = """
import json
from django.utils import timezone
from bpc.portal.appointments.models import Appointment
from bpc.portal.badges.models import Award
from bpc.portal.blueprints.actions import start_draft
from bpc.portal.blueprints.models import Blueprint
from bpc.portal.contests.models import Decision
from bpc.portal.followup.models import PathTemplate
from bpc.portal.followup.template_actions import start_draft as start_path_draft
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.gatherings.models import Gathering
from bpc.portal.contests.models import Decision, Edition
from bpc.portal.contests.models import Entry
from bpc.portal.ideas.models import Comment, Idea, Report
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.people.models import Organisation, RoleGrant, User
from bpc.portal.packages.models import Package
from bpc.portal.projects.mandates.links import stop_token
from bpc.portal.projects.models import Project
from bpc.portal.training.actions import start_draft as start_course_draft
from bpc.portal.training.editing import keep as keep_course
from bpc.portal.training.models import Course
from bpc.portal.workshops.links import enrolment_token
from bpc.portal.workshops.models import Workshop
from tests.browser.plans import project_without_plan
person = User.objects.get(email="citoyenne@demo.invalid")
idea = Idea.objects.get(reference={idea!r})
comment = Comment.objects.create(idea=idea, author=person, text="Une question.", language="fr")
report = Report.objects.create(idea=idea, comment=comment, reporter=person, reason="À relire.")
project = Project.objects.get(is_demo=True, following=None)
blank = project_without_plan(project)
juror = RoleGrant.objects.get(user__email="jury@demo.invalid", ended_at=None)
keeper = RoleGrant.objects.filter(role="administrator", ended_at=None).earliest("pk").user
start_path_draft(template=PathTemplate.objects.get(slug="launch"), actor=keeper, at=timezone.now())
draft = start_draft(blueprint=Blueprint.objects.get(slug="huile-argan"), actor=keeper, at=timezone.now())
course = start_course_draft(course=Course.objects.get(code="price-and-margin"), actor=keeper, at=timezone.now())
about = {{**course.content["about"], "fr": "Compter d’abord, choisir un prix ensuite."}}
keep_course(course, {{**course.content, "about": about}}, said="about", actor=keeper, at=timezone.now())
coming = Workshop.objects.get(is_demo=True, state="announced")
held = Workshop.objects.get(is_demo=True, state="held")
sat = held.registrations.get(user=person)
modules = Package.objects.filter(is_demo=True)
told = Observation.objects.filter(is_demo=True)
decided = Decision.objects.filter(entry__is_demo=True).select_related("entry__edition")
best = decided.filter(outcome="laureate").earliest("place").entry
left = decided.filter(outcome="not_chosen", entry__created_by__email="porteuse@demo.invalid")
editions = Edition.objects.filter(is_demo=True, state="published")
helped = HelpRequest.objects.filter(is_demo=True)
entry = Entry.objects.filter(edition__is_demo=True, state="draft", created_by=person).earliest("pk")
marked = Entry.objects.filter(edition__is_demo=True, edition__state="published", state="eligible")
checked = marked.exclude(edition__vote_from=None).earliest("pk")
meeting_asked = Appointment.objects.filter(is_demo=True, asker__email="porteuse@demo.invalid").earliest("pk")
print(json.dumps(dict(
    calendar=meeting_asked.calendar_id, appointment=meeting_asked.reference,
    badge=Award.objects.filter(user__email="porteuse@demo.invalid").earliest("pk").code,
    session=coming.reference, session_held=held.reference, seat_code=sat.code, seat_held=enrolment_token(sat),
    seat=enrolment_token(coming.registrations.earliest("pk")),
    module=modules.get(state="published").reference, module_draft=modules.get(state="draft").reference,
    blueprint=draft.blueprint.slug,
    results=best.edition.slug, laureate=best.reference, told=left.earliest("pk").entry.reference,
    idea=idea.reference, comment=comment.pk, report=report.pk, grant=juror.pk, person=juror.user_id,
    waiting=Idea.objects.filter(state="submitted", is_demo=True).earliest("pk").reference,
    own=Idea.objects.filter(state="returned", is_demo=True).earliest("pk").reference,
    need=told.filter(kind="need", state="published").earliest("pk").reference,
    answered=told.filter(kind="opportunity", state="answered").earliest("pk").reference,
    closed_need=told.get(state="closed").reference,
    waiting_need=told.filter(state="submitted").earliest("pk").reference,
    own_need=told.get(state="returned").reference,
    answer=Answer.objects.earliest("pk").pk,
    organisation=Organisation.objects.exclude(kind="funder").get(is_demo=True).pk,
    edition=editions.latest("entries_from").slug, marked_edition=editions.earliest("entries_from").slug,
    open_edition=entry.edition.slug, entry=entry.reference, voted_edition=checked.edition.slug,
    checked_entry=checked.reference,
    path=project.paths.earliest("pk").pk,
    help=helped.get(state="answered").reference,
    waiting_help=helped.filter(desk="advisor", state="waiting").earliest("pk").reference,
    application=project.applications.earliest("pk").pk,
    thread=project.threads.earliest("pk").pk,
    mandate=project.mandates.get(ended_at=None).pk,
    mandate_stop=stop_token(project.mandates.get(ended_at=None)),
    visit=project.visits.earliest("pk").pk,
    paper=project.papers.current().earliest("pk").pk,
    meeting=Gathering.objects.get(is_demo=True, state="open").key,
    meeting_held=Gathering.objects.get(is_demo=True, state="held").key,
    followed=Project.objects.get(is_demo=True, following__isnull=False, plans__blueprint_slug="huile-argan").reference,
    told_story=Project.objects.get(is_demo=True, following__story_state="waiting").reference,
    project=project.reference, plan=project.plans.get(is_main=True).pk, blank=blank.reference,
    founder=project.people.earliest("pk").pk, member=project.members.get(role="editor").pk)))
"""


def find_things(site: Site, crowd: Crowd) -> Things:
    """Make what is missing (a comment, a report) and tell the keys."""
    printed = site.manage("shell", "-v0", "-c", _SCRIPT.format(idea=crowd.codes[1]))
    return Things(**json.loads(printed.strip().splitlines()[-1]))
