"""The lawyer's table: good records that the law finds nothing against, and cases that each differ in one thing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bpc.core.law.checks import Verdict
from bpc.core.law.creation_file import CreationFile
from bpc.core.law.findings import CHECKS, Finding, check_creation_file, check_record
from tests.core.law.good_records import GOOD, LAW, ON, changed

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
LISTED = {"met": Verdict.MET, "unknown": Verdict.UNKNOWN, "not_applicable": Verdict.NOT_APPLICABLE}


def record_of(case: Mapping[str, Any]) -> Any:
    """The good record that a case names, with its difference."""
    record = GOOD[case["record"]]()
    if "without" in case:
        rows = "founders" if isinstance(record, CreationFile) else "members"
        kept = tuple(one for one in getattr(record, rows) if one.key not in case["without"])
        record = replace(record, **{rows: kept})
    for path, value in case.get("set", {}).items():
        record = changed(record, path, value)
    return record


def _judge(record: Any) -> dict[str, Finding]:
    return {one.code: one for one in check_record(record, LAW, ON)}


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_found_against_a_good_record(name: str) -> None:
    found = _judge(GOOD[name]())
    assert {code for code, one in found.items() if one.verdict is Verdict.UNMET} == set()
    unknown = {code for code, one in found.items() if one.verdict is Verdict.UNKNOWN}
    assert unknown == (
        {"name_validity", "name_in_statutes", "funds_deposit", "local_deposit"} if name == "naming" else set()
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{one['record']}-{one['case']}" for one in CASES])
def test_case(case: Mapping[str, Any]) -> None:
    found = _judge(record_of(case))
    unmet = {code: one.article for code, one in found.items() if one.verdict is Verdict.UNMET}
    assert unmet == case.get("unmet", {})
    for word, verdict in LISTED.items():
        for code in case.get(word, ()):
            assert found[code].verdict is verdict, found[code]


def test_the_table_is_large_and_each_case_is_told_once() -> None:
    told = [(one["record"], one["case"]) for one in CASES]
    assert len(set(told)) == len(told)
    assert len([one for one in CASES if one["record"] in ("creation", "managed", "naming")]) >= 80
    assert {key for one in CASES for key in one} == {"record", "case", "set", "without", "unmet", *LISTED}
    assert all(one.keys() & {"unmet", *LISTED} for one in CASES)


def test_every_check_has_a_case_that_passes_and_one_that_fails() -> None:
    records = [make() for make in GOOD.values()] + [record_of(case) for case in CASES]
    verdicts = {(code, one.verdict) for record in records for code, one in _judge(record).items()}
    passing = {code for code, verdict in verdicts if verdict is Verdict.MET}
    failing = {code for code, verdict in verdicts if verdict is Verdict.UNMET}
    every = {check.code for check in CHECKS}
    assert every - failing == set()
    assert every - passing == set()


@pytest.mark.parametrize("record", sorted({check.record for check in CHECKS}, key=lambda one: one.__name__))
def test_of_a_record_where_nothing_is_known_nothing_is_said(record: type) -> None:
    found = check_record(record(), LAW, ON)
    assert found
    assert {one.verdict for one in found} <= {Verdict.UNKNOWN, Verdict.NOT_APPLICABLE}
    for one in found:
        assert one.verdict is Verdict.NOT_APPLICABLE or one.about, one


def test_a_finding_names_who_and_where() -> None:
    file = changed(GOOD["creation"](), "founders[omar].cash_paid", 100)
    (unmet,) = (one for one in check_creation_file(file, LAW, ON) if one.verdict is Verdict.UNMET)
    assert unmet.about == ("founders[omar].cash_paid",)
    assert unmet.values == {"who": ("omar",)}
    assert (unmet.rule, unmet.law, unmet.article) == ("capital_subscription", "112-12", "7, 26")
