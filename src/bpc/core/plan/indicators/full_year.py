"""One year of a plan in the few amounts that people reckon with by hand: what is sold, what it costs, what is left.

The year: the first of twelve months in which everything sold has reached the size it keeps. Costs leave wear, interest
and aids out: they are what the exercises of the courses and a cash box call costs.
"""

from dataclasses import dataclass

from bpc.core.plan.frame import Frame
from bpc.core.plan.indicators.break_even import break_evens
from bpc.core.plan.indicators.people import member_income
from bpc.core.plan.schema.operations import Input, Product
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import income_statement
from bpc.core.plan.timeline import FiscalYear

#: A year this near to the largest one is a full one: a feast that moves with the moon is not growth.
_AS_LARGE = 0.99


@dataclass(frozen=True, slots=True)
class Sold:
    """A product over the year: units sold, and MAD for one of them. `share`: its part of all sales, 0 to 1.

    `price`: what it brings in, VAT excluded, members' and others' prices together. `variable_cost`: what is bought for
    it, its piece-work, what is never paid; a price complement paid out of the result is not in it.
    """

    product: str
    units: float
    price: float
    variable_cost: float
    share: float


@dataclass(frozen=True, slots=True)
class FullYear:
    """A year in MAD. `fixed`: running costs and the wages of the month, charges included; `wages` are a part of it.

    `surplus`: the net result, after wear, interest and tax. `break_even`: sales that pay for everything, wear and
    interest included; None when each sale costs more than it brings in. `main`: what sells most; None without sales.
    """

    label: int
    sales: float
    variable: float
    fixed: float
    wages: float
    surplus: float
    break_even: float | None
    member_income: float
    main: Sold | None


def full_year(run: Simulation) -> FullYear | None:
    """The first full year of a single plan (its first scenario); None when no fiscal year of it has twelve months."""
    year = _first_full(run)
    if year is None:
        return None
    place = run.frame.timeline.fiscal_years.index(year)
    entry = break_evens(run)[place]
    lines = {
        code: float(rows[year.first : year.end, 0].sum()) for code, rows in income_statement(run).items()
    }
    wages = lines["wages"] + lines["employer_charges"]
    return FullYear(
        label=year.label, sales=entry.turnover, variable=entry.variable, fixed=lines["external"] + wages,
        wages=wages, surplus=lines["net_result"], break_even=entry.sales,
        member_income=float(member_income(run)[place, 0]) / run.plan.members.count,
        main=_main(run.frame, slice(year.first, year.end)),
    )  # fmt: skip


def heaviest_payment(run: Simulation) -> float | None:
    """What the heaviest month pays to lenders: interest with its VAT, and principal, MAD; None without a loan."""
    paid = (run.debt.interest + run.debt.principal)[:, 0]
    return float(paid.max()) if run.plan.loans and paid.any() else None


def _first_full(run: Simulation) -> FiscalYear | None:
    whole = [one for one in run.frame.timeline.fiscal_years if one.end - one.first == 12]
    sizes = [_size(run.frame, one) for one in whole]
    return next((one for one, size in zip(whole, sizes, strict=True) if size >= _AS_LARGE * max(sizes)), None)


def _size(frame: Frame, year: FiscalYear) -> float:
    """What is sold in a year at the prices written: growth of prices is not growth."""
    return sum(
        float(frame.sold[one.id][year.first : year.end].sum()) * one.price.mode for one in frame.plan.products
    )


def _main(frame: Frame, span: slice) -> Sold | None:
    turnover = {one.id: _turnover(frame, one, span) for one in frame.plan.products}
    whole = sum(turnover.values())
    if whole <= 0:
        return None
    product = max(frame.plan.products, key=lambda one: turnover[one.id])
    units, sales = float(frame.sold[product.id][span].sum()), turnover[product.id]
    cost = _variable_cost(frame, product, span, sales)
    return Sold(product.id, units, sales / units, cost / units, sales / whole)


def _turnover(frame: Frame, product: Product, span: slice) -> float:
    to_members, to_others = (product.member_price or product.price).mode, product.price.mode
    price = product.member_share * to_members + (1 - product.member_share) * to_others
    return float((frame.sold[product.id] * frame.index["sales"])[span].sum()) * price


def _variable_cost(frame: Frame, product: Product, span: slice, sales: float) -> float:
    made = {
        name: float((frame.made[product.id] * frame.index[name])[span].sum()) for name in ("inputs", "wages")
    }
    bought = sum(_bought(frame, one, product, made["inputs"], sales) for one in frame.plan.inputs)
    worked = sum(
        one.rate_per_unit[product.id].mode * made["wages"]
        for one in frame.plan.piece_work
        if product.id in one.rate_per_unit
    )
    days = product.receivable_days
    waited = frame.plan.working_capital.receivable_days if days is None else days
    return bought + worked + (product.bad_debt_rate * sales if waited > 0 else 0.0)


def _bought(frame: Frame, item: Input, product: Product, made: float, sales: float) -> float:
    if item.from_members and item.member_price.kind == "share":
        return item.member_price.share.get(product.id, 0.0) * sales
    return (
        item.qty_per_unit.get(product.id, 0.0) * item.unit_cost.mode * frame.cost_rate(item.vat_rate) * made
    )
