"""Checks law/rules.yaml: well formed, applied by code that exists, with every figure that the code asks of it."""

from collections.abc import Iterator
from pathlib import Path

from bpc.core.law.clocks import CLOCKS, DELAYS
from bpc.core.law.exposures import FINES
from bpc.core.law.findings import CHECKS
from bpc.core.law.names import NAME_RULE
from bpc.core.law.parameters import NoFigure
from bpc.datasets.law_rules import InvalidLawRules, LawRule, LawRules, law_of, parse_law_rules
from bpc.datasets.validate.words import repeated
from bpc.datasets.yaml_files import UnreadableYaml, read_yaml

_FILE = "law/rules.yaml"
#: What `bpc.core.law` calculates besides checks and clocks.
CALCULATIONS = frozenset({"surplus", "losses", "registration_number", "ice_number", "exposures"})


def check_law_rules(data: Path) -> Iterator[str]:
    """Each rule is applied by checks, clocks and calculations that exist, each of them by one rule, or says why not."""
    try:
        file = parse_law_rules(read_yaml(data / "law" / "rules.yaml"))
    except (InvalidLawRules, UnreadableYaml) as error:
        yield from (f"{_FILE}: {line}" for line in str(error).splitlines())
        return
    yield from _unknown_codes(file)
    rules = file.by_id
    for check in CHECKS:
        if check.rule not in rules or check.code not in rules[check.rule].checks:
            yield f"{_FILE} {check.rule}: does not name the check {check.code}"
        else:
            yield from _missing_figures(rules[check.rule], check.reads)
    for delay in DELAYS:
        if delay.rule not in rules or delay.code not in rules[delay.rule].clocks:
            yield f"{_FILE} {delay.rule}: does not name the clock {delay.code}"
        else:
            yield from _broken_delay(file, rules[delay.rule], delay.figure)
    for name in (*FINES, NAME_RULE):
        if name not in rules:
            yield f"{_FILE}: no rule {name}"


def _unknown_codes(file: LawRules) -> Iterator[str]:
    known = {"check": {one.code for one in CHECKS}, "clock": set(CLOCKS), "calculation": set(CALCULATIONS)}
    for rule in file.rules:
        listed = {"check": rule.checks, "clock": rule.clocks, "calculation": rule.calculations}
        for kind, codes in listed.items():
            yield from (f"{_FILE} {rule.id}: no {kind} {code}" for code in codes if code not in known[kind])
    yield from repeated(_FILE, (code for rule in file.rules for code in rule.checks))
    yield from repeated(_FILE, (code for rule in file.rules for code in rule.clocks))


def _missing_figures(rule: LawRule, reads: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{_FILE} {rule.id}: no figure {name}" for name in reads if name not in rule.figures)


def _broken_delay(file: LawRules, rule: LawRule, figure: str) -> Iterator[str]:
    try:
        if law_of(file.rules)[rule.id].whole(figure) < 1:
            yield f"{_FILE} {rule.id}: {figure} is no delay"
    except NoFigure as error:
        yield f"{_FILE} {error}"
