"""Value added tax on cash received and paid (régime de l'encaissement): due, carried forward, paid after the period."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.timeline import Timeline

QUARTER_ENDS = (2, 5, 8, 11)


@dataclass(frozen=True, slots=True)
class VatAccount:
    """Monthly amounts (T, S), MAD. `position` is owed to the State when positive, a credit when negative.

    `on_investments` is the deductible VAT paid with investments.
    """

    paid: Floats
    position: Floats
    on_investments: Floats


def settle_vat(
    timeline: Timeline,
    period: str,
    *,
    invoiced: Floats,
    bought: Floats,
    collected: Floats,
    paid_out: Floats,
    on_investments: Floats,
) -> VatAccount:
    """due = collected - deductible paid out - credit carried; what is due is paid in the month after the period.

    With a credit carried for ever, the tax paid since the beginning is the highest the running balance has been at the
    end of a period (or zero): Σ paid_t = max(0, max_{s <= t-1} Σ_{u<=s} (collected_u - paid_out_u)).

    >>> from bpc.core.plan.schema import Plan
    >>> from bpc.core.plan.schema.operations import Members
    >>> from bpc.core.plan.timeline import timeline_of
    >>> year = timeline_of(Plan(start="2027-01", years=1, members=Members(count=5)))
    >>> flow = lambda *head: np.array([*head, *[0.0] * (12 - len(head))])[:, None]
    >>> zero = flow()
    >>> names = ("invoiced", "bought", "collected", "paid_out", "on_investments")
    >>> flows = {**dict.fromkeys(names, zero), "collected": flow(20, 20, 50), "paid_out": flow(60)}
    >>> account = settle_vat(year, "monthly", **flows)
    >>> account.paid[:5, 0].tolist()
    [0.0, 0.0, 0.0, 30.0, 0.0]
    """
    balance = np.cumsum(collected - paid_out - on_investments, axis=0)
    if period == "quarterly":
        declared = np.isin(timeline.calendar_month, QUARTER_ENDS)
        balance = np.where(declared[:, None], balance, -np.inf)
    highest = np.maximum(np.maximum.accumulate(balance, axis=0), 0.0)
    paid_so_far = np.zeros_like(highest)
    paid_so_far[1:] = highest[:-1]
    paid = np.diff(paid_so_far, axis=0, prepend=0.0)
    position = np.cumsum(invoiced - bought - on_investments, axis=0) - paid_so_far
    return VatAccount(paid, position, on_investments)
