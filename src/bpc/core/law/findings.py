"""What the law finds in a record: one finding per check, with the article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bpc.core.law.checks import Check, Fact, Record, Verdict
from bpc.core.law.creation_file import CreationFile
from bpc.core.law.parameters import Law
from bpc.core.law.rules_assemblies import ASSEMBLIES, VOTING
from bpc.core.law.rules_capital import CAPITAL, CAPITAL_REFUNDS, TRANSFERS
from bpc.core.law.rules_governance import AGREEMENTS, AUDITORS, CHALLENGES, ORGANS
from bpc.core.law.rules_identity import IDENTITY, PAPERS
from bpc.core.law.rules_life import LIFE, LIQUIDATIONS, TRANSFORMATIONS, UNIONS
from bpc.core.law.rules_members import (
    ADMISSIONS,
    EXCLUSIONS,
    EXIT_REFUNDS,
    FOUNDERS,
    OLD_DEBTS,
    REQUESTS,
    WITHDRAWALS,
)
from bpc.core.law.rules_register import REGISTRATION
from bpc.core.law.rules_year import MONEY, YEARS

__all__ = ["CHECKS", "Finding", "Verdict", "check_creation_file", "check_record"]

#: Every check there is, whatever record it judges.
CHECKS: tuple[Check[Any], ...] = (
    *FOUNDERS.checks,
    *CAPITAL.checks,
    *IDENTITY.checks,
    *ORGANS.checks,
    *VOTING.checks,
    *MONEY.checks,
    *REGISTRATION.checks,
    *ADMISSIONS.checks,
    *WITHDRAWALS.checks,
    *EXCLUSIONS.checks,
    *EXIT_REFUNDS.checks,
    *OLD_DEBTS.checks,
    *REQUESTS.checks,
    *TRANSFERS.checks,
    *CAPITAL_REFUNDS.checks,
    *PAPERS.checks,
    *AGREEMENTS.checks,
    *AUDITORS.checks,
    *CHALLENGES.checks,
    *ASSEMBLIES.checks,
    *YEARS.checks,
    *LIFE.checks,
    *TRANSFORMATIONS.checks,
    *LIQUIDATIONS.checks,
    *UNIONS.checks,
)


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
