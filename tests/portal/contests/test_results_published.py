"""The verdict as published: who may, what it holds, and that a stranger's bare Python finds the same ranks."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.core.jury.verdict_file import check
from bpc.portal.contests.deciding import NotRanked, decide
from bpc.portal.contests.models import Decision, Edition, Entry, Publication, Ranking
from bpc.portal.contests.publishing import OutdatedRanking, Undecided, publish_results, published_number
from bpc.portal.contests.ranking import WrongPhase, compute_ranking
from bpc.portal.contests.states import EditionState, Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.web.contests.result_views import SCRIPT
from tests.portal.contests.contest_world import NOW
from tests.portal.contests.result_world import TIED, World, decide_all, make_world
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def published(marks: Any = None, **world: Any) -> tuple[World, Publication]:
    made = make_world(marks, **world) if marks is not None else make_world(**world)
    for key in decide_all(made):
        entry = next(one for one in made.entries if one.pk == key)
        decide(
            entry=entry, outcome="not_chosen", place=None, reason="Décidé par le jury.", language="fr",
            actor=made.president, at=NOW,
        )  # fmt: skip
    return made, publish_results(edition=made.edition, actor=made.president, at=NOW)


def records(publication: Publication, kind: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(publication.text)["records"] if one["kind"] == kind]


def test_publishing_closes_the_edition_once_and_keeps_the_file() -> None:
    world, publication = published()
    edition = Edition.objects.get()
    assert (edition.state, edition.closed_at) == (EditionState.CLOSED, NOW)
    assert check(publication.text) == ()
    assert publication.head == json.loads(publication.text)["head"]
    again = publish_results(edition=world.edition, actor=world.president, at=NOW)
    assert (again.pk, again.text) == (publication.pk, publication.text)
    assert [row.verb for row in trail_of(edition)][-2:] == ["publish verdict", "close edition"]


def test_the_file_names_nobody_and_no_entry() -> None:
    world, publication = published()
    for entry in world.entries:
        assert entry.reference not in publication.text
        assert entry.title not in publication.text
        assert published_number(entry)[0] == "E"
        assert published_number(entry) in publication.text
    for juror in world.jurors:
        assert juror.name not in publication.text
    assert {one["juror"] for one in records(publication, "reading")} == {"J01", "J02", "J03"}
    assert sorted(one["entry"] for one in records(publication, "rank")) == ["E01", "E02", "E03", "E04", "E05"]


def test_the_file_holds_the_ranks_decided_upon_and_each_decision_with_its_reason() -> None:
    world, publication = published(TIED, unread=1)
    numbers = {entry.pk: published_number(entry) for entry in world.entries}
    ranks = {one["entry"]: one["rank"] for one in records(publication, "rank")}
    assert [ranks[numbers[entry.pk]] for entry in world.entries] == [1, 2, 2, 4, None]
    decided = {one["entry"]: one for one in records(publication, "decision")}
    assert decided[numbers[world.entries[0].pk]]["outcome"] == "laureate"
    assert decided[numbers[world.entries[4].pk]]["reason"] == "Décidé par le jury."
    (edition,) = records(publication, "edition")
    assert edition["slug"] == world.edition.slug
    assert Ranking.objects.get().software == records(publication, "method")[0]["software"]


def test_nothing_is_published_before_everything_is_decided() -> None:
    world = make_world(TIED)
    with pytest.raises(NotRanked):
        publish_results(edition=world.edition, actor=world.president, at=NOW)
    left = decide_all(world)
    with pytest.raises(Undecided) as waiting:
        publish_results(edition=world.edition, actor=world.president, at=NOW)
    assert waiting.value.entries == left
    assert not Publication.objects.exists()
    assert Edition.objects.get().state == EditionState.PUBLISHED


def test_a_ranking_of_other_marks_is_not_published() -> None:
    world = make_world()
    decide_all(world)
    world.entries[0].readings.first().marks.update(value=1)  # type: ignore[union-attr]
    with pytest.raises(OutdatedRanking):
        publish_results(edition=world.edition, actor=world.president, at=NOW)


def test_who_left_the_contest_after_being_decided_is_no_laureate() -> None:
    world = make_world()
    decide_all(world)
    gone = world.entries[0]
    Entry.objects.filter(pk=gone.pk).update(state="withdrawn")
    with pytest.raises(OutdatedRanking):
        publish_results(edition=world.edition, actor=world.president, at=NOW)
    decide_all(world)
    publication = publish_results(edition=world.edition, actor=world.president, at=NOW)
    assert not Decision.objects.filter(entry=gone).exists()
    assert len(records(publication, "decision")) == 4
    chosen = Decision.objects.filter(outcome="laureate").values_list("entry", flat=True)
    assert set(chosen) == {world.entries[1].pk, world.entries[2].pk}


def test_the_president_alone_publishes_once_the_jury_has_discussed() -> None:
    world = make_world()
    decide_all(world)
    for other in (make_user("administrator"), make_user("delegate"), world.jurors[0].user):
        with pytest.raises(PermissionDenied):
            publish_results(edition=world.edition, actor=other, at=NOW)
    early = make_world(phase=Phase.DISCUSSION)
    with pytest.raises(WrongPhase):
        publish_results(edition=early.edition, actor=early.president, at=NOW)
    with pytest.raises(WrongPhase):
        compute_ranking(edition=early.edition, actor=early.president, at=NOW)


def recompute(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script as a stranger runs it: alone in a folder, no library of ours within reach."""
    (folder / "recalculer.py").write_bytes(SCRIPT.read_bytes())
    (folder / "verdict.json").write_text(text, "utf-8")
    command = [sys.executable, "-I", "-S", "recalculer.py", "verdict.json"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={}, timeout=120
    )


def test_a_bare_python_finds_the_same_ranks(tmp_path: Path) -> None:
    _world, publication = published(TIED, unread=1)
    found = recompute(publication.text, tmp_path)
    assert found.returncode == 0, found.stdout + found.stderr


def _mark(document: Any) -> None:
    reading = next(one for one in document["records"] if one["kind"] == "reading")
    reading["marks"][0] = 1 if reading["marks"][0] != 1 else 2


def _rank(document: Any) -> None:
    next(one for one in document["records"] if one["kind"] == "rank")["rank"] += 1


def _decision(document: Any) -> None:
    decision = next(one for one in document["records"] if one["kind"] == "decision")
    decision["outcome"] = "mention"


@pytest.mark.parametrize("spoil", [_mark, _rank, _decision])
def test_a_changed_mark_rank_or_decision_breaks_the_file(
    spoil: Callable[[Any], None], tmp_path: Path
) -> None:
    _world, publication = published()
    document = json.loads(publication.text)
    spoil(document)
    text = json.dumps(document, ensure_ascii=False)
    assert check(text)
    assert recompute(text, tmp_path).returncode != 0
