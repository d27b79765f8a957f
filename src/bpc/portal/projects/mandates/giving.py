"""How a mandate is asked for and given: by a code told on the telephone, on a signed paper, or before a witness."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.kept_files import random_file, shown_name
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import check
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import User
from bpc.portal.people.queries import find_person
from bpc.portal.people.roles import Role
from bpc.portal.projects.actions import lock
from bpc.portal.projects.mandates.codes import is_code_of
from bpc.portal.projects.mandates.ending import end_mandates
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.notices import (
    BEGUN,
    reaches,
    send_code_later,
    send_later,
    tell,
    tell_owners,
)
from bpc.portal.projects.mandates.states import (
    CODE_LASTS,
    MOST_A_DAY,
    MOST_CODES,
    MOST_TRIES,
    Ending,
    Given,
    MandateState,
)
from bpc.portal.projects.mandates.visibility import may_ask
from bpc.portal.projects.models import AdvisorAccess, Project
from bpc.portal.projects.received import ReceivedPaper, received_paper
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import WRITERS, belongs_to


class NobodySuch(Exception):
    """No project of that code in the advisor's regions has a writer with that contact: which of the two is not said."""


class NotLetIn(Exception):
    """The person is no owner of the project, so they cannot open it: an owner must let the advisor in first."""


class TooManyAsked(Exception):
    """The advisor asked for as many mandates as may be in one day."""


class NoTelephone(Exception):
    """A code cannot be sent: the person has no number."""


class NotWaiting(Exception):
    """The mandate no longer waits: confirmed, ended, or too old."""


class WrongCode(Exception):
    """Not the code that was sent; `left` says how many tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left


class CodeSpent(Exception):
    """The code is too old, or was tried too often; another must be sent, if any may."""


@dataclass(frozen=True)
class Asked:
    """What the advisor records. `paper` only where the mandate is on paper, `witness` where before one."""

    given: str
    language: str
    until_on: date
    witness: str = ""
    paper: ReceivedPaper | None = None
    paper_name: str = ""


def read_paper(file: Any, size: int) -> ReceivedPaper:
    """The signed paper as kept. Raises `RefusedPaper`."""
    return received_paper(file, size, settings.SCANNER)


@transaction.atomic
def ask_mandate(*, code: str, contact: Contact, asked: Asked, actor: User, at: datetime) -> Mandate:
    """Record a mandate that the person of `contact` gives for the project of this code.

    On paper it is in force at once; by code it waits for it, before a witness for a delegate. A former request of the
    same advisor that still waits gives way. Raises `NobodySuch`, `NotLetIn`, `TooManyAsked`, `NoTelephone`,
    `PermissionDenied`.
    """
    check(actor, "mandates.ask")
    _count(actor, at)
    project, person = _named(code, contact, actor)
    mandate = _ask(project, person, asked, actor, at)
    return mandate


def _count(actor: User, at: datetime) -> None:
    tried = AuditEntry.objects.filter(
        actor=actor, verb__in=("ask mandate", "look for person"), at__gt=at - timedelta(days=1)
    )
    if tried.count() >= MOST_A_DAY:
        raise TooManyAsked


def _named(code: str, contact: Contact, actor: User) -> tuple[Project, User]:
    found = Project.objects.filter(reference=code.strip().upper(), archived_at=None).first()
    person = find_person(contact)
    if found is None or person is None or person.pk == actor.pk or not may_ask(actor, found):
        raise NobodySuch
    project = lock(found)
    if person.is_staff_member or not belongs_to(person, project, *WRITERS):
        raise NobodySuch
    return project, person


def note_search(*, actor: User, at: datetime) -> None:
    """A search that found nobody counts as one of the day, so that nobody looks people up by trying."""
    record(actor=actor, verb="look for person", obj=actor, at=at)


def _ask(project: Project, person: User, asked: Asked, actor: User, at: datetime) -> Mandate:
    running = AdvisorAccess.objects.filter(project=project, advisor=actor, ended_at=None)
    if not belongs_to(person, project, MemberRole.OWNER) and not running.exists():
        raise NotLetIn
    if asked.given == Given.CODE and not person.phone:
        raise NoTelephone
    former = Mandate.objects.filter(project=project, person=person, advisor=actor, confirmed_at=None)
    end_mandates(former, Ending.REPLACED, actor=actor, at=at)
    mandate = Mandate(
        project=project, person=person, advisor=actor, given=Given(asked.given), language=asked.language,
        witness=asked.witness if asked.given == Given.WITNESS else "", until_on=asked.until_on, asked_at=at,
    )  # fmt: skip
    if asked.given == Given.PAPER and asked.paper is not None:
        mandate.paper = random_file(asked.paper.content)
        mandate.paper_type = asked.paper.content_type
        mandate.paper_name = shown_name(asked.paper_name, asked.paper.ending)
    mandate.save()
    record(actor=actor, verb="ask mandate", obj=mandate, at=at, after=mandate.given)
    if mandate.given == Given.PAPER:
        _confirm(mandate, actor, at)
    elif mandate.given == Given.CODE:
        _send_code(mandate, at)
    else:
        _tell_delegates(mandate, at)
    return mandate


def _tell_delegates(mandate: Mandate, at: datetime) -> None:
    delegates = User.objects.filter(
        is_active=True, role_grants__role=Role.DELEGATE, role_grants__ended_at=None,
        role_grants__region=mandate.project.region_id,
    ).exclude(pk__in=(mandate.person_id, mandate.advisor_id))  # fmt: skip
    for user in delegates.distinct():
        tell(user, "to_confirm", mandate, at)


def _send_code(mandate: Mandate, at: datetime) -> None:
    mandate.codes_sent += 1
    mandate.code_sent_at, mandate.code_tries = at, 0
    mandate.save(update_fields=["codes_sent", "code_sent_at", "code_tries"])
    send_code_later(mandate)


def _waiting(mandate: Mandate, at: datetime) -> Mandate:
    """The mandate as it is now, behind its project's lock, if it still waits. Raises `NotWaiting`."""
    project = lock(mandate.project)
    row = Mandate.objects.select_related("person", "advisor").get(pk=mandate.pk)
    row.project = project
    if row.confirmed_at is not None or row.state_at(at) != MandateState.WAITING:
        raise NotWaiting
    return row


@transaction.atomic
def send_another_code(*, mandate: Mandate, actor: Any, at: datetime) -> None:
    """The person lost the first. Raises `NotWaiting`, `CodeSpent` when none may be sent, `PermissionDenied`."""
    row = _waiting(mandate, at)
    _check_advisor(row, actor)
    if row.codes_sent >= MOST_CODES:
        raise CodeSpent
    record(actor=actor, verb="send mandate code", obj=row, at=at)
    _send_code(row, at)


def confirm_by_code(*, mandate: Mandate, code: str, actor: Any, at: datetime) -> None:
    """The person told the code to the advisor, who types it. A wrong one is counted, whatever is rolled back.

    Raises `WrongCode`, `CodeSpent`, `NotWaiting`, `PermissionDenied`.
    """
    with transaction.atomic():
        row = _waiting(mandate, at)
        _check_advisor(row, actor)
        stale = row.code_sent_at is None or at > row.code_sent_at + CODE_LASTS
        if stale or row.code_tries >= MOST_TRIES:
            raise CodeSpent
        right = is_code_of(row, code)
        if right:
            _confirm(row, actor, at)
        else:
            row.code_tries += 1
            row.save(update_fields=["code_tries"])
    if not right:
        raise WrongCode(MOST_TRIES - row.code_tries)


@transaction.atomic
def confirm_witnessed(*, mandate: Mandate, actor: Any, at: datetime) -> None:
    """A delegate of the region heard the witness. Raises `NotWaiting`, `PermissionDenied`."""
    row = _waiting(mandate, at)
    check(actor, "mandates.confirm", row)
    _confirm(row, actor, at)


def _check_advisor(mandate: Mandate, actor: Any) -> None:
    check(actor, "mandates.ask", mandate.project)
    if mandate.advisor_id != actor.pk or mandate.given != Given.CODE:
        raise NotWaiting


def _confirm(mandate: Mandate, actor: Any, at: datetime) -> None:
    """In force from now on: a former one of the same person for the project gives way, and the person is told."""
    project, person = mandate.project, mandate.person
    still = belongs_to(person, project, *WRITERS) and person.is_active and not person.is_staff_member
    if not still or not mandate.advisor.is_active or not may_ask(mandate.advisor, project):
        raise NotWaiting
    former = Mandate.objects.filter(project=project, person=person, confirmed_at__isnull=False)
    end_mandates(former, Ending.REPLACED, actor=actor, at=at)
    access, opened = AdvisorAccess.objects.get_or_create(
        project=project,
        advisor=mandate.advisor,
        ended_at=None,
        defaults={"granted_by": person, "granted_at": at},
    )
    if opened:
        if not belongs_to(person, project, MemberRole.OWNER):
            raise NotLetIn
        record(
            actor=actor, verb="grant advisor access", obj=project, at=at, data={"advisor": access.advisor_id}
        )
    mandate.confirmed_at, mandate.confirmed_by, mandate.opened_access = at, actor, opened
    mandate.save(update_fields=["confirmed_at", "confirmed_by", "opened_access"])
    record(actor=actor, verb="confirm mandate", obj=mandate, at=at, after=mandate.given)
    tell(person, BEGUN, mandate, at)
    send_later(mandate, BEGUN)
    tell_owners(mandate, at)
    if actor.pk != mandate.advisor_id:
        tell(mandate.advisor, "given", mandate, at)


def longest_until(at: datetime, months: int) -> date:
    """The last day of a mandate of so many months."""
    today = timezone.localdate(at)
    year, month = divmod(today.month - 1 + months, 12)
    days_in = (date(today.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(today.year + year, month + 1, min(today.day, days_in))


def can_be_told(mandate: Mandate) -> bool:
    """Whether a message can reach the person."""
    return bool(reaches(mandate.person))
