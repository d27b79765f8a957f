"""Small needs and offers whose answers can be worked out by hand, and random ones."""

import numpy as np

from bpc.core.financing.need import Floats, Item, Need, Offer

MONTHS = 36


def once(month: int, months: int = MONTHS) -> Floats:
    """Paid in a month, kept."""
    return (np.arange(months) >= month).astype(float)


def repaid(of: int, start: int = 0, rate: float = 0.0, months: int = MONTHS) -> Floats:
    """Drawn in a month, paid back in equal parts over the next ones, interest on the amount drawn each month."""
    after = np.clip(np.arange(months) - start, 0, of)
    return once(start, months) * (1.0 - after / of - rate * after)


def press(cost: float = 500_000.0, yearly: float = 60_000.0, **changes: object) -> Need:
    """A machine bought in the first month, that earns the same each month after."""
    earned = np.arange(MONTHS) * yearly / 12.0
    given = {
        "base_cash": earned - cost,
        "floor": 0.0,
        "outlays": np.eye(1, MONTHS)[0] * cost,
        "eligible_cost": cost,
        "own_cash_max": cost,
        "own_cash_step": 1000.0,
        "items": (Item("press", cost, 0),),
    }
    return Need(**{**given, **changes})  # type: ignore[arg-type]


def random_case(seed: int) -> tuple[Need, tuple[Offer, ...]]:
    """A plan over 24 months, two grants (one refunded, with its bridge) and two loans, all limits drawn."""
    draw = np.random.default_rng(seed)
    months, cost = 24, float(draw.integers(200, 900)) * 1000.0
    base = np.cumsum(draw.uniform(-2_000, 14_000, months)) - cost
    need = Need(
        base, 0.0, np.eye(1, months)[0] * cost, cost, own_cash_max=float(draw.integers(5, 25)) * 10_000.0,
        own_cash_step=1000.0, items=(Item("one", 0.6 * cost, 0), Item("two", 0.4 * cost, 0)),
    )  # fmt: skip
    late = int(draw.integers(4, 12))
    offers = (
        Offer("early", "grant", 0.7 * cost, once(0, months), share_max=float(draw.uniform(0.3, 0.9)), own_min=0.1),
        Offer("late", "grant", 0.5 * cost, once(late, months), share_max=0.6, month=late, wait=late + 6),
        Offer(
            "bridge", "bridge", 0.5 * cost, once(0, months) - 1.05 * once(late, months), cost_per_dirham=0.05,
            bridges=("late",),
        ),
        Offer("soft", "loan", float(draw.integers(1, 5)) * 1e5, repaid(60, months=months), wait=3),
        Offer(
            "bank", "loan", 0.7 * cost, repaid(48, 0, 0.004, months), cost_per_dirham=0.19, wait=2,
            excludes=("soft",) if draw.random() < 0.5 else (),
        ),
    )  # fmt: skip
    return need, offers
