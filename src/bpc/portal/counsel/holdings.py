"""What this room holds on a person: how it is shown to them, and what becomes of it when they leave."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bpc.portal.counsel.advising import release
from bpc.portal.counsel.asking import withdraw
from bpc.portal.counsel.models import Absence, AdvisorSheet, Assignment, HelpRequest, Ownership, RequestText
from bpc.portal.counsel.states import OPEN_STATES, Ended
from bpc.portal.people.models import User
from bpc.portal.people.personal_data import Holding, Row, declare_holding, exclude_column
from bpc.portal.projects.models import ProjectMember


def declare() -> None:
    """Called once when the app is ready."""
    for holding in (*_requests_held(), *_advising_held()):
        declare_holding(holding)
    exclude_column(
        "counsel.Assignment.assigned_by", "tells who chose an advisor; exported as an act of the trail"
    )
    exclude_column("counsel.Ownership.by", "tells who handed a request over; exported as an act of the trail")
    exclude_column("counsel.Absence.noted_by", "tells who noted an absence; exported as an act of the trail")


def _requests_held() -> tuple[Holding, ...]:
    return (
        Holding(
            "help_requests",
            _("Vos demandes d’aide"),
            ("counsel.HelpRequest.asker", "counsel.RequestText.author"),
            _requests,
            _(
                "Effacées, avec leurs réponses. Celles d’un projet que vous laissez à d’autres restent à ce "
                "groupe, sans votre nom ; celles qui attendaient une réponse sont retirées."
            ),
            _forget_requests,
        ),
        Holding(
            "held_requests",
            _("Les demandes d’aide dont vous avez eu la charge"),
            ("counsel.HelpRequest.holder", "counsel.Ownership.holder"),
            _held,
            _("Confiées à une autre personne ; la trace en est conservée sans votre nom."),
            _forget_held,
        ),
    )


def _advising_held() -> tuple[Holding, ...]:
    return (
        Holding(
            "advisor_sheets",
            _("Ce que vous pouvez prendre comme conseiller, et vos absences"),
            ("counsel.AdvisorSheet.user", "counsel.Absence.advisor"),
            _sheets,
            _("Effacés."),
            _forget_sheets,
        ),
        Holding(
            "assigned_projects",
            _("Les projets dont la délégation vous a choisi comme conseiller"),
            ("counsel.Assignment.advisor",),
            _assigned,
            _("Confiés à une autre personne ; la trace en est conservée sans votre nom."),
            _forget_assigned,
        ),
    )


def _requests(user: User) -> list[Row]:
    texts = RequestText.objects.filter(author=user).select_related("request").order_by("at", "pk")
    return [
        {
            "code": row.request.reference,
            "subject": row.request.subject,
            "state": row.request.state,
            "part": row.part,
            "text": row.text,
            "language": row.language,
            "created": row.at,
            "helpful": row.helpful,
            "judgement": row.judgement,
        }
        for row in texts
    ]


def _held(user: User) -> list[Row]:
    rows = Ownership.objects.filter(holder=user).select_related("request").order_by("since", "pk")
    return [
        {
            "code": row.request.reference,
            "subject": row.request.subject,
            "since": row.since,
            "until": row.until,
        }
        for row in rows
    ]


def _assigned(user: User) -> list[Row]:
    rows = Assignment.objects.filter(advisor=user).select_related("project").order_by("assigned_at", "pk")
    return [
        {"code": row.project.reference, "since": row.assigned_at, "until": row.ended_at, "note": row.note}
        for row in rows
    ]


def _sheets(user: User) -> list[Row]:
    found: list[Row] = [
        {
            "languages": row.languages,
            "sectors": row.sectors,
            "projects": row.projects_most,
            "requests_a_week": row.requests_a_week,
        }
        for row in AdvisorSheet.objects.filter(user=user)
    ]
    absences = Absence.objects.filter(advisor=user)
    return found + [{"from": row.from_on, "until": row.until_on} for row in absences]


def _forget_requests(user: User) -> None:
    mine = HelpRequest.objects.filter(asker=user)
    shared = ProjectMember.objects.filter(user__is_active=True).exclude(user=user).values("project")
    mine.exclude(project__in=shared).delete()
    for request in list(mine.filter(state__in=OPEN_STATES)):
        withdraw(request=request, actor=None, at=timezone.now())
    mine.update(asker=None, call_me=False)
    RequestText.objects.filter(author=user).update(author=None)


def _forget_held(user: User) -> None:
    """Every request goes to somebody who works there, those that are over too: one has an owner for ever."""
    release(person=user, actor=None, at=timezone.now())


def _forget_assigned(user: User) -> None:
    """Each project goes back to the list of those without an advisor; what was chosen for others stays."""
    now = timezone.now()
    running = Assignment.objects.filter(advisor=user, ended_at=None)
    running.update(ended_at=now, ended_why=Ended.ROLE_ENDED)
    Assignment.objects.filter(advisor=user).update(advisor=None)


def _forget_sheets(user: User) -> None:
    AdvisorSheet.objects.filter(user=user).delete()
    Absence.objects.filter(advisor=user).delete()
