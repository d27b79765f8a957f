"""About fifteen answers decide the whole directory: asked one after the other to different groups, always the same."""

from collections.abc import Mapping, Sequence
from random import Random
from statistics import mean
from typing import Any

import pytest

from bpc.core.matching.next_question import next_screen
from bpc.core.matching.questions import ASKS
from bpc.core.matching.scheme import Scheme
from bpc.core.matching.verdict import match_all
from bpc.core.matching.vocabulary import LegalForm
from bpc.datasets.funding_sources import read_funding_sources
from tests.core.matching.cases import TODAY
from tests.core.matching.groups import make_group

GROUPS = 40
MOST, USUAL = 16, 10


@pytest.fixture(scope="module")
def sources() -> list[Scheme]:
    """Every source of the directory."""
    return [source.scheme() for source in read_funding_sources().values()]


def _ask(sources: Sequence[Scheme], group: Mapping[str, Any]) -> tuple[list[tuple[str, ...]], dict[str, Any]]:
    """The screens shown until nothing is left to ask, and what was answered; the commune tells of its place."""
    told: dict[str, Any] = {}
    screens: list[tuple[str, ...]] = []
    while screen := next_screen(sources, told, TODAY):
        screens.append(screen)
        told |= {name: group[name] for name in screen}
        if "commune" in screen:
            told |= {name: group[name] for name in ASKS["commune"].gives if name in group}
        assert len(screens) <= 2 * MOST, screens
    return screens, told


def test_about_fifteen_questions_decide_every_source(sources: list[Scheme]) -> None:
    random = Random(15)
    counts = []
    for _ in range(GROUPS):
        group = {**make_group(random), "stage": None}  # which is never asked
        screens, told = _ask(sources, group)
        found, whole = match_all(sources, told, TODAY), match_all(sources, group, TODAY)
        assert all(one.verdict != "to_complete" for one in found)
        assert [one.verdict for one in found] == [one.verdict for one in whole]
        counts.append(len(screens))
    assert max(counts) <= MOST, counts
    assert mean(counts) <= USUAL, counts


def test_a_registered_cooperative_is_asked_no_more_than_sixteen(sources: list[Scheme]) -> None:
    """The usual one who asks, and the longest way."""
    random = Random(16)
    found = []
    while len(found) < 10:
        group = {**make_group(random), "stage": None}
        if group["legal_form"] == LegalForm.COOPERATIVE:
            found.append(len(_ask(sources, group)[0]))
    assert 8 <= mean(found) <= MOST
    assert max(found) <= MOST
