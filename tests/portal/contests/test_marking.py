"""Drafts, finishing, reopening: never outside the phase, never an older draft over a newer one, never twice."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.contests.marking import (
    Draft,
    Given,
    Incomplete,
    NotInPhase,
    Stale,
    finish_reading,
    reopen_reading,
    save_draft,
)
from bpc.portal.contests.models import Edition, Mark, Reading
from bpc.portal.contests.states import Phase, ReadingState
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import can_see, visible
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.people.models import User
from tests.portal.contests.contest_world import (
    CRITERIA,
    NOW,
    make_edition,
    make_entry,
    make_juror,
    make_reading,
)
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def asked(phase: Phase = Phase.MARKING, **changes: object) -> tuple[Reading, User]:
    """A reading asked of a juror in an edition of `phase`."""
    user = make_user()
    edition = make_edition(phase)
    reading = make_reading(make_juror(edition, user), make_entry(edition, make_user()))
    if changes:
        Reading.objects.filter(pk=reading.pk).update(**changes)
    return Reading.objects.get(pk=reading.pk), user


def full(revision: int = 0, value: int = 4) -> Draft:
    """A draft that may be finished."""
    marks = {code: Given(value, f"Parce que {code}.") for code in CRITERIA}
    return Draft(revision, uuid4(), marks, "Un projet solide.", "fr")


def values_of(reading: Reading) -> dict[str, int | None]:
    return dict(Mark.objects.filter(reading=reading).values_list("criterion__code", "value"))


def test_a_draft_is_kept_then_finished() -> None:
    reading, user = asked()
    partial = Draft(0, uuid4(), {"impact": Given(5, "")}, "", "fr")
    kept = save_draft(reading=reading, draft=partial, actor=user, at=NOW)
    assert (kept.revision, kept.saved_at, kept.state) == (1, NOW, ReadingState.ASSIGNED)
    assert values_of(reading) == {"impact": 5}
    done = finish_reading(reading=reading, actor=user, at=NOW, draft=full(1))
    assert (done.state, done.done_at, done.revision) == (ReadingState.DONE, NOW, 2)
    assert values_of(reading) == dict.fromkeys(CRITERIA, 4)
    assert reading.juror.__class__.objects.get(pk=reading.juror_id).seen_at == NOW
    assert [row.verb for row in trail_of(reading)] == ["save reading", "save reading", "finish reading"]
    assert all("value" not in str(row.data) for row in trail_of(reading))


def test_the_same_draft_twice_counts_once() -> None:
    reading, user = asked()
    draft = full()
    for _ in range(3):
        save_draft(reading=reading, draft=draft, actor=user, at=NOW)
    assert Reading.objects.get(pk=reading.pk).revision == 1
    last = full(1)
    for _ in range(3):  # the answer was lost: the phone sends again what was already finished
        assert finish_reading(reading=reading, actor=user, at=NOW, draft=last).state == ReadingState.DONE
    assert [row.verb for row in trail_of(reading)].count("finish reading") == 1
    assert Mark.objects.filter(reading=reading).count() == len(CRITERIA)


def test_an_older_draft_never_overwrites_a_newer_one() -> None:
    reading, user = asked()
    phone, computer = full(0, value=2), full(0, value=5)
    save_draft(reading=reading, draft=computer, actor=user, at=NOW)
    with pytest.raises(Stale) as refused:
        save_draft(reading=reading, draft=phone, actor=user, at=NOW)
    assert refused.value.kept == 1
    assert values_of(reading) == dict.fromkeys(CRITERIA, 5)
    # once its person has seen the newer one and chosen, the same words may be sent again
    save_draft(reading=reading, draft=replace(phone, revision=1, key=uuid4()), actor=user, at=NOW)
    assert values_of(reading) == dict.fromkeys(CRITERIA, 2)


def test_nothing_is_finished_without_every_mark_and_every_comment() -> None:
    reading, user = asked()
    marks = {**full().marks, "impact": Given(None, "Fort."), "innovation": Given(3, "  ")}
    with pytest.raises(Incomplete) as refused:
        finish_reading(reading=reading, actor=user, at=NOW, draft=replace(full(), marks=marks))
    assert (refused.value.unmarked, refused.value.silent) == (("impact",), ("innovation",))
    assert Reading.objects.get(pk=reading.pk).state == ReadingState.ASSIGNED
    assert values_of(reading) == {}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.MARKING])
def test_no_other_phase_lets_one_mark(phase: Phase) -> None:
    reading, user = asked(phase)
    with pytest.raises(NotInPhase):
        save_draft(reading=reading, draft=full(), actor=user, at=NOW)
    with pytest.raises(NotInPhase):
        finish_reading(reading=reading, actor=user, at=NOW, draft=full())
    Reading.objects.filter(pk=reading.pk).update(state="done", done_at=NOW)
    with pytest.raises(NotInPhase):
        reopen_reading(reading=reading, actor=user, at=NOW)
    assert values_of(reading) == {}


@pytest.mark.parametrize("phase", list(Phase))
def test_a_further_reading_is_also_marked_while_the_jury_discusses(phase: Phase) -> None:
    reading, user = asked(phase, is_extra=True)
    if phase in (Phase.MARKING, Phase.DISCUSSION):
        assert finish_reading(reading=reading, actor=user, at=NOW, draft=full()).state == ReadingState.DONE
    else:
        with pytest.raises(NotInPhase):
            finish_reading(reading=reading, actor=user, at=NOW, draft=full())


def test_the_last_second_of_the_phase() -> None:
    reading, user = asked()
    edition = Edition.objects.get(pk=reading.juror.edition_id)
    save_draft(reading=reading, draft=full(), actor=user, at=edition.marking_until - timedelta(seconds=1))
    with pytest.raises(NotInPhase):
        finish_reading(reading=reading, actor=user, at=edition.marking_until, draft=full(1))


def test_a_finished_reading_is_reopened_and_finished_again() -> None:
    reading, user = asked()
    finish_reading(reading=reading, actor=user, at=NOW, draft=full())
    with pytest.raises(IllegalMove):
        save_draft(reading=reading, draft=full(1, value=1), actor=user, at=NOW)
    reopened = reopen_reading(reading=reading, actor=user, at=NOW)
    assert (reopened.state, reopened.done_at) == (ReadingState.ASSIGNED, None)
    finish_reading(reading=reading, actor=user, at=NOW, draft=full(1, value=2))
    assert values_of(reading) == dict.fromkeys(CRITERIA, 2)


def test_only_its_juror_marks_and_a_withdrawn_entry_is_no_longer_marked() -> None:
    reading, user = asked()
    other = make_user()
    make_juror(reading.juror.edition, other)
    for stranger in (other, make_user("administrator")):
        with pytest.raises(PermissionDenied):
            save_draft(reading=reading, draft=full(), actor=stranger, at=NOW)
    reading.entry.state = "withdrawn"
    reading.entry.save()
    with pytest.raises(NotInPhase):
        save_draft(reading=reading, draft=full(), actor=user, at=NOW)


@pytest.mark.parametrize("value", [0, 6, -1, 3.0, "4", True])
def test_a_mark_is_a_whole_number_from_1_to_5(value: object) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        Given(value)  # type: ignore[arg-type]


def test_a_mark_of_another_contest_is_refused() -> None:
    reading, user = asked()
    with pytest.raises(ValueError, match="no such criterion"):
        save_draft(
            reading=reading, draft=Draft(0, uuid4(), {"autre": Given(3)}, "", "fr"), actor=user, at=NOW
        )
    assert values_of(reading) == {}


@pytest.mark.parametrize("phase", [Phase.MARKING, Phase.DISCUSSION, Phase.DECIDING])
def test_who_sees_a_mark(phase: Phase) -> None:
    edition = make_edition(phase)
    mine, co_reader, idle, president, organiser = (
        make_user(), make_user(), make_user(), make_user(), make_user("delegate")
    )  # fmt: skip
    entry = make_entry(edition, make_user())
    done = make_reading(make_juror(edition, mine), entry, (3, 4, 3, 5))
    make_reading(make_juror(edition, co_reader), entry, (3, 4, 3, 5))
    make_reading(make_juror(edition, idle), entry)  # asked, not finished
    make_juror(edition, president, is_president=True)
    is_over = phase != Phase.MARKING
    expected = {mine: True, co_reader: is_over, idle: False, president: is_over, organiser: False}
    mark = done.marks.all()[0]
    assert {person: can_see(person, mark) for person in expected} == expected
    assert {person: visible(person, Mark).filter(pk=mark.pk).exists() for person in expected} == expected
    assert not can_see(make_user("administrator"), mark)
