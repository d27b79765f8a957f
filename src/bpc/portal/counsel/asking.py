"""What who asks does: ask, ask further, judge the answers, close, withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bpc.portal.counsel import notices
from bpc.portal.counsel.choosing import choose
from bpc.portal.counsel.delays import due_after
from bpc.portal.counsel.handing import first_owner, lock
from bpc.portal.counsel.models import HelpRequest, RequestText
from bpc.portal.counsel.ownership import RANKS
from bpc.portal.counsel.staffing import need_of, staff_of
from bpc.portal.counsel.states import REQUEST_MOVES, Closing, Part, RequestState, Subject, Unhelpful
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing, move
from bpc.portal.ideas.languages import language_of
from bpc.portal.ideas.references import new_reference
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project
from bpc.portal.projects.signs import note_sign

REQUESTS_A_DAY = 10  # by one person: each takes somebody's time


class TooManyRequests(Exception):
    """The person asked as much as one may in a day."""


class NotAnAnswer(Exception):
    """Only answers are judged."""


@dataclass(frozen=True)
class Question:
    """What is asked. `region` is the code of the region whose people answer."""

    subject: str
    text: str
    region: str
    sector: str = ""
    call_me: bool = False
    source_step: str = ""
    source_page: str = ""
    priority: int = 0


@transaction.atomic
def ask(
    *, question: Question, project: Project | None, submission_key: UUID, actor: User, at: datetime,
    is_demo: bool = False,
) -> HelpRequest:  # fmt: skip
    """Ask; the request has its owner and its clock from this instant. The same key again gives the same request.

    Raises `TooManyRequests`, `PermissionDenied`, ValueError for an unknown subject.
    """
    check(actor, "counsel.ask", project)
    User.objects.select_for_update().get(pk=actor.pk)  # the same form twice at once asks once
    if same := HelpRequest.objects.filter(submission_key=submission_key, asker=actor).first():
        return same
    recent = HelpRequest.objects.filter(asker=actor, asked_at__gt=at - timedelta(days=1))
    if recent.count() >= REQUESTS_A_DAY:
        raise TooManyRequests
    made = HelpRequest(
        reference=new_reference(), asker=actor, project=project, region_id=question.region,
        sector_id=question.sector or None, language=language_of(question.text),
        subject=Subject(question.subject), source_step=question.source_step[:60],
        source_page=question.source_page[:200], priority=question.priority, call_me=question.call_me,
        asked_at=at, submission_key=submission_key, is_demo=is_demo,
    )  # fmt: skip
    staff = staff_of(question.region, at, project.pk if project is not None else None)
    choice = choose(need_of(made), staff)
    made.desk, made.holder_id = choice.owner.desk.value, choice.owner.holder
    made.reach = RANKS[choice.owner.desk]
    made.due_on = due_after(made.desk, timezone.localtime(at).date())
    made.save()
    first_owner(made, choice)
    note_sign(made.project_id, actor, at)
    _write(made, Part.QUESTION, question.text, submission_key, actor, at)
    record(
        actor=actor, verb="ask for help", obj=made, at=at, after=RequestState.WAITING,
        data={"subject": made.subject, "desk": made.desk, "reasons": list(choice.reasons)},
    )  # fmt: skip
    notices.tell_owner(made, "counsel.given", at=at)
    notices.tell_asker(made, "counsel.asked", at=at)
    return made


def _write(request: HelpRequest, part: Part, text: str, key: UUID, author: User, at: datetime) -> RequestText:
    return RequestText.objects.create(
        request=request, part=part, author=author, text=text, language=language_of(text), at=at,
        submission_key=key,
    )  # fmt: skip


@transaction.atomic
def answer(
    *, request: HelpRequest, text: str, submission_key: UUID, actor: User, at: datetime
) -> RequestText:
    """Answer; the clock stops. A second answer to the same question completes the first.

    Raises `IllegalMove` once the request is over, `PermissionDenied`.
    """
    row = lock(request)
    check(actor, "counsel.answer", row)
    if same := row.texts.filter(submission_key=submission_key).first():
        return same
    if row.state == RequestState.ANSWERED:
        record(actor=actor, verb="complete answer", obj=row, at=at)
    else:
        move(row, REQUEST_MOVES, "answer request", actor=actor, at=at)
    made = _write(row, Part.ANSWER, text, submission_key, actor, at)
    notices.tell_asker(row, "counsel.answered", at=at)
    return made


@transaction.atomic
def ask_further(
    *, request: HelpRequest, text: str, submission_key: UUID, actor: User, at: datetime
) -> RequestText:
    """A further question: the clock runs again, from today, for the desk that has the request.

    Raises `IllegalMove` unless an answer was given, `PermissionDenied`.
    """
    row = lock(request)
    check(actor, "counsel.own", row)
    if same := row.texts.filter(submission_key=submission_key).first():
        return same
    HelpRequest.objects.filter(pk=row.pk).update(due_on=due_after(row.desk, timezone.localtime(at).date()))
    move(row, REQUEST_MOVES, "ask further", actor=actor, at=at)
    made = _write(row, Part.FOLLOW_UP, text, submission_key, actor, at)
    note_sign(row.project_id, actor, at)
    notices.tell_owner(row, "counsel.further", at=at)
    return made


@transaction.atomic
def judge(
    *, answer: RequestText, helpful: bool, because: str, words: str, actor: User, at: datetime
) -> RequestText:
    """Say whether an answer helped; one may change one's mind. An answer that did not help needs the reason.

    Raises `NotAnAnswer`, `ReasonMissing`, `PermissionDenied`.
    """
    request = lock(answer.request)
    check(actor, "counsel.own", request)
    row = request.texts.get(pk=answer.pk)
    if row.part != Part.ANSWER:
        raise NotAnAnswer(row.pk)
    if not helpful and because not in Unhelpful.values:
        raise ReasonMissing("judge answer")
    row.helpful, row.judged_at, row.judgement = helpful, at, words.strip()
    row.unhelpful_because = "" if helpful else because
    note_sign(request.project_id, actor, at)
    row.save(update_fields=["helpful", "judged_at", "judgement", "unhelpful_because"])
    record(
        actor=actor, verb="judge answer", obj=request, at=at, after="helpful" if helpful else "unhelpful",
        data={"answer": row.pk, "because": row.unhelpful_because},
    )  # fmt: skip
    return row


@transaction.atomic
def close(*, request: HelpRequest, actor: Any, at: datetime) -> HelpRequest:
    """Close an answered request: by who asked, or (`actor` None) by the site when nothing more was said."""
    row = lock(request)
    closing = Closing.QUIET if actor is None else Closing.ASKER
    HelpRequest.objects.filter(pk=row.pk).update(closing=closing)
    row.closing = closing
    note_sign(row.project_id, actor, at)
    move(row, REQUEST_MOVES, "close request", actor=actor, at=at, closing=str(closing))
    if actor is None:
        notices.tell_asker(row, "counsel.closed", at=at)
    else:
        notices.tell_owner(row, "counsel.closed", at=at)
    return row


@transaction.atomic
def withdraw(*, request: HelpRequest, actor: Any, at: datetime) -> HelpRequest:
    """Take a request back (`actor` None: who asked is leaving); its owner is told when an answer was expected."""
    row = lock(request)
    was_waiting = row.state == RequestState.WAITING
    note_sign(row.project_id, actor, at)
    move(row, REQUEST_MOVES, "withdraw request", actor=actor, at=at)
    if was_waiting:
        notices.tell_owner(row, "counsel.withdrawn", at=at)
    return row
