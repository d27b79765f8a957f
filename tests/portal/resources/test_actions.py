"""Delegations add, edit, retire, restore and undo; nobody overwrites anybody, each act leaves its trace."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.resources.actions import (
    NothingToUndo,
    StaleResource,
    edit_resource,
    restore_resource,
    retire_resource,
    undo_change,
)
from bpc.portal.resources.contents import Content, InvalidContent, content_of
from bpc.portal.resources.models import Resource
from tests.portal.resources.resource_world import NOW, added, delegate, of_facts, written
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    """A delegate of the region."""
    return delegate()


def test_a_delegate_adds_a_resource_of_a_commune(keeper: User) -> None:
    before = generations("resources")
    row = added(keeper)
    assert row.reference == f"D{row.pk:04d}"
    places = (row.territory_id, row.region_id, row.province_id, row.commune_id)
    assert places == (HERE, "09", "09.541", HERE)
    assert (row.origin, row.state, row.version, row.updated_by) == ("delegation", "active", 1, keeper)
    assert content_of(row) == written()
    assert [entry.verb for entry in trail_of(row)] == ["add resource"]
    assert generations("resources") != before


def test_what_is_said_of_a_province_or_a_region_stays_there(keeper: User) -> None:
    province, region = added(keeper, "09.541"), added(keeper, "09")
    assert (province.province_id, province.commune_id) == ("09.541", None)
    assert (region.region_id, region.province_id, region.commune_id) == ("09", None, None)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"territory": "MA"}, ["territory"]),
        ({"territory": "09.999"}, ["territory"]),
        ({"products": ("fig", "unicorn")}, ["products"]),
        ({"name_fr": " ", "name_ar": ""}, ["name_fr", "name_ar"]),
        ({"sector": "magic", "label": "Or"}, ["sector", "label"]),
        ({"season_end": None}, ["season"]),
        ({"season_start": 13}, ["season"]),
        ({"confidence": "sourced", "source_note": ""}, ["source"]),
    ],
)
def test_a_wrong_content_is_refused_with_its_fields(
    keeper: User, fields: dict[str, object], wrong: list[str]
) -> None:
    with pytest.raises(InvalidContent) as refused:
        added(keeper, **{"territory": HERE, **fields})  # type: ignore[arg-type] # hostile on purpose
    assert refused.value.fields == wrong


def test_nobody_else_keeps_the_rows(keeper: User) -> None:
    row = added(keeper)
    for person in (delegate(ELSEWHERE[:2]), make_user(), make_user(Role.ADVISOR)):
        with pytest.raises(PermissionDenied):
            added(person)
        with pytest.raises(PermissionDenied):
            edit_resource(resource=row, content=written(name_fr="Autre"), version=1, actor=person, at=NOW)
        with pytest.raises(PermissionDenied):
            retire_resource(resource=row, version=1, reason="x", actor=person, at=NOW)
    edit_resource(
        resource=row,
        content=written(name_fr="Autre"),
        version=1,
        actor=make_user(Role.ADMINISTRATOR),
        at=NOW,
    )


def test_a_delegate_does_not_move_a_row_to_another_region(keeper: User) -> None:
    row = added(keeper)
    with pytest.raises(PermissionDenied):
        edit_resource(resource=row, content=written(ELSEWHERE), version=1, actor=keeper, at=NOW)
    assert Resource.objects.get(pk=row.pk).territory_id == HERE


def test_an_edit_keeps_what_was_there_and_undo_brings_it_back(keeper: User) -> None:
    row = added(keeper)
    newer = replace(written(), name_fr="Figues sèches", products=("fig", "almond"))
    row = edit_resource(resource=row, content=newer, version=1, actor=keeper, at=NOW)
    assert (row.version, content_of(row).products) == (2, ("almond", "fig"))
    entry = trail_of(row).last()
    assert entry is not None
    assert entry.data["before"]["name_fr"] == "Figues séchées"
    row = undo_change(resource=row, version=2, actor=keeper, at=NOW)
    assert (row.version, content_of(row)) == (3, written())
    row = undo_change(resource=row, version=3, actor=keeper, at=NOW)
    assert (row.version, row.name_fr) == (4, "Figues sèches")


def test_the_same_content_again_is_no_change(keeper: User) -> None:
    row = edit_resource(resource=added(keeper), content=written(), version=1, actor=keeper, at=NOW)
    assert row.version == 1
    assert trail_of(row).count() == 1
    with pytest.raises(NothingToUndo):
        undo_change(resource=row, version=1, actor=keeper, at=NOW)


def test_who_comes_second_is_told(keeper: User) -> None:
    row = added(keeper)
    edit_resource(resource=row, content=written(name_fr="Une"), version=1, actor=keeper, at=NOW)
    with pytest.raises(StaleResource) as stale:
        edit_resource(resource=row, content=written(name_fr="Deux"), version=1, actor=keeper, at=NOW)
    assert (stale.value.current.name_fr, stale.value.current.version) == ("Une", 2)


def test_a_resource_is_retired_with_a_reason_and_restored(keeper: User) -> None:
    row = of_facts()
    with pytest.raises(ReasonMissing):
        retire_resource(resource=row, version=1, reason=" ", actor=keeper, at=NOW)
    row = retire_resource(resource=row, version=1, reason="disparue", actor=keeper, at=NOW)
    assert (row.state, row.version, row.by_hand) == ("retired", 2, True)
    with pytest.raises(IllegalMove):
        retire_resource(resource=row, version=2, reason="encore", actor=keeper, at=NOW)
    row = restore_resource(resource=row, version=2, actor=keeper, at=NOW)
    assert (row.state, row.version) == ("active", 3)
    row = undo_change(resource=row, version=3, actor=keeper, at=NOW)
    assert row.state == "retired"


@pytest.mark.parametrize(
    "fields",
    [
        {"province_id": None},
        {"territory_id": "09.551", "commune_id": None},
        {"territory_id": "09", "commune_id": None},
        {"season_end": None},
        {"season_start": 13},
        {"state": "lost"},
        {"origin": "rumour"},
        {"confidence": "sourced", "source_url": "", "source_note": ""},
    ],
)
def test_the_database_refuses_what_no_form_would_write(keeper: User, fields: dict[str, object]) -> None:
    row = added(keeper)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=row.pk).update(**fields)


def test_a_content_keeps_nothing_it_was_not_given() -> None:
    assert Content("09", "other", (), "a", "b").confidence == "to_verify"
