"""The form is the schema: every field of every part has a name, a place, and survives the way there and back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bpc.datasets import project_model_parts
from bpc.datasets.project_model_fields import Cited, Named, Part
from bpc.datasets.project_models import ProjectModel, read_models
from bpc.portal.blueprints.contents import write_content
from bpc.portal.web.blueprints.fields import model_spec
from bpc.portal.web.blueprints.labels import CHOICES, HINTS, LABELS, UNITS, UNSHOWN
from bpc.portal.web.blueprints.merging import read_section, write_section
from bpc.portal.web.blueprints.refusals import WORDS
from bpc.portal.web.blueprints.sections import SECTIONS, section_of
from bpc.portal.web.boxes.entries import Faults, read, write_number
from bpc.portal.web.boxes.specs import Spec

PARTS: dict[str, type[BaseModel]] = {
    "ProjectModel": ProjectModel,
    **{
        name: part
        for name, part in vars(project_model_parts).items()
        if isinstance(part, type) and issubclass(part, Part) and part not in (Part, Cited, Named)
    },
}


def _named(field: str) -> str:
    if field in ("fr", "ar"):
        return "text"
    return field.removesuffix("_fr").removesuffix("_ar")


def test_every_field_of_the_schema_has_a_label() -> None:
    for name, part in PARTS.items():
        fields = {_named(field) for field in part.model_fields} - UNSHOWN.get(name, frozenset()) - {"id"}
        assert fields == set(LABELS[name]), name


def test_hints_and_units_are_about_fields_that_exist() -> None:
    for table in (HINTS, UNITS):
        for name, words in table.items():
            assert set(words) <= set(LABELS[name]), name


def test_every_choice_has_its_words() -> None:
    stated = {"conf": PARTS["Estimate"], "kind": ProjectModel, "tax_activity": ProjectModel,
              "suggested": PARTS["MemberPrice"], "hijri_event": PARTS["Product"]}  # fmt: skip
    for field, part in stated.items():
        schema = part.model_json_schema()["properties"][field]
        options = next((one["enum"] for one in schema.get("anyOf", [schema]) if "enum" in one), None)
        assert options is not None, field
        assert set(CHOICES[field]) == set(options), field


def test_every_field_is_edited_in_one_section() -> None:
    edited = [field for section in SECTIONS for field in section.fields]
    assert sorted(edited) == sorted(spec.name for spec in model_spec().children)
    assert section_of("name_ar") is section_of("name_fr") is SECTIONS[0]
    assert section_of("slug") is None


def test_no_two_boxes_of_a_section_share_a_name() -> None:
    def names(spec: Spec, prefix: str) -> Iterator[str]:
        yield prefix
        for part in spec.children:
            yield from names(part, f"{prefix}-{part.name}")

    for section in SECTIONS:
        found = [name for spec in section.specs() for name in names(spec, spec.name)]
        assert len(found) == len(set(found)), section.slug


@pytest.mark.parametrize("slug", sorted(read_models()))
def test_every_model_survives_its_form(slug: str) -> None:
    content = write_content(read_models()[slug])
    for section in SECTIONS:
        faults: Faults = {}
        typed = write_section(section, content)
        assert len(typed) < 450, "more boxes than a form may send"
        assert read_section(section, typed, content, faults) == content
        assert faults == {}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12", 12.0), ("1 234,5", 1234.5), ("0.5", 0.5), ("\u200e12\u202f000", 12000.0), ("+3", 3.0)],
)
def test_numbers_are_read_as_people_write_them(typed: str, value: float) -> None:
    faults: Faults = {}
    assert read(Spec("number", "a", ""), "a", {"a": typed}, faults) == value
    assert not faults


@pytest.mark.parametrize("typed", ["1e9", "NaN", "inf", "douze", "1,2,3", "--1", "٣", "9" * 40, ","])
def test_what_is_no_number_is_said_so(typed: str) -> None:
    faults: Faults = {}
    assert read(Spec("number", "a", ""), "a", {"a": typed}, faults) is None
    assert faults == {"a": ["Écrivez un nombre."]}


@pytest.mark.parametrize(
    ("spec", "typed", "fault"),
    [
        ({"low": 0.0, "above": True}, "0", "Écrivez plus de 0."),
        ({"low": 5.0, "integer": True}, "4", "Écrivez 5 au moins."),
        ({"integer": True}, "4,5", "Écrivez un nombre entier."),
        ({"low": 0.0, "high": 1.0, "percent": True}, "101", "Écrivez 100\u202f% au plus."),
        ({"low": 0.0, "high": 1.0, "below": True, "percent": True}, "100", "Écrivez moins de 100\u202f%."),
        ({}, "", "Écrivez un nombre."),
    ],
)
def test_bounds_are_told_in_the_unit_of_the_box(spec: dict[str, Any], typed: str, fault: str) -> None:
    faults: Faults = {}
    read(Spec("number", "a", "", **spec), "a", {"a": typed}, faults)
    assert faults == {"a": [fault]}


def test_percents_do_not_drift() -> None:
    for thousandth in range(1001):
        share = thousandth / 1000
        typed = {"a": write_number(share, percent=True)}
        assert read(Spec("number", "a", "", percent=True), "a", typed, {}) == share


def test_every_fault_the_schema_can_find_has_words() -> None:
    folder = Path(project_model_parts.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("project_model*.py"))
    codes = set(re.findall(r'PydanticCustomError\(\s*"(\w+)"', source))
    codes |= set(re.findall(r'yield Problem\([^,]+(?:\([^)]*\))?, "(\w+)"', source))
    # months and hijri_event cannot be typed wrong: twelve boxes, and the key follows the choice
    assert codes - {"months", "hijri_event"} <= set(WORDS)
