"""Small counts are hidden, and so is what would give them back."""

from hypothesis import given
from hypothesis import strategies as st

from bpc.portal.foundation.small_cells import SMALLEST, Cell, hidden_rows, is_small, without_small


def test_a_small_part_hides_the_smallest_of_the_others_too() -> None:
    assert without_small({"women": 12, "men": 3, "unknown": 7}) == {"women": 12, "men": None, "unknown": None}
    assert without_small({"women": 2, "men": 3}) == {"women": None, "men": None}
    assert without_small({"women": 8, "men": 0}) == {"women": 8, "men": 0}


def test_rows_are_hidden_until_the_rest_tells_of_nobody() -> None:
    assert hidden_rows({"a": Cell(2), "b": Cell(6), "c": Cell(9)}) == {"a", "b"}
    assert hidden_rows({"a": Cell(2), "b": Cell(2), "c": Cell(9)}) == {"a", "b", "c"}
    assert hidden_rows({"a": Cell(5), "b": Cell(0), "c": Cell(9)}) == frozenset()
    # three women in ten projects: hidden, with enough others that they are no longer three
    assert hidden_rows({"a": Cell(10, (3,)), "b": Cell(11, (0,)), "c": Cell(12, (40,))}) == {"a", "b", "c"}
    assert hidden_rows({"a": Cell(7), "b": Cell(8)}, already=frozenset({"a"})) == {"a", "b"}


_cells = st.builds(
    Cell,
    contributors=st.integers(0, 20),
    counts=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)


@given(st.dictionaries(st.sampled_from("abcdefgh"), _cells))
def test_what_is_left_of_the_whole_never_tells_of_fewer_than_five(cells: dict[str, Cell]) -> None:
    cells = {name: cell if cell.contributors else Cell(0, (0, 0)) for name, cell in cells.items()}
    hidden = hidden_rows(cells)
    assert all(not cell.hides for name, cell in cells.items() if name not in hidden)
    whole = sum(cell.contributors for cell in cells.values())
    rest = sum(cells[name].contributors for name in hidden)
    if hidden and len(hidden) < sum(cell.contributors > 0 for cell in cells.values()):
        assert len(hidden) > 1
        assert rest >= SMALLEST
        for at in range(2):
            assert not is_small(sum(cells[name].counts[at] for name in hidden))
    assert rest <= whole
