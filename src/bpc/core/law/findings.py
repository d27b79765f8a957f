"""What the law finds in a record: one finding per check, with the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.core.law.checks import Check, Fact, Record, Verdict
from bpc.core.law.creation_file import CreationFile
from bpc.core.law.parameters import Law
from bpc.core.law.rules_members import FOUNDERS

__all__ = ["CHECKS", "Finding", "Verdict", "check_creation_file", "check_record"]

#: Every check there is, whatever record it judges.
CHECKS: tuple[Check[Any], ...] = (*FOUNDERS.checks,)


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict of one check. `rule` is its row in data/law/rules.yaml, `article` that row's.

    `about`: paths of the fields it rests on, such as "choices.share_value" or "founders[amina].cash_paid"; when the
    verdict is unknown, those that are missing. `values`: what was compared, for the sentence that tells it.
    """

    code: str
    rule: str
    law: str
    article: str
    verdict: Verdict
    about: tuple[str, ...]
    values: Mapping[str, Fact]


def check_record(record: Record, law: Law, on: date) -> tuple[Finding, ...]:
    """Findings of every check made for this kind of record, as the law stands on a day. Raises NoFigure."""
    mine: Sequence[Check[Any]] = [check for check in CHECKS if check.record is type(record)]
    return tuple(_find(check, record, law, on) for check in mine)


def check_creation_file(file: CreationFile, law: Law, on: date) -> tuple[Finding, ...]:
    """What the law finds in a cooperative being created, on a day. Raises NoFigure when a figure is not in `law`."""
    return check_record(file, law, on)


def _find(check: Check[Any], record: object, law: Law, on: date) -> Finding:
    provision = law[check.rule]
    outcome = check.judge(record, provision, on)
    return Finding(
        check.code,
        check.rule,
        provision.law,
        provision.article,
        outcome.verdict,
        outcome.about,
        outcome.values,
    )
