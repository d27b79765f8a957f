"""What the addresses of the pages name, found in the demonstration of a test’s own database."""

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
from bpc.portal.ideas.tallies import rebuild
from bpc.portal.observations.models import Answer, Observation
from bpc.portal.people.models import Organisation, RoleGrant, User
from bpc.portal.projects.mandates.links import stop_token
from bpc.portal.projects.models import Project
from tests.browser.plans import project_without_plan
from tests.browser.things import Things


def demonstrated_things() -> Things:
    """Make a comment, a report and a draft of a model; tell their keys and those of the demonstration."""
    person = User.objects.get(email="citoyenne@demo.invalid")
    idea = Idea.objects.filter(state="published", language="fr").earliest("pk")
    comment = Comment.objects.create(idea=idea, author=person, text="Une question.", language="fr")
    report = Report.objects.create(idea=idea, comment=comment, reporter=person, reason="À relire.")
    juror = RoleGrant.objects.get(user__email="jury@demo.invalid")
    project = Project.objects.get(following=None)
    keeper = RoleGrant.objects.filter(role="administrator").earliest("pk").user
    start_path_draft(template=PathTemplate.objects.get(slug="launch"), actor=keeper, at=timezone.now())
    draft = start_draft(blueprint=Blueprint.objects.get(slug="huile-argan"), actor=keeper, at=timezone.now())
    rebuild()
    told = Observation.objects.all()
    return Things(
        blueprint=draft.blueprint.slug,
        idea=idea.reference,
        waiting=Idea.objects.filter(state="submitted").earliest("pk").reference,
        own=Idea.objects.filter(state="returned").earliest("pk").reference,
        need=told.filter(kind="need", state="published").earliest("pk").reference,
        answered=told.filter(kind="opportunity", state="answered").earliest("pk").reference,
        closed_need=told.get(state="closed").reference,
        waiting_need=told.filter(state="submitted").earliest("pk").reference,
        own_need=told.get(state="returned").reference,
        answer=Answer.objects.earliest("pk").pk,
        comment=comment.pk,
        report=report.pk,
        grant=juror.pk,
        person=juror.user_id,
        organisation=Organisation.objects.get(kind="cooperative").pk,
        project=project.reference,
        plan=project.plans.get(is_main=True).pk,
        blank=project_without_plan(project).reference,
        founder=project.people.earliest("pk").pk,
        member=project.members.get(role="editor").pk,
        application=project.applications.earliest("pk").pk,
        meeting=Gathering.objects.get(is_demo=True, state="open").key,
        meeting_held=Gathering.objects.get(is_demo=True, state="held").key,
        **_contests(),
        **_accompaniment(project),
    )


def _accompaniment(project: Project) -> dict[str, Any]:
    """The path, the papers, the messages, the requests, the appointment and the badge of the demonstration."""
    helped = HelpRequest.objects.filter(is_demo=True)
    asked = Appointment.objects.filter(is_demo=True, asker__email="porteuse@demo.invalid").earliest("pk")
    return {
        "badge": Award.objects.filter(user__email="porteuse@demo.invalid").earliest("pk").code,
        "calendar": asked.calendar_id,
        "appointment": asked.reference,
        "followed": Project.objects.get(following__alumni_since__isnull=False, plans__is_main=True).reference,
        "told_story": Project.objects.get(following__story_state="waiting").reference,
        "path": project.paths.earliest("pk").pk,
        "paper": project.papers.current().earliest("pk").pk,
        "thread": project.threads.earliest("pk").pk,
        "mandate": project.mandates.get(ended_at=None).pk,
        "mandate_stop": stop_token(project.mandates.get(ended_at=None)),
        "visit": project.visits.earliest("pk").pk,
        "help": helped.get(state="answered").reference,
        "waiting_help": helped.filter(desk="advisor", state="waiting").earliest("pk").reference,
    }


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
