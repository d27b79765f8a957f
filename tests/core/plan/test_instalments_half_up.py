"""A centime that falls exactly half way goes up, as a bank's system and every spreadsheet have it."""

import pytest

from bpc.core.plan.loans import amortise, instalment
from bpc.core.plan.schema.funding import Draw, Loan


@pytest.mark.parametrize(
    ("balance", "rate", "count", "expected"),
    [
        (96_723.77, 0.0, 22, 4396.54),  # 4 396.535 exactly
        (1001.01, 0.0, 2, 500.51),  # 500.505
    ],
)
def test_an_instalment_half_way_goes_up(balance: float, rate: float, count: int, expected: float) -> None:
    assert instalment(balance, rate, count) == expected


def test_interest_half_way_goes_up() -> None:
    loan = Loan(id="l", draws=(Draw(month=0, amount=1001.0),), annual_rate=0.06, months=12)
    assert amortise(loan)[1][2] == 5.01  # 1 001 × 0.5 % = 5.005
