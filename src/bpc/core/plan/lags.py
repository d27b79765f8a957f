"""Payment terms and stock cover in days of 30-day months, exact to the day and tied out by construction.

Each function takes an amount (T, S) and gives one back; all are linear, so they may act on profiles instead.
"""

import numpy as np

from bpc.core.plan.arrays import Floats

DAYS_A_MONTH = 30.0


def _split(days: float) -> tuple[int, float]:
    whole = int(days // DAYS_A_MONTH)
    return whole, days / DAYS_A_MONTH - whole


def _after_horizon(flow: Floats, months: int) -> Floats:
    """The flow prolonged so many months: its last twelve months repeat."""
    if months == 0:
        return flow
    rounds = -(-months // 12)
    return np.concatenate([flow, np.tile(flow[-12:], (rounds, 1))[:months]])


def settle(flow: Floats, days: float) -> Floats:
    """When a flow is paid: with x = days / 30, n = ⌊x⌋, f = x - n: cash_t = (1-f) flow_{t-n} + f flow_{t-n-1}.

    Before month 0 there is nothing. A negative term is paid in advance; what fell due before month 0 is paid in it.

    >>> settle(np.array([[100.0], [0.0], [0.0]]), 45)[:, 0].tolist()
    [0.0, 50.0, 50.0]
    >>> settle(np.array([[0.0], [100.0], [0.0]]), -30)[:, 0].tolist()
    [100.0, 0.0, 0.0]
    """
    if days == 0:
        return flow
    if days < 0:
        return _settle_in_advance(flow, -days)
    whole, part = _split(days)
    paid = np.zeros_like(flow)
    if whole < len(flow):
        paid[whole:] = (1.0 - part) * flow[: len(flow) - whole]
    if part and whole + 1 < len(flow):
        paid[whole + 1 :] += part * flow[: len(flow) - whole - 1]
    return paid


def _settle_in_advance(flow: Floats, days: float) -> Floats:
    whole, part = _split(days)
    longer = _after_horizon(flow, whole + 1)
    months = len(flow)
    paid = (1.0 - part) * longer[whole : whole + months] + part * longer[whole + 1 : whole + 1 + months]
    paid[0] += (1.0 - part) * longer[:whole].sum(axis=0) + part * longer[: whole + 1].sum(axis=0)
    return paid


def cover(use: Floats, days: float) -> Floats:
    """The stock at each month's end that covers the next `days` of use: Σ_{k=1..n} U_{t+k} + f U_{t+n+1}.

    After the horizon the last twelve months of use repeat.

    >>> cover(np.full((12, 1), 10.0), 45)[0, 0].item()
    15.0
    """
    if days == 0:
        return np.zeros_like(use)
    whole, part = _split(days)
    longer = _after_horizon(use, whole + 1)
    months = len(use)
    running = np.cumsum(longer, axis=0)
    held = running[whole : whole + months] - running[:months]
    return held + part * longer[whole + 1 : whole + 1 + months]


def purchases(use: Floats, days: float) -> Floats:
    """What must be bought to use that much and keep the cover: B_t = U_t + Inv_t - Inv_{t-1}."""
    if days == 0:
        return use
    held = cover(use, days)
    bought = use + held
    bought[1:] -= held[:-1]
    return bought
