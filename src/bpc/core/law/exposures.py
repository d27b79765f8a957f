"""What a failing may cost: the fines that the law attaches to findings and to passed delays (articles 95 and 97)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bpc.core.law.checks import Verdict
from bpc.core.law.clocks import Clock, Ends, State
from bpc.core.law.findings import Finding
from bpc.core.law.parameters import Law

#: Rules that fine; each lists in its figure `covers` the checks and clocks it is about.
FINES = ("protected_name", "penalties_97")


@dataclass(frozen=True, slots=True)
class Exposure:
    """A fine that may be decided, MAD, and the checks and clocks it is for. Only a judge decides it."""

    rule: str
    law: str
    article: str
    fine_from: Fraction
    fine_to: Fraction
    because: tuple[str, ...]


def read_exposures(findings: Iterable[Finding], clocks: Iterable[Clock], law: Law) -> tuple[Exposure, ...]:
    """The fines to which these findings and clocks expose, one for each rule that fines. Raises NoFigure."""
    failed = {one.code for one in findings if one.verdict is Verdict.UNMET}
    failed |= {
        one.code for one in clocks if one.ends is Ends.DUTY and one.state in (State.OVER, State.DONE_LATE)
    }
    exposures = []
    for name in FINES:
        rule = law[name]
        because = tuple(code for code in rule.words("covers") if code in failed)
        if because:
            low, high = rule.number("fine_from_mad"), rule.number("fine_to_mad")
            exposures.append(Exposure(rule.rule, rule.law, rule.article, low, high, because))
    return tuple(exposures)
