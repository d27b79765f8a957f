"""Every field of a plan has a name, and every problem the code can raise has a sentence that says what to do."""

import ast
import copy
import random
import re
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from pydantic import BaseModel

from bpc.core.plan.document import parse_plan
from bpc.core.plan.problems import InvalidPlan, Problem
from bpc.core.plan.schema import Estimate
from bpc.core.plan.schema import Plan as Assumptions
from bpc.portal.plans.field_names import FIELDS, Sort
from bpc.portal.plans.path_words import field_of, words_of, written_value
from bpc.portal.plans.paths import ID_LISTS, NAMED_QUANTITIES, with_changes
from bpc.portal.plans.problem_words import SENTENCES, written_problem
from bpc.portal.plans.reckoning import reckon
from bpc.portal.plans.refusal_words import REFUSALS, written_refusal
from tests.portal.plans.plan_world import small_document

SOURCE = Path(__file__).resolve().parents[3] / "src" / "bpc"

#: What pydantic raises for each sort of schema, and for each bound.
RAISED = {
    "float": {"float_type", "finite_number"},
    "int": {"int_type", "int_from_float", "int_parsing_size"},
    "bool": {"bool_type"},
    "str": {"string_type"},
    "literal": {"literal_error"},
    "tuple": {"tuple_type"},
    "list": {"list_type"},
    "dict": {"dict_type"},
    "model": {"model_type", "model_attributes_type"},
    "model-fields": {"missing", "extra_forbidden"},
}
BOUNDS = {
    "ge": "greater_than_equal",
    "gt": "greater_than",
    "le": "less_than_equal",
    "lt": "less_than",
    "min_length": "too_short",
    "max_length": "too_long",
    "pattern": "string_pattern_mismatch",
}
SILENT = {"nullable", "default", "function-after", "function-before", "definitions", "definition-ref", "any",
          "model-field", "plain", "function-plain", "is-instance", "no-info", "with-info"}  # fmt: skip


def codes_written_in_the_source() -> set[str]:
    """First arguments of `Problem(…)`, `PydanticCustomError(…)` and our own refusals."""
    files = [*(SOURCE / "core" / "plan").rglob("*.py"), SOURCE / "datasets" / "model_plans.py",
             *(SOURCE / "portal" / "plans").glob("*.py")]  # fmt: skip
    codes: set[str] = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                prefix = {"Problem": "", "PydanticCustomError": "E_", "_refusal": ""}.get(node.func.id)
                if prefix is not None and node.args:
                    codes |= {prefix + code for code in constants(node.args[0])}
    return codes


def constants(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def codes_of_the_schema() -> set[str]:
    """What pydantic itself can raise, walked in its own description of the schema."""
    found: set[str] = {"json_invalid"}
    waiting: list[Any] = [Assumptions.__pydantic_core_schema__]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list | tuple):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            kind = node.get("type")
            if isinstance(kind, str):
                known = kind in RAISED or kind in SILENT
                assert known or kind.startswith("function"), f"what does {kind} raise?"
                found |= RAISED.get(kind, set())
                for bound, code in BOUNDS.items():
                    if node.get(bound) is not None:
                        found.add(f"string_{code}" if kind == "str" and "too" in code else code)
    return {f"E_{code}" for code in found}


def test_every_code_of_the_source_and_of_the_schema_has_words() -> None:
    written, raised = codes_written_in_the_source(), codes_of_the_schema()
    assert {"E05", "E02", "W01", "W18", "E_grant_above_cost", "E_seasonality_sum", "E_too_deep"} <= written
    assert {"E_less_than_equal", "E_too_short", "E_finite_number", "E_string_too_long"} <= raised
    refused = {code for code in written | raised if code.startswith("E_")} | {"E02"}
    assert refused - set(REFUSALS) == set()
    assert {code for code in written if not code.startswith("E_")} - set(SENTENCES) == set()


def test_no_sentence_outlives_its_code() -> None:
    known = codes_written_in_the_source() | codes_of_the_schema()
    assert set(REFUSALS) - known == set()
    assert set(SENTENCES) - known == set()


def fields_of(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, field in model.model_fields.items():
        here = (*path, name)
        yield ".".join(here)
        yield from inside(field.annotation, here)


def inside(annotation: Any, path: tuple[str, ...]) -> Iterator[str]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        yield from inside(arguments[0], path)
    elif origin in (typing.Union, types.UnionType):
        for one in arguments:
            yield from inside(one, path)
    elif origin is tuple and isinstance(arguments[0], type) and issubclass(arguments[0], BaseModel):
        step = "*" if "id" in arguments[0].model_fields else "#"
        yield ".".join((*path, step))
        yield from fields_of(arguments[0], (*path, step))
    elif origin is dict:
        yield ".".join((*path, "*"))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation is not Estimate:
        yield from fields_of(annotation, path)


def test_every_field_of_the_schema_has_a_name_and_no_name_is_left_over() -> None:
    assert set(FIELDS) - {""} == set(fields_of(Assumptions))
    assert all(str(field.words) for field in FIELDS.values())


def test_paths_know_which_lists_and_which_objects_are_of_named_items() -> None:
    patterns = list(fields_of(Assumptions))
    of_items = {path.split(".")[-2] for path in patterns if path.endswith(".*") and f"{path}.id" in FIELDS}
    of_names = {
        path.split(".")[-2] for path in patterns if path.endswith(".*") and f"{path}.id" not in FIELDS
    }
    assert of_items == ID_LISTS
    assert of_names == NAMED_QUANTITIES


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Le plan"),
        ("products.oil.price", "Prix de vente : Huile"),
        ("products.oil.price.low", "Prix de vente : Huile (valeur basse)"),
        ("products.oil", "Produit : Huile"),
        ("products.gone.price", "Prix de vente : gone"),
        ("products.+", "Produit : nouveau"),
        ("products.oil.seasonality.3", "Saison de vente : Huile (avril)"),
        ("ramp_up.1", "Montée en production, année par année (année 2)"),
        ("inputs.nuts.qty_per_unit.oil", "Quantité par unité produite : Noix : Huile"),
        ("members.own_cost_per_unit.nuts", "Ce qu’il en coûte au membre, par unité : Noix"),
        ("loans.bank.draws.0.amount", "Montant du versement : Banque : n° 1"),
        ("staff.clerk.gross", "Salaire brut par mois : Comptable"),
        ("shares.calls.1.fraction", "Part payée : n° 2"),
        ("working_capital.stock_days", "Stock d’avance"),
        ("nothing.of.the.kind", "Une donnée du plan"),
        ("products.oil.__class__", "Une donnée du plan"),
    ],
)
def test_a_path_in_words(path: str, words: str) -> None:
    assert re.sub("[\u2068\u2069]", "", words_of(path, small_document())).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("products.oil.price", 120, "120 MAD"),
        ("products.oil.price", 99.5, "99,50 MAD"),
        ("products.oil.price", {"mode": 100, "low": 80, "high": 120}, "100 MAD (de 80 MAD à 120 MAD)"),
        ("loans.bank.annual_rate", 0.0575, "5,75\u202f%"),
        ("loans.bank.months", 48, "48 mois"),
        ("loans.bank.existing", True, "oui"),
        ("working_capital.stock_days", 30.0, "30 jours"),
        ("working_capital.stock_days", 1, "1 jour"),
        ("assets.press.life_years", 1.5, "1,5 an"),
        ("assets.press.life_years", 10.0, "10 ans"),
        ("assets.press.life_years", None, "rien"),
        ("assets.press.month", 0, "mois 1"),
        ("fiscal_year_end", 12, "décembre"),
        ("products.oil", {"id": "oil", "name": "Huile"}, "\u2068Huile\u2069"),
        ("staff.clerk.months", [3, 4], "3 · 4"),
        ("grants.x.items", [], "rien"),
    ],
)
def test_a_value_in_words(path: str, value: object, words: str) -> None:
    assert written_value(path, value) == words


def said(code: str, path: str = "", **params: Any) -> str:
    """Without the marks of direction, and with plain spaces: the compiled catalogue keeps those before signs."""
    sentence = written_refusal(Problem(code, path, params), small_document()).sentence
    return re.sub("[\u2068\u2069]", "", sentence).replace("\u00a0", " ")


def test_figures_are_said_in_the_unit_the_person_types() -> None:
    assert said("E_less_than_equal", "loans.bank.annual_rate", le=3.0) == "Écrivez 300\u202f% au plus."
    assert said("E_greater_than_equal", "years", ge=1) == "Écrivez 1 au moins."
    assert said("E_seasonality_sum", "products.oil.seasonality", total=0.9) == (
        "Les douze mois font 90,00\u202f% : corrigez-les pour que leur somme fasse 100 %."
    )
    assert said("E_grant_above_cost", "grants.g.amount", amount=90_000.0, cost=60_000.0) == (
        "La subvention (90\u202f000 MAD) dépasse ce qu’elle paie (60\u202f000 MAD) : "
        "réduisez-la ou ajoutez l’investissement."
    )
    assert said("E_string_pattern_mismatch", "start", pattern="x") == (
        "Écrivez l’année puis le mois, comme 2027-01."
    )


BAD_VALUES: tuple[Any, ...] = (
    None, -1, 0, 1.5, 10**14, "x", "x" * 500, "Évé nement", True, [], [1], [[]], {}, {"mode": 1}, {"id": "oil"},
    {"mode": 5, "low": 9, "high": 10}, {"mode": -1}, float("nan"), float("inf"), "\x00", [1 / 12] * 11, [1.0] * 12,
)  # fmt: skip


def places(value: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    if path:
        yield ".".join(path)
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        for rank, one in enumerate(value):
            named = isinstance(one, Mapping) and "id" in one
            yield from places(one, (*path, one["id"] if named else str(rank)))


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_whatever_is_typed_anywhere_is_answered_with_words(language: str) -> None:
    """Random wrong values at random places: each problem found has its sentence, with no figure left out."""
    whole = parse_plan(small_document()).model_dump(mode="json")
    draw = random.Random(20261122)
    everywhere = list(places(whole))
    met: set[str] = set()
    with override(language):
        for _ in range(1500):
            changes = {draw.choice(everywhere): copy.deepcopy(draw.choice(BAD_VALUES)) for _ in range(2)}
            try:
                found = reckon(with_changes(whole, changes)).problems
            except InvalidPlan as refusal:
                for problem in refusal.problems:
                    met.add(problem.code)
                    words = written_refusal(problem, whole)
                    assert words.where
                    assert words.sentence
                    assert "%(" not in words.sentence
            else:
                for problem in found:
                    met.add(problem.code)
                    sentence = written_problem(problem, parse_plan(with_changes(whole, changes)))
                    assert sentence
                    assert "%(" not in sentence
    assert len(met) > 20, sorted(met)


def test_the_sort_of_a_field_is_known_by_its_path() -> None:
    for path, sort in {"products.oil.price": Sort.AMOUNT, "loans.bank.annual_rate": Sort.SHARE}.items():
        field = field_of(path)
        assert field is not None
        assert field.sort == sort
    assert field_of("products.oil.price.low") is None
