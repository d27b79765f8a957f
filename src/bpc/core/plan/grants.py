"""Grants: claimed, paid in cash, released to income as what they paid for wears out."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Factors, Floats, Term, total
from bpc.core.plan.assets import AssetLife
from bpc.core.plan.frame import Frame
from bpc.core.plan.schema.funding import Asset, Grant

#: The part that paid for land is released over ten years unless it is kept.
LAND_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Grants:
    """Monthly amounts (T, S), MAD: investment grants claimed, released, cashed; operating ones earned and cashed."""

    claimed: Floats
    released: Floats
    operating: Floats
    cash_investment: Floats
    cash_operating: Floats

    @property
    def cash(self) -> Floats:
        """All grant money received."""
        return self.cash_investment + self.cash_operating

    @property
    def receivable(self) -> Floats:
        """Claimed and not yet received; negative when the money came in advance."""
        return np.cumsum(self.claimed + self.operating - self.cash, axis=0)

    @property
    def deferred(self) -> Floats:
        """Investment grants not yet released to income."""
        return np.cumsum(self.claimed - self.released, axis=0)


def grant_money(frame: Frame, factors: Factors, lives: dict[str, AssetLife]) -> Grants:
    """All grants of the plan."""
    months = frame.months
    names = ("claimed", "released", "operating", "cash_investment", "cash_operating")
    terms: dict[str, list[Term]] = {name: [] for name in names}
    for grant in frame.plan.grants:
        amount = factors.of("grants", grant.id) * grant.amount
        claim, cash = _pulse(grant.claim_month, months), _pulse(grant.cash_month, months)
        if grant.kind == "operating":
            terms["operating"].append(Term(claim, amount))
            terms["cash_operating"].append(Term(cash, amount))
        else:
            terms["claimed"].append(Term(claim, amount))
            terms["cash_investment"].append(Term(cash, amount))
            terms["released"].append(Term(release_profile(frame, grant, lives), amount))
    return Grants(**{name: total(terms[name], months) for name in names})


def _pulse(month: int, months: int) -> Floats:
    return np.asarray((np.arange(months) == month).astype(np.float64))


def release_profile(frame: Frame, grant: Grant, lives: dict[str, AssetLife]) -> Floats:
    """The share of a grant released in each month: Σ_J d_{j,t} / Σ_J Σ_t d_{j,t} over the items J it paid for.

    What wore out before the claim is released with it. The part that paid for land goes over ten years, or stays.
    Shape (T,); the sum is below 1 when the items outlive the plan.
    """
    items = [asset for asset in frame.plan.assets if not grant.items or asset.id in grant.items]
    land = sum(_cost(asset) for asset in items if asset.life_years is None)
    worn = [asset for asset in items if _cost(asset) and lives[asset.id].first_life.any()]
    whole = land + sum(_cost(asset) for asset in worn)
    profile: Floats = np.zeros(frame.months)
    if not whole:
        return profile
    if worn:
        profile += (1.0 - land / whole) * _pro_rata(worn, lives, frame.months)
    if land and grant.land_part == "ten_years":
        over = np.arange(frame.months) - grant.claim_month
        profile += land / whole * ((over >= 0) & (over < LAND_MONTHS)) / LAND_MONTHS
    before = profile[: grant.claim_month].sum()
    profile[: grant.claim_month] = 0.0
    if grant.claim_month < frame.months:
        profile[grant.claim_month] += before
    return profile


def _cost(asset: Asset) -> float:
    return asset.amount.mode


def _pro_rata(worn: list[Asset], lives: dict[str, AssetLife], months: int) -> Floats:
    longest = max(len(lives[asset.id].first_life) for asset in worn)
    depreciation = np.zeros(longest)
    for asset in worn:
        first_life = lives[asset.id].first_life
        depreciation[: len(first_life)] += asset.amount.mode * first_life
    return np.asarray(depreciation[:months] / depreciation.sum())
