"""Volumes, sales, purchases, work and running costs of each month, accrued and paid.

Equations: docs/methods/plan-engine.md. Every line is a sum of terms (profile × coefficient), so terms of payment and
stock cover, which are linear, act on profiles.
"""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import Factors, Floats, Term, total
from bpc.core.plan.frame import Frame
from bpc.core.plan.schema.operations import FixedCost, Input, Product
from bpc.core.plan.trade import Line, accrue, buy, pay
from bpc.core.plan.wages import Wages, wages_of


@dataclass(frozen=True, slots=True)
class Operations:
    """Monthly amounts (T, S) in MAD.

    Income and costs are accrued, VAT excluded when it is recovered and included when it is a cost; `receipts` and the
    `paid_…` are cash, with the VAT on top if any; what customers will never pay is in none of them.
    """

    sales_members: Floats
    sales_third: Floats
    bad_debts: Floats
    receipts: Floats
    use_members: Floats
    use_suppliers: Floats
    bought_members: Floats
    bought_suppliers: Floats
    replaces_members: Floats
    paid_members: Floats
    paid_suppliers: Floats
    piece_members: Floats
    piece_others: Floats
    external: Floats
    wages: Wages
    vat_on_sales: Floats
    vat_collected: Floats
    vat_on_members: Floats
    vat_on_suppliers: Floats
    vat_paid_out: Floats
    price_advantage: Floats

    @property
    def sales(self) -> Floats:
        """Turnover, VAT excluded."""
        return self.sales_members + self.sales_third

    @property
    def piece_work(self) -> Floats:
        """All work paid by the piece."""
        return self.piece_members + self.piece_others


def operate(frame: Frame, factors: Factors) -> Operations:
    """The operations of every month under the factors of each scenario."""
    months, first = frame.months, int(frame.timeline.calendar_month[0])
    to_members, to_third = _sales(frame, factors)
    sold = [*to_members, *to_third]
    bought = [(item, _purchase(frame, item, factors)) for item in frame.plan.inputs]
    members = [line for item, line in bought if item.from_members]
    suppliers = [line for item, line in bought if not item.from_members]
    replacing = [line for item, line in bought if item.replaces_members and not item.from_members]
    external = [_fixed_cost(frame, cost, factors) for cost in frame.plan.fixed_costs]
    invoiced = [*suppliers, *external]
    lost = _bad_debts(frame, to_members, to_third)
    unpaid, vat_unpaid = (pay(lost, months, first, vat_only=only) for only in (False, True))
    return Operations(
        sales_members=accrue(to_members, months),
        sales_third=accrue(to_third, months),
        bad_debts=unpaid - vat_unpaid,
        receipts=pay(sold, months, first) - unpaid,
        use_members=accrue(members, months),
        use_suppliers=accrue(suppliers, months),
        bought_members=buy(members, months, first),
        bought_suppliers=buy(suppliers, months, first),
        replaces_members=buy(replacing, months, first),
        paid_members=pay(members, months, first),
        paid_suppliers=pay(invoiced, months, first),
        piece_members=_piece_work(frame, factors, by_members=True),
        piece_others=_piece_work(frame, factors, by_members=False),
        external=accrue(external, months),
        wages=wages_of(frame, factors),
        vat_on_sales=buy(sold, months, first, vat_only=True) - vat_unpaid,
        vat_collected=pay(sold, months, first, vat_only=True) - vat_unpaid,
        vat_on_members=buy(members, months, first, vat_only=True),
        vat_on_suppliers=buy(invoiced, months, first, vat_only=True),
        vat_paid_out=pay([*members, *invoiced], months, first, vat_only=True),
        price_advantage=_price_advantage(frame, factors),
    )


def _moved(frame: Frame, product: Product, factors: Factors) -> Term:
    """Units sold at the index of sale prices, under the volume and price of each scenario."""
    coefficient = factors.of("volume", product.id) * factors.of("price", product.id)
    return Term(frame.sold[product.id] * frame.index["sales"], coefficient)


def _sales(frame: Frame, factors: Factors) -> tuple[list[Line], list[Line]]:
    """R = Q [μ Pm + (1-μ) Px]: one line a product for members, one for third parties."""
    to_members: list[Line] = []
    to_third: list[Line] = []
    for product in frame.plan.products:
        moved = _moved(frame, product, factors)
        days = (
            frame.plan.working_capital.receivable_days
            if product.receivable_days is None
            else product.receivable_days
        )
        vat = frame.vat_on_sales(product)
        for lines, share, price in (
            (to_members, product.member_share, product.member_price or product.price),
            (to_third, 1.0 - product.member_share, product.price),
        ):
            lines.append(Line((moved.times(share * price.mode),) if share else (), pay_days=days, vat=vat))
    return to_members, to_third


def _bad_debts(frame: Frame, to_members: list[Line], to_third: list[Line]) -> list[Line]:
    """b × credit sales, lost in the month they were due. The VAT on them, never collected, is not owed."""
    return [
        Line(
            tuple(term.times(product.bad_debt_rate) for line in pair for term in line.terms),
            pair[0].pay_days,
            vat=pair[0].vat,
        )
        for product, *pair in zip(frame.plan.products, to_members, to_third, strict=True)
        if product.bad_debt_rate and pair[0].pay_days > 0
    ]


def _purchase(frame: Frame, item: Input, factors: Factors) -> Line:
    """U = Σ_p G_p a_p c, or Σ_p σ_p R_p when members are paid a share of the sale price."""
    terms: list[Term] = []
    products = {product.id: product for product in frame.plan.products}
    if item.from_members and item.member_price.kind == "share":
        for name, share in item.member_price.share.items():
            price = products[name].price.mode * (1 - products[name].member_share)
            price += (products[name].member_price or products[name].price).mode * products[name].member_share
            terms.append(_moved(frame, products[name], factors).times(share * price))
    else:
        cost = factors.of("input_price", item.id) * (factors.of("member_price") if item.from_members else 1.0)
        unit = item.unit_cost.mode * frame.cost_rate(item.vat_rate)
        for name, quantity in item.qty_per_unit.items():
            profile = frame.made[name] * frame.index["inputs"]
            terms.append(Term(profile, cost * factors.of("volume", name) * (unit * quantity)))
    capital = frame.plan.working_capital
    by_default = capital.member_payable_days if item.from_members else capital.payable_days
    return Line(
        tuple(terms),
        pay_days=by_default if item.payment_days is None else item.payment_days,
        stock_days=capital.stock_days if item.stock_days is None else item.stock_days,
        campaign=item.purchase_months,
        vat=frame.vat_on_top(item.vat_rate),
    )


def _fixed_cost(frame: Frame, cost: FixedCost, factors: Factors) -> Line:
    """F = annual / 12 × phasing × index, or along twelve weights."""
    weights = np.asarray(cost.month_weights or (1.0,) * 12, dtype=np.float64)
    shares = (weights / weights.sum() if weights.sum() else weights)[frame.timeline.calendar_month]
    phased = frame.timeline.phased(cost.phasing or frame.plan.fixed_phasing) * frame.active_from(cost.phase)
    profile = cost.annual.mode * frame.cost_rate(cost.vat_rate) * shares * phased * frame.index[cost.family]
    days = frame.plan.working_capital.payable_days if cost.payment_days is None else cost.payment_days
    return Line(
        (Term(profile, factors.of("fixed_costs", cost.id)),),
        pay_days=days,
        vat=frame.vat_on_top(cost.vat_rate),
    )


def _piece_work(frame: Frame, factors: Factors, *, by_members: bool) -> Floats:
    """L = Σ_p G_p w_p, paid as it is done."""
    terms = [
        Term(
            frame.made[name] * frame.index["wages"],
            factors.of("piece_work", work.id) * factors.of("volume", name) * rate.mode,
        )
        for work in frame.plan.piece_work
        if work.by_members is by_members
        for name, rate in work.rate_per_unit.items()
    ]
    return total(terms, frame.months)


def _price_advantage(frame: Frame, factors: Factors) -> Floats:
    """What members save on what they buy: (Px - Pm) μ Q."""
    terms = [
        _moved(frame, product, factors).times(
            product.member_share * (product.price.mode - product.member_price.mode)
        )
        for product in frame.plan.products
        if product.member_price is not None
    ]
    return total(terms, frame.months)
