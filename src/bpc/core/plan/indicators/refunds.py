"""Each member's patronage refund, to the centime."""

from decimal import Decimal

from bpc.core.kernel.money import CENTIME, share_exactly
from bpc.core.plan.simulation import Simulation


def member_refunds(run: Simulation) -> dict[int, list[Decimal]]:
    """What each member is refunded for each fiscal year a meeting has shared, MAD, in the order of their transactions.

    refund_j = P × V_j / Σ V, largest remainders, so that the parts sum to the year's refund in whole centimes (law
    112-12, article 69). Empty when the plan does not say what each member delivered, bought or worked, or when nobody
    did anything.
    """
    worked = run.plan.members.transactions
    if not any(worked):
        return {}
    refunds: dict[int, list[Decimal]] = {}
    for closed in run.closing.years:
        if closed.shared is not None:
            amount = Decimal(f"{float(closed.shared.patronage[0]):.15g}").quantize(CENTIME)
            refunds[closed.year.label] = share_exactly(amount, worked)
    return refunds
