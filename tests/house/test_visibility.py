"""The strongest guard against leaks: for every role, the rule for one row and the queryset agree."""

import itertools
from typing import Any

import pytest

from bpc.portal.diagnosis.models import Diagnosis
from bpc.portal.financing.models import FundingProfile, Watch
from bpc.portal.foundation.permissions import all_visibilities, can_see, visible
from bpc.portal.funding.models import FundingSource, LinkCheck, SourceEdit, SourceReport
from bpc.portal.ideas.models import Attachment, Comment, Report
from bpc.portal.ideas.states import CommentState, IdeaState
from bpc.portal.observations.models import Answer, Evidence
from bpc.portal.observations.states import ObservationState
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import Invitation, Membership, Notification, Organisation, User
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.sharing import invite
from bpc.portal.register.models import RegisterImport
from bpc.portal.resources.models import Resource
from tests.portal.applications.application_world import fill_applications
from tests.portal.appointments.appointment_world import fill_appointments
from tests.portal.badges.badge_world import fill_badges
from tests.portal.contests.contest_world import fill_contests
from tests.portal.contests.verdict_world import fill_verdicts
from tests.portal.counsel.counsel_world import fill_counsel
from tests.portal.financing.financing_world import kept
from tests.portal.followup.followup_world import fill_followup
from tests.portal.founding.founding_world import fill_founding
from tests.portal.funding.funding_world import make_document, put
from tests.portal.gatherings.gathering_world import fill_gatherings
from tests.portal.gatherings.room_world import fill_rooms
from tests.portal.learning.learning_world import fill_learning
from tests.portal.observations.observation_world import make_observation
from tests.portal.packages.package_world import fill_packages
from tests.portal.partner_courses.partner_world import fill_partner_courses
from tests.portal.plans.plan_world import fill_plan
from tests.portal.projects.mandates.mandate_world import fill_mandates
from tests.portal.projects.project_world import NOW, add_people, join, make_project
from tests.portal.register.register_world import make_cooperative
from tests.portal.results.result_world import fill_results
from tests.portal.threads.thread_world import fill_threads
from tests.portal.training.teaching_world import fill_teaching
from tests.portal.visits.visit_world import fill_visits
from tests.portal.workshops.workshop_world import fill_workshops
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user, people_of_every_role


@pytest.mark.django_db
def test_rule_and_queryset_agree_for_every_role() -> None:
    people = people_of_every_role()
    author = people["author"] = make_user()
    _fill(author, people["holder"])
    _fill_observations(author, people["cooperative"])
    _fill_projects(author, people)
    _fill_funding(author, people["funder"])
    fill_badges(people)
    fill_counsel(author, people, list(Project.objects.order_by("pk")))
    fill_contests(author, people)
    fill_rooms()
    fill_verdicts(people)
    fill_gatherings(author, people)
    fill_appointments(people)
    fill_results(author)
    fill_workshops(author, people)
    fill_partner_courses(people)
    fill_teaching(people["trainer"])
    fill_packages(people)
    fill_learning(people)
    for visibility in all_visibilities():
        rows = list(visibility.model._default_manager.all())
        assert rows, f"the small world has no {visibility.model.__name__}: add one"
        for role, person in people.items():
            by_rule = {row.pk for row in rows if can_see(person, row)}
            by_queryset = set(visible(person, visibility.model).values_list("pk", flat=True))
            assert by_rule == by_queryset, (visibility.model.__name__, role)


def _fill(author: User, holder: User) -> None:
    for commune, state in itertools.product((HERE, ELSEWHERE), IdeaState.values):
        idea = make_idea(commune, state=state, author=author)
        Attachment.objects.create(
            idea=idea, kind="photo", original_name="a.jpg", content_type="image/jpeg", size=1
        )
        for comment_state in CommentState.values:
            comment = Comment.objects.create(
                idea=idea, author=holder, text="Bonne idée", language="fr", state=comment_state
            )
        Report.objects.create(idea=idea, comment=comment, reporter=holder, reason="hors sujet")
    organisation = Organisation.objects.create(kind="cooperative", name="Tifaouine")
    Membership.objects.create(organisation=organisation, user=author, is_manager=True)
    Invitation.objects.create(organisation=organisation, phone="+212612345678")
    Invitation.objects.create(organisation=organisation, email="invitee@example.org", invited_by=author)
    Notification.objects.create(user=author, kind="idea_published")
    make_cooperative()
    RegisterImport.objects.create(file_name="registre.csv", sha256="0" * 64, size=1, by=author)


def _fill_observations(author: User, member: User) -> None:
    """Each state in two regions, with evidence and an answer in each of its own states."""
    for commune, state in itertools.product((HERE, ELSEWHERE, HERE[:6]), ObservationState.values):
        told = make_observation(commune, state=state, author=author)
        Evidence.objects.create(
            observation=told, kind="photo", original_name="a.jpg", content_type="image/jpeg", size=1
        )
        for answer_state in CommentState.values:
            Answer.objects.create(
                observation=told, by=member, text="Nous pouvons aider.", language="fr", state=answer_state
            )
    Resource.objects.filter(reference__in=["R001", "R223"]).update(state="retired")  # elsewhere and here


def _fill_projects(owner: User, people: dict[str, Any]) -> None:
    """Projects here and elsewhere, with an advisor let in now, one before, and one from another region."""
    for commune in (HERE, ELSEWHERE):
        project = make_project(owner, commune=commune)
        add_people(project, owner, 1)
        join(project, people["cooperative"], "reader")
        join(project, people["trainer"], "editor")
        for contact in (Contact(email=people["juror"].email), Contact(phone="+212612345678")):
            invite(project=project, contact=contact, role="reader", actor=owner, at=NOW)
        AdvisorAccess.objects.create(project=project, advisor=people["advisor"])
        AdvisorAccess.objects.create(
            project=project, advisor=people["delegate"], ended_at=NOW, granted_at=NOW
        )
        kept(fill_plan(project, owner), owner)
        fill_applications(project, owner)
        fill_founding(project, owner)
        fill_followup(project, owner)
        Diagnosis.objects.create(project=project, number=1, version=1, started_by=owner)
        fill_threads(project, owner, people["advisor"])
        fill_visits(project, people["advisor"])
        fill_mandates(project, owner, people)
        FundingProfile.objects.create(project=project, answers={"rural": True}, changed_by=owner)
        for person in (owner, people["cooperative"], people["juror"]):
            Watch.objects.create(user=person, project=project)
    Watch.objects.create(user=people["holder"], name="Miel", answers={"sector": "food"})


def _fill_funding(author: User, funder: User) -> None:
    """Sources here, elsewhere, in both and for the country, shown and retired, one of each entrusted to the funder."""
    body = Organisation.objects.create(kind="funder", name="Fonds")
    Membership.objects.create(organisation=body, user=funder, accepted_at=NOW)
    places = {"ici": ["09"], "ailleurs": ["02"], "deux": ["02", "09"], "pays": []}
    documents = [
        make_document(f"{name}-{one}", places={"regions": regions})
        for name, regions in places.items()
        for one in ("libre", "confiee", "retiree")
    ]
    for row in put(*documents):
        is_entrusted = row.slug.endswith("confiee")
        FundingSource.objects.filter(pk=row.pk).update(
            state="retired" if row.slug.endswith("retiree") else "active",
            organisation=body if is_entrusted else None,
        )
        for proposer in (author, funder, None):
            SourceEdit.objects.create(
                source=row, slug=row.slug, origin="facts", content={}, proposed_by=proposer
            )
        for reporter in (author, None):
            SourceReport.objects.create(
                source=row, reason="amount", language="fr", version=1, reporter=reporter
            )
        LinkCheck.objects.create(source=row, url="https://example.org", outcome="fine", checked_at=NOW)
    SourceEdit.objects.create(slug="nouvelle", origin="organisation", content={}, organisation=body)
