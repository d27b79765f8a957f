"""Demonstration mandates: the editor of the project's group lets the advisor fill in for them; another ended."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.states import Ending, Given
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.states import Answer, MemberRole

_WITNESS = "Brahim T."  # invented


@transaction.atomic
def create_demo_mandates() -> int:
    """Create them if there are none, over the demonstration accounts and project; returns how many it created."""
    project = Project.objects.filter(is_demo=True).order_by("pk").first()
    people = list(User.objects.filter(is_demo=True).order_by("pk"))
    advisor = next((one for one in people if one.holds(Role.ADVISOR)), None)
    if project is None or advisor is None or project.mandates.exists():
        return 0
    access = AdvisorAccess.objects.filter(project=project, advisor=advisor, ended_at=None).first()
    owner = project.members.filter(role=MemberRole.OWNER).select_related("user").first()
    editor = project.members.filter(role=MemberRole.EDITOR).select_related("user").first()
    if access is None or owner is None or editor is None:
        return 0
    now = timezone.now()
    _make(project, owner.user, advisor, Given.WITNESS, now - timedelta(days=20), ended=True)
    running = _make(project, editor.user, advisor, Given.CODE, now, ended=False)  # no older than the role
    actor = User.objects.get(pk=advisor.pk)
    actor.acting_under = running.pk
    founder = Founder("Aicha L.", woman=Answer.YES, young=Answer.UNKNOWN)
    add_person(project=project, founder=founder, actor=actor, at=now)
    return 2


def _make(
    project: Project, person: User, advisor: User, given: Given, at: datetime, *, ended: bool
) -> Mandate:
    """A mandate of the past, as its verbs would have left it; nobody is written to."""
    begun = at + timedelta(hours=1) if ended else at
    made = Mandate.objects.create(
        project=project, person=person, advisor=advisor, given=given, language=person.language,
        witness=_WITNESS if given == Given.WITNESS else "", asked_at=at, confirmed_at=begun,
        confirmed_by=advisor, until_on=timezone.localdate() + timedelta(days=87),
        ended_at=begun + timedelta(days=8) if ended else None, ended_by=person if ended else None,
        ending=Ending.PERSON if ended else "",
    )  # fmt: skip
    record(actor=advisor, verb="ask mandate", obj=made, at=at, after=given)
    record(actor=advisor, verb="confirm mandate", obj=made, at=begun, after=given)
    if ended:
        record(actor=person, verb="end mandate", obj=made, at=made.ended_at, after=Ending.PERSON)
    return made
