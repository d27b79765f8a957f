"""Marks that cannot be are refused, with what is wrong."""

from typing import Any

import numpy as np
import pytest

from bpc.core.jury.marks import Marks, weighted

GOOD: dict[str, Any] = {
    "entries": ("a", "b"),
    "jurors": ("x",),
    "criteria": ("impact", "team"),
    "weights": [3, 1],
    "entry_of": [0, 1],
    "juror_of": [0, 0],
    "values": [[4, 2], [1, 5]],
}


def test_weights_need_not_add_up_to_one() -> None:
    assert weighted(Marks(**GOOD)).tolist() == [3.5, 2.0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"entries": ("a", "a")}, "entries are listed twice"),
        ({"weights": [1, 0]}, "weights are positive"),
        ({"weights": [1]}, "one weight for each criterion"),
        ({"values": [[4, 2], [0, 5]]}, "marks are from 1 to 5: reading 1"),
        ({"values": [[np.nan, 2], [1, 5]]}, "marks are from 1 to 5: reading 0"),
        ({"values": [[4, 2]]}, "one mark for each reading and criterion"),
        ({"entry_of": [0, 2]}, "names an entry that is not listed"),
        ({"juror_of": [0, 1]}, "names a juror that is not listed"),
        ({"entry_of": [1, 1]}, "a juror reads an entry once"),
        ({"juror_of": [0]}, "one entry and one juror for each reading"),
    ],
)
def test_marks_that_cannot_be(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Marks(**{**GOOD, **change})
