"""The file of facts fills the rows, and never undoes what a delegation wrote."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bpc.datasets.resources import read_resources
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.resources.actions import (
    edit_resource,
    leave_file_content,
    restore_resource,
    retire_resource,
    take_file_content,
)
from bpc.portal.resources.contents import content_of
from bpc.portal.resources.loading import load_resources
from bpc.portal.resources.models import Resource
from tests.portal.resources.resource_world import NOW, added, delegate, of_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(root: Path, tmp_path: Path) -> Path:
    """A folder of facts of our own, to change."""
    for name in ("resources.csv", "products.csv", "quality_signs.csv"):
        shutil.copy(root / "data" / name, tmp_path)
    return tmp_path


def _rewrite(data: Path, reference: str, **cells: str) -> None:
    """Change the cells of a line; without any, drop it."""
    path = data / "resources.csv"
    rows: list[dict[str, Any]] = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    kept = [{**row, **cells} if row["id"] == reference else row for row in rows]
    if not cells:
        kept = [row for row in rows if row["id"] != reference]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)


def test_every_line_is_a_row_of_its_place(root: Path) -> None:
    lines = read_resources(root / "data")
    assert len(lines) == 277
    assert Resource.objects.filter(origin="facts", state="active").count() == 277
    saffron = of_facts()
    assert (saffron.territory_id, saffron.label, saffron.confidence) == ("09.541", "AOP", "sourced")
    assert content_of(saffron).products == ("saffron",)
    assert not Resource.objects.filter(origin="facts", commune__isnull=False).exists()


def test_loading_again_changes_nothing(data: Path) -> None:
    before = list(Resource.objects.order_by("pk").values())
    assert load_resources(data) == 277
    assert list(Resource.objects.order_by("pk").values()) == before


def test_a_row_nobody_touched_follows_the_file(data: Path) -> None:
    _rewrite(data, "R223", name_fr="Safran", season="10-11", products="rose saffron")
    load_resources(data)
    row = of_facts()
    assert (row.name_fr, row.season_start, row.season_end, row.version) == ("Safran", 10, 11, 2)
    assert content_of(row).products == ("rose", "saffron")


def test_a_row_a_delegation_wrote_is_never_overwritten(data: Path) -> None:
    keeper = delegate()
    ours = replace(content_of(of_facts()), name_fr="Safran d’ici")
    edit_resource(resource=of_facts(), content=ours, version=1, actor=keeper, at=NOW)
    load_resources(data)
    assert of_facts().proposal is None
    _rewrite(data, "R223", name_fr="Safran du dossier")
    for _ in range(2):
        load_resources(data)
        row = of_facts()
        assert (row.name_fr, row.version) == ("Safran d’ici", 2)
        assert row.proposal is not None
        assert row.proposal["name_fr"] == "Safran du dossier"


def test_what_the_file_proposes_is_taken_or_left(data: Path) -> None:
    keeper = delegate()
    ours = replace(content_of(of_facts()), name_fr="Safran d’ici")
    edit_resource(resource=of_facts(), content=ours, version=1, actor=keeper, at=NOW)
    with pytest.raises(IllegalMove):
        take_file_content(resource=of_facts(), version=2, actor=keeper, at=NOW)
    _rewrite(data, "R223", name_fr="Deuxième")
    load_resources(data)
    leave_file_content(resource=of_facts(), version=2, actor=keeper, at=NOW)
    load_resources(data)
    assert (of_facts().name_fr, of_facts().proposal) == ("Safran d’ici", None)
    _rewrite(data, "R223", name_fr="Troisième")
    load_resources(data)
    take_file_content(resource=of_facts(), version=2, actor=keeper, at=NOW)
    assert (of_facts().name_fr, of_facts().by_hand, of_facts().proposal) == ("Troisième", False, None)
    _rewrite(data, "R223", name_fr="Quatrième")
    load_resources(data)
    assert of_facts().name_fr == "Quatrième"


def test_a_line_that_is_gone_retires_its_row_unless_a_delegation_keeps_it(data: Path) -> None:
    keeper = delegate()
    row = retire_resource(resource=of_facts("R224"), version=1, reason="à revoir", actor=keeper, at=NOW)
    restore_resource(resource=row, version=2, actor=keeper, at=NOW)
    own = added(keeper)
    for reference in ("R223", "R224"):
        _rewrite(data, reference)
    load_resources(data)
    states = dict(
        Resource.objects.filter(reference__in=["R223", "R224", own.reference]).values_list(
            "reference", "state"
        )
    )
    assert states == {"R223": "retired", "R224": "active", own.reference: "active"}


def test_a_line_that_comes_back_restores_its_row(data: Path, root: Path) -> None:
    _rewrite(data, "R223")
    load_resources(data)
    assert of_facts().state == "retired"
    load_resources(root / "data")
    assert of_facts().state == "active"


def test_a_row_a_delegation_retired_stays_retired(data: Path) -> None:
    retire_resource(resource=of_facts(), version=1, reason="disparue", actor=delegate(), at=NOW)
    _rewrite(data, "R223", name_fr="Safran")
    load_resources(data)
    assert of_facts().state == "retired"
