"""Assignments keep every hard rule, are the best there are, or are proved not to exist."""

import numpy as np
import pytest

from bpc.core.jury import assignment_program
from bpc.core.jury.assignment import Assignment, Infeasible, Instance, Reason, Uneven, Unmet, assign
from tests.core.jury.assignment_cases import (
    broken_rules,
    draw_instance,
    every_assignment,
    is_proof,
    largest_flow,
    needed,
    reads_of,
    worth,
)


def case(entries: int, jurors: int, readings: int, **changes: object) -> Instance:
    """Everybody may read everything; nobody said whether they are a woman; all come from elsewhere."""
    never = np.zeros((entries, jurors), dtype=bool)
    values: dict[str, object] = {
        "forbidden": never, "speaks": ~never, "woman": np.full(jurors, -1), "outside": ~never
    }  # fmt: skip
    names = tuple(f"E{i}" for i in range(entries)), tuple(f"J{j}" for j in range(jurors))
    return Instance(*names, readings, **{**values, **changes})  # type: ignore[arg-type]


def flags(*rows: str) -> np.ndarray:
    """A matrix drawn with "x" for true."""
    return np.array([[letter == "x" for letter in row] for row in rows])


@pytest.mark.parametrize("seed", range(300))
def test_tiny_instances_are_solved_as_well_as_by_trying_everything(seed: int) -> None:
    draw = np.random.default_rng(seed)
    jurors = int(draw.integers(1, 5))
    instance = draw_instance(draw, int(draw.integers(1, 5)), jurors, int(draw.integers(1, 3)), tight=0.7)
    everything, found = every_assignment(instance), assign(instance)
    assert isinstance(found, Assignment) is bool(everything)
    if isinstance(found, Infeasible):
        assert found.reasons
        assert all(is_proof(instance, reason) for reason in found.reasons)
        return
    assert broken_rules(instance, found) == []
    assert found.proved
    assert worth(instance, reads_of(instance, found)) == max(worth(instance, reads) for reads in everything)


@pytest.mark.parametrize("seed", range(60))
def test_hard_rules_hold_and_refusals_are_proved_on_larger_instances(seed: int) -> None:
    draw = np.random.default_rng([6, seed])
    instance = draw_instance(draw, int(draw.integers(5, 40)), int(draw.integers(3, 15)), 3)
    found = assign(instance)
    lacking = needed(instance) - largest_flow(instance)
    if isinstance(found, Assignment):
        assert lacking == 0
        assert broken_rules(instance, found) == []
    else:
        assert lacking > 0
        assert all(is_proof(instance, reason) for reason in found.reasons)
        # single entries and sets add up to exactly what the largest flow lacks
        assert sum(reason.short_by for reason in found.reasons) == lacking


def test_loads_are_within_one_and_everybody_reads() -> None:
    found = assign(case(10, 4, 3))
    assert isinstance(found, Assignment)
    assert sorted(found.loads.values()) == [7, 7, 8, 8]
    assert found.uneven == ()


def test_a_small_capacity_is_respected_and_told() -> None:
    found = assign(case(6, 3, 2, capacity=np.array([1, 9, 9])))
    assert isinstance(found, Assignment)
    assert found.loads == {"J0": 1, "J1": 5, "J2": 6} or found.loads == {"J0": 1, "J1": 6, "J2": 5}
    assert found.uneven == (Uneven("J0", 1, "capacity"),)


def test_kept_readings_stay_and_count() -> None:
    kept = flags("x..", "x..", "x..", "...")
    found = assign(case(4, 3, 1, kept=kept))
    assert isinstance(found, Assignment)
    assert {("E0", "J0"), ("E1", "J0"), ("E2", "J0")} < set(found.pairs)
    assert found.loads["J0"] == 3
    assert found.uneven == (Uneven("J0", 3, "kept"),)


def test_standing_readings_move_only_when_something_asks_for_it() -> None:
    standing = flags("xx.", "x.x", ".xx")
    same = assign(case(3, 3, 2, standing=standing))
    assert isinstance(same, Assignment)
    assert np.array_equal(reads_of(case(3, 3, 2), same), standing)


def test_the_first_wish_goes_before_the_second() -> None:
    """One seat each: J0 is the woman, and the only one from elsewhere of E0; E1 needs her for its woman."""
    outside = flags("x.", "..")
    found = assign(case(2, 2, 1, woman=np.array([1, 0]), outside=outside, forbidden=flags("..", ".x")))
    assert isinstance(found, Assignment)
    assert set(found.pairs) == {("E0", "J1"), ("E1", "J0")}
    assert found.met == {"woman": 1, "outside": 0}
    assert found.unmet == (
        Unmet("E0", "woman", "shared", ("J0",)),
        Unmet("E0", "outside", "shared", ("J0",)),
        Unmet("E1", "outside", "none", ()),
    )


@pytest.mark.parametrize(
    ("changes", "reason", "jurors"),
    [
        ({"woman": np.array([-1, 0])}, "none", ("J0",)),
        ({"woman": np.array([1, 0]), "forbidden": flags("x.")}, "conflict", ("J0",)),
        ({"woman": np.array([1, 0]), "speaks": flags(".x")}, "language", ("J0",)),
        ({"woman": np.array([1, 0]), "capacity": np.array([0, 1])}, "full", ("J0",)),
        ({"woman": np.array([1, 0]), "kept": flags(".x")}, "kept", ("J1",)),
    ],
)
def test_an_unmet_wish_says_why(changes: dict[str, object], reason: str, jurors: tuple[str, ...]) -> None:
    found = assign(case(1, 2, 1, **changes))
    assert isinstance(found, Assignment)
    assert found.unmet[0] == Unmet("E0", "woman", reason, jurors)


@pytest.mark.parametrize(
    ("instance", "reasons"),
    [
        (case(2, 2, 3), (Reason("few_jurors", ("E0", "E1"), ("J0", "J1"), 2),)),
        (
            case(2, 3, 2, forbidden=flags("xx.", "...")),
            (Reason("conflicts", ("E0",), ("J2",), 1),),
        ),
        (case(2, 3, 2, speaks=flags("x..", "xxx")), (Reason("language", ("E0",), ("J0",), 1),)),
        (
            case(1, 2, 1, speaks=flags("x."), forbidden=flags("x.")),
            (Reason("language", ("E0",), (), 1),),
        ),
        (
            case(3, 3, 1, forbidden=flags(".xx", ".xx", "..."), capacity=np.array([1, 5, 5])),
            (Reason("capacity", ("E0", "E1"), ("J0",), 1),),
        ),
        (
            case(3, 3, 1, speaks=flags("x..", "x..", "xxx"), capacity=np.array([1, 5, 5])),
            (Reason("capacity_language", ("E0", "E1"), ("J0",), 1),),
        ),
        (
            case(3, 2, 1, capacity=np.array([1, 1])),
            (Reason("jury_too_small", ("E0", "E1", "E2"), ("J0", "J1"), 1),),
        ),
    ],
)
def test_there_is_no_assignment_and_the_reason_is_the_smallest(
    instance: Instance, reasons: tuple[Reason, ...]
) -> None:
    assert assign(instance) == Infeasible(reasons)


@pytest.mark.parametrize("seed", range(12))
def test_out_of_time_the_rules_still_hold_and_nothing_is_called_proved(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assignment_program, "PATIENCE", 0.0)
    draw = np.random.default_rng([8, seed])
    instance = draw_instance(draw, 60, 15, 3, tight=float(seed % 2))
    found = assign(instance)
    if isinstance(found, Infeasible):
        assert largest_flow(instance) < needed(instance)
        return
    assert broken_rules(instance, found) == []
    assert not found.proved


def test_nothing_to_read_and_nobody_to_read_it() -> None:
    empty = assign(case(0, 3, 2))
    assert isinstance(empty, Assignment)
    assert empty.pairs == ()
    assert assign(case(1, 0, 2)) == Infeasible((Reason("few_jurors", ("E0",), (), 2),))


def test_the_same_question_has_the_same_answer() -> None:
    instance = draw_instance(np.random.default_rng(3), 30, 9, 3, tight=0)
    first, second = assign(instance), assign(instance)
    assert first == second


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"speaks": flags("x")}, "speaks is"),
        ({"woman": np.array([1])}, "woman is"),
        ({"capacity": np.array([1, -1])}, "negative"),
        ({"kept": flags("x.", ".."), "forbidden": flags("x.", "..")}, "kept reading is forbidden"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        case(2, 2, 1, **changes)
