"""Corporate tax of a closed year: the cooperative exemption and its cliff, losses carried forward, the minimum."""

from dataclasses import dataclass, field

import numpy as np

from bpc.core.plan.arrays import Flags, Floats
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema.framework import Tax
from bpc.core.plan.timeline import FiscalYear, Timeline

#: Months from the first of a fiscal year at which a quarter of last year's tax is due (ends of months 3, 6, 9, 12).
INSTALMENT_MONTHS = (2, 5, 8, 11)
#: The balance is due three months after the year: in its third month.
BALANCE_MONTH = 2


@dataclass(slots=True)
class TaxLosses:
    """Losses still to be set against profits, per scenario (S,), the youngest last; depreciation's never expire."""

    by_age: list[Floats] = field(default_factory=list)
    depreciation: Floats | float = 0.0


def is_exempt(tax: Tax, turnover: Floats, threshold: float) -> Flags:
    """Whether a year is exempt (CGI art. 7-I-A), as booleans (S,).

    Collection of members' products: always. Processing: while turnover, VAT excluded, is below the threshold. Services
    are not named by the article: taxable, out of prudence, until the user chose otherwise.

    >>> is_exempt(Tax(activity="processing"), np.array([9_999_999.0, 10_000_000.0]), 1e7).tolist()
    [True, False]
    """
    if not tax.enabled or tax.activity == "collection":
        return np.ones_like(turnover, dtype=bool)
    if tax.activity == "services":
        return np.full_like(turnover, tax.services_choice == "exempt", dtype=bool)
    return np.asarray(turnover < threshold)


def tax_of_year(
    tax: Tax,
    rules: Rules,
    timeline: Timeline,
    year: FiscalYear,
    *,
    result: Floats,
    turnover: Floats,
    depreciation: Floats,
    losses: TaxLosses,
) -> Floats:
    """Tax due for a closed year, MAD, per scenario (S,); `losses` is brought up to date.

    due = max(rate × (result - losses carried forward), minimum rate × turnover), the minimum only after the first
    months of life, and nothing in an exempt year (whose losses are not carried).
    """
    closing = timeline.start.plus(year.end - 1)
    exempt = is_exempt(tax, turnover, rules.exemption_turnover.on(closing))
    if exempt.all():
        losses.by_age.append(np.zeros_like(result))
        _forget_old(losses, int(rules.loss_years.on(closing)))
        return np.zeros_like(result)
    base = _use_losses(np.maximum(result, 0.0), losses, usable=~exempt)
    due = rules.tax_rate.on(closing) * base
    if tax.months_since_registration + year.end > rules.minimum_tax_free_months.on(closing):
        least = np.maximum(rules.minimum_tax_rate.on(closing) * turnover, rules.minimum_tax_floor.on(closing))
        due = np.maximum(due, least)
    lost = np.where(exempt, 0.0, np.maximum(-result, 0.0))
    from_depreciation = np.minimum(lost, depreciation)
    losses.depreciation = losses.depreciation + from_depreciation
    losses.by_age.append(lost - from_depreciation)
    _forget_old(losses, int(rules.loss_years.on(closing)))
    return np.where(exempt, 0.0, due)


def _use_losses(profit: Floats, losses: TaxLosses, usable: Flags) -> Floats:
    left = profit
    for age, lost in enumerate(losses.by_age):
        used = np.where(usable, np.minimum(left, lost), 0.0)
        losses.by_age[age] = lost - used
        left = left - used
    used = np.where(usable, np.minimum(left, losses.depreciation), 0.0)
    losses.depreciation = losses.depreciation - used
    return np.asarray(left - used)


def _forget_old(losses: TaxLosses, years: int) -> None:
    del losses.by_age[:-years]


def tax_payments(due: Floats, last_due: Floats, credit: Floats) -> tuple[dict[int, Floats], Floats]:
    """What is paid in the year after a closed one, by month of that year, and the credit left.

    Four instalments of a quarter of the tax due, and with the first the balance of the closed year (its tax less the
    instalments paid on the tax of the year before). What was overpaid is set against the next payments.

    >>> paid, credit = tax_payments(np.array([400.0]), np.array([600.0]), np.array([0.0]))
    >>> [(month, amount.tolist()) for month, amount in paid.items()], credit.tolist()
    ([(2, [0.0]), (5, [0.0]), (8, [100.0]), (11, [100.0])], [0.0])
    """
    payments: dict[int, Floats] = {}
    for month in INSTALMENT_MONTHS:
        owed = due / 4.0 + ((due - last_due) if month == BALANCE_MONTH else 0.0) - credit
        payments[month] = np.maximum(owed, 0.0)
        credit = np.maximum(-owed, 0.0)
    return payments, credit
