"""Every move, by every role, from every state: what it does, and to whom it is refused."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import visible
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.ideas.moderation import ChangedMeanwhile, WithdrawnByAuthor
from bpc.portal.observations import moderation, reactions, telling
from bpc.portal.observations.models import Answer, Confirmation, Observation, ObservationTally
from bpc.portal.observations.search import Facets, newest
from bpc.portal.observations.states import OBSERVATION_MOVES, PUBLIC_STATES, ObservationState
from bpc.portal.observations.tallies import heard_count, rebuild
from bpc.portal.people.models import Membership, Notification, Organisation
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from tests.portal.observations.observation_world import make_observation
from tests.portal.world import ELSEWHERE, HERE, make_user, people_of_every_role

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MODERATORS = {"delegate", "administrator"}


def _answer(observation: Observation, actor: Any, at: Any) -> Any:
    return reactions.answer(
        observation=observation, text="Un forage est prévu.", language="fr", key=uuid4(), actor=actor, at=at
    )


def _close(observation: Observation, actor: Any, at: Any) -> Any:
    return moderation.close(observation=observation, closing="solved", reason="Réglé.", actor=actor, at=at)


def _with_reason(act: Callable[..., Any]) -> Callable[..., Any]:
    return lambda observation, actor, at: act(
        observation=observation, actor=actor, at=at, reason="Voilà pourquoi."
    )


def _plain(act: Callable[..., Any]) -> Callable[..., Any]:
    return lambda observation, actor, at: act(observation=observation, actor=actor, at=at)


# verb: what does it, from which states, to which, who besides moderators
ACTS: dict[str, tuple[Callable[..., Any], frozenset[str], str, set[str]]] = {
    "publish": (_plain(moderation.publish), frozenset({"submitted", "archived"}), "published", set()),
    "return": (_with_reason(moderation.return_to_author), frozenset({"submitted"}), "returned", set()),
    "archive": (
        _with_reason(moderation.archive),
        frozenset({"submitted", "returned", *PUBLIC_STATES}),
        "archived",
        set(),
    ),
    "close": (_close, frozenset({"published", "answered"}), "closed", {"author"}),
    "reopen": (_plain(moderation.reopen), frozenset({"closed"}), "published", set()),
}


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("state", [state for state in ObservationState.values if state != "draft"])
def test_a_move_is_made_from_its_states_by_those_who_may(verb: str, state: str) -> None:
    people = people_of_every_role()
    author = people["author"] = make_user()
    act, sources, target, others = ACTS[verb]
    for role, person in people.items():
        told = make_observation(state=state, author=author)
        if role not in MODERATORS | others:
            with pytest.raises(PermissionDenied):
                act(told, person, NOW)
        elif state not in sources:
            with pytest.raises(IllegalMove):
                act(told, person, NOW)
        else:
            act(told, person, NOW)
            assert trail_of(told).get().verb == verb
            assert trail_of(told).get().actor == person
        told.refresh_from_db()
        done = role in MODERATORS | others and state in sources
        assert told.state == (target if done else state), role
    _assert_counts_are_true()


def _assert_counts_are_true() -> None:
    kept = set(ObservationTally.objects.values_list("territory", "kind", "category", "published", "closed"))
    rebuild()
    afresh = set(ObservationTally.objects.values_list("territory", "kind", "category", "published", "closed"))
    assert {row for row in kept if row[3] or row[4]} == afresh


def test_the_table_has_no_other_move_than_those_tried() -> None:
    tried = {*ACTS, "submit", "answer", "reopen_answered", "restore", "withdraw"}
    assert {move.name for move in OBSERVATION_MOVES.moves} == tried


def test_an_official_answer_moves_the_state_and_tells_those_concerned() -> None:
    author, neighbour, delegate = make_user(), make_user(), make_user(Role.DELEGATE)
    told = make_observation(author=author)
    reactions.confirm(observation=told, actor=neighbour, at=NOW)
    _answer(told, delegate, NOW)
    told.refresh_from_db()
    assert (told.state, told.answered_at) == ("answered", NOW)
    notices = Notification.objects.filter(kind="observation.answered").values_list("user", flat=True)
    assert set(notices) == {author.pk, neighbour.pk}
    _close(told, delegate, NOW)
    moderation.reopen(observation=told, actor=delegate, at=NOW)
    told.refresh_from_db()
    assert (told.state, told.closing, told.closed_at) == ("answered", "", None)


@pytest.mark.parametrize("role", ["person", "holder", "delegate elsewhere", "advisor", "stranger"])
def test_others_do_not_answer_for_the_delegation(role: str) -> None:
    with pytest.raises(PermissionDenied):
        _answer(make_observation(), people_of_every_role()[role], NOW)
    assert not Answer.objects.exists()


def test_members_answer_for_their_organisation_only() -> None:
    told, member = make_observation(), make_user()
    own, other = (
        Organisation.objects.create(kind="cooperative", name=name) for name in ("Tifaouine", "Autre")
    )
    Membership.objects.create(organisation=own, user=member, accepted_at=NOW)
    words: dict[str, Any] = {"text": "Nous aidons.", "language": "fr", "actor": member, "at": NOW}
    with pytest.raises(PermissionDenied):
        reactions.answer(observation=told, key=uuid4(), organisation_id=other.pk, **words)
    made = reactions.answer(observation=told, key=uuid4(), organisation_id=own.pk, **words)
    assert (made.is_official, Observation.objects.get().state) == (False, "published")
    delegate = make_user(Role.DELEGATE)
    moderation.hide_answer(answer=made, actor=delegate, at=NOW, reason="Hors sujet.")
    assert not visible(make_user(), Answer).exists()
    assert visible(member, Answer).get() == made
    with pytest.raises(PermissionDenied):
        moderation.show_answer(answer=made, actor=member, at=NOW)
    moderation.show_answer(answer=made, actor=delegate, at=NOW)
    reactions.withdraw_answer(answer=made, actor=member, at=NOW)
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_confirmed_once_taken_back_once_never_by_its_author() -> None:
    author, neighbour = make_user(), make_user()
    told = make_observation(author=author)
    assert [reactions.confirm(observation=told, actor=neighbour, at=NOW) for _ in range(2)] == [True, False]
    told.refresh_from_db()
    assert told.confirmation_count == Confirmation.objects.count() == 1
    assert [reactions.unconfirm(observation=told, actor=neighbour) for _ in range(2)] == [True, False]
    told.refresh_from_db()
    assert told.confirmation_count == Confirmation.objects.count() == 0
    for person, one in ((author, told), (neighbour, make_observation(state="closed"))):
        with pytest.raises(PermissionDenied):
            reactions.confirm(observation=one, actor=person, at=NOW)
    assert not trail_of(told).exists()


def test_closing_needs_a_known_cause_and_words() -> None:
    told, delegate = make_observation(), make_user(Role.DELEGATE)
    for closing, reason in (("", "Réglé."), ("because", "Réglé."), ("solved", "  ")):
        with pytest.raises(ReasonMissing):
            moderation.close(observation=told, closing=closing, reason=reason, actor=delegate, at=NOW)
    told.refresh_from_db()
    assert (told.state, told.closing) == ("published", "")


def test_published_is_found_and_counted_archived_is_not() -> None:
    told, delegate = make_observation(state="submitted"), make_user(Role.DELEGATE)
    assert (heard_count("need", HERE), newest(Facets("need"), start=0, number=5)) == (0, [])
    moderation.publish(observation=told, actor=delegate, at=NOW)
    assert (heard_count("need", HERE), newest(Facets("need"), start=0, number=5)) == (1, [told.pk])
    _close(told, delegate, NOW)
    assert newest(Facets("need"), start=0, number=5) == []
    assert newest(Facets("need", stage="closed"), start=0, number=5) == [told.pk]
    moderation.archive(observation=told, actor=delegate, at=NOW, reason="Publicité.")
    assert newest(Facets("need", stage="all"), start=0, number=5) == []
    first = Observation.objects.get().published_at
    moderation.restore(observation=told, actor=delegate, at=timezone.now())
    told.refresh_from_db()
    assert (told.state, told.published_at) == ("published", first)


def test_an_answered_one_comes_back_answered() -> None:
    told, delegate = make_observation(), make_user(Role.DELEGATE)
    _answer(told, delegate, NOW)
    moderation.archive(observation=told, actor=delegate, at=NOW, reason="Par erreur.")
    moderation.restore(observation=told, actor=delegate, at=timezone.now())
    told.refresh_from_db()
    assert (told.state, told.answered_at) == ("answered", NOW)
    assert newest(Facets("need", stage="answered"), start=0, number=5) == [told.pk]
    _assert_counts_are_true()


def test_what_its_author_withdrew_nobody_publishes() -> None:
    author, delegate = make_user(), make_user(Role.DELEGATE)
    told = make_observation(state="submitted", author=author)
    with pytest.raises(PermissionDenied):
        telling.withdraw(observation=told, actor=make_user(), at=NOW)
    telling.withdraw(observation=told, actor=author, at=NOW)
    for act in (moderation.publish, moderation.restore):
        with pytest.raises(WithdrawnByAuthor):
            act(observation=told, actor=delegate, at=NOW)


def test_what_was_not_read_is_not_published() -> None:
    told, delegate = make_observation(state="submitted"), make_user(Role.DELEGATE)
    with pytest.raises(ChangedMeanwhile):
        moderation.publish(observation=told, actor=delegate, at=NOW, seen_version=4)


def _content(**changes: Any) -> telling.Content:
    words: dict[str, Any] = {
        "kind": "need", "category_id": "N08", "title": "Le puits est à sec", "text": "Depuis l’été.",
        "language": "fr", "territory": Territory.objects.get(pk=changes.pop("place", HERE)), "speaker": "citizen",
    }  # fmt: skip
    return telling.Content(**{**words, **changes})


def _tell(actor: Any = None, **changes: Any) -> Observation:
    told, _new = telling.propose(content=_content(**changes), submission_key=uuid4(), actor=actor, at=NOW)
    return told


def test_the_delegates_of_the_region_are_told_and_nobody_else() -> None:
    here, elsewhere = make_user(Role.DELEGATE), make_user(Role.DELEGATE, region=ELSEWHERE[:2])
    told = _tell(make_user())
    assert told.state == "submitted"
    waiting = Notification.objects.filter(kind="observation.to_moderate")
    assert list(waiting.values_list("user", flat=True)) == [here.pk]
    assert not Notification.objects.filter(user=elsewhere).exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"category_id": "O01"}, ValidationError),
        ({"category_id": "X99"}, ValidationError),
        ({"other_categories": ("N08",)}, ValidationError),
        ({"other_categories": ("N01", "N02", "N03")}, ValidationError),
        ({"other_categories": ("O01",)}, ValidationError),
        ({"place": "09"}, ValidationError),
        ({"place": "MA"}, ValidationError),
        ({"place": "09.541"}, PermissionDenied),
        ({"organisation_id": 1}, PermissionDenied),
    ],
)
def test_a_forged_content_is_refused(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        _tell(make_user(), **changes)
    assert not Observation.objects.exists()


def test_a_delegate_speaks_of_a_province_of_the_region_only() -> None:
    delegate = make_user(Role.DELEGATE)
    assert _tell(delegate, place="09.541").commune_id is None
    with pytest.raises(PermissionDenied):
        _tell(delegate, place="02.411")
    with pytest.raises(PermissionDenied):
        _tell(None, place="09.541")
