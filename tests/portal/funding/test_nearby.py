"""Which sources a place may ask, the nearest and surest first."""

import pytest

from bpc.portal.funding.nearby import open_in, reach
from bpc.portal.funding.queries import all_sources
from tests.portal.funding.funding_world import HERE, make_document

pytestmark = pytest.mark.django_db


def test_closed_sources_are_never_offered_and_elsewhere_is_elsewhere() -> None:
    in_taroudannt = {source.id for source in open_in("09.541")}
    assert "indh-taroudant-2026" in in_taroudannt
    assert not in_taroudannt & {"forsa", "indh-agadir-2026", "firo", "usaid-givedirectly-coops"}
    assert {"indh-agadir-2026", "indh-taroudant-2026"} <= {source.id for source in open_in("09")}
    assert "firo" in {source.id for source in open_in("02.411.01.01")}


def test_the_local_call_stands_for_its_frame_where_it_covers_the_place() -> None:
    assert "indh-p3-ess" not in {source.id for source in open_in("09.541.05.12")}
    assert "indh-p3-ess" in {source.id for source in open_in("09")}
    assert "indh-p3-ess" in {source.id for source in open_in("02.411")}


def test_the_nearest_come_first_and_the_sector_narrows() -> None:
    found = open_in("09.541.05.12", "fishing")
    near = [reach(source, "09.541.05.12") for source in found]
    assert near == sorted(one for one in near if one is not None)
    assert "peche-cooperatives" in {source.id for source in found}
    assert not any(source.sectors and "fishing" not in source.sectors for source in found)
    assert len(open_in("09")) < len(all_sources()) == 107


def test_how_near() -> None:
    province = make_document(places={"regions": ["09"], "provinces": ["09.541"]})
    assert [reach(province, code) for code in ("09", "09.541", HERE, "09.273", "02")] == [0, 0, 0, None, None]
    region = make_document(places={"regions": ["09"]})
    assert [reach(region, code) for code in ("09", "09.541", HERE, "02")] == [1, 1, 1, None]
    assert reach(make_document(), HERE) == 2
