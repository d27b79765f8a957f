"""The data and the code are one: every rule is applied or says why not, and every figure of it counts."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from bpc.core.law.choices_of_law import choices_of_law
from bpc.core.law.clocks import CLOCKS, DELAYS, read_clocks
from bpc.core.law.creation_file import CreationFile, Management
from bpc.core.law.events import Event
from bpc.core.law.exposures import FINES, read_exposures
from bpc.core.law.findings import CHECKS, Verdict, check_record
from bpc.core.law.parameters import Law, NoFigure, Provision
from bpc.datasets.law_rules import read_law_rules
from tests.core.law.good_records import GOOD, LAW, ON, assembly, changed
from tests.core.law.test_cases import CASES, record_of

RULES = read_law_rules().by_id
#: Calculations, and the test that holds each.
CALCULATIONS = {
    "surplus": "test_surplus.py",
    "losses": "test_surplus.py",
    "registration_number": "test_numbers.py",
    "ice_number": "test_numbers.py",
    "exposures": "test_rules.py",
}
RECORDS = [make() for make in GOOD.values()] + [record_of(case) for case in CASES]


def test_ninety_six_rules_and_those_of_the_steps() -> None:
    facts = [rule for rule in RULES.values() if not rule.from_steps]
    assert (len(facts), len(RULES)) == (96, 108)
    assert sum(rule.computed for rule in facts) == 82
    assert all(rule.computed for rule in RULES.values() if rule.from_steps)


def test_every_rule_is_applied_by_code_that_exists_or_says_why_not() -> None:
    assert sorted(code for rule in RULES.values() for code in rule.checks) == sorted(
        one.code for one in CHECKS
    )
    assert sorted(code for rule in RULES.values() for code in rule.clocks) == sorted(CLOCKS)
    assert {code for rule in RULES.values() for code in rule.calculations} == CALCULATIONS.keys()
    for rule in RULES.values():
        assert rule.computed or len(rule.not_computed or "") > 20, rule.id


def test_a_code_belongs_to_the_rule_it_names() -> None:
    for check in CHECKS:
        assert check.code in RULES[check.rule].checks
    for delay in DELAYS:
        assert delay.code in RULES[delay.rule].clocks


def _others(figure: object) -> Iterator[Any]:
    """Figures near this one."""
    if isinstance(figure, Fraction):
        yield from (figure + 1, max(figure - 1, Fraction(0)), figure * 2, figure / 4)
    elif isinstance(figure, tuple):
        yield from (figure[1:], tuple(one * 2 if isinstance(one, Fraction) else "autre" for one in figure))
    else:
        yield from (figure + timedelta(days=400), figure - timedelta(days=800))  # type: ignore[operator]  # a day


def _with(rule: str, figures: Mapping[str, Any]) -> Law:
    held = RULES[rule].provision
    changed_one = Provision(held.rule, held.law, held.article, {**held.figures, **figures}, held.warn_days)
    return Law(changed_one if name == rule else one.provision for name, one in RULES.items())


def _verdict(check: Any, record: Any, law: Law) -> Any:
    try:
        return next(one for one in check_record(record, law, ON) if one.code == check.code)
    except (NoFigure, ValueError, IndexError):
        return None


@pytest.mark.parametrize("check", [one for one in CHECKS if one.reads], ids=lambda one: one.code)
def test_each_figure_of_the_data_counts(check: Any) -> None:
    """A figure changed in the file changes what some case of the table is told: none is written in the code."""
    records = [record for record in RECORDS if type(record) is check.record]
    for name in check.reads:
        figure = RULES[check.rule].figures[name]
        assert any(
            _verdict(check, record, _with(check.rule, {name: other})) != _verdict(check, record, LAW)
            for other in _others(figure)
            for record in records
        ), (check.code, name)


@pytest.mark.parametrize("management", Management)
def test_statutes_that_say_what_the_law_says_break_nothing(management: Management) -> None:
    choices = changed(choices_of_law(LAW), "management", management)
    findings = check_record(CreationFile(choices=choices), LAW, ON)
    assert not [one for one in findings if one.verdict is Verdict.UNMET]
    open_to_choice = {path for one in findings if one.verdict is Verdict.UNKNOWN for path in one.about}
    assert {path for path in open_to_choice if path.startswith("choices.")} == {
        "choices.capital",
        "choices.categories",
        "choices.duration_years",
        "choices.minimum_shares",
        "choices.proxies",
        "choices.refund_basis",
        "choices.section_assemblies",
        "choices.share_interest",
        "choices.share_value",
        "choices.supervisory_committee",
        "choices.third_party_trade",
        "choices.year_end",
        "choices.board_size" if management is Management.BOARD else "choices.managers",
    }


def test_fines_that_failings_expose_to() -> None:
    findings = check_record(changed(assembly(), "in_province", False), LAW, ON)
    assert read_exposures(findings, (), LAW) == ()
    late = changed(assembly(), "documents_sent_on", ON)
    events = {Event.CHANGE_DECIDED: ON - timedelta(days=31), Event.WITHDRAWAL_ASKED: ON - timedelta(days=31)}
    (fine,) = read_exposures(check_record(late, LAW, ON), read_clocks(events, LAW, ON), LAW)
    assert (fine.rule, fine.article, fine.fine_from, fine.fine_to) == ("penalties_97", "97", 8000, 40000)
    assert fine.because == ("modifying_entry", "docs_to_members")
    in_time = read_clocks({**events, Event.CHANGE_ENTERED: ON - timedelta(days=1)}, LAW, ON)
    assert read_exposures((), in_time, LAW) == ()


def test_what_a_fine_covers_exists() -> None:
    codes = {one.code for one in CHECKS} | set(CLOCKS)
    for name in FINES:
        assert set(LAW[name].words("covers")) <= codes
    assert {rule.id for rule in RULES.values() if "exposures" in rule.calculations} == set(FINES)


def test_a_figure_that_is_not_there_is_refused() -> None:
    rule = LAW["board_size"]
    for ask, name in (
        (rule.number, "sizes"),
        (rule.words, "sizes"),
        (rule.numbers, "none"),
        (rule.day, "sizes"),
    ):
        with pytest.raises(NoFigure):
            ask(name)
    with pytest.raises(NoFigure):
        LAW["natural_persons_share"].whole("least")
    with pytest.raises(NoFigure):
        LAW["no_such_rule"]
