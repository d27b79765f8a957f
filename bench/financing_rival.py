"""The plain way: stack sources in order of cost until the least month holds, then look whether all months do."""

from dataclasses import dataclass, replace

import numpy as np

from bpc.core.financing.need import GIVEN, LENT, Need, Offer
from bpc.core.financing.proposals import cash_of


@dataclass(frozen=True, slots=True)
class Stacked:
    """What stacking comes to; `holds`: cash never falls below the floor."""

    amounts: dict[str, float]
    cost: float
    holds: bool


def stack(need: Need, offers: tuple[Offer, ...]) -> Stacked:
    """All own cash, the largest grant a group's own money allows, then loans, the cheapest first; a bridge for a grant
    that comes late. Each is taken to what still lacks in the worst month, or to its ceiling."""
    plain = replace(need, correction=None)
    own = need.own_cash_step * float((need.own_cash_max or 0.0) // need.own_cash_step)
    amounts: dict[str, float] = {}
    grants = [
        o for o in offers if o.kind in GIVEN and o.own_min * need.eligible_cost <= own and o.max_mad >= 1000.0
    ]
    best = max(grants, key=lambda offer: (_ceiling(need, offer), offer.id), default=None)
    if best is not None:
        amounts[best.id] = _ceiling(need, best)
    loans = sorted(
        (o for o in offers if o.kind in LENT and not o.requires_any), key=lambda o: o.cost_per_dirham
    )
    bridge = next(
        (o for o in offers if best is not None and o.kind == "bridge" and best.id in o.bridges), None
    )
    for offer in ([bridge] if bridge else []) + loans:
        lacking = _lacking(plain, offers, amounts, own)
        if lacking <= 0.0:
            break
        most = min(_ceiling(need, offer), amounts[best.id] if best and offer is bridge else np.inf)
        amounts[offer.id] = float(min(most, 1.1 * lacking))
    line = next((offer for offer in offers if offer.kind == "line"), None)
    if line is not None and _lacking(plain, offers, amounts, own) > 0.0:
        amounts[line.id] = line.max_mad
    used = [offer for offer in offers if offer.id in amounts]
    _, _, interest = cash_of(plain, used, amounts, own)
    cost = interest + sum(o.cost_per_dirham * amounts[o.id] for o in used if o.kind != "line")
    return Stacked(amounts, cost, _lacking(plain, offers, amounts, own) <= 0.01)


def _ceiling(need: Need, offer: Offer) -> float:
    cost = need.eligible_cost
    if offer.kind in GIVEN and need.items:
        cost = sum(i.cost for i in need.items if not offer.items or i.id in offer.items)
    return min(offer.max_mad, cost * (1.0 if offer.share_max is None else offer.share_max))


def _lacking(need: Need, offers: tuple[Offer, ...], amounts: dict[str, float], own: float) -> float:
    used = [offer for offer in offers if offer.id in amounts]
    cash, _, _ = cash_of(need, used, amounts, own)
    return need.floor - float(cash.min())
