"""A file of the register: checked without changing anything, applied whole, undone exactly."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.models import F

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people.models import Organisation, User
from bpc.portal.register.models import Cooperative, CooperativeTally, RegisterImport
from bpc.portal.register.queries import Wanted, cooperatives_per_place, list_cooperatives
from bpc.portal.register.reports import notes_of, report_csv
from bpc.portal.register.states import ImportState
from tests.portal.register.register_files import AMAL, NOUR, TITLES, as_csv, as_xlsx, bring_in, run, send
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_user("administrator")


def snapshot() -> list[dict[str, Any]]:
    return [dict(row) for row in Cooperative.objects.order_by("pk").values()]


def counts() -> set[tuple[Any, ...]]:
    columns = [field.attname for field in CooperativeTally._meta.concrete_fields if field.name != "id"]
    return set(CooperativeTally.objects.values_list(*columns))


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    places = {
        "number": 0,
        "name": 1,
        "sector": 3,
        "activity": 4,
        "province": 6,
        "commune": 7,
        "date": 8,
        "members": 9,
    }
    values = list(row)
    for name, cell in cells.items():
        values[places[name]] = cell
    return tuple(values)


@pytest.mark.parametrize(("make", "name"), [(as_csv, "registre.csv"), (as_xlsx, "registre.xlsx")])
def test_both_kinds_of_file_say_the_same(administrator: User, make: Callable[..., bytes], name: str) -> None:
    row = bring_in(make([AMAL, NOUR]), administrator, name=name)
    assert row.state == ImportState.APPLIED
    assert {key: row.counts[key] for key in ("read", "new", "changed", "refused")} == {
        "read": 2, "new": 2, "changed": 0, "refused": 0,
    }  # fmt: skip
    amal, nour = Cooperative.objects.order_by("number")
    assert (amal.number, amal.name_fr, amal.name_ar) == ("12-2019", "Coopérative Al Amal", "تعاونية الأمل")
    assert (amal.territory_id, amal.commune_id, amal.province_id, amal.region_id) == (
        "09.541.01.13", "09.541.01.13", "09.541", "09",
    )  # fmt: skip
    assert (amal.sector_id, amal.registered_on, amal.year) == ("aromatic", date(2019, 5, 3), 2019)
    assert (amal.members, amal.women, amal.youth, amal.is_women, amal.status) == (
        12,
        12,
        None,
        True,
        "active",
    )
    assert (nour.sector_id, nour.registered_on, nour.year, nour.members) == ("crafts", None, 2018, 1034)
    assert (nour.is_women, nour.status, nour.commune_id[:6] if nour.commune_id else "") == (
        False,
        "active",
        "08.401",
    )
    assert cooperatives_per_place()["MA"] == 2
    assert [card.number for card in list_cooperatives(Wanted("الامل")).cards] == ["12-2019"]


def test_real_dates_and_numbers_of_a_workbook(administrator: User) -> None:
    amal: list[Any] = list(AMAL)
    amal[0], amal[8], amal[9] = 4512.0, date(2019, 5, 3), 12
    bring_in(as_xlsx([amal]), administrator, name="registre.xlsx")
    row = Cooperative.objects.get()
    assert (row.number, row.registered_on, row.members) == ("4512", date(2019, 5, 3), 12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
def test_encodings_are_recognised(administrator: User, encoding: str) -> None:
    bring_in(as_csv([AMAL], encoding=encoding), administrator)
    assert Cooperative.objects.get().name_ar == "تعاونية الأمل"


def test_no_person_is_kept(administrator: User) -> None:
    row = send(as_csv([AMAL]), administrator)
    assert "Téléphone" in row.reading["titles"]
    assert TITLES.index("Téléphone") not in row.mapping.values()
    run(row, "check", "apply")
    assert not row.file
    assert "0612345678" not in str(snapshot())
    assert "0612345678" not in "".join(report_csv(row))


def test_a_dry_run_changes_nothing(administrator: User) -> None:
    bring_in(as_csv([AMAL]), administrator)
    before, tallies = snapshot(), counts()
    row = run(send(as_csv([changed(AMAL, name="Autre nom"), NOUR]), administrator), "check")
    assert (row.state, row.counts["new"], row.counts["changed"]) == (ImportState.CHECKED, 1, 1)
    assert row.counts["fields"]["name_fr"] == 1
    assert (snapshot(), counts()) == (before, tallies)


def test_the_same_file_again_changes_nothing(administrator: User) -> None:
    bring_in(as_csv([AMAL, NOUR]), administrator)
    before = snapshot()
    row = bring_in(as_csv([AMAL, NOUR]), administrator)
    assert (row.counts["new"], row.counts["changed"], row.counts["unchanged"]) == (0, 0, 2)
    assert snapshot() == before


def test_an_update_keeps_links_and_undoing_gives_back_what_was(administrator: User) -> None:
    bring_in(as_csv([AMAL]), administrator)
    organisation = Organisation.objects.create(kind="cooperative", name="Al Amal")
    Cooperative.objects.update(organisation=organisation)
    before, tallies = snapshot(), counts()
    row = bring_in(
        as_csv([changed(AMAL, name="Al Amal du Souss", members="15", activity="Tapis"), NOUR]), administrator
    )
    amal = Cooperative.objects.get(number="12-2019")
    assert (amal.organisation, amal.name_fr, amal.members, amal.sector_id) == (
        organisation, "Al Amal du Souss", 15, "crafts",
    )  # fmt: skip
    assert list_cooperatives(Wanted("souss")).total == 1
    run(row, "undo")
    assert row.state == ImportState.UNDONE
    assert (snapshot(), counts()) == (before, tallies)
    assert list_cooperatives(Wanted("souss")).total == 0
    assert list_cooperatives(Wanted("amal")).total == 1


def test_what_was_linked_since_is_not_lost_by_undoing(administrator: User) -> None:
    row = bring_in(as_csv([AMAL, NOUR]), administrator)
    organisation = Organisation.objects.create(kind="cooperative", name="Al Amal")
    Cooperative.objects.filter(number="12-2019").update(organisation=organisation)
    run(row, "undo")
    kept = Cooperative.objects.get()
    assert (kept.number, kept.organisation, kept.is_listed) == ("12-2019", organisation, False)
    assert cooperatives_per_place() == {}


def test_an_empty_cell_changes_nothing(administrator: User) -> None:
    bring_in(as_csv([AMAL]), administrator)
    row = bring_in(as_csv([changed(AMAL, members="", date="", activity="", sector="")]), administrator)
    assert row.counts["unchanged"] == 1


def test_what_a_whole_file_does_not_name_is_unlisted_not_deleted(administrator: User) -> None:
    bring_in(as_csv([AMAL, NOUR]), administrator)
    before = snapshot()
    checked = run(send(as_csv([NOUR]), administrator), "check")
    assert checked.counts["absent"] == 1
    row = bring_in(as_csv([NOUR]), administrator, is_whole=True)
    assert list(Cooperative.objects.values_list("number", "is_listed").order_by("number")) == [
        ("12-2019", False), ("13-2019", True),
    ]  # fmt: skip
    assert cooperatives_per_place()["MA"] == 1
    run(row, "undo")
    assert snapshot() == before


def test_refused_rows_are_told_with_their_line_and_reason(administrator: User) -> None:
    rows = [
        AMAL,
        changed(AMAL, number=""),
        changed(AMAL, number="???"),
        changed(NOUR, name=""),
        changed(AMAL, name="Doublon"),
        changed(NOUR, number="DEMO-1"),
        changed(NOUR, name="x" * 201),
    ]
    row = run(send(as_csv(rows), administrator), "check")
    assert [
        (kind, line, note.code) for kind, line, note in notes_of(row) if kind in {"refused", "duplicate"}
    ] == [
        ("refused", 3, "no_number"),
        ("refused", 4, "bad_number"),
        ("refused", 5, "no_name"),
        ("duplicate", 6, "number_twice"),
        ("refused", 7, "demo_number"),
        ("refused", 8, "name_too_long"),
    ]
    assert (row.counts["new"], row.counts["refused"], row.counts["duplicates"]) == (1, 5, 1)
    table = "".join(report_csv(row)).splitlines()
    assert table[1].startswith("3;Ligne refusée;Numéro au registre;Le numéro au registre manque.")


def test_another_number_with_the_same_name_in_the_same_place_is_told(administrator: User) -> None:
    bring_in(as_csv([AMAL]), administrator)
    row = run(send(as_csv([changed(AMAL, number="99/2020", name="AL-AMAL")]), administrator), "check")
    assert [(line, note.code, note.found) for kind, line, note in notes_of(row) if kind == "possible"] == [
        (2, "same_name", "12-2019")
    ]
    assert row.counts["new"] == 1


def test_remarks_do_not_stop_a_row(administrator: User) -> None:
    strange = changed(
        AMAL, commune="Nulle-Part", activity="Chalumeau", sector="Zut", date="31/02/2019", members="-4"
    )
    row = bring_in(as_csv([strange]), administrator)
    kept = Cooperative.objects.get()
    assert (kept.territory_id, kept.commune_id, kept.sector_id, kept.year, kept.members) == (
        "09.541", None, None, None, None,
    )  # fmt: skip
    assert row.counts["remarks"] == {
        "commune_unknown": 1, "sector_unknown": 1, "bad_date": 1, "bad_count": 1,
    }  # fmt: skip


def test_a_commune_name_borne_twice_is_not_guessed(administrator: User) -> None:
    bring_in(as_csv([[*AMAL[:5], "", "", "Oulad Aissa", *AMAL[8:]]]), administrator)
    assert Cooperative.objects.get().territory_id == "MA"


def test_formulas_and_tags_stay_text_and_reports_are_safe(administrator: User) -> None:
    evil = changed(AMAL, name="=HYPERLINK(1)<script>", activity="=cmd|' /C calc'!A0", sector="")
    row = bring_in(as_csv([evil, changed(AMAL, number="+1+1")]), administrator)
    assert Cooperative.objects.get(number="12-2019").name_fr == "=HYPERLINK(1)<script>"
    table = "".join(report_csv(row))
    assert "'=cmd|" in table
    assert "'+1+1" in table


def test_the_register_must_be_the_one_that_was_checked(administrator: User) -> None:
    row = run(send(as_csv([AMAL]), administrator), "check")
    bring_in(as_csv([NOUR]), administrator)
    run(row, "apply")
    assert (row.state, row.problem) == (ImportState.CHECKED, "register_changed")
    assert Cooperative.objects.count() == 1


def test_each_step_leaves_its_trace(administrator: User) -> None:
    row = bring_in(as_csv([AMAL]), administrator)
    run(row, "undo")
    verbs = AuditEntry.objects.filter(object_kind="register.registerimport", object_key=str(row.pk)).order_by(
        "pk"
    )
    assert list(verbs.values_list("verb", flat=True)) == [
        "upload register file",
        "checked",
        "applied",
        "undone",
    ]


def test_undoing_empties_a_register_that_was_empty(administrator: User) -> None:
    row = bring_in(as_csv([AMAL]), administrator)
    run(row, "undo")
    assert snapshot() == []
    assert cooperatives_per_place() == {}
    assert RegisterImport.objects.filter(state=ImportState.UNDONE, changes=F("pk")).count() == 0
