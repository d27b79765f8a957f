"""Which sources together: up to three distinct combinations, or the smallest set of reasons why there is none."""

from bpc.core.financing.need import Cap, Infeasible, Need, Offer, Proposal


def propose(
    need: Need, offers: tuple[Offer, ...], caps: tuple[Cap, ...] = ()
) -> tuple[Proposal, ...] | Infeasible:
    """The cheapest combination, the soonest, the one with the least own cash: those that differ (one to three)."""
    raise NotImplementedError
