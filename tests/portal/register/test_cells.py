"""Cells as people write them."""

from datetime import date, datetime
from typing import Any

import pytest

from bpc.portal.register import cells
from bpc.portal.register.cells import CellError
from bpc.portal.register.columns import propose_mapping
from bpc.portal.register.place_names import resolve
from bpc.portal.register.sector_words import sector_of

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12/2019", "12-2019"),
        (" 12 - 2019 ", "12-2019"),
        ("a.12_b", "A-12-B"),
        ("1 234", "1234"),
        (7.0, "7"),
        ("", None),
    ],
)
def test_numbers_are_written_one_way(cell: Any, number: str | None) -> None:
    assert cells.read_number(cell) == number


@pytest.mark.parametrize("cell", ["abc", "?", "1" * 41, "=1+1", "<b>1</b>", "DEMO-00001"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(CellError):
        cells.read_number(cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("03/05/2019", (date(2019, 5, 3), 2019)),
        ("3-5-19", (date(2019, 5, 3), 2019)),
        ("3.5.98", (date(1998, 5, 3), 1998)),
        ("2019-05-03", (date(2019, 5, 3), 2019)),
        ("2019-05-03 00:00:00", (date(2019, 5, 3), 2019)),
        ("٠٣/٠٥/٢٠١٩", (date(2019, 5, 3), 2019)),
        (43588, (date(2019, 5, 3), 2019)),
        ("43588", (date(2019, 5, 3), 2019)),
        (datetime(2019, 5, 3), (date(2019, 5, 3), 2019)),
        (2019, (None, 2019)),
        ("2019", (None, 2019)),
        ("", (None, None)),
    ],
)
def test_dates_in_every_form(cell: Any, found: tuple[date | None, int | None]) -> None:
    assert cells.read_date(cell, TODAY) == found


@pytest.mark.parametrize("cell", ["31/02/2019", "03/05/2030", "1801", "demain", 300_000.0, "2030"])
def test_impossible_dates_are_refused(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.read_date(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1 234", 1234),
        ("1.234", 1234),
        ("1\u202f234", 1234),
        ("12 membres", 12),
        (12.0, 12),
        ("nd", None),
        ("0", 0),
    ],
)
def test_numbers_of_people(cell: Any, count: int | None) -> None:
    assert cells.read_count(cell) == count


@pytest.mark.parametrize("cell", ["-4", "beaucoup", "12,5", "99999999999", 12.5])
def test_what_is_no_number_of_people(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.read_count(cell)


def test_positions_stay_in_morocco() -> None:
    assert cells.read_coordinate("-9,5", -17.6, -0.9) == -9.5
    with pytest.raises(CellError):
        cells.read_coordinate("48.85", 20.6, 36.1)


def test_columns_are_proposed_in_both_languages() -> None:
    assert propose_mapping(["رقم التسجيل", "اسم التعاونية", "الجماعة", "الهاتف", "عدد المنخرطين"]) == {
        "number": 0, "name_ar": 1, "commune": 2, "members": 4,
    }  # fmt: skip
    assert propose_mapping(["Nom du président", "Adresse", "GSM"]) == {}


@pytest.mark.parametrize(
    ("names", "code", "remark"),
    [
        (("Souss Massa", "Province de Taroudannt", "Commune de Aït Iaazza"), "09.541.01.01", ""),
        (("جهة سوس - ماسة", "إقليم تارودانت", "جماعة تارودانت"), "09.541.01.13", ""),
        (("", "Taroudant", "C.R. Tataoute"), "09.541.03.23", ""),
        (("", "", "TIZNIT"), "09.581.01.07", ""),
        (("Souss-Massa", "Zut", "Taroudannt"), "09.541.01.13", ""),
        (("Marrakech Safi", "Marrakech", "Zut"), "07.351", "commune_unknown"),
        (("Oriental", "", "Taroudannt"), "02", "commune_elsewhere"),
        (("", "", "Oulad Aissa"), "MA", "commune_ambiguous"),
        (("Souss-Massa", "Zut", ""), "09", "province_unclear"),
    ],
)
def test_places_are_resolved_or_kept_wider(names: tuple[str, str, str], code: str, remark: str) -> None:
    found = resolve(*names)
    assert (found.code, found.remark) == (code, remark)


@pytest.mark.parametrize(
    ("activity", "sector", "code"),
    [
        ("Production d'huile d'argan", "Agriculture", "aromatic"),
        ("", "Agriculture", "agriculture"),
        ("تربية النحل وإنتاج العسل", "", "beekeeping"),
        ("صناعة الكسكس", "", "food"),
        ("Chalumeau", "", None),
    ],
)
def test_sectors_come_from_words(activity: str, sector: str, code: str | None) -> None:
    assert sector_of(activity, sector) == code
