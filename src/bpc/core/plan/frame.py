"""What all scenarios of a plan share: its months, seasons, price indices and legal rates, prepared once."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.phases import start_months
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.operations import Product
from bpc.core.plan.seasons import season_profile
from bpc.core.plan.timeline import Timeline, timeline_of


@dataclass(frozen=True, slots=True)
class Frame:
    """A plan laid on its months. Profiles have shape (T,)."""

    plan: Plan
    rules: Rules
    timeline: Timeline
    #: Units made, and units sold (losses taken off), of each product at the written capacity.
    made: dict[str, Floats]
    sold: dict[str, Floats]
    #: Price index of each family.
    index: dict[str, Floats]
    #: Share q of the VAT on purchases that can be deducted.
    deductible_share: float

    @property
    def months(self) -> int:
        """T."""
        return self.timeline.months

    def begins(self, phase: str | None) -> int:
        """The month in which an item that waits for a phase may begin."""
        return start_months(self.plan.phases)[phase] if phase else 0

    def active_from(self, phase: str | None) -> Floats:
        """1 from the month an item may begin, 0 before."""
        return (np.arange(self.months) >= self.begins(phase)).astype(np.float64)

    def cost_rate(self, vat_rate: float) -> float:
        """What a written cost of 1 costs once the VAT that cannot be recovered is in it."""
        vat = self.plan.vat
        if vat.regime == "exempt_no_deduction":
            return 1.0 + vat_rate if vat.amounts_exclude_vat else 1.0
        return 1.0 + vat_rate * (1.0 - self.deductible_share)

    def vat_on_top(self, vat_rate: float) -> float:
        """The deductible VAT invoiced with 1 MAD of cost as the accounts hold it."""
        if self.plan.vat.regime == "exempt_no_deduction":
            return 0.0
        return vat_rate * self.deductible_share / self.cost_rate(vat_rate)

    def vat_on_sales(self, product: Product) -> float:
        """The VAT invoiced with 1 MAD of sales."""
        taxed = self.plan.vat.regime == "taxable" and product.vat_class == "taxable"
        return product.vat_rate if taxed else 0.0


def frame_of(plan: Plan, rules: Rules) -> Frame:
    """Lay a plan on its months. Cheap next to a run, and worth keeping for a batch."""
    timeline = timeline_of(plan)
    made, sold = volumes(plan, timeline)
    inflation = plan.inflation
    families = ("sales", "inputs", "wages", "energy", "other", "capex")
    nominal = plan.prices == "nominal"
    index = {name: timeline.grown(getattr(inflation, name) if nominal else 0.0) for name in families}
    return Frame(plan, rules, timeline, made, sold, index, _deductible_share(plan, sold))


def volumes(plan: Plan, timeline: Timeline) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Units made and units sold of each product in each month, at the written capacity."""
    ends = start_months(plan.phases)
    made: dict[str, Floats] = {}
    sold: dict[str, Floats] = {}
    for product in plan.products:
        ramp = timeline.phased(product.ramp or plan.ramp_up)
        started = np.arange(timeline.months) >= (ends[product.phase] if product.phase else 0)
        yearly = product.capacity.mode * ramp * started
        selling = season_profile(product.seasonality, product.hijri_event if plan.dated else None, timeline)
        making = season_profile(product.harvest, None, timeline) if product.harvest else selling
        made[product.id] = yearly * making
        sold[product.id] = yearly * selling * (1.0 - product.loss_rate)
    return made, sold


def _deductible_share(plan: Plan, sold: dict[str, Floats]) -> float:
    """Pro rata q over the whole plan: turnover that opens the right to deduct over all turnover, VAT included.

    An exempt product counts in the denominator as if it bore its VAT (CGI art. 104, to be confirmed).
    """
    if plan.vat.regime == "exempt_no_deduction":
        return 0.0
    if plan.vat.regime == "exempt_with_deduction":
        return 1.0
    opening = whole = 0.0
    for product in plan.products:
        turnover = float(sold[product.id].sum()) * product.price.mode * (1.0 + product.vat_rate)
        whole += turnover
        if product.vat_class != "exempt":
            opening += turnover
    return opening / whole if whole else 1.0
