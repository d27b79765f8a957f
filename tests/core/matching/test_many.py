"""Many at once give exactly the verdicts of the plain loop."""

from datetime import date
from random import Random
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bpc.core.matching.many import compile_schemes, tabulate
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.verdict import ANSWERS, match_all
from bpc.core.matching.vocabulary import FIELDS, Beneficiary, Operator, operators_of
from bpc.datasets.funding_sources import read_funding_sources
from tests.core.matching.cases import TODAY
from tests.core.matching.groups import COMMUNES, SECTORS, forget, make_group

CODES = sorted({".".join(code.split(".")[:size]) for code in COMMUNES for size in (1, 2, 4)})
SOURCES = ("frame", "call", "loan")
BADGES = ("course:price-and-margin", "course:cash-and-seasons")


def _values(name: str) -> st.SearchStrategy[Any]:
    field = FIELDS[name]
    return {
        "boolean": st.booleans(),
        "number": st.sampled_from([0, 1, 2, 2.5, 5, 10]),
        "share": st.sampled_from([0.0, 0.3, 0.5, 0.55, 1.0]),
        "amount": st.sampled_from([0, 100_000, 300_000, 10_000_000]),
        "day": st.sampled_from([date(2015, 1, 1), date(2024, 11, 22), date(2026, 12, 31)]),
        "choice": st.sampled_from(field.choices or ("",)),
        "place": st.sampled_from([code for code in CODES if code.count(".") == _dots(name)] or CODES),
        "sector": st.sampled_from(SECTORS),
        "badges": st.sampled_from(BADGES),
    }[field.nature]


def _dots(name: str) -> int:
    return {"region": 0, "province": 1, "commune": 3}.get(name, 0)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    name = draw(st.sampled_from([name for name, field in FIELDS.items() if field.nature != "list"]))
    op = draw(st.sampled_from(sorted(operators_of(name))))
    if op in (Operator.IN, Operator.NOT_IN):
        value: Any = tuple(draw(st.lists(_values(name), min_size=1, max_size=3)))
    elif op == Operator.BETWEEN:
        value = tuple(sorted(draw(st.tuples(_values(name), _values(name)))))
    else:
        value = draw(_values(name))
    return Condition(name, op, value, draw(st.booleans()))


@st.composite
def schemes(draw: st.DrawFn) -> list[Scheme]:
    found = []
    for name in SOURCES:
        listed = st.lists(st.sampled_from(CODES), max_size=2).map(tuple)
        who = st.lists(st.sampled_from(list(Beneficiary)), max_size=3).map(tuple)
        tests = st.lists(conditions(), max_size=3).map(tuple)
        found.append(
            Scheme(
                name,
                draw(st.sampled_from(["open", "recurring", "unknown", "closed"])),
                regions=draw(listed),
                sectors=draw(st.lists(st.sampled_from(SECTORS), max_size=3).map(tuple)),
                excluded_sectors=draw(st.lists(st.sampled_from(SECTORS), max_size=1).map(tuple)),
                beneficiaries=draw(who),
                unconfirmed=draw(who),
                conditions=draw(tests),
                any_of=draw(
                    st.lists(st.lists(conditions(), min_size=1, max_size=2).map(tuple), max_size=1).map(tuple)
                ),
                stages=draw(st.sampled_from([(), ("idea", "growth")])),
                parent="frame" if name == "call" and draw(st.booleans()) else None,
                requires_any=draw(st.sampled_from([(), ("intelaka-damane-intelak",)])),
                past_aid_excludes=draw(st.sampled_from([(), ("fda-plants",)])),
                past_aid_years=draw(st.sampled_from([None, 2.0])),
                uncertain=frozenset(draw(st.sampled_from([(), ("beneficiaries", "places"), ("sectors",)]))),
                confidence=draw(st.sampled_from(["high", "low"])),
                closes=draw(st.sampled_from([None, date(2026, 11, 21), date(2026, 11, 22)])),
            )
        )
    return found


@given(schemes(), st.integers(0, 10**6), st.sampled_from([0.0, 0.3, 0.8]))
def test_same_verdicts_as_the_plain_loop(found: list[Scheme], seed: int, share: float) -> None:
    random = Random(seed)
    groups = [forget(make_group(random), random, share) for _ in range(4)]
    plain = [[one.verdict for one in match_all(found, group, TODAY)] for group in groups]
    many = compile_schemes(found, TODAY).verdicts(tabulate(groups, TODAY))
    assert [[ANSWERS[level] for level in row] for row in many] == plain
    one = compile_schemes(found, TODAY).verdicts(tabulate(groups[:1], TODAY))
    assert [ANSWERS[level] for level in one[0]] == plain[0]


def test_same_verdicts_over_the_directory() -> None:
    random = Random(1)
    found = [source.scheme() for source in read_funding_sources().values()]
    groups = [forget(make_group(random), random, share) for share in (0, 0.2, 0.5, 0.9) for _ in range(25)]
    many = compile_schemes(found, TODAY).verdicts(tabulate(groups, TODAY))
    plain = [[ANSWERS.index(one.verdict) for one in match_all(found, group, TODAY)] for group in groups]
    assert many.tolist() == plain
    assert set(np.unique(many)) == {0, 1, 2, 3}


def test_blocks_do_not_show() -> None:
    random = Random(2)
    found = [source.scheme() for source in read_funding_sources().values()]
    groups = [make_group(random) for _ in range(3)]
    many = compile_schemes(found, TODAY).verdicts(tabulate(groups * 1500, TODAY))
    assert (many.reshape(1500, 3, -1) == many[:3]).all()
