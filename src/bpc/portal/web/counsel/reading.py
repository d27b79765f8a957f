"""What the pages of requests read: one request with what each reader may see of it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from bpc.portal.counsel.advising import is_advisor
from bpc.portal.counsel.models import HelpRequest, Ownership, RequestText
from bpc.portal.counsel.queries import whole_requests
from bpc.portal.counsel.states import Part, RequestState, Why
from bpc.portal.counsel.visibility import asked, can_read, holds
from bpc.portal.foundation.permissions import can, can_see, get_visible_or_404
from bpc.portal.ideas.references import normalise
from bpc.portal.people.models import User
from bpc.portal.web.counsel.words import SUBJECT_ICONS, clock_words, owner_name, reason_words

UNACCEPTABLE = 422


def request_or_404(request: HttpRequest, reference: str) -> HelpRequest:
    """The request of this code, if the person may see its sheet."""
    return get_visible_or_404(request.user, whole_requests(), reference=normalise(reference) or reference)


def advisor_or_404(request: HttpRequest, pk: int, right: str) -> User:
    """Who advises, if the person holds `right` on them; the same answer when there is no such account."""
    found = User.objects.filter(pk=pk).first()
    if found is None or not is_advisor(found) or not can(request.user, right, found):
        raise Http404("nobody one may plan for")
    return found


@dataclass(frozen=True)
class Turn:
    """One owner: who, since when, why, and what was said when it was handed over."""

    name: str
    row: Ownership
    why: str
    reasons: list[str]


def turns_of(row: HelpRequest, is_asker: bool) -> list[Turn]:
    """Every owner, the present one last; the site's own reasons are for staff."""
    return [
        Turn(
            owner_name(one.desk, one.holder), one, str(Why(one.why).label),
            [] if is_asker else reason_words(one.reasons),
        )
        for one in row.owners.select_related("holder").order_by("turn")
    ]  # fmt: skip


def page_context(request: HttpRequest, row: HelpRequest) -> dict[str, Any]:
    """What this reader is shown: the sheet to all, the texts and the project to those who may read them."""
    reads, own = can_read(request.user, row), asked(request.user, row)
    texts = list(row.texts.select_related("author")) if reads else []
    answers, waits = can(request.user, "counsel.answer", row), row.state == RequestState.WAITING
    return {
        "help": row,
        "reads": reads,
        "own": own,
        "texts": texts,
        "turns": turns_of(row, own),
        "owner": owner_name(row.desk, row.holder),
        "clock": clock_words(row, timezone.localdate()),
        "is_late": waits and row.due_on is not None and row.due_on < timezone.localdate(),
        "icon": SUBJECT_ICONS[row.subject],
        "project": row.project if reads else None,
        "opens_project": reads and row.project is not None and can_see(request.user, row.project),
        "answers": answers and row.state in (RequestState.WAITING, RequestState.ANSWERED),
        "transfers": can(request.user, "counsel.transfer", row) and waits,
        "asks_further": own and row.state == RequestState.ANSWERED,
        "withdraws": own and waits,
        "phone": _phone_for(request.user, row),
        "unjudged": own and any(_unjudged(text) for text in texts),
    }


def _unjudged(text: RequestText) -> bool:
    return text.part == Part.ANSWER and text.helpful is None


def _phone_for(person: Any, row: HelpRequest) -> str:
    """The number of who asks, for the present owner, when they agreed to be called about this."""
    asker = row.asker
    if asker is None or not row.call_me or not asker.phone_verified or not holds(person, row):
        return ""
    return asker.phone or ""
