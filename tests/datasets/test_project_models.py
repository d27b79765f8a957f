"""Project models: a right file is read as written, a wrong one is refused with the path of each wrong field."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bpc.datasets.paths import DATA
from bpc.datasets.project_models import (
    InvalidModel,
    ModelSource,
    Problem,
    Vocabulary,
    parse_model,
    read_model,
    read_models,
    read_sources,
    read_units,
    read_vocabulary,
)

FOLDER = Path(__file__).with_name("models")
VOCABULARY = Vocabulary(
    sources=frozenset({"S1", "S2"}),
    units=frozenset({"u", "L"}),
    sectors=frozenset({"aromatic"}),
    regions=frozenset({"03"}),
    products=frozenset({"olive"}),
)


def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / "savon.yaml").read_text("utf-8"))
    return content


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Writes a value at a path such as `capex[0].life_years`; the value ... removes the field."""

    def spoil(content: dict[str, Any]) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in re.findall(r"\w+", path)]
        place: Any = content
        for step in steps:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return spoil


def _copied(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "savon.yaml"
    path.write_text(text, "utf-8")
    return path


def test_every_model_loads() -> None:
    models = read_models()
    assert len(models) == len(list((DATA / "models").glob("*.yaml"))) - 1
    assert all(model.slug == slug for slug, model in models.items())


def test_a_model_is_read_as_written() -> None:
    model = read_model(FOLDER / "savon.yaml", VOCABULARY)
    assert model.updated == date(2026, 11, 22)
    assert model.name.ar == "صابون زيت الزيتون"
    assert model.summary.in_language("fr") == "Un petit atelier fabrique et vend du savon."
    assert model.regions[0].territory == "03"
    assert model.products[0].price_mad.low == 10.5
    assert model.products[1].hijri_event == "ramadan"
    assert model.products[1].vat_if_taxable.basis == ("Exonéré", "معفى")
    assert model.inputs[0].qty_per_unit == {"pain": 0.08, "coffret": 0.4}
    assert model.capex[1].life_years is None
    assert model.staff[1].months == (11, 12, 1)
    assert model.staff[1].role.fr == "Aide saisonnière"
    assert model.financing_mix.grant_programme.fr == "Initiative nationale"
    assert (model.key_risks[0].conf, model.steps[0].src) == (None, ("S2",))
    assert model.notes is None
    assert model.cited_sources == ("S1", "S2")


def test_a_model_cannot_be_changed() -> None:
    model = read_model(FOLDER / "savon.yaml", VOCABULARY)
    with pytest.raises(ValidationError, match="frozen"):
        model.version = 2


def test_sources_and_units_are_read() -> None:
    assert read_sources(FOLDER)["S2"] == ModelSource(
        title_fr="Loi sur le savon",
        url="https://example.org/loi",
        note_fr="texte de 2021",
        seen=date(2026, 11, 22),
    )
    assert read_units(FOLDER)["L"].name_ar == "لتر"


WRONG: list[tuple[str, Any, str, str]] = [
    ("capex[0].life_years", -3, "capex[0].life_years", "greater_than"),
    ("capex[0].life_years", 0, "capex[0].life_years", "greater_than"),
    ("capex[0].life_years", "15", "capex[0].life_years", "float_type"),
    ("capex[1].year", 1.5, "capex[1].year", "int_type"),
    ("products[0].annual_capacity", float("nan"), "products[0].annual_capacity", "finite_number"),
    ("fixed_costs[0].annual_mad.high", float("inf"), "fixed_costs[0].annual_mad.high", "finite_number"),
    ("staff[0].fte", True, "staff[0].fte", "float_type"),
    ("inputs[0].from_members", "yes", "inputs[0].from_members", "bool_type"),
    ("products[0].price_mad.low", 16, "products[0].price_mad", "range"),
    ("products[0].price_mad.src", [], "products[0].price_mad", "source_missing"),
    ("products[0].price_mad.conf", "X", "products[0].price_mad.conf", "literal_error"),
    ("products[0].price_mad.mean", 12, "products[0].price_mad.mean", "extra_forbidden"),
    ("products[0].seasonality[0]", 0.09, "products[0].seasonality", "seasonality"),
    ("products[0].seasonality", [0.5, 0.5], "products[0].seasonality", "months"),
    ("products[1].hijri_event", ..., "products[1]", "hijri_event"),
    ("products[1].vat_if_taxable.basis_ar", ..., "products[1].vat_if_taxable", "text_missing"),
    ("products[1].id", "pain", "", "repeated"),
    ("products", [], "products", "empty"),
    ("name_ar", ..., "name_ar", "missing"),
    ("name_ar", "Savon", "name_ar", "text_language"),
    ("steps[0].ar", "في 2 أيام ٣", "steps[0].ar", "text_digits"),
    ("steps[0].fr", "", "steps[0].fr", "text_missing"),
    ("fits_fr", "TODO", "fits_fr", "text_unfinished"),
    ("key_risks[0].fr", "Prix de l'huile [L4]", "key_risks[0].fr", "text_unfinished"),
    ("key_risks[0].fr", " Prix", "key_risks[0].fr", "text_spaces"),
    ("summary_fr", "é" * 161, "summary_fr", "string_too_long"),
    ("staff[1].months", [1, 13], "staff[1].months[1]", "less_than_equal"),
    ("staff[1].months", [1, 1], "staff[1].months", "repeated"),
    ("ramp_up", [0.5, -1.0], "ramp_up[1]", "greater_than_equal"),
    ("ramp_up", [], "ramp_up", "empty"),
    ("financing_mix.grant_pct", 60, "financing_mix", "financing"),
    ("financing_mix.loan.grace_months", 84, "financing_mix.loan", "grace"),
    ("member_price_policy.suggested", "none", "member_price_policy", "member_price"),
    ("members_typical", 4, "", "members"),
    ("members_min", 4, "members_min", "greater_than_equal"),
    ("notes_fr", "Prudent", "", "text_missing"),
    ("regions[0].code", "MA-13", "regions[0].code", "unknown_region"),
    ("regions[0].code", 3, "regions[0].code", "string_type"),
    ("sector", "soap", "sector", "unknown_sector"),
    ("inputs[0].unit", "kg", "inputs[0].unit", "unknown_unit"),
    ("inputs[0].qty_per_unit.savon", 1, "inputs[0].qty_per_unit.savon", "unknown_product"),
    ("member_labour[0].mad_per_unit.savon", 1, "member_labour[0].mad_per_unit.savon", "unknown_product"),
    (
        "member_price_policy.member_share_of_price.savon",
        0.5,
        "member_price_policy.member_share_of_price.savon",
        "unknown_product",
    ),
    ("products[0].price_mad.src", ["S9"], "products[0].price_mad.src", "unknown_source"),
    ("steps[0].src", ["S9"], "steps[0].src", "unknown_source"),
    ("financing_mix.grant_src", ["S9"], "financing_mix.grant_src", "unknown_source"),
    ("sources", ["S9"], "sources", "unknown_source"),
]


@pytest.mark.parametrize(
    ("path", "value", "told", "code"), WRONG, ids=[f"{case[0]}-{case[3]}" for case in WRONG]
)
def test_a_wrong_field_is_refused_with_its_path(path: str, value: Any, told: str, code: str) -> None:
    content = _content()
    _set(path, value)(content)
    with pytest.raises(InvalidModel) as refused:
        parse_model(content, VOCABULARY)
    assert [(problem.path, problem.code) for problem in refused.value.problems] == [(told, code)]


def test_every_wrong_field_is_told_at_once() -> None:
    content = _content()
    _set("capex[0].life_years", -1)(content)
    _set("staff[0].role_ar", "")(content)
    with pytest.raises(InvalidModel) as refused:
        parse_model(content, VOCABULARY, "savon.yaml")
    assert [problem.path for problem in refused.value.problems] == ["capex[0].life_years", "staff[0].role_ar"]
    assert str(refused.value) == (
        "savon.yaml capex[0].life_years: Input should be greater than 0\n"
        "savon.yaml staff[0].role_ar: the text is missing"
    )


@pytest.mark.parametrize("content", [None, [], "savon", 3])
def test_what_is_not_a_model_is_refused(content: object) -> None:
    with pytest.raises(InvalidModel):
        parse_model(content, VOCABULARY)


def test_the_file_is_named_after_its_model(tmp_path: Path) -> None:
    path = tmp_path / "miel.yaml"
    shutil.copy(FOLDER / "savon.yaml", path)
    with pytest.raises(InvalidModel, match=r"miel\.yaml slug: savon is not the name of the file"):
        read_model(path, VOCABULARY)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text + "slug: savon\n", "written twice from line 1: slug"),
        (lambda text: text.replace("{pain: 1}", "{pain: 1, pain: 2}"), "written twice from line 57: pain"),
        (lambda text: text.replace("annual_capacity: 9000", "annual_capacity: .nan"), "finite number"),
        (lambda text: text + "more: [", "expected"),
        (lambda text: "- " + text.splitlines()[0], "not a list of fields"),
        (lambda text: text + "more: !!python/name:os.system x\n", "could not determine a constructor"),
    ],
)
def test_a_file_that_is_not_plain_yaml_is_refused(
    tmp_path: Path, spoil: Callable[[str], str], said: str
) -> None:
    path = _copied(tmp_path, spoil((FOLDER / "savon.yaml").read_text("utf-8")))
    with pytest.raises(InvalidModel, match=re.escape(said)):
        read_model(path, VOCABULARY)


def test_a_wrong_source_is_refused_with_its_path(tmp_path: Path) -> None:
    text = (FOLDER / "sources.yaml").read_text("utf-8").replace("https://example.org/loi", "là-bas")
    (tmp_path / "sources.yaml").write_text(text, "utf-8")
    with pytest.raises(InvalidModel) as refused:
        read_sources(tmp_path)
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("S2.url", "string_pattern_mismatch")


def test_problems_without_a_path_speak_of_the_whole() -> None:
    assert str(Problem("", "members", "too few")) == "too few"


def test_the_vocabulary_is_that_of_the_other_files() -> None:
    vocabulary = read_vocabulary()
    assert vocabulary.regions == {f"{number:02}" for number in range(1, 13)}
    assert {"aromatic", "housing"} <= vocabulary.sectors
