"""Two hundred groups against sixty real sources: what the engine says, and what a reader would.

Never a plain yes where a reader says no or "ask them"; at most 2 % of the possible ones refused; every rule told.
"""

from random import Random
from typing import Any

import pytest

from bpc.core.matching.facts import Interval, change, derive
from bpc.core.matching.rules import rules_of
from bpc.core.matching.scheme import Scheme
from bpc.core.matching.verdict import Verdict, live_children, match_all
from bpc.datasets.funding_sources import read_funding_sources
from tests.core.matching.cases import TODAY
from tests.core.matching.groups import forget, make_group
from tests.core.matching.oracle_sources import ASK_ALWAYS, ASK_COOPERATIVES, MAY

GROUPS = 200


@pytest.fixture(scope="module")
def sources() -> list[Scheme]:
    """Every source of the directory."""
    return [source.scheme() for source in read_funding_sources().values()]


@pytest.fixture(scope="module")
def judged(sources: list[Scheme]) -> list[tuple[dict[str, Any], dict[str, Verdict]]]:
    """Two hundred groups, always the same, half of them told in part, each with its verdicts."""
    random = Random(2026)
    found = []
    for at in range(GROUPS):
        group = make_group(random)
        told = forget(group, random, (0, 0, 0.15, 0.4)[at % 4])
        told = {name: value for name, value in told.items() if not isinstance(value, Interval)}
        found.append((told, {one.id: one for one in match_all(sources, told, TODAY)}))
    return found


def test_enough_was_judged(judged: list[tuple[dict[str, Any], dict[str, Verdict]]]) -> None:
    assert len(MAY) >= 60
    verdicts = [one[name].verdict for _, one in judged for name in MAY]
    assert len(verdicts) >= 12_000
    for verdict in ("eligible", "excluded", "to_complete", "to_confirm"):
        assert verdicts.count(verdict) >= 150, verdict


def test_no_false_yes(judged: list[tuple[dict[str, Any], dict[str, Verdict]]]) -> None:
    wrong = [
        (name, told)
        for told, verdicts in judged
        for name, may in MAY.items()
        if verdicts[name].verdict == "eligible"
        and (
            may(told) is not True
            or name in ASK_ALWAYS
            or (name in ASK_COOPERATIVES and str(told.get("legal_form")).startswith("cooperative"))
        )
    ]
    assert wrong == []


def test_hardly_ever_a_false_no(judged: list[tuple[dict[str, Any], dict[str, Verdict]]]) -> None:
    possible = [
        (name, told, one[name]) for told, one in judged for name, may in MAY.items() if may(told) is not False
    ]
    wrong = [(name, told) for name, told, verdict in possible if verdict.verdict == "excluded"]
    assert len(possible) >= 1_000
    assert len(wrong) <= 0.02 * len(possible), wrong


def test_a_no_of_the_reader_is_a_no(judged: list[tuple[dict[str, Any], dict[str, Verdict]]]) -> None:
    """The other way round: what a reader refuses is not left hanging."""
    refused = [
        (name, one[name].verdict) for told, one in judged for name, may in MAY.items() if may(told) is False
    ]
    assert sum(verdict != "excluded" for _, verdict in refused) <= 0.02 * len(refused)


def test_every_rule_is_told_and_every_no_named(
    sources: list[Scheme], judged: list[tuple[dict[str, Any], dict[str, Verdict]]]
) -> None:
    children = live_children(sources, TODAY)
    for told, verdicts in judged:
        for scheme in sources:
            verdict = verdicts[scheme.id]
            rules = rules_of(scheme, children.get(scheme.id, ()), TODAY)
            assert [reason.rule for reason in verdict.reasons] == [rule.name for rule in rules]
            assert (verdict.verdict == "excluded") == bool(verdict.unmet), told
            assert (verdict.verdict == "to_complete") == bool(verdict.missing), (scheme.id, told)


def test_changes_lift_the_refusal(
    sources: list[Scheme], judged: list[tuple[dict[str, Any], dict[str, Verdict]]]
) -> None:
    by_id = {scheme.id: at for at, scheme in enumerate(sources)}
    lifted = refused = 0
    for told, verdicts in judged[:25]:
        facts = derive(told, TODAY)
        for verdict in verdicts.values():
            refused += verdict.verdict == "excluded"
            if verdict.changes and not any(
                one.field in ("region", "province", "commune") for one in verdict.changes
            ):
                changed = change(facts, [(one.field, one.to) for one in verdict.changes], TODAY)
                again = match_all([sources[by_id[verdict.id]]], changed, TODAY)[0]
                assert again.verdict != "excluded", (verdict.id, verdict.changes, told)
                lifted += 1
    assert lifted >= 0.5 * refused
