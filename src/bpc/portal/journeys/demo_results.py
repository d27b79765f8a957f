"""The demonstration ideathon whose results are out, made by the real verbs, each at its day of the last months."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.contests import demo_result_texts as texts
from bpc.portal.contests.deciding import decide, decide_as_proposed
from bpc.portal.contests.demo import announced_edition, check_all, enter, hand_in, seat_jury, share_out
from bpc.portal.contests.demo_texts import COMMENTS
from bpc.portal.contests.marking import Draft, Given, finish_reading
from bpc.portal.contests.models import Edition, Entry, Feedback, Juror, Reading
from bpc.portal.contests.ranking import compute_ranking
from bpc.portal.contests.slots import offer_slot, take_slot
from bpc.portal.contests.states import Outcome, ReadingState
from bpc.portal.journeys.announce_winners import announce_winners
from bpc.portal.people.models import User

#: Days before today on which entries opened; the calendar that follows is the usual one of two months.
_OPENED = 75
_SLOTS = 8


@transaction.atomic
def create_demo_results() -> int:
    """Create the closed edition if it is missing, over the demonstration accounts; returns how many it created."""
    if Edition.objects.filter(is_demo=True, name_fr=texts.WORDS["name_fr"]).exists():
        return 0
    people = {one.email.split("@")[0]: one for one in User.objects.filter(is_demo=True) if one.email}
    if not people.keys() >= {"delegue", "conseillere", "administratrice"}:
        raise ImproperlyConfigured("the demonstration ideathons need the demonstration accounts")
    first = timezone.now() - timedelta(days=_OPENED)
    edition = announced_edition(texts.WORDS, first=first, organiser=people["delegue"])
    for day, candidate in enumerate(texts.CANDIDATES):
        entry = enter(edition, candidate, people, first + timedelta(days=5 + day))
        hand_in(entry, first + timedelta(days=14 + day))
    seat_jury(edition, people, first + timedelta(days=25))
    check_all(edition, people["delegue"], first + timedelta(days=33))
    share_out(edition, people["delegue"], first + timedelta(days=37))
    _mark_all(edition, first + timedelta(days=45))
    _decide(edition, people, first + timedelta(days=60))
    return 1


def _mark_all(edition: Edition, at: datetime) -> None:
    """Each juror marks as the entry deserves, one of them a point lower: what the ranking takes away."""
    good = dict(zip(edition.entries.order_by("pk").values_list("pk", flat=True), texts.QUALITY, strict=True))
    codes = list(edition.criteria.values_list("code", flat=True))
    severe = Juror.objects.filter(edition=edition).order_by("pk").values_list("pk", flat=True)[1]
    asked = Reading.objects.filter(juror__edition=edition, state=ReadingState.ASSIGNED)
    for reading in asked.select_related("entry__edition", "juror__user").order_by("pk"):
        less = int(reading.juror_id == severe)
        values = [max(1, value - less) for value in good[reading.entry_id]]
        given = {code: Given(value, COMMENTS[value]) for code, value in zip(codes, values, strict=True)}
        draft = Draft(reading.revision, uuid5(NAMESPACE_URL, f"demonstration/{reading.pk}"), given)
        finish_reading(reading=reading, draft=draft, actor=reading.juror.user, at=at)


def _decide(edition: Edition, people: Mapping[str, User], at: datetime) -> None:
    """The president follows the ranking and settles the ties; an advisor keeps moments; everybody is told."""
    president = people["administratrice"]
    compute_ranking(edition=edition, actor=president, at=at)
    left = decide_as_proposed(edition=edition, reason=texts.FOLLOWS, language="fr", actor=president, at=at)
    chosen = edition.laureates - edition.entries.filter(decision__outcome=Outcome.LAUREATE).count()
    for place, key in enumerate(left):
        is_chosen = place < chosen
        decide(
            entry=Entry.objects.get(pk=key), outcome=Outcome.LAUREATE if is_chosen else Outcome.NOT_CHOSEN,
            place=edition.laureates - chosen + place + 1 if is_chosen else None,
            reason=texts.BORDER_CHOSEN if is_chosen else texts.BORDER_LEFT, language="fr", actor=president, at=at,
        )  # fmt: skip
    slots = [
        offer_slot(
            edition=edition, starts_at=timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
            + timedelta(days=4 + number // 4, minutes=30 * (number % 4)),
            minutes=30, place=texts.SLOT_PLACE, language="fr", actor=people["conseillere"], at=at,
        )
        for number in range(_SLOTS)
    ]  # fmt: skip
    announce_winners(edition=edition, actor=president, at=at + timedelta(hours=2))
    _take_a_moment(edition, slots[0].pk, at + timedelta(days=1))


def _take_a_moment(edition: Edition, slot: int, at: datetime) -> None:
    """One team takes a moment; laureates have not answered yet, so that a visitor may."""
    told = Feedback.objects.filter(entry__edition=edition, sent_at__isnull=False).select_related(
        "entry__created_by"
    )
    first = told.order_by("entry__pk").first()
    if first is not None:
        free = edition.slots.get(pk=slot)
        take_slot(slot=free, entry=first.entry, actor=first.entry.created_by, at=at)
