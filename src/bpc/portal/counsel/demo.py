"""Demonstration requests of the demonstration accounts: waiting, late and escalated, answered, in both languages."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from bpc.portal.counsel.advising import Plan, keep_sheet, release
from bpc.portal.counsel.asking import Question, answer, ask, judge
from bpc.portal.counsel.assigning import Chosen, assign_advisor
from bpc.portal.counsel.handing import escalate
from bpc.portal.counsel.models import AdvisorSheet, Assignment, HelpRequest, Ownership
from bpc.portal.foundation.permissions import can
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project

_KEYS = UUID("b0c1de1a-5d1e-4a10-9a33-0d6d1f6a7c07")
_REGION = "09"
_PAPERS = (
    "On nous demande un certificat de dénomination avant de déposer le dossier. Où le demande-t-on, et combien de "
    "temps est-il valable ?"
)
_PAPERS_ANSWER = (
    "La demande d’approbation de la dénomination se fait auprès de l’ODCO. Le certificat est valable soixante jours : "
    "préparez les statuts avant de le retirer."
)
_BLOCKED = (
    "L’assemblée constitutive est prévue vendredi et une des fondatrices ne peut pas venir. Peut-elle donner "
    "procuration à une autre ?"
)
_MONEY = (
    "La banque demande une garantie que nous n’avons pas. Existe-t-il un fonds qui garantit une coopérative ?"
)
_ARABIC = "نريد أن نعرف كيف نحسب ثمن بيع الزعفران قبل أن نبدأ. هل يمكن أن يساعدنا أحد؟"


def _ask(
    number: int, asker: User, subject: str, text: str, at: datetime, project: Project | None = None
) -> HelpRequest:
    question = Question(
        subject, text, project.region_id if project else _REGION, project.sector_id if project else ""
    )
    return ask(
        question=question, project=project, submission_key=uuid5(_KEYS, str(number)), actor=asker, at=at,
        is_demo=True,
    )  # fmt: skip


def _assign(project: Project, advisor: User, delegate: User | None, at: datetime) -> None:
    """The advisor whom the group let in is the one its delegation chose, where there is a delegate to choose."""
    if delegate is not None and can(delegate, "counsel.assign", project):
        assign_advisor(project=project, chosen=Chosen(advisor.pk), actor=delegate, at=at)


@transaction.atomic
def create_demo_requests() -> int:
    """Create them if there are none, over the demonstration accounts and project; returns how many it created."""
    people = {
        role: next((one for one in User.objects.filter(is_demo=True).order_by("pk") if one.holds(role)), None)
        for role in (Role.ADVISOR, Role.HOLDER, Role.COOPERATIVE, Role.DELEGATE)
    }
    advisor, holder, member = people[Role.ADVISOR], people[Role.HOLDER], people[Role.COOPERATIVE]
    project = Project.objects.filter(is_demo=True).order_by("pk").first()
    if advisor is None or holder is None or member is None or project is None:
        return 0
    if HelpRequest.objects.filter(is_demo=True).exists():
        return 0
    now = timezone.now()
    if not AdvisorSheet.objects.filter(user=advisor).exists():
        plan = Plan(("fr", "ar"), ("agriculture", "food"), projects_most=15, requests_a_week=8)
        keep_sheet(advisor=advisor, plan=plan, revision=0, actor=advisor, at=now - timedelta(days=60))
    _assign(project, advisor, people[Role.DELEGATE], now - timedelta(days=45))
    papers = _ask(1, holder, "papers", _PAPERS, now - timedelta(days=20), project)
    given = answer(
        request=papers, text=_PAPERS_ANSWER, submission_key=uuid5(_KEYS, "1a"), actor=advisor,
        at=now - timedelta(days=18),
    )  # fmt: skip
    judge(answer=given, helpful=True, because="", words="", actor=holder, at=now - timedelta(days=17))
    money = _ask(2, member, "money", _MONEY, now - timedelta(days=17))
    escalate(request=money, at=now - timedelta(days=1))
    _ask(3, holder, "blocked", _BLOCKED, now - timedelta(days=1), project)
    _ask(4, member, "plan", _ARABIC, now - timedelta(hours=5))
    return 4


@transaction.atomic
def remove_demo_requests() -> int:
    """Remove them, and free the requests of real people from demonstration owners; returns how many there were."""
    found = HelpRequest.objects.filter(is_demo=True)
    gone = found.count()
    found.delete()
    Assignment.objects.filter(project__is_demo=True).delete()
    now = timezone.now()
    people = list(User.objects.filter(is_demo=True).order_by("pk"))
    leaving = frozenset(person.pk for person in people)
    for person in people:
        release(person=person, actor=None, at=now, but=leaving)
    Ownership.objects.filter(holder__in=people, until__isnull=False).update(holder=None)
    return gone
