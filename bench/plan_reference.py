"""The engine's rival and judge: one plan in plain Python lists, month by month, written from the specification alone.

No arrays, no batch, one scenario: slow, and short enough to be checked by eye. Not covered: an opening stock, seasons
that follow the hijri calendar, member prices left to the solver.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from bpc.core.plan.schema import Plan
from bpc.core.plan.schema.funding import Asset, Grant, Loan
from bpc.core.plan.schema.operations import Input

Series = list[float]


def centimes(amount: float) -> float:
    """To the centime, halves away from zero, as a bank writes it."""
    return float(Decimal(f"{amount:.15g}").quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def later(flow: Series, days: float) -> Series:
    """A flow paid `days` later, in months of 30 days; in advance when negative (what was due before 0: in month 0)."""
    count = len(flow)
    paid = [0.0] * count
    whole, part = int(abs(days) // 30), abs(days) / 30 - abs(days) // 30
    if days >= 0:
        for t, amount in enumerate(flow):
            for month, share in ((t + whole, 1 - part), (t + whole + 1, part)):
                if month < count:
                    paid[month] += share * amount
        return paid
    for s in range(count + whole + 1):
        amount = flow[s] if s < count else flow[count - 12 + (s - count) % 12]
        for month, share in ((s - whole, 1 - part), (s - whole - 1, part)):
            if month < count:
                paid[max(month, 0)] += share * amount
    return paid


def stock_for(use: Series, days: float) -> Series:
    """What is kept at each month's end: the use of the `days` that follow."""
    count, whole, part = len(use), int(days // 30), days / 30 - days // 30

    def used(t: int) -> float:
        return use[t] if t < count else use[count - 12 + (t - count) % 12]

    return [sum(used(t + k) for k in range(1, whole + 1)) + part * used(t + whole + 1) for t in range(count)]


@dataclass
class Books:
    """Monthly lists, MAD, and the value at the end."""

    months: int
    lines: dict[str, Series] = field(default_factory=dict)
    npv: float = 0.0

    def add(self, line: str, t: int, amount: float) -> None:
        """Put an amount in a month of a line; what falls after the plan is left out."""
        if 0 <= t < self.months:
            self.lines.setdefault(line, [0.0] * self.months)[t] += amount

    def of(self, line: str) -> Series:
        """A line; zeros when nothing was put in it."""
        return self.lines.setdefault(line, [0.0] * self.months)


class Reference:
    """One plan under constant law; `moved` multiplies whole families (price, volume, input_price, fixed_costs…)."""

    def __init__(
        self, plan: Plan, law: Mapping[str, float], moved: Mapping[str, float] | None = None
    ) -> None:
        self.plan, self.law, self.moved = plan, law, moved or {}
        self.months = 12 * plan.years
        self.books = Books(self.months)
        self.first = int(plan.start[5:7]) - 1
        self.q = self._deductible()

    def calendar(self, t: int) -> int:
        """Month of the year, January 0."""
        return (self.first + t) % 12

    def index(self, family: str, t: int) -> float:
        """Prices of a family in a month against those written."""
        if self.plan.prices == "constant":
            return 1.0
        return float((1 + getattr(self.plan.inflation, family)) ** (t // 12))

    def begins(self, name: str | None) -> int:
        """The month after a phase and all those before it."""
        month = 0
        while name is not None:
            phase = next(each for each in self.plan.phases if each.id == name)
            month, name = month + phase.months, phase.after
        return month

    def made(self, number: int, t: int) -> tuple[float, float]:
        """Units of a product made and sold in a month."""
        product = self.plan.products[number]
        if t < self.begins(product.phase):
            return 0.0, 0.0
        size = (
            product.capacity.mode
            * _step(product.ramp or self.plan.ramp_up, t)
            * self.moved.get("volume", 1.0)
        )
        season, harvest = product.seasonality, product.harvest or product.seasonality
        month = self.calendar(t)
        made = size * harvest[month] / sum(harvest)
        return made, size * season[month] / sum(season) * (1 - product.loss_rate)

    def _deductible(self) -> float:
        """Share of the VAT on purchases that is recovered."""
        regime = self.plan.vat.regime
        if regime != "taxable":
            return 0.0 if regime == "exempt_no_deduction" else 1.0
        right = whole = 0.0
        for number, product in enumerate(self.plan.products):
            turnover = sum(self.made(number, t)[1] for t in range(self.months))
            turnover *= product.price.mode * (1 + product.vat_rate)
            whole += turnover
            right += turnover if product.vat_class != "exempt" else 0.0
        return right / whole if whole else 1.0

    def cost(self, vat_rate: float) -> tuple[float, float]:
        """For 1 MAD written: what it costs, and the VAT recovered that is paid on top."""
        if self.plan.vat.regime == "exempt_no_deduction":
            return (1 + vat_rate if self.plan.vat.amounts_exclude_vat else 1.0), 0.0
        return 1 + vat_rate * (1 - self.q), vat_rate * self.q

    def trade(self, line: str, accrued: Series, vat: float, days: float) -> None:
        """Invoice a flow with VAT on top, and pay it later."""
        for t, amount in enumerate(accrued):
            self.books.add(f"{line} vat", t, amount * vat)
        for t, amount in enumerate(later(accrued, days)):
            self.books.add(f"{line} paid", t, amount * (1 + vat))
            self.books.add(f"{line} vat paid", t, amount * vat)

    def sell(self) -> None:
        """Sales, and those never paid: lost when due, their VAT never owed."""
        for number, product in enumerate(self.plan.products):
            to_members = product.member_share * (product.member_price or product.price).mode
            price = to_members + (1 - product.member_share) * product.price.mode
            price *= self.moved.get("price", 1.0)
            sales = [self.made(number, t)[1] * price * self.index("sales", t) for t in range(self.months)]
            for t, amount in enumerate(sales):
                self.books.add("sales", t, amount)
            taxed = self.plan.vat.regime == "taxable" and product.vat_class == "taxable"
            vat = product.vat_rate if taxed else 0.0
            days = product.receivable_days
            days = self.plan.working_capital.receivable_days if days is None else days
            self.trade("sales", sales, vat, days)
            if days > 0:
                for t, amount in enumerate(later(sales, days)):
                    lost = amount * product.bad_debt_rate
                    self.books.add("bad debts", t, lost)
                    self.books.add("sales paid", t, -lost * (1 + vat))
                    self.books.add("sales vat", t, -lost * vat)
                    self.books.add("sales vat paid", t, -lost * vat)

    def use_of(self, item: Input) -> Series:
        """What an input costs as it is used, without recovered VAT."""
        use = [0.0] * self.months
        rate, moved = self.cost(item.vat_rate)[0], self.moved.get("input_price", 1.0)
        for number, product in enumerate(self.plan.products):
            to_members = product.member_share * (product.member_price or product.price).mode
            price = (to_members + (1 - product.member_share) * product.price.mode) * self.moved.get(
                "price", 1.0
            )
            for t in range(self.months):
                made, sold = self.made(number, t)
                if item.from_members and item.member_price.kind == "share":
                    share = item.member_price.share.get(product.id, 0.0)
                    use[t] += share * sold * price * self.index("sales", t)
                else:
                    unit = item.unit_cost.mode * rate * moved * item.qty_per_unit.get(product.id, 0.0)
                    use[t] += made * unit * self.index("inputs", t)
        return use

    def buy(self) -> None:
        """Inputs: used, bought for stock or in campaigns, paid at their terms."""
        capital = self.plan.working_capital
        for item in self.plan.inputs:
            use = self.use_of(item)
            if item.purchase_months:
                weights = item.purchase_months
                bought = [
                    sum(use[t - t % 12 : t - t % 12 + 12]) * weights[self.calendar(t)] / sum(weights)
                    for t in range(self.months)
                ]
            else:
                kept = stock_for(use, capital.stock_days if item.stock_days is None else item.stock_days)
                bought = [use[t] + kept[t] - (kept[t - 1] if t else 0.0) for t in range(self.months)]
            rate, vat = self.cost(item.vat_rate)
            who = "members" if item.from_members else "suppliers"
            days = capital.member_payable_days if item.from_members else capital.payable_days
            self.trade(who, bought, vat / rate, days if item.payment_days is None else item.payment_days)
            for t in range(self.months):
                self.books.add(f"{who} used", t, use[t])
                self.books.add(f"{who} bought", t, bought[t])

    def run_costs(self) -> None:
        """Fixed costs, piece-work and salaries."""
        plan, months = self.plan, range(self.months)
        for cost in plan.fixed_costs:
            weights = cost.month_weights or (1.0,) * 12
            rate, vat = self.cost(cost.vat_rate)
            yearly = cost.annual.mode * rate * self.moved.get("fixed_costs", 1.0)
            flow = [
                yearly
                * weights[self.calendar(t)]
                / (sum(weights) or 1.0)
                * _step(cost.phasing or plan.fixed_phasing, t)
                * self.index(cost.family, t)
                if t >= self.begins(cost.phase)
                else 0.0
                for t in months
            ]
            days = plan.working_capital.payable_days if cost.payment_days is None else cost.payment_days
            self.trade("suppliers", flow, vat / rate, days)
            for t in months:
                self.books.add("external", t, flow[t])
        for work in plan.piece_work:
            for number, product in enumerate(plan.products):
                if product.id in work.rate_per_unit:
                    each = work.rate_per_unit[product.id].mode * self.moved.get("piece_work", 1.0)
                    for t in months:
                        self.books.add("work", t, self.made(number, t)[0] * each * self.index("wages", t))
        for t in months:
            self.books.add("work", t, self.salaries(t) * self.moved.get("wages", 1.0))

    def salaries(self, t: int) -> float:
        """Gross wages and the employer's part of a month."""
        law, whole = self.law, 0.0
        least = {
            "smig": law["smig_hour"] * law["hours_a_month"],
            "smag": law["smag_day"] * law["days_a_month"],
            None: 0.0,
        }
        for post in self.plan.staff:
            if t < self.begins(post.phase) or (
                post.months is not None and self.calendar(t) + 1 not in post.months
            ):
                continue
            gross = max(post.gross.mode if post.gross else 0.0, least[post.minimum]) * self.index("wages", t)
            charges = (
                law["employer_capped"] * min(gross, law["social_ceiling"]) + law["employer_uncapped"] * gross
            )
            whole += post.fte * _step(post.phasing or self.plan.staff_phasing, t) * (gross + charges)
        return whole

    def invest(self) -> None:
        """Assets: bought, worn in a straight line, sold at book value, bought again."""
        for asset in self.plan.assets:
            rate, vat = self.cost(asset.vat_rate)
            amount = asset.amount.mode * rate * (1 + self.plan.contingency) * self.moved.get("assets", 1.0)
            t, in_kind = max(asset.month, self.begins(asset.phase)), asset.in_kind
            while t < self.months:
                price = amount * self.index("capex", t)
                self.books.add("invested", t, price)
                self.books.add("in kind" if in_kind else "invested paid", t, price)
                if not in_kind:
                    self.books.add("invested vat", t, price * vat / rate)
                if asset.life_years is None:
                    break
                life, in_kind = max(1, round(12 * asset.life_years)), False
                for month in range(t, t + life):
                    self.books.add("depreciation", month, price * (1 - asset.residual) / life)
                self.books.add("sold", t + life, price * asset.residual)
                if not asset.renew:
                    break
                t += life

    def subsidise(self) -> None:
        """Grants: claimed, cashed, released as what they paid for wears out."""
        for grant in self.plan.grants:
            amount = grant.amount * self.moved.get("grants", 1.0)
            kind = "investment grants" if grant.kind == "investment" else "operating grants"
            self.books.add(kind, grant.claim_month, amount)
            self.books.add(f"{kind} cashed", grant.cash_month, amount)
            if grant.kind == "investment" and grant.claim_month < self.months:
                for t, share in enumerate(self.release(grant)):
                    self.books.add("released", max(t, grant.claim_month), amount * share)

    def release(self, grant: Grant) -> Series:
        """The part of a grant released each month, that of before the claim included."""
        items = [asset for asset in self.plan.assets if not grant.items or asset.id in grant.items]
        wear = [self.first_wear(asset) for asset in items]
        land = sum(asset.amount.mode for asset in items if asset.life_years is None)
        worn = sum(asset.amount.mode for asset, flow in zip(items, wear, strict=True) if sum(flow))
        length = max([self.months, *(len(flow) for flow in wear)])
        total = [0.0] * length
        for asset, flow in zip(items, wear, strict=True):
            for t, amount in enumerate(flow):
                total[t] += asset.amount.mode * amount
        released = [0.0] * self.months
        for t in range(self.months):
            if worn:
                released[t] += worn / (worn + land) * total[t] / sum(total)
            if land and grant.land_part == "ten_years" and grant.claim_month <= t < grant.claim_month + 120:
                released[t] += land / (worn + land) / 120
        return released

    def first_wear(self, asset: Asset) -> Series:
        """Depreciation of 1 MAD of an asset as first bought, to the end of its life; empty when there is none."""
        start = max(asset.month, self.begins(asset.phase))
        if asset.life_years is None or start >= self.months:
            return []
        life = max(1, round(12 * asset.life_years))
        return [0.0] * start + [self.index("capex", start) * (1 - asset.residual) / life] * life

    def fund(self) -> None:
        """Loans and shares."""
        for loan in self.plan.loans:
            self.lend(loan)
        shares = self.plan.shares
        for entry in shares.subscriptions:
            for call in shares.calls:
                amount = entry.members * entry.shares_each * shares.nominal * call.fraction
                self.books.add("shares", entry.month + call.after_months, amount)
        for leaving in shares.exits:
            self.books.add("shares", leaving.month, -leaving.amount)

    def lend(self, loan: Loan) -> None:
        """A loan: interest on last month's balance, to the centime; what is left with the last instalment."""
        rate = (
            loan.annual_rate / 12
            if loan.rate_basis == "proportional"
            else (1 + loan.annual_rate) ** (1 / 12) - 1
        )
        start = -1 if loan.existing else min(draw.month for draw in loan.draws)
        balance, each = 0.0, None
        for step in range(loan.months + 1):
            t = start + step
            interest = centimes(balance * rate)
            added = interest if loan.grace == "capitalised" and step <= loan.grace_months else 0.0
            principal = 0.0
            if step == loan.months:
                principal = balance
            elif step > loan.grace_months and loan.kind != "in_fine":
                if each is None:
                    count = loan.months - loan.grace_months
                    each = balance / count
                    if loan.kind == "annuity" and rate:
                        each = balance * rate / (1 - (1 + rate) ** -count)
                    each = centimes(each)
                principal = min(each if loan.kind == "constant_principal" else each - interest, balance)
            drawn = sum(
                draw.amount for draw in loan.draws if (step == 0 if loan.existing else draw.month == t)
            )
            balance = centimes(balance + drawn + added - principal)
            self.books.add("drawn", t, drawn)
            self.books.add("interest paid", t, (interest - added) * (1 + loan.interest_vat))
            self.books.add("interest added", t, added)
            self.books.add("principal", t, principal)
        for step in range(loan.months if loan.spread_fees else 1):
            self.books.add("fees", max(start, 0) + step, loan.fees / (loan.months if loan.spread_fees else 1))
        self.books.add("fees paid", max(start, 0), loan.fees)

    def inherit(self) -> None:
        """What was there before: assets that go on wearing out, debts settled evenly over some months."""
        opening = self.plan.opening
        if opening is None:
            return
        for owned in opening.assets:
            life = max(1, round(12 * owned.years_left)) if owned.years_left is not None else 0
            for t in range(life):
                self.books.add("depreciation", t, owned.book_value / life)
        debts = {"old receipts": opening.receivables, "old payments": opening.payables}
        for line, debt in {**debts, "old payments to members": opening.member_payables}.items():
            for t in range(debt.months if debt else 0):
                self.books.add(line, t, debt.amount / debt.months)

    def settle_vat(self) -> None:
        """Collected less recovered, on cash; a credit is carried, a debt paid in the month after the period."""
        if self.plan.vat.regime == "exempt_no_deduction":
            return
        balance = 0.0
        for t in range(self.months):
            balance += self.books.of("sales vat paid")[t] - self.books.of("invested vat")[t]
            balance -= self.books.of("members vat paid")[t] + self.books.of("suppliers vat paid")[t]
            if balance > 0 and (self.plan.vat.period == "monthly" or self.calendar(t) % 3 == 2):
                self.books.add("vat", t + 1, balance)
                balance = 0.0


def _step(multipliers: tuple[float, ...], t: int) -> float:
    """The multiplier of a month's project year; the last one goes on."""
    return multipliers[min(t // 12, len(multipliers) - 1)]
