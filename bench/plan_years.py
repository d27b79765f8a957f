"""The plain reference's walk through the fiscal years: cash, overdraft, tax, sharing, balance sheet, value."""

from collections.abc import Mapping

from bench.plan_reference import Books, Reference
from bpc.core.plan.schema import Plan

#: Cash in and out before financing; what members bring in kind is an investment too.
PROJECT_INTO = ("sales paid", "old receipts", "operating grants cashed", "sold")
RUNNING_OUT = (
    *("members paid", "suppliers paid", "old payments", "old payments to members"),
    *("work", "vat", "tax paid", "bonus paid", "invested vat"),
)
PROJECT_OUT = (*RUNNING_OUT, "invested")
#: All cash in and out, but for interest on the overdraft.
INTO = (*PROJECT_INTO, "investment grants cashed", "shares", "drawn")
FINANCING_OUT = ("interest paid", "principal", "fees paid", "share interest", "patronage paid")
OUT = (*RUNNING_OUT, "invested paid", *FINANCING_OUT)


def keep_books(plan: Plan, law: Mapping[str, float], moved: Mapping[str, float] | None = None) -> Books:
    """The whole model of a plan, one month after the other."""
    made = Reference(plan, law, moved)
    for part in (
        made.sell,
        made.buy,
        made.run_costs,
        made.invest,
        made.subsidise,
        made.fund,
        made.settle_vat,
        made.inherit,
    ):
        part()
    return Years(made).walk()


class Years:
    """Everything that depends on the past: walked through once."""

    def __init__(self, made: Reference) -> None:
        self.made, self.plan, self.law, self.books = made, made.plan, made.law, made.books
        self.net = 0.0
        self.reserves = dict.fromkeys(("legal", "special", "education", "carried", "losses"), 0.0)
        self.tax_losses: list[float] = []
        self.depreciation_losses = self.last_tax = self.tax_credit = self.owed = self.to_share = 0.0
        self.year_start = 0
        self.before = self.opening_sheet()

    def opening_sheet(self) -> dict[str, float]:
        """What was owned (positive) and owed (negative) the day before; what balances it is carried."""
        opening = self.plan.opening
        if opening is None:
            return {}
        sheet = {
            "cash": opening.cash,
            "assets": sum(owned.book_value for owned in opening.assets),
            "receivables": opening.receivables.amount if opening.receivables else 0.0,
            "payables": -opening.payables.amount if opening.payables else 0.0,
            "member payables": -opening.member_payables.amount if opening.member_payables else 0.0,
            "loans": -sum(draw.amount for loan in self.plan.loans if loan.existing for draw in loan.draws),
            "capital": -opening.capital,
        }
        self.net, self.tax_losses = opening.cash, [opening.losses_for_tax]
        self.reserves |= {"legal": opening.legal_reserve, "special": opening.other_reserves}
        carried = sum(sheet.values()) - opening.legal_reserve - opening.other_reserves
        self.reserves |= {"carried": max(carried, 0.0), "losses": max(-carried, 0.0)}
        return sheet

    def walk(self) -> Books:
        """All months."""
        closed: float | None = None
        meeting = -1
        for t in range(self.made.months):
            if closed is not None and t == meeting:
                self.meet(t, closed)
                closed = None
            self.month(t)
            if self.made.calendar(t) + 1 == self.plan.fiscal_year_end:
                closed = self.close(t)
                meeting = t + self.plan.allocation.agm_month
        self.value()
        return self.books

    def flow(self, t: int) -> float:
        """Cash of a month but for interest on the overdraft."""
        get = {name: line[t] for name, line in self.books.lines.items()}.get
        return sum(get(name, 0.0) for name in INTO) - sum(get(name, 0.0) for name in OUT)

    def result(self, t: int) -> float:
        """Income less costs of a month, before price complements and tax."""
        get = {name: line[t] for name, line in self.books.lines.items()}.get
        income = ("sales", "operating grants", "released")
        costs = (
            "members used",
            "suppliers used",
            "external",
            "bad debts",
            "work",
            "depreciation",
            "interest paid",
            "interest added",
            "fees",
            "overdraft interest",
        )
        return sum(get(name, 0.0) for name in income) - sum(get(name, 0.0) for name in costs)

    def month(self, t: int) -> None:
        """Cash and overdraft, then the balance sheet."""
        books, bank, drawn = self.books, self.plan.overdraft, 0.0
        if bank is not None and bank.limit > 0:
            interest = books.of("overdraft")[t - 1] * bank.annual_rate / 12 if t else 0.0
            books.add("overdraft interest", t, interest)
            self.net -= interest
        self.net += self.flow(t)
        if bank is not None:
            drawn = min(max(self.plan.cash_floor - self.net, 0.0), bank.limit)
        books.add("overdraft", t, drawn)
        books.add("cash", t, self.net + drawn)
        self.to_share += self.result(t)
        for name, amount in self.reserves.items():
            books.add(f"reserve {name}", t, amount)

    def close(self, t: int) -> float:
        """The end of a fiscal year: price complements, tax; what is left to share."""
        months, plan = range(self.year_start, t + 1), self.plan
        before = sum(self.result(month) for month in months)
        parts = [
            item.member_price.bonus_share
            for item in plan.inputs
            if item.from_members and item.member_price.kind == "floor_plus_bonus"
        ]
        bonus = max(before, 0.0) * sum(parts)
        refunds = sum(self.books.of("patronage")[month] for month in months)
        base = before - bonus - (refunds if plan.tax.refunds_deductible else 0.0)
        tax = self.tax(t, base, months)
        self.books.add("bonus", t, bonus)
        self.books.add("bonus paid", t + plan.allocation.agm_month, bonus)
        self.books.add("tax", t, tax)
        self.to_share -= bonus + tax
        for number, month in enumerate((3, 6, 9, 12)):
            due = tax / 4 + (tax - self.last_tax if number == 0 else 0.0) - self.tax_credit
            self.books.add("tax paid", t + month, max(due, 0.0))
            self.tax_credit = max(-due, 0.0)
        self.last_tax, self.year_start = tax, t + 1
        return before - bonus - tax

    def tax(self, t: int, base: float, months: range) -> float:
        """Corporate tax of the year that ends in month t; losses of taxed years are carried."""
        rule, law = self.plan.tax, self.law
        turnover = sum(self.books.of("sales")[month] for month in months)
        taxed = {
            "collection": False,
            "processing": turnover >= law["exemption_turnover"],
            "services": rule.services_choice != "exempt",
        }[rule.activity]
        if not (rule.enabled and taxed):
            self.tax_losses.append(0.0)
            self.tax_losses = self.tax_losses[-int(law["loss_years"]) :]
            return 0.0
        left = max(base, 0.0)
        for age, lost in enumerate(self.tax_losses):
            used = min(lost, left)
            self.tax_losses[age] -= used
            left -= used
        used = min(self.depreciation_losses, left)
        self.depreciation_losses -= used
        due = law["tax_rate"] * (left - used)
        if rule.months_since_registration + t + 1 > law["minimum_tax_free_months"]:
            due = max(due, law["minimum_tax_rate"] * turnover, law["minimum_tax_floor"])
        lost = max(-base, 0.0)
        worn = min(lost, sum(self.books.of("depreciation")[month] for month in months))
        self.depreciation_losses += worn
        self.tax_losses.append(lost - worn)
        self.tax_losses = self.tax_losses[-int(law["loss_years"]) :]
        return due

    def meet(self, t: int, result: float) -> None:
        """The general meeting shares a year's result (art. 69-70) and pays refunds if cash allows."""
        rule, kept = self.plan.allocation, self.reserves
        self.to_share -= result
        lost = max(-result, 0.0)
        for name in ("special", "legal", "carried"):
            used = min(lost, kept[name])
            kept[name] -= used
            lost -= used
        absorbed = min(max(result, 0.0), kept["losses"])
        kept["losses"] += lost - absorbed
        left = max(result, 0.0) - absorbed
        end = self.year_start - 1
        capital = -self.before.get("capital", 0.0)
        capital += sum(self.books.of("shares")[: end + 1]) + sum(self.books.of("in kind")[: end + 1])
        legal = min(self.law["legal_reserve_rate"] * left, max(capital - kept["legal"], 0.0))
        education = min(rule.education_rate * left, left - legal)
        interest = min(rule.share_interest_rate * capital if left > 0 else 0.0, left - legal - education)
        rest = left - legal - education - interest
        patronage = rule.patronage_share * rest
        special = min(rule.special_reserve_share * rest, rest - patronage)
        for name, amount in (("legal", legal), ("education", education), ("special", special)):
            kept[name] += amount
        kept["carried"] += rest - patronage - special
        self.books.add("patronage", t, patronage)
        self.books.add("share interest", t, interest)
        self.owed += patronage
        self.pay_refunds(t)

    def pay_refunds(self, t: int) -> None:
        """Refunds are put off when cash would fall below its floor before the end of the fiscal year."""
        cash, lowest = self.net, float("inf")
        for month in range(t, self.made.months):
            cash += self.flow(month)
            lowest = min(lowest, cash)
            if self.made.calendar(month) + 1 == self.plan.fiscal_year_end:
                break
        if lowest - self.owed >= self.plan.cash_floor - 0.005:
            self.books.add("patronage paid", t, self.owed)
            self.owed = 0.0

    def owns(self, t: int) -> dict[str, float]:
        """The balance sheet of a month's end: assets positive, debts and equity negative."""

        def since(*names: str) -> float:
            return sum(sum(self.books.of(name)[: t + 1]) for name in names)

        before = self.before.get
        sold = since("sales", "sales vat") - since("bad debts") - since("sales paid", "old receipts")
        return {
            "assets": before("assets", 0.0) + since("invested") - since("depreciation", "sold"),
            "stock": since("members bought", "suppliers bought") - since("members used", "suppliers used"),
            "receivables": before("receivables", 0.0) + sold,
            "payables": before("payables", 0.0)
            - since("suppliers bought", "suppliers vat", "external")
            + since("suppliers paid", "old payments"),
            "member payables": before("member payables", 0.0)
            + since("members paid", "bonus paid", "old payments to members")
            - since("members bought", "members vat", "bonus"),
            "cash": self.books.of("cash")[t] - self.books.of("overdraft")[t],
            "grants": since("investment grants", "operating grants")
            - since("investment grants cashed", "operating grants cashed"),
            "deferred": since("released") - since("investment grants"),
            "vat": since("vat", "members vat", "suppliers vat", "invested vat") - since("sales vat"),
            "tax": since("tax paid") - since("tax"),
            "fees": since("fees paid") - since("fees"),
            "loans": before("loans", 0.0) + since("principal") - since("drawn", "interest added"),
            "refunds": since("patronage paid") - since("patronage"),
            "capital": before("capital", 0.0) - since("shares", "in kind"),
            "reserves": -sum(
                self.books.of(f"reserve {name}")[t] for name in ("legal", "special", "education")
            ),
            "carried": self.books.of("reserve losses")[t] - self.books.of("reserve carried")[t],
        }

    def value(self) -> None:
        """The flow before financing, and its value with what is left at the end."""
        books, last = self.books, self.made.months - 1
        left = self.owns(last)
        end = sum(left[name] for name in ("assets", "stock", "receivables", "payables", "member payables"))
        for t in range(self.made.months):
            flow = sum(books.of(name)[t] for name in PROJECT_INTO) - sum(
                books.of(name)[t] for name in PROJECT_OUT
            )
            books.add("project flow", t, flow)
            books.npv += (flow + (end if t == last else 0.0)) * (1 + self.plan.discount_rate) ** (-t / 12)
        for name, amount in {**left, "to share": -self.to_share}.items():
            books.add("balance", last, amount)
            books.add(f"left {name}", last, amount)
