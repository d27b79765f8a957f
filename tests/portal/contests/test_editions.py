"""Editions: created, announced, revised, extended, cancelled, each in its phases and by whom it belongs to."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.contests import edition_actions as actions
from bpc.portal.contests.calendar import day_of, days_of, moment_of
from bpc.portal.contests.defaults import default_content, default_days
from bpc.portal.contests.edition_content import EditionContent
from bpc.portal.contests.models import Edition, EditionRules
from bpc.portal.contests.phases import PHASES_OF, Verb, WrongPhase, phase_of
from bpc.portal.contests.rules import current_rules, digest, rules_content
from bpc.portal.contests.states import EditionState, Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.people.models import Notification, User
from bpc.portal.reference.models import Territory
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror
from tests.portal.world import HERE, make_user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
NAMES = {
    "name_fr": "Idéathon Argan",
    "name_ar": "إيدياثون أركان",
    "theme_fr": "L’argan",
    "theme_ar": "الأركان",
}


@pytest.fixture
def delegate() -> User:
    return make_user("delegate")


def _begun(actor: User, first: date | None = None) -> Edition:
    days = default_days(first or TODAY + timedelta(days=1))
    region = Territory.objects.get(pk=HERE[:2])
    return actions.create_edition(content=default_content(NAMES, days), region=region, actor=actor, at=NOW)


def _ready(phase: Phase) -> Edition:
    """An edition in `phase` that lacks nothing, as version 1 of its rules."""
    content = default_content(NAMES, default_days(TODAY))
    edition = make_edition(phase)
    content = EditionContent(content.columns, None, content.criteria)
    content.put_on(edition)
    edition.save()
    content.put_criteria(edition)
    return edition


def test_a_new_edition_has_all_it_needs_and_is_announced_with_its_digest(delegate: User) -> None:
    edition = _begun(delegate)
    assert edition.slug == f"ideathon-argan-{TODAY.year if TODAY.month < 12 else edition.entries_from.year}"
    assert edition.state == EditionState.DRAFT
    assert [one.code for one in edition.criteria.all()] == [
        "innovation",
        "impact",
        "environment",
        "territory",
    ]
    rules = actions.announce(edition=edition, actor=delegate, at=NOW)
    assert (edition.state, rules.version) == (EditionState.PUBLISHED, 1)
    assert rules.sha256 == digest(rules.content) == digest(rules_content(Edition.objects.get(pk=edition.pk)))
    assert [one.verb for one in trail_of(edition)] == ["create edition", "publish edition"]


def test_the_same_name_twice_makes_two_addresses(delegate: User) -> None:
    assert _begun(delegate).slug + "-2" == _begun(delegate).slug


def test_what_lacks_is_said_before_announcing(delegate: User) -> None:
    edition = _begun(delegate)
    columns = {"theme_ar": "", "prizes": [], "rules_ar": " ", "form": [{"code": "a", "required": False}]}
    criteria = default_content(NAMES, {}).criteria or ()
    content = EditionContent(columns, None, criteria[:1])
    actions.edit_edition(edition=edition, content=content, revision=1, actor=delegate, at=NOW)
    edition.criteria.update(descriptors={"1": {"fr": "a", "ar": "b"}})
    with pytest.raises(actions.NotReady) as error:
        actions.announce(edition=edition, actor=delegate, at=NOW)
    assert error.value.missing == ("theme", "form", "descriptors", "prizes", "rules")


def test_entries_that_would_close_before_they_open_are_not_announced(delegate: User) -> None:
    edition = _begun(delegate, TODAY - timedelta(days=40))
    with pytest.raises(actions.NotReady, match="past"):
        actions.announce(edition=edition, actor=delegate, at=NOW)


def test_somebody_overtaken_is_told(delegate: User) -> None:
    edition = _begun(delegate)
    first = EditionContent({"name_fr": "Premier"})
    actions.edit_edition(edition=edition, content=first, revision=1, actor=delegate, at=NOW)
    with pytest.raises(actions.StaleEdition) as stale:
        actions.edit_edition(edition=edition, content=EditionContent({"name_fr": "Second"}), revision=1,
                             actor=delegate, at=NOW)  # fmt: skip
    assert stale.value.current.name_fr == "Premier"


def test_a_delegate_keeps_to_their_region(delegate: User) -> None:
    for region in (None, Territory.objects.get(pk="02")):
        content = default_content(NAMES, default_days(TODAY))
        with pytest.raises(PermissionDenied):
            actions.create_edition(content=content, region=region, actor=delegate, at=NOW)
    administrator = make_user("administrator")
    content = default_content(NAMES, default_days(TODAY))
    made = actions.create_edition(content=content, region=None, actor=administrator, at=NOW)
    assert made.region is None


def test_an_extension_moves_days_later_makes_new_rules_and_tells_everybody(delegate: User) -> None:
    edition = _ready(Phase.ENTRIES)
    author, member, juror = make_user(), make_user(), make_user("juror")
    entry = make_entry(edition, author, state="draft")
    entry.members.create(user=member, name="Membre")
    make_entry(edition, make_user(), state="withdrawn")
    make_juror(edition, juror)
    before = days_of(edition)
    later = before["entries_until"] + timedelta(days=3)  # type: ignore[operator]
    notice = actions.extend(
        edition=edition, days={"entries_until": later}, reason="Des pluies ont coupé les routes.", language="fr",
        actor=delegate, at=NOW,
    )  # fmt: skip
    assert days_of(Edition.objects.get(pk=edition.pk)) == {**before, "entries_until": later}
    assert notice.changes == {
        "entries_until": [before["entries_until"].isoformat(), later.isoformat()],  # type: ignore[union-attr]
        "version": 1,
    }
    told = Notification.objects.filter(kind="contests.extension")
    assert {one.user_id for one in told} == {author.pk, member.pk, juror.pk}
    assert {one.data["reason"] for one in told} == {"Des pluies ont coupé les routes."}


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        ({"entries_until": -1}, "earlier"),
        ({"entries_from": 1}, "fixed"),
        ({"entries_until": 10}, "order"),
        ({"vote_from": 30}, "fixed"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(delegate: User, moved: dict[str, int], code: str) -> None:
    edition = _ready(Phase.ENTRIES)
    start = days_of(edition)
    days = {name: (start[name] or TODAY) + timedelta(days=by) for name, by in moved.items()}
    with pytest.raises(actions.WrongDates) as wrong:
        actions.extend(edition=edition, days=days, reason="Pluie", language="fr", actor=delegate, at=NOW)
    assert code in {one.code for one in wrong.value.problems}


def test_the_end_of_entries_may_still_move_before_anybody_reads(delegate: User) -> None:
    edition = _ready(Phase.CHECKING)
    day = TODAY + timedelta(days=2)
    actions.extend(
        edition=edition, days={"entries_until": day}, reason="Pluie", language="fr", actor=delegate, at=NOW
    )
    assert phase_of(edition, NOW) == Phase.ENTRIES


def test_new_rules_keep_the_former_and_need_a_reason_and_a_change(delegate: User) -> None:
    edition = _ready(Phase.ENTRIES)
    given: dict[str, Any] = {"edition": edition, "language": "fr", "actor": delegate, "at": NOW}
    two, five = EditionContent({"laureates": 2}), EditionContent({"laureates": 5})
    first = actions.revise_rules(content=five, reason="Plus de places", revision=1, **given)
    with pytest.raises(actions.NothingNew):
        actions.revise_rules(content=five, reason="Encore", revision=2, **given)
    with pytest.raises(ReasonMissing):
        actions.revise_rules(content=two, reason=" ", revision=2, **given)
    with pytest.raises(actions.NotReady):
        actions.revise_rules(content=EditionContent({"prizes": []}), reason="Rien", revision=2, **given)
    second = actions.revise_rules(content=two, reason="Moins de places", revision=2, **given)
    assert (first.version, second.version, current_rules(edition)) == (1, 2, second)
    assert EditionRules.objects.get(pk=first.pk).content["jury"]["laureates"] == 5
    assert Edition.objects.get(pk=edition.pk).laureates == 2


def test_a_cancellation_is_lifted_with_its_own_reason(delegate: User) -> None:
    edition = _ready(Phase.ENTRIES)
    given: dict[str, Any] = {"edition": edition, "language": "fr", "actor": delegate, "at": NOW}
    with pytest.raises(ReasonMissing):
        actions.cancel(reason="", **given)
    actions.cancel(reason="Salle indisponible", **given)
    assert phase_of(edition, NOW) == Phase.CANCELLED
    actions.reinstate(reason="Une autre salle est trouvée", **given)
    assert phase_of(edition, NOW) == Phase.ENTRIES
    assert [one.kind for one in edition.notices.all()] == ["reinstated", "cancellation"]
    assert [one.reason for one in trail_of(edition)] == ["Salle indisponible", "Une autre salle est trouvée"]


def _attempts(edition: Edition, actor: User) -> dict[Verb, Callable[[], object]]:
    given: dict[str, Any] = {"edition": edition, "actor": actor, "at": NOW}
    told: dict[str, Any] = {**given, "reason": "Une raison", "language": "fr"}
    content = EditionContent({"laureates": edition.laureates + 1})
    later = days_of(edition)["results_on"] + timedelta(days=9)  # type: ignore[operator]
    return {
        Verb.EDIT: lambda: actions.edit_edition(content=content, revision=1, **given),
        Verb.DELETE: lambda: actions.delete_draft(**given),
        Verb.ANNOUNCE: lambda: actions.announce(**given),
        Verb.REVISE: lambda: actions.revise_rules(content=content, revision=1, **told),
        Verb.EXTEND: lambda: actions.extend(days={"results_on": later}, **told),
        Verb.CANCEL: lambda: actions.cancel(**told),
        Verb.REINSTATE: lambda: actions.reinstate(**told),
    }


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("verb", Verb)
def test_each_verb_only_in_its_phases(delegate: User, phase: Phase, verb: Verb) -> None:
    edition = _ready(phase)
    attempt = _attempts(edition, delegate)[verb]
    if phase in PHASES_OF[verb]:
        attempt()
    else:
        with pytest.raises(WrongPhase) as refused:
            attempt()
        assert refused.value.phase == phase


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("role", ["juror", "advisor", "holder", "elsewhere", "person"])
def test_nobody_else_organises(role: str, verb: Verb) -> None:
    person = {
        "elsewhere": lambda: make_user("delegate", region="02"), "person": make_user,
    }.get(role, lambda: make_user(role))()  # fmt: skip
    for phase in PHASES_OF[verb]:
        with pytest.raises(PermissionDenied):
            _attempts(_ready(phase), person)[verb]()


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 12, 31), date(2028, 2, 29), date(2027, 2, 7)])
def test_a_day_is_kept_and_told_the_same(day: date) -> None:
    for column in ("entries_from", "entries_until", "discussion_until", "results_on", "vote_until"):
        assert day_of(column, moment_of(column, day)) == day
