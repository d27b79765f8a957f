"""What may turn out differently: the assumptions with a range, as factors of the engine (x / mode)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.base import Confidence, Estimate
from bpc.core.plan.schema.operations import Input, PieceWork, Product

#: From the best founded to the least.
_WEAKER: tuple[Confidence, ...] = ("S", "D", "K", "E")


@dataclass(frozen=True, slots=True)
class Driver:
    """An assumption and its triangular range, in its own unit. `name` is the factor of the engine it moves."""

    name: str
    mode: float
    low: float
    high: float
    confidence: Confidence | None

    @property
    def low_factor(self) -> float:
        """low / mode."""
        return self.low / self.mode

    @property
    def high_factor(self) -> float:
        """high / mode."""
        return self.high / self.mode

    @property
    def family(self) -> str:
        """The part of the name before the item."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An assumption with a range that cannot be moved as a multiple: `reason` is "mode_is_zero"."""

    name: str
    reason: str


def drivers_of(plan: Plan) -> tuple[Driver, ...]:
    """The assumptions that have a range and move the plan, in the order of the plan.

    >>> from bpc.core.plan.solvers.example import EXAMPLE
    >>> [(driver.name, round(driver.low_factor, 3), driver.confidence) for driver in drivers_of(EXAMPLE)]
    [('price.oil', 0.84, 'D'), ('volume.oil', 0.75, 'E'), ('input_price.olives', 0.833, 'E')]
    """
    return tuple(driver for driver in _ranged(plan) if driver.mode > 0)


def skipped_drivers(plan: Plan) -> tuple[Skipped, ...]:
    """The ranges that no multiple of the mode can reach."""
    return tuple(Skipped(driver.name, "mode_is_zero") for driver in _ranged(plan) if driver.mode <= 0)


def raw_material(plan: Plan, product: Product) -> Input | None:
    """What a product is mainly made of: the input that costs most for one unit of it; None when it takes nothing."""
    used = [item for item in plan.inputs if item.qty_per_unit.get(product.id)]
    return max(
        used, key=lambda item: (item.qty_per_unit[product.id] * item.unit_cost.mode, item.id), default=None
    )


def _ranged(plan: Plan) -> Iterator[Driver]:
    for product in plan.products:
        only_members = product.member_share == 1.0 and product.member_price is not None
        price = product.member_price if only_members else product.price
        yield from _driver(f"price.{product.id}", price)
        yield from _driver(f"volume.{product.id}", product.capacity)
    for item in plan.inputs:
        if not (item.from_members and item.member_price.kind == "share"):
            yield from _driver(f"input_price.{item.id}", item.unit_cost)
    for cost in plan.fixed_costs:
        yield from _driver(f"fixed_costs.{cost.id}", cost.annual)
    for post in plan.staff:
        yield from _driver(f"wages.{post.id}", post.gross)
    for work in plan.piece_work:
        yield from _driver(f"piece_work.{work.id}", _whole_rate(plan, work))
    for asset in plan.assets:
        yield from _driver(f"assets.{asset.id}", asset.amount)


def _driver(name: str, estimate: Estimate | None) -> Iterator[Driver]:
    if estimate is not None and estimate.varies:
        yield Driver(name, estimate.mode, estimate.low, estimate.high, estimate.conf)


def _whole_rate(plan: Plan, work: PieceWork) -> Estimate | None:
    """A year's piece-work at full capacity, MAD: one factor moves the rates of all products together."""
    units = {product.id: product.capacity.mode for product in plan.products}
    rates = [(units[name], rate) for name, rate in work.rate_per_unit.items()]
    if not rates:
        return None
    low, mode, high = (
        sum(count * getattr(rate, end) for count, rate in rates) for end in ("low", "mode", "high")
    )
    return Estimate(
        mode=mode,
        low=min(low, mode),
        high=max(high, mode),
        conf=weakest(rate.conf for _, rate in rates),
    )


def weakest(confidences: Iterable[Confidence | None]) -> Confidence | None:
    """The least founded of several; None (not said) when one is not said.

    >>> weakest(["S", "E", "D"]), weakest(["S", None])
    ('E', None)
    """
    given = list(confidences)
    known = [confidence for confidence in given if confidence is not None]
    return max(known, key=_WEAKER.index) if known and len(known) == len(given) else None
