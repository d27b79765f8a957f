"""The demonstration ideathons, labelled wherever shown: one whose entries are open, one that its jury is marking."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from bpc.portal.contests import demo_texts as texts
from bpc.portal.contests.assigning import apply_assignment, propose_assignment
from bpc.portal.contests.defaults import default_content, default_days
from bpc.portal.contests.demo_texts import Candidate
from bpc.portal.contests.edition_actions import announce, create_edition, extend
from bpc.portal.contests.edition_content import EditionContent
from bpc.portal.contests.entry_actions import EntryContent, rules_in_force, start_entry, submit_entry
from bpc.portal.contests.entry_checks import check_eligibility
from bpc.portal.contests.jury_actions import Acceptance, answer_invitation, invite_juror
from bpc.portal.contests.marking import Draft, Given, finish_reading, save_draft
from bpc.portal.contests.models import Certificate, Decision, Edition, Entry, Juror, Publication, Reading
from bpc.portal.contests.names import GENERATION
from bpc.portal.contests.states import EntryState, JurorState, ReadingState
from bpc.portal.contests.team import Person, declare_consent, name_member
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.people.contacts import Contact
from bpc.portal.people.models import User
from bpc.portal.reference.models import Territory

_REGION = "09"
_WHO: dict[str, Any] = {"regions": [_REGION]}
# login → whether she is a woman; the president first
_JURORS = {
    "administratrice": "yes", "jury": "unknown", "formatrice": "yes", "financeur": "no", "conseillere": "yes",
}  # fmt: skip
_MARKS = ((3, 4, 4, 5), (4, 3, 5, 3), (2, 3, 3, 2), (5, 4, 4, 4), (3, 2, 4, 3))


@transaction.atomic
def create_demo_contests() -> int:
    """Create the two editions if they are missing, over the demonstration accounts; returns how many it created.

    Raises `ImproperlyConfigured` while those accounts do not exist.
    """
    people = {one.email.split("@")[0]: one for one in User.objects.filter(is_demo=True) if one.email}
    if not people.keys() >= {*_JURORS, "delegue", "porteuse", "cooperative", "citoyenne"}:
        raise ImproperlyConfigured("the demonstration ideathons need the demonstration accounts")
    now, made = timezone.now(), 0
    for name, create in ((texts.OPEN, _create_open), (texts.MARKING, _create_marking)):
        if not Edition.objects.filter(is_demo=True, name_fr=name["name_fr"]).exists():
            create(people, now)
            made += 1
    return made


@transaction.atomic
def remove_demo_contests() -> int:
    """Remove them with their entries and jury, whatever became of them; returns how many there were."""
    gone = Edition.objects.filter(is_demo=True)
    count = gone.count()
    for kept in (Certificate, Decision):  # nothing of real people is erased so
        kept.objects.filter(entry__edition__in=gone.values("pk")).delete()
    Publication.objects.filter(edition__in=gone.values("pk")).delete()
    Entry.objects.filter(edition__in=gone.values("pk")).delete()
    gone.delete()
    outdate(GENERATION)
    return count


def announced_edition(
    words: Mapping[str, Any], *, first: datetime, organiser: User, vote: bool = False, closes_early: int = 0
) -> Edition:
    """A demonstration edition of Souss-Massa under these words, announced a week before its first day."""
    days = default_days(timezone.localdate(first))
    entries_until, discussion_until = days["entries_until"], days["discussion_until"]
    assert entries_until is not None
    if vote:
        days |= {"vote_from": entries_until + timedelta(days=9), "vote_until": discussion_until}
    days["entries_until"] = entries_until - timedelta(days=closes_early)
    content = default_content(dict(words), days)
    columns = {**content.columns, "who_may_enter": _WHO}
    at = first - timedelta(days=7)
    edition = create_edition(
        content=EditionContent(columns, days, content.criteria), region=Territory.objects.get(pk=_REGION),
        actor=organiser, at=at, is_demo=True,
    )  # fmt: skip
    announce(edition=edition, actor=organiser, at=at + timedelta(hours=2))
    return Edition.objects.get(pk=edition.pk)


def enter(edition: Edition, candidate: Candidate, people: Mapping[str, User], at: datetime) -> Entry:
    """An invented entry, its team agreeing before the organisers; still a draft."""
    author = people[candidate.login]
    key = uuid5(NAMESPACE_URL, f"{edition.slug}/{candidate.title}")
    content = EntryContent(
        title=candidate.title, language=candidate.language, sector_id=candidate.sector,
        commune=Territory.objects.get(pk=candidate.commune), summary=candidate.summary, answers=candidate.answers,
        entrant=candidate.entrant, shown_to_voters=candidate.shown,
    )  # fmt: skip
    entry, _is_new = start_entry(edition=edition, content=content, submission_key=key, actor=author, at=at)
    Entry.objects.filter(pk=entry.pk).update(is_demo=True)
    entry.refresh_from_db()
    for name in candidate.people:
        member = name_member(entry=entry, person=Person(name), actor=author, at=at)
        declare_consent(member=member, witness=author.display_name, actor=author, at=at)
    return entry


def hand_in(entry: Entry, at: datetime) -> None:
    """Send an entry, its author accepting the rules in force."""
    rules = rules_in_force(entry.edition)
    submit_entry(entry=entry, rules_version=rules, actor=entry.created_by, at=at)


def seat_jury(edition: Edition, people: Mapping[str, User], at: datetime) -> None:
    """Invite the demonstration jury, the president first; everybody accepts the next day."""
    for place, (login, woman) in enumerate(_JURORS.items()):
        user = people[login]
        juror = invite_juror(
            edition=edition, name=user.display_name, contact=Contact(email=user.email or ""),
            actor=people["delegue"], at=at, is_president=place == 0,
        )  # fmt: skip
        acceptance = Acceptance(("fr", "ar"), accepts_rules=True, woman=woman, body="Démonstration")
        answer_invitation(juror=juror, acceptance=acceptance, actor=user, at=at + timedelta(days=1))


def check_all(edition: Edition, organiser: User, at: datetime) -> None:
    """Accept the entries of the region, refuse the other with its reason."""
    for entry in edition.entries.filter(state=EntryState.SUBMITTED).order_by("pk"):
        accept = entry.region_id == _REGION
        reason = "" if accept else texts.REFUSAL
        check_eligibility(entry=entry, accept=accept, reason=reason, actor=organiser, at=at)


def share_out(edition: Edition, organiser: User, at: datetime) -> None:
    """Say who reads what."""
    run = propose_assignment(edition=edition, actor=organiser, at=at)
    apply_assignment(run=run, actor=organiser, at=at)


def mark(reading: Reading, at: datetime, *, finish: bool = True) -> None:
    """Give a reading marks that follow from who reads what; only two of four when it is not finished."""
    codes = list(reading.entry.edition.criteria.values_list("code", flat=True))
    values = _MARKS[(reading.entry_id + reading.juror_id) % len(_MARKS)]
    given = {code: Given(value, texts.COMMENTS[value]) for code, value in zip(codes, values, strict=True)}
    if not finish:
        given = {code: given[code] for code in codes[:2]}
    draft = Draft(reading.revision, _key(reading), given)
    act = finish_reading if finish else save_draft
    act(reading=reading, draft=draft, actor=reading.juror.user, at=at)


def _create_open(people: Mapping[str, User], now: datetime) -> None:
    edition = announced_edition(texts.OPEN, first=now - timedelta(days=5), organiser=people["delegue"])
    enter(edition, texts.DRAFT, people, now - timedelta(days=2))


def _create_marking(people: Mapping[str, User], now: datetime) -> None:
    """Entries closed two weeks ago after an extension; the jury has a week left."""
    organiser, first = people["delegue"], now - timedelta(days=45)
    edition = announced_edition(texts.MARKING, first=first, organiser=organiser, vote=True, closes_early=3)
    for day, candidate in enumerate(texts.CANDIDATES):
        entry = enter(edition, candidate, people, first + timedelta(days=5 + day))
        if day == len(texts.CANDIDATES) // 2:
            _give_three_days(edition, organiser, first + timedelta(days=5 + day))
        hand_in(entry, first + timedelta(days=12 + day))
    seat_jury(edition, people, first + timedelta(days=20))
    check_all(edition, organiser, first + timedelta(days=33))
    share_out(edition, organiser, first + timedelta(days=36))
    _mark_partly(edition, now - timedelta(days=2))


def _give_three_days(edition: Edition, organiser: User, at: datetime) -> None:
    later = timezone.localdate(edition.entries_until) + timedelta(days=2)  # kept as the midnight after
    extend(
        edition=edition, days={"entries_until": later}, reason=texts.EXTENSION, language="fr", actor=organiser,
        at=at,
    )  # fmt: skip


def _mark_partly(edition: Edition, at: datetime) -> None:
    """The president has not begun, the juror of the demonstration is halfway, the others are done."""
    jurors = Juror.objects.filter(edition=edition, state=JurorState.ACCEPTED, is_president=False)
    for juror in jurors.select_related("user").order_by("pk"):
        asked = Reading.objects.filter(juror=juror, state=ReadingState.ASSIGNED)
        readings = list(asked.select_related("entry__edition", "juror__user").order_by("pk"))
        is_slow = juror.user is not None and (juror.user.email or "").startswith("jury@")
        for place, reading in enumerate(readings):
            if not is_slow or place == 0:
                mark(reading, at)
            elif place == 1:
                mark(reading, at, finish=False)


def _key(reading: Reading) -> UUID:
    return uuid5(NAMESPACE_URL, f"demonstration/{reading.pk}")
