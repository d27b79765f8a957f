"""Precision and recall of near ideas, pair of languages by pair of languages, on the half never looked at."""

import pytest

from bpc.portal.ideas.near import ANYWHERE, IN_COMMUNE, IN_PROVINCE
from tests.portal.ideas.near_pairs import measured, tellings

# languages, threshold → the least precision and recall accepted on the half held out; in a commune, never under
# 0.7 and 0.9, what we owe in every pair of languages
FLOORS = {
    ("fr-fr", IN_COMMUNE): (0.8, 0.97), ("ar-ar", IN_COMMUNE): (0.75, 0.92), ("ar-fr", IN_COMMUNE): (0.85, 0.92),
    ("fr-fr", IN_PROVINCE): (0.8, 0.85), ("ar-ar", IN_PROVINCE): (0.8, 0.8), ("ar-fr", IN_PROVINCE): (0.9, 0.85),
    ("fr-fr", ANYWHERE): (0.95, 0.7), ("ar-ar", ANYWHERE): (0.95, 0.46), ("ar-fr", ANYWHERE): (0.95, 0.64),
}  # fmt: skip


def test_the_pairs_are_enough_to_say_anything() -> None:
    measures = [
        measured(languages, IN_COMMUNE, held_out=half)
        for languages in ("fr-fr", "ar-ar", "ar-fr") for half in (False, True)
    ]  # fmt: skip
    assert sum(one.true for one in measures) == 306
    assert sum(one.others for one in measures) == 10_000
    assert len(tellings()) == 4 * len({told.idea for told in tellings()})


@pytest.mark.parametrize(("languages", "threshold"), FLOORS)
def test_near_ideas_are_told_from_others(
    languages: str, threshold: float, capsys: pytest.CaptureFixture[str]
) -> None:
    tuned, held_out = (measured(languages, threshold, held_out=half) for half in (False, True))
    with capsys.disabled():
        print(f"\n{languages} ≥ {threshold}: looked at {tuned}; held out {held_out}")
    least_precision, least_recall = FLOORS[languages, threshold]
    assert held_out.precision >= least_precision
    assert held_out.recall >= least_recall
