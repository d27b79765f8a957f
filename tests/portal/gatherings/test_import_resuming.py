"""The worker killed in the middle of a file: what is whole stays, the rest comes later, nothing comes twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection

from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.importing import actions, applying, tasks
from bpc.portal.gatherings.models import GatheredIdea, IdeaImport, ImportedIdea, ImportStage
from bpc.portal.ideas.models import Idea
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from tests.portal.gatherings.gathering_world import NOW, make_gathering
from tests.portal.world import HERE, make_user

BATCH = applying.BATCH
LINES = 2 * BATCH + 20  # three batches, the last one short
_LATER = NOW + actions.PATIENCE * 2
pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What ends a process, wherever it is."""


@contextmanager
def _failing_at(number: int, failure: Callable[[], BaseException]) -> Iterator[None]:
    """The database fails when the idea of this rank is written: a fault outside our code."""
    written = 0

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        if sql.startswith('INSERT INTO "ideas_idea"'):
            written += 1
            if written == number:
                raise failure()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def _asked(actor: Any) -> IdeaImport:
    """A file asked to be applied: one line refused, one said twice, the others new."""
    here = Territory.objects.get(pk=HERE).name_fr
    lines = [f"Idée de la ligne {number};{here}" for number in range(2, LINES)]
    text = "\n".join(["Idée;Commune", *lines, "Une source;Nulle-Part-sur-Mer", lines[0]])
    row = actions.upload(
        file=SimpleUploadedFile("a.csv", text.encode()),
        gathering=make_gathering("held", days=-3),
        actor=actor,
        at=NOW,
    )
    row = actions.check_file(idea_import=row, mapping=row.mapping, version=row.version, actor=actor, at=NOW)
    return actions.apply_file(idea_import=row, version=row.version, actor=actor, at=NOW)


def _again(row: IdeaImport) -> IdeaImport:
    return IdeaImport.objects.get(pk=row.pk)


def _is_whole(row: IdeaImport) -> None:
    """Every line taken in once, none lost."""
    row = _again(row)
    new = LINES - 2
    assert row.state == ImportStage.APPLIED
    assert row.counts == {"read": LINES, "made": new, "again": 1, "refused": 1}
    assert [one["code"] for one in row.report if one["code"] in {"commune_unknown", "twice"}] == [
        "commune_unknown", "twice",
    ]  # fmt: skip
    assert list(ImportedIdea.objects.order_by("line").values_list("line", flat=True)) == list(range(2, LINES))
    assert Idea.objects.values("title").distinct().count() == Idea.objects.count() == new
    assert GatheredIdea.objects.count() == new


def test_killed_in_the_middle_it_goes_on_where_it_was() -> None:
    actor = make_user(Role.DELEGATE)
    row = _asked(actor)
    with _failing_at(BATCH + 7, Killed), pytest.raises(Killed):
        tasks.apply_file.call(row.pk, row.run, actor.pk)
    left = _again(row)
    assert (left.state, left.counts["read"], left.total) == (ImportStage.RUNNING, BATCH, LINES)
    assert Idea.objects.count() == BATCH  # the batch it died in left nothing
    with pytest.raises(IllegalMove):  # its worker may still be there
        actions.resume(idea_import=left, actor=actor, at=left.moved_at)
    resumed = actions.resume(idea_import=left, actor=actor, at=_LATER.replace(year=_LATER.year + 9))
    assert resumed.state == ImportStage.WAITING
    assert tasks.apply_file.call(row.pk, row.run, actor.pk) == "gone"  # the first worker, late
    assert Idea.objects.count() == BATCH
    assert tasks.apply_file.call(row.pk, resumed.run, actor.pk) == ImportStage.APPLIED
    _is_whole(row)
    assert tasks.apply_file.call(row.pk, resumed.run, actor.pk) == "gone"  # given twice by the queue
    _is_whole(row)


def test_a_line_that_fails_is_named_and_the_rest_waits() -> None:
    actor = make_user(Role.DELEGATE)
    row = _asked(actor)
    with _failing_at(BATCH + 7, lambda: DatabaseError("disk full")):
        assert tasks.apply_file.call(row.pk, row.run, actor.pk) == ImportStage.STOPPED
    left = _again(row)
    # line 1 holds the titles, so the idea of rank n stands at line n + 1
    assert (left.problem, left.problem_line, left.counts["read"]) == ("unexpected", BATCH + 8, BATCH)
    resumed = actions.resume(idea_import=left, actor=actor, at=NOW)
    assert (resumed.problem, resumed.problem_line) == ("", 0)
    assert tasks.apply_file.call(row.pk, resumed.run, actor.pk) == ImportStage.APPLIED
    _is_whole(row)


def test_two_workers_on_one_file_take_no_line_twice() -> None:
    """A worker that only seemed dead: the other has gone on, so it stops at its next batch."""
    actor = make_user(Role.DELEGATE)
    row = _asked(actor)
    with _failing_at(BATCH + 7, Killed), pytest.raises(Killed):
        tasks.apply_file.call(row.pk, row.run, actor.pk)
    slow = applying.begin(key=row.pk, run=row.run, at=NOW)
    waiting = applying.batches(slow, actor)
    resumed = actions.resume(idea_import=slow, actor=actor, at=_LATER)
    assert tasks.apply_file.call(row.pk, resumed.run, actor.pk) == ImportStage.APPLIED
    with pytest.raises(applying.Superseded):
        applying.take_in(row=slow, lines=next(waiting), actor=actor, at=NOW)
    _is_whole(row)


def test_the_same_file_sent_twice_and_applied_together_makes_each_idea_once() -> None:
    actor = make_user(Role.DELEGATE)
    first, second = _asked(actor), _asked(actor)
    with _failing_at(BATCH + 1, Killed), pytest.raises(Killed):
        tasks.apply_file.call(first.pk, first.run, actor.pk)
    assert tasks.apply_file.call(second.pk, second.run, actor.pk) == ImportStage.APPLIED
    assert _again(second).counts["again"] == BATCH + 1
    resumed = actions.resume(idea_import=_again(first), actor=actor, at=_LATER.replace(year=_LATER.year + 9))
    assert tasks.apply_file.call(first.pk, resumed.run, actor.pk) == ImportStage.APPLIED
    assert _again(first).counts["made"] == BATCH
    assert Idea.objects.count() == LINES - 2


def test_what_was_half_taken_in_is_undone_and_not_continued() -> None:
    actor = make_user(Role.DELEGATE)
    row = _asked(actor)
    with _failing_at(BATCH + 7, lambda: DatabaseError("disk full")):
        tasks.apply_file.call(row.pk, row.run, actor.pk)
    undone = actions.undo(idea_import=_again(row), actor=actor, at=NOW, reason="Mauvais fichier.")
    assert (undone.state, undone.counts["undone"], bool(undone.file)) == (ImportStage.UNDONE, BATCH, False)
    assert set(Idea.objects.values_list("state", flat=True)) == {"archived"}
    assert tasks.apply_file.call(row.pk, row.run, actor.pk) == "gone"
    with pytest.raises(IllegalMove):
        actions.resume(idea_import=undone, actor=actor, at=NOW)
    assert Idea.objects.count() == BATCH


def test_the_contacts_of_a_file_never_finished_are_not_kept() -> None:
    actor = make_user(Role.DELEGATE)
    row = _asked(actor)
    with _failing_at(2, lambda: DatabaseError("disk full")):
        tasks.apply_file.call(row.pk, row.run, actor.pk)
    assert actions.forget_old(at=NOW + actions.FORGOTTEN_AFTER) == 0
    assert actions.forget_old(at=NOW + 2 * actions.FORGOTTEN_AFTER) == 1
    left = _again(row)
    assert (left.state, bool(left.file)) == (ImportStage.STOPPED, False)
    assert not actions.can_resume(left, NOW)
