"""Investments month by month: paid, depreciated in a straight line, sold at their book value, renewed."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Factors, Floats, Term, column, total
from bpc.core.plan.frame import Frame
from bpc.core.plan.schema.funding import Asset, OpeningAsset


@dataclass(frozen=True, slots=True)
class AssetLife:
    """What 1 MAD of an investment does over the plan: profiles of shape (T,).

    `first_life` is the depreciation of the first purchase alone, also after the horizon (longer than T): what a grant
    is released by.
    """

    bought: Floats
    depreciation: Floats
    sold: Floats
    first_life: Floats


@dataclass(frozen=True, slots=True)
class Investments:
    """Monthly amounts (T, S), MAD. `in_kind` is the part of `bought` that members brought against shares."""

    bought: Floats
    in_kind: Floats
    depreciation: Floats
    sold: Floats
    lives: dict[str, AssetLife]
    opening_value: float

    @property
    def net_book_value(self) -> Floats:
        """What assets are worth in the books at each month's end."""
        return self.opening_value + np.cumsum(self.bought - self.depreciation - self.sold, axis=0)

    @property
    def paid(self) -> Floats:
        """Investments paid in cash."""
        return self.bought - self.in_kind


def life_of(asset: Asset, month: int, months: int, index: Floats) -> AssetLife:
    """d = A (1-ρ) / 12n from the month of service for 12n months; then sold at ρA, and bought again at its new price.

    >>> from bpc.core.plan.schema import Estimate
    >>> press = Asset(id="press", amount=Estimate.model_validate(1.0), life_years=1.0, residual=0.1)
    >>> life = life_of(press, 0, 24, np.ones(24))
    >>> [round(float(flow[12]), 3) for flow in (life.bought, life.depreciation, life.sold)]
    [1.0, 0.075, 0.1]
    """
    bought, depreciation, sold = np.zeros(months), np.zeros(months), np.zeros(months)
    life_months = None if asset.life_years is None else max(1, round(12 * asset.life_years))
    first_life = np.zeros(max(months, month + (life_months or 0)))
    start, first = month, True
    while start < months:
        price = float(index[start])
        bought[start] += price
        if life_months is None:
            break
        end = start + life_months
        depreciation[start:end] += price * (1.0 - asset.residual) / life_months
        if first:
            first_life[start:end] = price * (1.0 - asset.residual) / life_months
        if end < months:
            sold[end] += price * asset.residual
        if not asset.renew:
            break
        start, first = end, False
    return AssetLife(bought, depreciation, sold, first_life)


def invest(frame: Frame, factors: Factors) -> Investments:
    """All investments of the plan, contingencies included, and what was owned before it."""
    plan, months = frame.plan, frame.months
    lives: dict[str, AssetLife] = {}
    terms: dict[str, list[Term]] = {"bought": [], "in_kind": [], "depreciation": [], "sold": []}
    for asset in plan.assets:
        month = max(asset.month, frame.begins(asset.phase))
        life = lives[asset.id] = life_of(asset, month, months, frame.index["capex"])
        amount = asset.amount.mode * (1.0 + plan.contingency) * frame.cost_rate(asset.vat_rate)
        coefficient = factors.of("assets", asset.id) * amount
        for name in ("bought", "depreciation", "sold"):
            terms[name].append(Term(getattr(life, name), coefficient))
        if asset.in_kind:
            terms["in_kind"].append(Term(_first_only(life.bought), coefficient))
    opening = plan.opening.assets if plan.opening else ()
    old = sum((_wear(owned, months) for owned in opening), np.zeros(months))
    return Investments(
        bought=total(terms["bought"], months),
        in_kind=total(terms["in_kind"], months),
        depreciation=total(terms["depreciation"], months) + column(old),
        sold=total(terms["sold"], months),
        lives=lives,
        opening_value=sum(owned.book_value for owned in opening),
    )


def vat_on_investments(frame: Frame, factors: Factors) -> Floats:
    """The VAT that can be deducted on investments, in the month they are bought: (T, S)."""
    terms: list[Term] = []
    for asset in frame.plan.assets:
        vat = frame.vat_on_top(asset.vat_rate)
        if vat:
            month = max(asset.month, frame.begins(asset.phase))
            bought = life_of(asset, month, frame.months, frame.index["capex"]).bought
            bought = bought - _first_only(bought) if asset.in_kind else bought
            amount = asset.amount.mode * (1.0 + frame.plan.contingency) * frame.cost_rate(asset.vat_rate)
            terms.append(Term(bought, factors.of("assets", asset.id) * (amount * vat)))
    return total(terms, frame.months)


def _first_only(bought: Floats) -> Floats:
    """The first purchase alone: what is renewed later is paid in cash."""
    first = np.zeros_like(bought)
    where = np.flatnonzero(bought)[:1]
    first[where] = bought[where]
    return first


def _wear(owned: OpeningAsset, months: int) -> Floats:
    wear = np.zeros(months)
    if owned.years_left is not None:
        left = max(1, round(12 * owned.years_left))
        wear[:left] = owned.book_value / left
    return wear
