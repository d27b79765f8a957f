"""From marks to decisions: what is proposed, what the president must decide, what departs."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.contests.deciding import BadPlace, NotRanked, decide, decide_as_proposed, undecided
from bpc.portal.contests.models import Decision, Entry, Ranking
from bpc.portal.contests.ranking import (
    SOFTWARE,
    Change,
    NoMarks,
    WrongPhase,
    changes_since_last,
    compute_ranking,
    is_outdated,
    lines_of,
    marks_of,
    proposals,
)
from bpc.portal.contests.states import Outcome, Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.states import ReasonMissing
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror, make_reading
from tests.portal.contests.result_world import TIED, World, compute, decide_all, make_world
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_marks_are_those_done_of_eligible_entries() -> None:
    world = make_world(unread=1)
    refused = make_entry(world.edition, world.teams[0], state="ineligible")
    make_reading(world.jurors[0], refused, (5, 5, 5, 5))
    make_reading(world.jurors[0], world.entries[-1])  # asked, not done
    marks = marks_of(world.edition)
    assert marks.entries == tuple(entry.pk for entry in world.entries)
    assert marks.jurors == tuple(juror.pk for juror in world.jurors)
    assert marks.criteria == ("innovation", "impact", "environment", "territory")
    assert marks.weights.tolist() == [3, 4, 1, 2]
    assert marks.readings.tolist() == [3, 3, 3, 3, 3, 0]
    assert marks.values[0].tolist() == [5, 5, 5, 5]


def test_ranks_follow_the_marks_and_the_first_are_proposed() -> None:
    world = make_world()
    ranking = compute(world)
    lines = lines_of(ranking)
    assert [line.entry for line in lines] == [entry.pk for entry in world.entries]
    assert [line.rank for line in lines] == [1, 2, 3, 4, 5]
    assert [(line.rank_low, line.rank_high) for line in lines] == [(place, place) for place in range(1, 6)]
    assert lines[0].plain_mean == pytest.approx((5 + 5 + 4.8) / 3, abs=1e-4)
    wanted = proposals(ranking)
    assert [(wanted[entry.pk].outcome, wanted[entry.pk].place) for entry in world.entries] == [
        (Outcome.LAUREATE, 1), (Outcome.LAUREATE, 2), (Outcome.NOT_CHOSEN, None), (Outcome.NOT_CHOSEN, None),
        (Outcome.NOT_CHOSEN, None),
    ]  # fmt: skip
    assert (ranking.method, ranking.software) == ("jury-score/1", SOFTWARE)


def test_the_software_is_named_as_the_package_is() -> None:
    told = (Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8")
    name, version = SOFTWARE.split()
    assert f'name = "{name}"\nversion = "{version}"' in told


def test_the_same_marks_give_the_same_row_and_new_ones_another_with_what_changed() -> None:
    world = make_world()
    first = compute(world)
    assert compute(world).pk == first.pk
    assert Ranking.objects.count() == 1
    assert changes_since_last(first) == ()
    for reading in world.entries[4].readings.all():
        reading.marks.update(value=5)
    assert is_outdated(first)
    second = compute(world)
    assert second.pk != first.pk
    assert not is_outdated(second)
    moved = {change.entry: change for change in changes_since_last(second)}
    assert moved[world.entries[4].pk] == Change(world.entries[4].pk, 5, 1)


def test_an_unread_entry_has_no_rank_and_waits_for_the_president() -> None:
    world = make_world(unread=1)
    left = decide_all(world)
    unread = world.entries[-1]
    assert left == (unread.pk,)
    assert lines_of(Ranking.objects.get())[-1].rank is None
    with pytest.raises(ReasonMissing):
        _decide(world, unread, Outcome.NOT_CHOSEN)
    assert not _decide(world, unread, Outcome.NOT_CHOSEN, reason="Aucun juré disponible.").departs


def test_a_tie_at_the_border_is_never_decided_silently() -> None:
    world = make_world(TIED, laureates=2)
    left = decide_all(world)
    assert set(left) == {world.entries[1].pk, world.entries[2].pk}
    lines = {line.entry: line for line in lines_of(Ranking.objects.get())}
    assert lines[left[0]].rank == lines[left[1]].rank == 2
    assert set(lines[left[0]].tied_with) == set(left)
    with pytest.raises(ReasonMissing):
        _decide(world, world.entries[1], Outcome.LAUREATE, 2)
    decided = _decide(world, world.entries[1], Outcome.LAUREATE, 2, reason="Projet prêt à commencer.")
    assert not decided.departs
    assert undecided(Ranking.objects.get()) == (world.entries[2].pk,)


def test_departing_from_the_ranking_needs_a_reason_and_is_in_the_trail() -> None:
    world = make_world()
    compute(world)
    with pytest.raises(ReasonMissing):
        _decide(world, world.entries[4], Outcome.LAUREATE, 1, reason="  ")
    assert not Decision.objects.exists()
    departed = _decide(world, world.entries[4], Outcome.LAUREATE, 1, reason="Vérification sur place.")
    assert departed.departs
    entry = trail_of(world.entries[4]).get()
    assert (entry.verb, entry.actor, entry.reason) == (
        "override ranking",
        world.president,
        "Vérification sur place.",
    )
    assert entry.data["proposed"] == Outcome.NOT_CHOSEN
    followed = _decide(world, world.entries[4], Outcome.NOT_CHOSEN)
    assert not followed.departs
    assert [row.verb for row in trail_of(world.entries[4])] == ["override ranking", "decide entry"]
    assert Decision.objects.count() == 1


def test_a_mention_and_another_place_depart_too() -> None:
    world = make_world()
    compute(world)
    assert _decide(world, world.entries[3], Outcome.MENTION, reason="Encourager ce groupe.").departs
    assert _decide(world, world.entries[0], Outcome.LAUREATE, 2, reason="Visite des lieux.").departs
    assert not _decide(world, world.entries[1], Outcome.LAUREATE, 2).departs


@pytest.mark.parametrize(("outcome", "place"), [("laureate", None), ("not_chosen", 1), ("laureate", 0)])
def test_only_a_laureate_has_a_place(outcome: str, place: int | None) -> None:
    world = make_world()
    compute(world)
    with pytest.raises(BadPlace):
        _decide(world, world.entries[0], outcome, place, reason="raison")


def test_taking_the_proposal_needs_its_reason_and_keeps_what_was_decided() -> None:
    world = make_world()
    compute(world)
    _decide(world, world.entries[1], Outcome.NOT_CHOSEN, reason="Le groupe s’est dissous.")
    with pytest.raises(ReasonMissing):
        decide_as_proposed(edition=world.edition, reason="", language="fr", actor=world.president, at=NOW)
    assert decide_all(world) == ()
    decided = {one.entry_id: (one.outcome, one.place, one.departs) for one in Decision.objects.all()}
    assert decided[world.entries[0].pk] == (Outcome.LAUREATE, 1, False)
    assert decided[world.entries[1].pk] == (Outcome.NOT_CHOSEN, None, True)
    assert len(decided) == 5


def test_new_marks_undo_the_decisions() -> None:
    world = make_world()
    decide_all(world)
    for reading in world.entries[4].readings.all():
        reading.marks.update(value=5)
    ranking = compute(world)
    assert set(undecided(ranking)) == {entry.pk for entry in world.entries}
    assert decide_all(world) == ()
    assert Decision.objects.count() == Decision.objects.filter(ranking=ranking).count() == 5


@pytest.mark.parametrize("phase", [Phase.MARKING, Phase.DISCUSSION, Phase.RESULTS])
def test_nothing_is_computed_or_decided_in_another_phase(phase: Phase) -> None:
    world = make_world(phase=phase)
    with pytest.raises(WrongPhase):
        compute(world)
    with pytest.raises(WrongPhase):
        _decide(world, world.entries[0], Outcome.LAUREATE, 1)


def test_the_president_alone_computes_and_decides() -> None:
    world = make_world()
    juror = make_user()
    make_juror(world.edition, juror)
    for other in (juror, make_user("administrator"), make_user("delegate")):
        with pytest.raises(PermissionDenied):
            compute_ranking(edition=world.edition, actor=other, at=NOW)
    compute(world)
    with pytest.raises(PermissionDenied):
        decide(
            entry=world.entries[0], outcome="laureate", place=1, reason="", language="", actor=juror, at=NOW
        )


def test_nothing_is_ranked_without_marks_nor_decided_without_a_ranking() -> None:
    world = make_world(())
    with pytest.raises(NoMarks):
        compute(world)
    with pytest.raises(NotRanked):
        decide_as_proposed(edition=world.edition, reason="oui", language="fr", actor=world.president, at=NOW)
    ranked = make_world()
    compute(ranked)
    with pytest.raises(NotRanked):
        _decide(ranked, make_entry(ranked.edition, make_user()), Outcome.NOT_CHOSEN, reason="tard venue")
    assert make_edition().rankings.count() == 0


def _decide(world: World, entry: Entry, outcome: str, place: int | None = None, reason: str = "") -> Decision:
    return decide(
        entry=entry, outcome=outcome, place=place, reason=reason, language="fr", actor=world.president, at=NOW
    )
