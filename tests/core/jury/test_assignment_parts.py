"""Large assignments: the same rules and the same evenness as small ones, looked at again, whatever the parts."""

import numpy as np
import pytest

from bpc.core.jury import assignment as whole
from bpc.core.jury import assignment_parts
from bpc.core.jury.assignment import Assignment, Infeasible, assign
from bpc.core.jury.assignment_parts import Exchange, RuleBroken, solve_in_parts
from bpc.core.jury.instance import Instance
from tests.core.jury.assignment_cases import broken_rules, draw_instance, is_proof, largest_flow, needed


def large(seed: int, entries: int, jurors: int) -> Instance:
    """Conflicts, an Arabic third that a fifth of the jury does not read, most from one region, small capacities."""
    draw = np.random.default_rng([9, seed])
    regions = np.where(draw.random(jurors) < 0.8, 0, draw.integers(1, 12, jurors))
    arabic = draw.random(entries) < 0.35
    capacity = np.full(jurors, -(-entries * 9 // (2 * jurors)))
    if seed % 2:
        capacity[: jurors // 8] = draw.integers(2, 8, jurors // 8)
    return Instance(
        tuple(range(entries)), tuple(range(jurors)), 3, draw.random((entries, jurors)) < 0.08,
        np.where(arabic[:, None], draw.random(jurors) < 0.8, True),
        draw.choice([1, 0, -1], jurors, p=[0.25, 0.65, 0.1]),
        np.broadcast_to(regions != 0, (entries, jurors)), capacity,
    )  # fmt: skip


def squares(found: Assignment) -> int:
    return sum(load * load for load in found.loads.values())


@pytest.mark.parametrize("seed", range(40))
def test_parts_keep_the_rules_and_the_same_loads_as_the_whole(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = np.random.default_rng([7, seed])
    instance = draw_instance(draw, int(draw.integers(5, 40)), int(draw.integers(3, 15)), 3, tight=0.7)
    at_once = assign(instance)
    monkeypatch.setattr(whole, "WHOLE", 0)
    monkeypatch.setattr(assignment_parts, "PART", 10)
    found = assign(instance)
    if isinstance(found, Infeasible):
        assert found == at_once
        assert largest_flow(instance) < needed(instance)
        assert all(is_proof(instance, reason) for reason in found.reasons)
        return
    assert isinstance(at_once, Assignment)
    assert found.parts > 1
    assert broken_rules(instance, found) == []
    # as even as can be: the least sum of squares there is, told apart for the same causes
    assert squares(found) == squares(at_once)
    assert bool(found.uneven) is bool(at_once.uneven)
    if found.proved:
        assert found.met == at_once.met
    assert found.met["woman"] <= at_once.met["woman"]


def test_an_entry_without_room_is_served_by_passing_readings_on() -> None:
    """C is read by x alone, who has no room left: x passes A on to y, who passes B on to z."""
    may = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 0]], dtype=bool)
    instance = Instance(tuple("ABC"), tuple("xyz"), 1, ~may, np.ones((3, 3), dtype=bool), np.zeros(3, dtype=int),
                        np.zeros((3, 3), dtype=bool), np.array([1, 1, 1]))  # fmt: skip
    exchange = Exchange(instance)
    exchange._give(0, 0)
    exchange._give(1, 1)
    exchange._make_room(2, may[2])
    assert exchange.added.tolist() == [[False, True, False], [False, False, True], [True, False, False]]
    assert exchange.loads.tolist() == [1, 1, 1]


def test_what_cannot_be_is_never_answered() -> None:
    one = np.ones((2, 1), dtype=bool)
    with pytest.raises(RuleBroken, match="lacks a reader"):
        solve_in_parts(Instance(("a", "b"), ("x",), 1, ~one, one, np.array([1]), one, np.array([1])))


@pytest.mark.parametrize(("seed", "loads", "uneven"), [(0, {100}, []), (1, None, ["capacity"] * 7)])
def test_the_rules_hold_for_two_thousand_entries_and_sixty_jurors(
    seed: int, loads: set[int] | None, uneven: list[str]
) -> None:
    instance = large(seed, 2_000, 60)
    found = assign(instance)
    assert isinstance(found, Assignment)
    assert broken_rules(instance, found) == []
    assert found.parts == 20
    # what is granted of the wishes depends on how long the solver may search; rules and loads never do
    assert sorted(one.reason for one in found.uneven) == uneven
    assert loads is None or set(found.loads.values()) == loads
