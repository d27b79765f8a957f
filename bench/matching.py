"""What verdicts cost, for one group and a thousand sources, then a hundred thousand groups: `python -m bench.matching`.

Against the plain loop over the same rules, which must give the same verdicts; the limits are those of the issue.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from bpc.core.matching.facts import Facts, derive
from bpc.core.matching.many import compile_schemes, tabulate
from bpc.core.matching.rules import rules_of
from bpc.core.matching.scheme import Condition, Scheme
from bpc.core.matching.verdict import live_children
from bpc.core.matching.vocabulary import FIELDS
from bpc.datasets.funding_sources import read_funding_sources
from bpc.datasets.territories import read_territories

TODAY = date(2026, 11, 22)
LIMIT_MS, LIMIT_S = 5.0, 10.0
SOURCES, GROUPS, GROUP_SOURCES = 1_000, 100_000, 100
PLAIN_GROUPS = 300
ROUNDS = 30


def make_groups(number: int, communes: Sequence[str], sectors: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Groups of every kind, a fifth of their answers missing, always the same."""
    random = Random(7)
    for _ in range(number):
        members = random.randint(5, 60)
        group: dict[str, Any] = {
            "commune": random.choice(communes),
            "sector": random.choice(sectors),
            "members": members,
            "women": random.randint(0, members),
            "youth": random.randint(0, members),
            "registered_on": TODAY - timedelta(days=random.randint(0, 4000)),
            "founder_age_years": random.randint(18, 70),
            "held": random.choice([(), (), ("intelaka-damane-intelak",)]),
        }
        for name, field in FIELDS.items():
            if field.nature == "boolean":
                group[name] = random.random() < 0.5
            elif field.nature == "choice":
                group[name] = random.choice(field.choices)
            elif field.nature == "amount":
                group[name] = random.choice([0, 80_000, 400_000, 2_000_000, 12_000_000])
        yield {name: value for name, value in group.items() if random.random() > 0.2}


def multiply(schemes: Sequence[Scheme], number: int) -> list[Scheme]:
    """So many sources out of the real ones, each with thresholds and places of its own, as a larger directory has."""
    found = []
    for at in range(number):
        real = schemes[at % len(schemes)]
        turn = at // len(schemes)
        found.append(
            replace(
                real,
                id=f"{real.id}-{turn}",
                parent=None,
                regions=tuple(f"{(int(code) + turn - 1) % 12 + 1:02}" for code in real.regions),
                conditions=tuple(_shift(test, turn) for test in real.conditions),
            )
        )
    return found


def _shift(test: Condition, turn: int) -> Condition:
    amount = FIELDS[test.field].nature == "amount" and not isinstance(test.value, tuple)
    return replace(test, value=test.value + 1000 * turn) if amount else test


def cheapest(call: Callable[[], object], rounds: int) -> float:
    """Milliseconds of processor time of the calmest round (that of `bench.fit` would start the site)."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        found.append(1000 * (time.process_time() - start))
    return min(found)


def loop(schemes: Sequence[Scheme], profiles: Sequence[Facts]) -> list[list[int]]:
    """The plain loop: each rule of each source, for each group."""
    children = live_children(schemes, TODAY)
    rules = [rules_of(one, children.get(one.id, ()), TODAY) for one in schemes]
    found = []
    for profile in profiles:
        facts = derive(profile, TODAY)
        found.append([int(min(rule.level(facts, TODAY) for rule in source)) for source in rules])
    return found


def main() -> int:
    """Prints both sizes with their ratio to the loop; status 1 over a limit, or when the two do not agree."""
    schemes = [source.scheme() for source in read_funding_sources().values()]
    communes = [place.code for place in read_territories() if place.level == "commune"]
    sectors = sorted({code for one in schemes for code in one.sectors})
    groups = list(make_groups(GROUPS, communes, sectors))
    return max(_one(schemes, groups), _many(schemes[:GROUP_SOURCES], groups))


def _one(schemes: Sequence[Scheme], groups: Sequence[Facts]) -> int:
    sources = multiply(schemes, SOURCES)
    compiled = compile_schemes(sources, TODAY)
    turn = iter(
        groups
    )  # another group at each round: nothing is kept from one to the next but its sector's verdict
    vectors = cheapest(lambda: compiled.verdicts(tabulate([next(turn)], TODAY)), ROUNDS)
    cold = compile_schemes(sources, TODAY)
    started = time.process_time()
    first = cold.verdicts(tabulate(groups[:1], TODAY)).tolist()
    first_ms = 1000 * (time.process_time() - started)
    plain = cheapest(lambda: loop(sources, groups[:1]), 3)
    same = first == loop(sources, groups[:1])
    print(
        f"one group x {SOURCES:,} sources: {vectors:.2f} ms of one core, {first_ms:.2f} ms the first time "
        f"(limit {LIMIT_MS:g} ms); plain loop {plain:.1f} ms, {plain / vectors:.0f} times as much; "
        f"{'same verdicts' if same else 'VERDICTS DIFFER'}"
    )
    return 0 if same and first_ms <= LIMIT_MS and vectors <= LIMIT_MS else 1


def _many(schemes: Sequence[Scheme], groups: Sequence[Facts]) -> int:
    started = time.process_time()
    table = tabulate(groups, TODAY)
    tabulated = time.process_time() - started
    compiled = compile_schemes(schemes, TODAY)
    started = time.process_time()
    verdicts = compiled.verdicts(table)
    whole = tabulated + time.process_time() - started
    started = time.process_time()
    plain = loop(schemes, groups[:PLAIN_GROUPS])
    expected = (time.process_time() - started) * len(groups) / PLAIN_GROUPS
    same = verdicts[:PLAIN_GROUPS].tolist() == plain
    print(
        f"{len(groups):,} groups x {len(schemes)} sources: {whole:.1f} s of one core, {tabulated:.1f} of them to read "
        f"the answers (limit {LIMIT_S:g} s); plain loop {expected:.0f} s by {PLAIN_GROUPS} of them, "
        f"{expected / whole:.0f} times as much; {'same verdicts' if same else 'VERDICTS DIFFER'}"
    )
    return 0 if same and whole <= LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
