"""Worked examples of published manuals: the reference of numpy-financial 1.0, and Microsoft's help on MIRR."""

import numpy as np
import pytest

from bpc.core.plan.indicators.returns import irr_roots, mirr
from bpc.core.plan.loans import instalment

#: numpy-financial, reference of `irr`: flows and the rate it prints.
NUMPY_FINANCIAL_IRR = [
    ([-100, 39, 59, 55, 20], 0.28095),
    ([-100, 0, 0, 74], -0.0955),
    ([-100, 100, 0, -7], -0.0833),
    ([-100, 100, 0, 7], 0.06206),
    ([-5, 10.5, 1, -8, 1], 0.0886),
]


@pytest.mark.parametrize(("flows", "rate"), NUMPY_FINANCIAL_IRR)
def test_rates_of_return_of_the_numpy_financial_reference(flows: list[float], rate: float) -> None:
    roots = irr_roots(np.array(flows, dtype=float), per_year=1)
    assert any(root == pytest.approx(rate, abs=1e-4) for root in roots), roots


def test_flows_that_the_reference_gives_one_rate_may_have_two() -> None:
    """-100, 100, 0, -7: two changes of sign; the manual prints one rate, the engine lists both."""
    assert [round(root, 3) for root in irr_roots(np.array([-100.0, 100, 0, -7]), per_year=1)] == [
        -0.679,
        -0.083,
    ]


def test_the_instalment_of_the_numpy_financial_reference() -> None:
    """`pmt`: 200 000 over 15 years at 7.5 % a year, 1 854.02 a month."""
    assert instalment(200_000, 0.075 / 12, 12 * 15) == 1854.02


def test_the_modified_rate_of_return_of_the_help_on_mirr() -> None:
    """120 000 borrowed at 10 %, five incomes put back at 12 %: 12.61 % after five years, -4.8 % after three."""
    flows = np.array([-120_000.0, 39_000, 30_000, 21_000, 37_000, 46_000])
    assert mirr(flows, 0.10, 0.12, per_year=1) == pytest.approx(0.126094, abs=1e-6)
    assert mirr(flows[:4], 0.10, 0.12, per_year=1) == pytest.approx(-0.048044, abs=1e-6)
    assert mirr(flows, 0.10, 0.14, per_year=1) == pytest.approx(0.134759, abs=1e-6)
