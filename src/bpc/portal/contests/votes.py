"""The public's vote: one person once, held back until somebody checked it, beside the jury's verdict, never in it.

Whoever votes has an account with a proved address or number. Nobody sees a count before the vote is over, every
ballot was looked at and the results are published. A person checks: the service only shows what looks alike.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import (
    BigIntegerField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Mod, TruncHour

from bpc.portal.contests.models import Ballot, Edition, Entry
from bpc.portal.contests.phases import vote_is_open
from bpc.portal.contests.states import BallotState, EditionState, EntryState
from bpc.portal.contests.visibility.entries import in_team
from bpc.portal.contests.visibility.juries import seats_of
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.projects.states import Answer

SUSPICIOUS = 5  # ballots that look alike before they are shown as a group
_PRIME = 1_000_003  # above the number of entries any edition will have
_CARD = (
    "reference", "title", "summary", "language", "edition_id", "state",
    "sector__name_fr", "sector__name_ar", "sector__icon", "commune__name_fr", "commune__name_ar",
)  # fmt: skip


class VoteClosed(Exception):
    """The vote has not begun, or is over."""


class NotVerified(Exception):
    """The account has proved neither an address nor a number."""


class OwnEntry(Exception):
    """One does not vote for one's own team."""


class SitsInJury(Exception):
    """Who judges the entries has a say already: no vote of the public in the same edition."""


class NotShown(Exception):
    """The entry is not offered to the vote."""


@dataclass(frozen=True)
class Alike:
    """Ballots that look alike: of one network, or of accounts opened in the same hour for one entry."""

    kind: str  # network | accounts
    key: str
    entry: str  # reference, empty for a network that voted for several
    number: int
    first: datetime
    last: datetime


def offered(edition: Edition) -> QuerySet[Entry]:
    """The eligible entries whose team agreed to be read by everybody; without their long texts."""
    rows = edition.entries.filter(state=EntryState.ELIGIBLE, shown_to_voters=Answer.YES)
    return rows.select_related("sector", "commune").only(*_CARD)


def shuffled(edition: Edition, who: str) -> QuerySet[Entry]:
    """The entries offered, in an order that is always the same for `who` and another for everybody else.

    The order is that of key · a + b modulo a prime, a and b drawn from who looks: made by the database, so that a
    page reads only its own rows.
    """
    seed = hmac.new(settings.SECRET_KEY.encode(), f"vote:{edition.pk}:{who}".encode(), sha256).digest()
    times = int.from_bytes(seed[:4]) % (_PRIME - 1) + 1
    plus = int.from_bytes(seed[4:8]) % _PRIME
    place = ExpressionWrapper(
        Mod(F("pk") * Value(times) + Value(plus), Value(_PRIME)), output_field=BigIntegerField()
    )
    return offered(edition).order_by(place, "pk")


def cast_ballot(*, entry: Entry, actor: Any, at: Any, network: str) -> Ballot:
    """Vote for `entry`, or change to it while the vote runs; held back until checked. `network`: a client's address.

    Raises `VoteClosed`, `NotVerified`, `OwnEntry`, `SitsInJury`, `NotShown`.
    """
    with transaction.atomic():
        edition = Edition.objects.get(pk=entry.edition_id)
        if not vote_is_open(edition, at):
            raise VoteClosed
        if not is_verified(actor):
            raise NotVerified
        if not offered(edition).filter(pk=entry.pk).exists():
            raise NotShown
        if in_team(actor, entry):
            raise OwnEntry
        if seats_of(actor).filter(edition=edition).exists():
            raise SitsInJury
        values = {
            "entry": entry, "state": BallotState.HELD, "reason": "", "cast_at": at, "checked_at": None,
            "checked_by": None, "network": digest(edition, network),
        }  # fmt: skip
        ballot, created = Ballot.objects.update_or_create(edition=edition, voter=actor, defaults=values)
        # the trail says that somebody voted, never for whom
        record(actor=actor, verb="vote" if created else "change vote", obj=edition, at=at)
    return ballot


def take_back(*, edition: Edition, actor: Any, at: Any) -> None:
    """No longer vote, while the vote runs."""
    with transaction.atomic():
        if not vote_is_open(edition, at):
            raise VoteClosed
        if Ballot.objects.filter(edition=edition, voter=actor).delete()[0]:
            record(actor=actor, verb="take vote back", obj=edition, at=at)


def is_verified(person: Any) -> bool:
    """Whether the account proved a number or an address."""
    if person.phone and person.phone_verified:
        return True
    proved: bool = EmailAddress.objects.filter(user=person, verified=True).exists()
    return proved


def own_ballot(person: Any, edition: Edition) -> Ballot | None:
    """The person's vote in the edition."""
    if not person.is_authenticated:
        return None
    return Ballot.objects.select_related("entry").filter(edition=edition, voter=person).first()


def alike(edition: Edition) -> list[Alike]:
    """The ballots not checked yet that look alike, the largest groups first; two queries, a row a group."""
    held = Ballot.objects.filter(edition=edition, state=BallotState.HELD).order_by()
    networks = held.exclude(network="").values("network").annotate(
        number=Count("pk"), first=Min("cast_at"), last=Max("cast_at"),
        entries=Count("entry", distinct=True), one=Min("entry__reference"),
    )  # fmt: skip
    groups = [
        Alike("network", row["network"], row["one"] if row["entries"] == 1 else "", row["number"], row["first"],
              row["last"])
        for row in networks.filter(number__gte=SUSPICIOUS)
    ]  # fmt: skip
    hours = held.annotate(hour=TruncHour("voter__date_joined")).values("hour", "entry__reference")
    hours_counted = hours.annotate(number=Count("pk"), first=Min("cast_at"), last=Max("cast_at"))
    groups += [
        Alike("accounts", row["hour"].isoformat(), row["entry__reference"], row["number"], row["first"], row["last"])
        for row in hours_counted.filter(number__gte=SUSPICIOUS)
    ]  # fmt: skip
    return sorted(groups, key=lambda group: (-group.number, group.kind, group.key))


def ballots_of(edition: Edition, kind: str, key: str, entry: str = "") -> QuerySet[Ballot]:
    """The held ballots of one group, as `alike` names it. Raises ValueError for a key that is none."""
    held = Ballot.objects.filter(edition=edition, state=BallotState.HELD)
    if kind == "network":
        return held.filter(network=key).exclude(network="")
    hour = datetime.fromisoformat(key)
    if hour.tzinfo is None:
        raise ValueError(key)
    joined = {"voter__date_joined__gte": hour, "voter__date_joined__lt": hour + timedelta(hours=1)}
    return held.filter(entry__reference=entry, **joined)


def check_ballots(
    *, edition: Edition, ballots: QuerySet[Ballot], accept: bool, reason: str, actor: Any, at: Any
) -> int:
    """Count or set aside held ballots once the vote is over; returns how many. Setting aside needs a reason.

    Raises `VoteClosed` while the vote runs: nothing is decided before the end, `ReasonMissing`.
    """
    with transaction.atomic():
        check(actor, "contests.organise", edition)
        if edition.vote_until is None or at < edition.vote_until or edition.state != EditionState.PUBLISHED:
            raise VoteClosed
        if not accept and not reason.strip():
            raise ReasonMissing("reject ballots")
        keys = list(ballots.filter(edition=edition, state=BallotState.HELD).values_list("pk", flat=True))
        state = BallotState.COUNTED if accept else BallotState.REJECTED
        Ballot.objects.filter(pk__in=keys).update(
            state=state, reason="" if accept else reason, checked_at=at, checked_by=actor
        )
        record(
            actor=actor, verb="count ballots" if accept else "reject ballots", obj=edition, at=at, after=state,
            reason=reason, data={"number": len(keys)},
        )  # fmt: skip
        outdate("contests")
    return len(keys)


def not_alike(edition: Edition) -> QuerySet[Ballot]:
    """The held ballots that belong to no group of `alike`."""
    held = Ballot.objects.filter(edition=edition, state=BallotState.HELD)
    rest = held
    for group in alike(edition):
        rest = rest.exclude(pk__in=ballots_of(edition, group.kind, group.key, group.entry).values("pk"))
    return rest


def ballot_counts(edition: Edition) -> Mapping[str, int]:
    """How many ballots are held, counted, set aside: no word of for whom."""
    rows = Ballot.objects.filter(edition=edition).values_list("state").annotate(number=Count("pk")).order_by()
    return dict.fromkeys(BallotState.values, 0) | dict(rows)


def vote_result(edition: Edition) -> QuerySet[Entry] | None:
    """The entries that were voted for with their counted `votes`, most first; None until the results are out and no
    ballot waits. Counted and put in order by the database: a page reads its own rows only."""
    if edition.state != EditionState.CLOSED or edition.vote_from is None or ballot_counts(edition)["held"]:
        return None
    counted = Ballot.objects.filter(entry=OuterRef("pk"), edition=edition, state=BallotState.COUNTED)
    number = counted.order_by().values("entry").annotate(number=Count("pk")).values("number")
    rows = offered(edition).annotate(votes=Subquery(number)).filter(votes__gt=0)
    return rows.order_by("-votes", "pk")


def forget_networks(edition: Edition) -> int:
    """Erase where ballots came from, once the results are out; returns how many."""
    return Ballot.objects.filter(edition=edition).exclude(network="").update(network="")


def digest(edition: Edition, network: str) -> str:
    """A network as a ballot keeps it: unreadable without the site's key, and another in each edition."""
    if not network:
        return ""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"ballot:{edition.pk}:{network}".encode(), sha256
    ).hexdigest()
