"""Winners are announced: the verdict is published, laureates are told and helped, the others leave with something.

Read from top to bottom, this is all that happens. It can be done again at any time: what was done stays as it is, and
what waited (an advisor in the region, a free moment for a team) is done now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.portal.contests.certificates import issue_certificate
from bpc.portal.contests.feedback import (
    IncompleteFeedback,
    prepare_feedback,
    send_feedback,
    waiting_feedback,
)
from bpc.portal.contests.models import Certificate, Edition, Entry, Publication
from bpc.portal.contests.notices.verdicts import tell_team
from bpc.portal.contests.publishing import publish_results
from bpc.portal.contests.states import Outcome
from bpc.portal.contests.support import offer_support
from bpc.portal.contests.votes import forget_networks


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was done. `waiting`: teams that were not written to yet, each with the parts that are missing."""

    publication: Publication
    laureates: tuple[Entry, ...]
    mentions: tuple[Entry, ...]
    without_advisor: tuple[Entry, ...]
    told: tuple[Entry, ...]
    waiting: tuple[tuple[Entry, tuple[str, ...]], ...]


@transaction.atomic
def announce_winners(*, edition: Edition, actor: Any, at: datetime) -> Announcement:
    """All or nothing. Raises what `publish_results` raises: nothing is announced before everything was decided."""
    publication = publish_results(edition=edition, actor=actor, at=at)
    forget_networks(edition)  # of the public's ballots: they were all checked, or never will be
    laureates = _of_outcome(edition, Outcome.LAUREATE)
    mentions = _of_outcome(edition, Outcome.MENTION)
    for entry in laureates:
        _certify(entry, "contest.laureate", actor, at)
    for entry in mentions:
        _certify(entry, "contest.mention", actor, at)
    # an advisor of the region is offered; accepting is for the team (see `contests.support`)
    offers = [offer_support(entry=entry, actor=actor, at=at) for entry in laureates]
    prepare_feedback(edition=edition, actor=actor, at=at)
    told, waiting = send_what_is_ready(edition=edition, actor=actor, at=at)
    return Announcement(
        publication=publication, laureates=laureates, mentions=mentions,
        without_advisor=tuple(one.entry for one in offers if one.advisor_id is None), told=told, waiting=waiting,
    )  # fmt: skip


def _of_outcome(edition: Edition, outcome: Outcome) -> tuple[Entry, ...]:
    rows = Entry.objects.filter(edition=edition, decision__outcome=outcome)
    return tuple(rows.select_related("edition").order_by("decision__place", "pk"))


def _certify(entry: Entry, kind: str, actor: Any, at: datetime) -> None:
    """The certificate, and the notice that leads to it: once."""
    given = Certificate.objects.filter(entry=entry).exists()
    issue_certificate(entry=entry, actor=actor, at=at)
    if not given:
        tell_team(entry, kind, at=at)


@transaction.atomic
def send_what_is_ready(
    *, edition: Edition, actor: Any, at: datetime
) -> tuple[tuple[Entry, ...], tuple[tuple[Entry, tuple[str, ...]], ...]]:
    """Send each feedback whose four parts are there; the others wait, with what they miss."""
    told: list[Entry] = []
    waiting: list[tuple[Entry, tuple[str, ...]]] = []
    for entry in waiting_feedback(edition):
        try:
            send_feedback(entry=entry, actor=actor, at=at)
        except IncompleteFeedback as incomplete:
            waiting.append((entry, incomplete.missing))
        else:
            told.append(entry)
    return tuple(told), tuple(waiting)
