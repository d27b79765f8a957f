"""The demonstration project: a group of six at the stage of design, labelled wherever shown."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import Description, Start, create_project, set_stage
from bpc.portal.projects.belongings import erase_projects
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.models import Project, ProjectMember
from bpc.portal.projects.sharing import grant_advisor
from bpc.portal.projects.states import Answer, Function, MemberRole, Stage
from bpc.portal.reference.models import Territory

_KEY = UUID("2f4b7f8e-6d0c-4c59-9a38-7b1f5f2f6e01")
_COMMUNE = "09.541.01.11"  # Taliouine
_NAME = "Sécher et vendre ensemble le safran de Taliouine"
_SUMMARY = (
    "Nous sommes six familles qui cultivons le safran. Chacune sèche et vend seule, à un prix que "
    "fixe l’acheteur. Nous voulons un séchoir commun, une balance juste et une seule étiquette, "
    "pour vendre au gramme, toute l’année."
)
_YES, _NO, _UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
# Invented people
_PEOPLE = (
    Founder("Fadma A.", Function.PRESIDENT, woman=_YES, young=_NO),
    Founder("Khadija O.", Function.TREASURER, woman=_YES, young=_YES),
    Founder("Lahcen B.", Function.SECRETARY, woman=_NO, young=_NO),
    Founder("Zahra I.", woman=_YES, young=_YES),
    Founder("Brahim T.", woman=_NO, young=_UNKNOWN),
    Founder("Rkia M.", woman=_YES, young=_NO),
)


@transaction.atomic
def create_demo_projects() -> int:
    """Create the project if it is missing, over the demonstration accounts; returns how many it created.

    Raises `ImproperlyConfigured` while those accounts do not exist.
    """
    people = list(User.objects.filter(is_demo=True).order_by("pk"))
    owner = next((person for person in people if person.holds(Role.HOLDER)), None)
    if owner is None:
        raise ImproperlyConfigured("the demonstration project needs the demonstration accounts")
    if Project.objects.filter(submission_key=_KEY).exists():
        return 0
    began = timezone.now() - timedelta(days=40)
    project = create_project(
        description=Description(
            _NAME, _SUMMARY, "fr", "agriculture", Territory.objects.get(pk=_COMMUNE), organisation_id=None
        ),
        stage=Stage.IDEA, start=Start(), submission_key=_KEY, actor=owner, at=began, is_demo=True,
    )  # fmt: skip
    for number, founder in enumerate(_PEOPLE):
        add_person(project=project, founder=founder, actor=owner, at=began + timedelta(days=number))
    set_stage(project=project, stage=Stage.DESIGN, actor=owner, at=began + timedelta(days=14))
    for person in people:
        if person.holds(Role.COOPERATIVE):
            ProjectMember.objects.create(
                project=project, user=person, role=MemberRole.EDITOR, joined_at=began + timedelta(days=15)
            )
        if project.region_id in person.regions_as(Role.ADVISOR):
            grant_advisor(project=project, advisor=person, actor=owner, at=began + timedelta(days=16))
    return 1


@transaction.atomic
def remove_demo_projects() -> int:
    """Remove it, whatever became of it; returns how many there were."""
    gone = list(Project.objects.filter(is_demo=True).values_list("pk", flat=True))
    erase_projects(gone)
    outdate("ideas")
    return len(gone)
