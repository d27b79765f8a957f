"""Lines of trade: what accrues, what is bought for stock, when it is settled, and the VAT that goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats, Term, total
from bpc.core.plan.lags import purchases, settle


@dataclass(frozen=True, slots=True)
class Line:
    """Terms that accrue together, under the same terms of stock and payment.

    `vat` is the VAT invoiced with 1 MAD of the line. `campaign` (twelve weights) buys a project year's use
    in given months.
    """

    terms: tuple[Term, ...]
    pay_days: float = 0.0
    stock_days: float = 0.0
    campaign: tuple[float, ...] | None = None
    vat: float = 0.0


def accrue(lines: Iterable[Line], months: int) -> Floats:
    """What is earned or consumed, VAT excluded: (T, S)."""
    return total((term for line in lines for term in line.terms), months)


def buy(lines: Iterable[Line], months: int, first_month: int, *, vat_only: bool = False) -> Floats:
    """What is invoiced once stocks are kept: purchases, or only the VAT on them."""
    return _by_terms(lines, months, first_month, paid=False, plus=not vat_only, vat=vat_only)


def pay(lines: Iterable[Line], months: int, first_month: int, *, vat_only: bool = False) -> Floats:
    """What is settled in cash, VAT included; or only the VAT in it."""
    return _by_terms(lines, months, first_month, paid=True, plus=not vat_only, vat=True)


def _by_terms(
    lines: Iterable[Line], months: int, first_month: int, *, paid: bool, plus: bool, vat: bool
) -> Floats:
    groups: dict[tuple[float, tuple[float, ...] | None, float], list[Term]] = {}
    for line in lines:
        weight = (1.0 if plus else 0.0) + (line.vat if vat else 0.0)
        if weight:
            key = (line.stock_days, line.campaign, line.pay_days if paid else 0.0)
            groups.setdefault(key, []).extend(
                term.times(weight) if weight != 1.0 else term for term in line.terms
            )
    result = np.zeros((months, 1))
    for (stock_days, campaign, pay_days), terms in groups.items():

        def act(
            use: Floats,
            days: float = stock_days,
            months_bought: tuple[float, ...] | None = campaign,
            term: float = pay_days,
        ) -> Floats:
            bought = (
                buy_in_campaign(use, months_bought, first_month) if months_bought else purchases(use, days)
            )
            return settle(bought, term)

        result = result + total(terms, months, act)
    return result


def buy_in_campaign(use: Floats, weights: tuple[float, ...], first_month: int) -> Floats:
    """Each project year's use bought along twelve calendar weights. `first_month` is 0 for January.

    >>> buy_in_campaign(np.full((12, 1), 1.0), (0.0,) * 9 + (0.5, 0.5, 0.0), 9)[:, 0].tolist()[:3]
    [6.0, 6.0, 0.0]
    """
    shares = np.asarray(weights, dtype=np.float64)
    in_order = np.roll(shares / shares.sum(), -first_month)
    years = use.reshape(-1, 12, use.shape[1]).sum(axis=1)
    return np.asarray((years[:, None, :] * in_order[None, :, None]).reshape(use.shape))
