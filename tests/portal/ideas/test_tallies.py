"""Counts of published ideas follow the moves, and can be proved by counting afresh."""

import pytest

from bpc.portal.ideas.models import IdeaTally
from bpc.portal.ideas.tallies import count_in, count_out, published_count, published_counts, rebuild
from tests.portal.world import ELSEWHERE, make_idea

pytestmark = pytest.mark.django_db


def _rows() -> dict[tuple[str, str | None], int]:
    rows = IdeaTally.objects.filter(published__gt=0).values_list("territory_id", "sector_id", "published")
    return {(place, sector): number for place, sector, number in rows}


def test_an_idea_counts_at_each_level_and_in_its_sector() -> None:
    count_in(make_idea())
    count_in(make_idea(sector_id="crafts"))
    count_in(make_idea(ELSEWHERE))
    assert published_count() == 3
    assert published_count("09") == published_count("09.541") == published_count("09.541.01.13") == 2
    assert published_counts(["09", "02", "03"]) == {"09": 2, "02": 1}
    assert published_count("02") == 1
    assert published_count(sector="crafts") == published_count("09", "crafts") == 1
    assert published_count("02", "crafts") == 0


def test_counting_out_undoes_counting_in_and_rebuild_agrees() -> None:
    gone, kept = make_idea(), make_idea(ELSEWHERE)
    for idea in (gone, kept):
        count_in(idea)
    gone.state = "archived"
    gone.save()
    count_out(gone)
    stepped = _rows()
    assert rebuild() == 1
    assert _rows() == stepped
    assert stepped[("MA", None)] == 1
