"""Not knowing is neither for nor against: blanks never make a good record fail, nor a bad one pass."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import reduce
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.law.checks import Verdict
from bpc.core.law.findings import check_record
from tests.core.law.good_records import GOOD, LAW, ON, changed
from tests.core.law.test_cases import CASES, record_of

#: The day of something that must be done: None says it is not done, which may be late.
DONE = {"notified_on", "paid_on", "net_worth_assembly_on"}


def _blanks(record: Any, before: str = "") -> Iterator[str]:
    """Paths of every field that may be not known."""
    hints = get_type_hints(type(record))
    for field in fields(record):
        held, path = getattr(record, field.name), f"{before}{field.name}"
        if is_dataclass(held):
            yield from _blanks(held, f"{path}.")
        elif isinstance(held, tuple) and held and is_dataclass(held[0]):
            for one in held:
                yield from _blanks(one, f"{path}[{one.key}].")
        elif NoneType in get_args(hints[field.name]) and field.name not in DONE:
            yield path


def _blank(record: Any, paths: set[str]) -> Any:
    return reduce(lambda held, path: changed(held, path, None), sorted(paths), record)


@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
def test_blanks_in_a_good_record_are_not_held_against_it(name: str, data: st.DataObject) -> None:
    record = GOOD[name]()
    blanks = data.draw(st.sets(st.sampled_from(sorted(_blanks(record)))))
    for one in check_record(_blank(record, blanks), LAW, ON):
        assert one.verdict is not Verdict.UNMET, (blanks, one)


@pytest.mark.parametrize("name", GOOD)
def test_each_blank_alone_is_told_where_it_matters(name: str) -> None:
    """A check that a blank makes unknown names that very field, or the answer that would make it needless."""
    record = GOOD[name]()
    before = {one.code: one.verdict for one in check_record(record, LAW, ON)}
    for path in _blanks(record):
        for one in check_record(_blank(record, {path}), LAW, ON):
            if one.verdict is Verdict.UNKNOWN and before[one.code] is not Verdict.UNKNOWN:
                assert path in one.about, (path, one)


FAILING = [case for case in CASES if case.get("unmet")]


@given(data=st.data())
def test_blanks_in_a_bad_record_never_clear_it(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(FAILING))
    record = record_of(case)
    blanks = data.draw(st.sets(st.sampled_from(sorted(_blanks(record)))))
    for one in check_record(_blank(record, blanks), LAW, ON):
        if one.code in case["unmet"]:
            assert one.verdict in (Verdict.UNMET, Verdict.UNKNOWN), (case["case"], blanks, one)
