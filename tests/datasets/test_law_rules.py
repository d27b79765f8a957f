"""The rules of the law as data: read exactly, refused when wrong, and in accord with the figures of plans."""

import copy
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpc.datasets.finance_rules import read_finance_params, value_on
from bpc.datasets.law_rules import InvalidLawRules, LawRule, parse_law_rules, read_law, read_law_rules
from bpc.datasets.paths import DATA
from bpc.datasets.validate.law import check_law_rules

FILE = DATA / "law" / "rules.yaml"
CONTENT: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))


def _content(*changes: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    content = copy.deepcopy(CONTENT)
    for change in changes:
        change(content)
    return content


def _set(at: int, **fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda content: content["rules"][at].update(fields)


def test_figures_are_exact() -> None:
    law = read_law()
    assert law["natural_persons_share"].number("least") == Fraction(65, 100)
    assert law["legal_persons_votes"].number("most") == Fraction(1, 3)
    assert law["majorities"].number("extraordinary") == Fraction(2, 3)
    assert law["age_quorum"].numbers("quorums") == (Fraction(3, 4), Fraction(1, 2), Fraction(1, 10))
    assert law["entry_into_force"].day("conform_by") == date(2019, 12, 31)
    assert law.rules[0] == "definition"


def test_every_rule_says_where_it_comes_from() -> None:
    rules = read_law_rules()
    for rule in rules.rules:
        assert rule.researched == date(2026, 11, 22)
        if rule.confidence == "A":
            assert rules.sources_of(rule)[0].url.startswith("https://adala.justice.gov.ma/"), rule.id
    assert {rule.id for rule in rules.rules if rule.confidence != "A"} == {
        "tax_declaration",
        "cnss_affiliation",
    }
    assert {rule.id for rule in rules.rules if not rule.article} == {"cnss_affiliation", "ice_number"}


def test_labels_are_sentences_of_their_own() -> None:
    rules = read_law_rules().rules
    for language in ("label_fr", "label_ar"):
        labels = [getattr(rule, language) for rule in rules]
        assert len(set(labels)) == len(labels)
        assert not [rule.id for rule in rules if not getattr(rule, language).endswith(".")]
    assert not [rule.id for rule in rules if "'" in rule.label_fr]


#: A figure that a business plan reads by date, and the same in the rules.
SHARED = [
    ("members_min", "min_members", "members"),
    ("capital_min", "capital_min", "mad"),
    ("share_min", "share_min", "mad"),
    ("share_paid_at_subscription", "capital_subscription", "paid_at_start"),
    ("share_balance_delay", "capital_balance_delay", "balance_years"),
    ("natural_persons_share", "natural_persons_share", "least"),
    ("capital_floor", "capital_variable", "floor"),
    ("share_refund_delay_max", "refund_exit", "postponed_years"),
    ("third_party_cap", "third_party_limit", "most"),
    ("legal_reserve_rate", "legal_reserve", "rate"),
    ("legal_reserve_cap", "legal_reserve", "until"),
    ("net_worth_alert", "net_worth_alert", "ratio"),
    ("auditor_turnover", "auditor_mandatory", "turnover_mad"),
    ("auditor_years", "auditor_mandatory", "consecutive_years"),
]


@pytest.mark.parametrize(("family", "rule", "figure"), SHARED, ids=[row[0] for row in SHARED])
def test_plans_and_files_read_the_same_law(family: str, rule: str, figure: str) -> None:
    known = value_on(read_finance_params(), family, date(2026, 11, 22))
    assert known == float(read_law()[rule].number(figure))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set(0, topic="money"), "rules.0.topic: "),
        (_set(0, label_ar="Définition"), "rules.0.label_ar: not an Arabic text"),
        (_set(0, label_fr=""), "rules.0.label_fr: the text is missing"),
        (_set(0, not_computed=None), "rules.0: either computed, or said why not"),
        (_set(0, checks=["min_members"]), "rules.0: either computed, or said why not"),
        (_set(0, sources=[]), "rules.0: only confidence D may go without a source"),
        (_set(0, article=""), "rules.0: the article is missing"),
        (_set(0, confidence="E"), "rules.0.confidence: "),
        (_set(0, researched="2026-11-22"), "rules.0.researched: "),
        (_set(0, opinion="nice"), "rules.0.opinion: "),
        (_set(0, figures={"members": "five"}), "rules.0.figures: not a figure: 'five'"),
        (_set(0, figures={"members": True}), "rules.0.figures: not a figure: True"),
        (_set(0, figures={"members": "1/0"}), "rules.0.figures: not a figure: '1/0'"),
        (_set(0, figures={"members": -5}), "rules.0.figures: below zero: -5"),
        (_set(0, figures={"members": float("nan")}), "rules.0.figures: not a figure: nan"),
        (_set(0, figures={"sizes": []}), "rules.0.figures: an empty list"),
        (_set(0, figures=[5]), "rules.0.figures: not figures by name"),
        (_set(0, warn_days=0), "rules.0.warn_days: "),
        (_set(0, sources=["law", "law"]), "rules.0.sources: written twice"),
        (_set(0, id="categories"), "categories: there twice"),
        (_set(0, sources=["constitution"]), "definition: source constitution is not described"),
        (
            lambda content: content["sources"].update(x=content["sources"]["law"]),
            "sources.x: no rule cites it",
        ),
        (lambda content: content["sources"]["law"].update(url="adala"), "sources.law.url: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: Callable[[dict[str, Any]], object], said: str) -> None:
    with pytest.raises(InvalidLawRules) as refused:
        parse_law_rules(_content(change))
    assert any(problem.startswith(said) for problem in refused.value.problems), refused.value.problems


@pytest.mark.parametrize("content", [None, [], {"rules": []}, {"rules": {}}, "rules"])
def test_what_is_no_such_file(content: object) -> None:
    with pytest.raises(InvalidLawRules):
        parse_law_rules(content)


def test_a_rule_cannot_be_changed_once_read() -> None:
    rule: LawRule = read_law_rules().rules[0]
    with pytest.raises(ValueError, match="frozen"):
        rule.article = "2"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("checks: [min_members]", "checks: [min_members, max_members]", "no check max_members"),
        (
            "checks: [min_members]",
            'not_computed: "Personne ne compte."',
            "does not name the check min_members",
        ),
        (
            "clocks: [liquidators]",
            'not_computed: "Personne ne compte."',
            "does not name the clock liquidators",
        ),
        ("clocks: [liquidators]", "clocks: [liquidators, below_minimum]", "below_minimum occurs 2 times"),
        ("calculations: [losses]", "calculations: [gains]", "no calculation gains"),
        ("figures: {members: 5}\n  unit", "figures: {people: 5}\n  unit", "no figure members"),
        ("{naming_days: 90}", "{naming_days: 0}", "naming_days is no delay"),
        ("{naming_days: 90}", "{naming_days: 1.5}", "naming_days is not a whole figure"),
        ("- id: penalties_97", "- id: penalties_96", "no rule penalties_97"),
        ("rules:\n", "rules: [\n", "law/rules.yaml: "),
    ],
)
def test_a_file_that_the_code_cannot_apply(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "rules.yaml").write_text(text.replace(old, new, 1), "utf-8")
    assert any(said in problem for problem in check_law_rules(tmp_path))
