"""What the addresses of the pages name, found in the demonstration: of a test’s own database, or of a running site."""

from typing import Any

from django.utils import timezone

from bpc.portal.appointments.models import Appointment
from bpc.portal.badges.models import Award
from bpc.portal.blueprints.actions import start_draft
from bpc.portal.blueprints.models import Blueprint
from bpc.portal.contests.models import Decision, Edition, Entry
from bpc.portal.counsel.models import HelpRequest
from bpc.portal.followup.models import PathTemplate
from bpc.portal.followup.template_actions import start_draft as start_path_draft
from bpc.portal.gatherings.models import Gathering
from bpc.portal.ideas.models import Comment, Idea, Report
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.packages.models import Package
from bpc.portal.people.models import Organisation, RoleGrant, User
from bpc.portal.projects.mandates.links import stop_token
from bpc.portal.projects.models import Project
from bpc.portal.training.actions import start_draft as start_course_draft
from bpc.portal.training.editing import keep as keep_course
from bpc.portal.training.models import Course
from bpc.portal.workshops.links import enrolment_token
from bpc.portal.workshops.models import Workshop
from tests.browser.plans import project_without_plan
from tests.browser.things import Things


def demonstrated_things(idea: Idea) -> Things:
    """Make a comment and a report on this idea, and begun drafts; tell their keys and those of the demonstration."""
    keeper = RoleGrant.objects.filter(role="administrator", ended_at=None).earliest("pk").user
    juror = RoleGrant.objects.get(user__email="jury@demo.invalid", ended_at=None)
    _begin_drafts(keeper)
    return Things(
        grant=juror.pk,
        person=juror.user_id,
        organisation=Organisation.objects.exclude(kind="funder").get(is_demo=True).pk,
        **_ideas(idea),
        **_observations(),
        **_project(Project.objects.get(is_demo=True, following=None)),
        **_accompaniment(),
        **_gatherings(),
        **_contests(),
        **_training(),
    )


def _begin_drafts(keeper: Any) -> None:
    at = timezone.now()
    start_path_draft(template=PathTemplate.objects.get(slug="launch"), actor=keeper, at=at)
    start_draft(blueprint=Blueprint.objects.get(slug="huile-argan"), actor=keeper, at=at)
    course = start_course_draft(course=Course.objects.get(code="price-and-margin"), actor=keeper, at=at)
    about = {**course.content["about"], "fr": "Compter d’abord, choisir un prix ensuite."}
    keep_course(course, {**course.content, "about": about}, said="about", actor=keeper, at=timezone.now())


def _ideas(idea: Idea) -> dict[str, Any]:
    person = User.objects.get(email="citoyenne@demo.invalid")
    comment = Comment.objects.create(idea=idea, author=person, text="Une question.", language="fr")
    report = Report.objects.create(idea=idea, comment=comment, reporter=person, reason="À relire.")
    ours = Idea.objects.filter(is_demo=True)
    return {
        "blueprint": "huile-argan",
        "idea": idea.reference,
        "comment": comment.pk,
        "report": report.pk,
        "waiting": ours.filter(state="submitted").earliest("pk").reference,
        "own": ours.filter(state="returned").earliest("pk").reference,
    }


def _observations() -> dict[str, Any]:
    told = Observation.objects.filter(is_demo=True)
    return {
        "need": told.filter(kind="need", state="published").earliest("pk").reference,
        "answered": told.filter(kind="opportunity", state="answered").earliest("pk").reference,
        "closed_need": told.get(state="closed").reference,
        "waiting_need": told.filter(state="submitted").earliest("pk").reference,
        "own_need": told.get(state="returned").reference,
        "answer": Answer.objects.earliest("pk").pk,
    }


def _project(project: Project) -> dict[str, Any]:
    """The project with a whole file, and what its members keep in it."""
    mandate = project.mandates.get(ended_at=None)
    return {
        "project": project.reference,
        "plan": project.plans.get(is_main=True).pk,
        "blank": project_without_plan(project).reference,
        "founder": project.people.earliest("pk").pk,
        "member": project.members.get(role="editor").pk,
        "application": project.applications.earliest("pk").pk,
        "path": project.paths.earliest("pk").pk,
        "paper": project.papers.current().earliest("pk").pk,
        "thread": project.threads.earliest("pk").pk,
        "mandate": mandate.pk,
        "mandate_stop": stop_token(mandate),
        "visit": project.visits.earliest("pk").pk,
    }


def _accompaniment() -> dict[str, Any]:
    """The groups that are followed, what was asked of advisors, an appointment."""
    helped = HelpRequest.objects.filter(is_demo=True)
    asked = Appointment.objects.filter(is_demo=True, asker__email="porteuse@demo.invalid").earliest("pk")
    ours = Project.objects.filter(is_demo=True)
    return {
        "calendar": asked.calendar_id,
        "appointment": asked.reference,
        "followed": ours.get(following__isnull=False, plans__blueprint_slug="huile-argan").reference,
        "told_story": ours.get(following__story_state="waiting").reference,
        "help": helped.get(state="answered").reference,
        "waiting_help": helped.filter(desk="advisor", state="waiting").earliest("pk").reference,
    }


def _gatherings() -> dict[str, str]:
    ours = Gathering.objects.filter(is_demo=True)
    return {"meeting": ours.get(state="open").key, "meeting_held": ours.get(state="held").key}


def _contests() -> dict[str, str]:
    """The editions and entries of the demonstration: open, being marked, voted on, with results."""
    decided = Decision.objects.filter(entry__is_demo=True).select_related("entry__edition")
    best = decided.filter(outcome="laureate").earliest("place").entry
    left = decided.filter(outcome="not_chosen", entry__created_by__email="porteuse@demo.invalid")
    editions = Edition.objects.filter(is_demo=True, state="published")
    entries = Entry.objects.filter(edition__is_demo=True).select_related("edition")
    begun = entries.filter(state="draft", created_by__email="citoyenne@demo.invalid").earliest("pk")
    marked = entries.filter(edition__state="published", state="eligible")
    checked = marked.exclude(edition__vote_from=None).earliest("pk")
    return {
        "results": best.edition.slug,
        "laureate": best.reference,
        "told": left.earliest("pk").entry.reference,
        "edition": editions.latest("entries_from").slug,
        "marked_edition": editions.earliest("entries_from").slug,
        "open_edition": begun.edition.slug,
        "entry": begun.reference,
        "voted_edition": checked.edition.slug,
        "checked_entry": checked.reference,
    }


def _training() -> dict[str, str]:
    """A session announced and one held, with their seats; modules of partners; a certificate."""
    sessions = Workshop.objects.filter(is_demo=True)
    coming, held = sessions.get(state="announced"), sessions.get(state="held")
    sat = held.registrations.get(user__email="citoyenne@demo.invalid")
    modules = Package.objects.filter(is_demo=True)
    return {
        "session": coming.reference,
        "session_held": held.reference,
        "seat": enrolment_token(coming.registrations.earliest("pk")),
        "seat_held": enrolment_token(sat),
        "seat_code": sat.code,
        "module": modules.get(state="published").reference,
        "module_draft": modules.get(state="draft").reference,
        "badge": Award.objects.filter(user__email="porteuse@demo.invalid").earliest("pk").code,
    }
