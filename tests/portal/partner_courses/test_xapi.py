"""Statements leave for a real store, by consent only, once each; what the store refuses for now is sent again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import default_task_backend

from bpc.portal.partner_courses import xapi
from bpc.portal.partner_courses.models import LearnerAccount, RecordStore, Statement
from bpc.portal.partner_courses.receiving import receive_score
from bpc.portal.partner_courses.record_store import keep_record_store
from bpc.portal.partner_courses.scores import Score
from bpc.portal.partner_courses.sending import send_statements
from bpc.portal.partner_courses.states import Activity, Grading
from bpc.portal.people.actions import give_consent, withdraw_consent
from bpc.portal.people.consents import TRAINING_RECORDS
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from tests.portal.partner_courses.partner_world import NOW, make_course, make_partner, opened, pasted
from tests.portal.partner_courses.record_store_server import Store, running_store
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
COURSE = xapi.Activity("https://projets.example/fr/formations/prix", {"fr": "Le prix", "ar": "الثمن"})
DONE = xapi.Outcome(scaled=Decimal("0.85"), completion=True)
Commit = Callable[..., Any]


@pytest.fixture
def store() -> Iterator[Store]:
    """A store that is known to the site, and in use."""
    with running_store() as running:
        keep(running)
        yield running


def keep(running: Store, **changes: Any) -> RecordStore:
    """The store as an administrator keeps it."""
    told = {
        "endpoint": running.address,
        "key": running.key,
        "secret": running.secret,
        "is_on": True,
        **changes,
    }
    return keep_record_store(**told, actor=make_user(Role.ADMINISTRATOR), at=NOW)


def learner() -> User:
    """A person who agreed."""
    person = make_user(display_name="Fatima", email="fatima@example.org")
    give_consent(user=person, purpose=TRAINING_RECORDS, actor=person, at=NOW)
    return person


def test_a_statement_leaves_and_names_nobody(
    store: Store, django_capture_on_commit_callbacks: Commit
) -> None:
    person = learner()
    with django_capture_on_commit_callbacks(execute=True):
        xapi.tell(person, xapi.Verb.COMPLETED, COURSE, DONE, NOW)
    (told,) = store.kept.values()
    account = LearnerAccount.objects.get(person=person)
    assert told["actor"]["account"] == {"homePage": "https://projets.example", "name": str(account.subject)}
    assert told["verb"]["id"] == "http://adlnet.gov/expapi/verbs/completed"
    assert told["object"]["definition"]["name"] == {"fr": "Le prix", "ar": "الثمن"}
    assert told["result"] == {"score": {"scaled": 0.85}, "completion": True}
    assert told["timestamp"] == "2026-11-02T09:00:00Z"
    assert "atima" not in str(told)
    assert Statement.objects.get().sent_at is not None


def test_told_twice_it_is_one_statement(store: Store, django_capture_on_commit_callbacks: Commit) -> None:
    person = learner()
    with django_capture_on_commit_callbacks(execute=True):
        first = xapi.tell(person, xapi.Verb.COMPLETED, COURSE, DONE, NOW)
        again = xapi.tell(person, xapi.Verb.COMPLETED, COURSE, DONE, NOW)
        xapi.tell(person, xapi.Verb.COMPLETED, COURSE, DONE, NOW + timedelta(seconds=1))
    assert first == again
    assert len(store.kept) == 2
    Statement.objects.update(sent_at=None)  # its answer was lost
    assert send_statements.call() == "2"
    assert len(store.kept) == 2


def test_nothing_is_noted_without_agreement_or_store(django_capture_on_commit_callbacks: Commit) -> None:
    agreed, other = learner(), make_user()
    assert xapi.tell(agreed, xapi.Verb.LAUNCHED, COURSE, None, NOW) is None
    with running_store() as running:
        keep(running, is_on=False)
        assert xapi.tell(agreed, xapi.Verb.LAUNCHED, COURSE, None, NOW) is None
        keep(running)
        assert xapi.tell(other, xapi.Verb.LAUNCHED, COURSE, None, NOW) is None
    assert not Statement.objects.exists()
    assert not LearnerAccount.objects.exists()


def test_agreement_withdrawn_before_the_sending_counts(store: Store) -> None:
    person, other = learner(), make_user()
    give_consent(user=other, purpose=TRAINING_RECORDS, actor=other, at=NOW)
    for one in (person, other):
        xapi.tell(one, xapi.Verb.LAUNCHED, COURSE, None, NOW)
    withdraw_consent(user=person, purpose=TRAINING_RECORDS, actor=person, at=NOW)
    assert send_statements.call() == "1"
    (told,) = store.kept.values()
    assert told["actor"]["account"]["name"] == str(LearnerAccount.objects.get(person=other).subject)
    assert Statement.objects.count() == 1


def test_many_leave_in_batches(store: Store) -> None:
    person = learner()
    for second in range(120):
        xapi.tell(person, xapi.Verb.LAUNCHED, COURSE, None, NOW + timedelta(seconds=second))
    assert send_statements.call() == "120"
    assert (store.batches, len(store.kept)) == ([50, 50, 20], 120)


def test_one_statement_at_fault_does_not_hold_the_others(store: Store) -> None:
    person = learner()
    made = [
        xapi.tell(person, xapi.Verb.LAUNCHED, COURSE, None, NOW + timedelta(seconds=second))
        for second in range(5)
    ]
    wrong = str(made[3].pk)  # type: ignore[union-attr]
    store.refuses.add(wrong)
    assert send_statements.call() == "5"
    assert len(store.kept) == 4
    refused = Statement.objects.exclude(refused="").get()
    assert (str(refused.pk), refused.refused, refused.sent_at) == (wrong, 'HTTP 400 "refused"', None)
    assert send_statements.call() == "0"


@pytest.mark.parametrize("status", [500, 503, 429, 401, 302])
def test_a_store_that_is_not_ready_is_asked_again_later(store: Store, settings: Any, status: int) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    xapi.tell(learner(), xapi.Verb.LAUNCHED, COURSE, None, NOW)
    store.answers = [status]
    before = timezone.now()
    assert send_statements.call() == "later"
    kept = RecordStore.objects.get()
    assert (kept.problem, Statement.objects.get().sent_at) == (f"HTTP {status}", None)
    (again,) = default_task_backend.results  # type: ignore[attr-defined]
    assert again.kwargs == {"tries": 1}
    assert before + timedelta(minutes=1) <= again.task.run_after <= timezone.now() + timedelta(minutes=1)
    assert send_statements.call(tries=1) == "1"
    assert (RecordStore.objects.get().problem, len(store.kept)) == ("", 1)


def test_after_a_day_it_waits_for_the_next_statement(
    store: Store, django_capture_on_commit_callbacks: Commit
) -> None:
    person = learner()
    xapi.tell(person, xapi.Verb.LAUNCHED, COURSE, None, NOW)
    store.answers = [503]
    assert send_statements.call(tries=5) == "given up"
    with django_capture_on_commit_callbacks(execute=True):
        xapi.tell(person, xapi.Verb.COMPLETED, COURSE, DONE, NOW)
    assert len(store.kept) == 2


def test_a_store_inside_our_network_is_not_reached(store: Store, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.PRIVATE_PARTNERS = False
    xapi.tell(learner(), xapi.Verb.LAUNCHED, COURSE, None, NOW)
    assert send_statements.call() == "later"
    assert (RecordStore.objects.get().problem, store.kept) == ("RefusedAddress", {})


def test_the_secret_is_sealed_kept_when_left_out_and_never_read_back(store: Store) -> None:
    kept = RecordStore.objects.get()
    assert store.secret not in str(RecordStore.objects.values().get())
    changed = keep(store, secret="", key="autre")
    assert (changed.pk, changed.secret_sealed, changed.key) == (kept.pk, kept.secret_sealed, "autre")
    RecordStore.objects.all().delete()
    with pytest.raises(ValueError, match="secret"):
        keep(store, secret="")


def test_turned_off_what_waits_is_forgotten(store: Store) -> None:
    xapi.tell(learner(), xapi.Verb.LAUNCHED, COURSE, None, NOW)
    keep(store, is_on=False)
    assert not Statement.objects.exists()
    assert send_statements.call() == "off"


def test_what_left_long_ago_is_forgotten(store: Store) -> None:
    person = learner()
    xapi.tell(person, xapi.Verb.LAUNCHED, COURSE, None, NOW)
    send_statements.call()
    Statement.objects.update(sent_at=timezone.now() - timedelta(days=31))
    send_statements.call()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("given", "verbs"), [(17, {"completed", "passed"}), (3, {"completed", "failed"}), (None, {"progressed"})]
)
def test_a_score_is_told(
    store: Store, django_capture_on_commit_callbacks: Commit, given: int | None, verbs: set[str]
) -> None:
    person = learner()
    course = make_course(make_partner(**pasted()), pass_percent=60)
    row = opened(course, person)
    final = given is not None
    score = Score(
        str(row.identity.subject), NOW, Activity.COMPLETED if final else Activity.IN_PROGRESS,
        Grading.FULLY_GRADED if final else Grading.NOT_READY, None if given is None else Decimal(given),
        Decimal(20) if final else None, "",
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        assert receive_score(course=course, score=score, at=NOW)
        assert not receive_score(course=course, score=score, at=NOW)
    assert {one["verb"]["id"].rpartition("/")[2] for one in store.kept.values()} == verbs
    if final:
        (told,) = (one for one in store.kept.values() if one["verb"]["id"].endswith("completed"))
        assert told["result"] == {"score": {"scaled": 0.85 if given == 17 else 0.15}, "completion": True}
        assert told["object"]["id"] == f"https://projets.example/fr/formations/partenaires/{course.pk}"
