"""One run of the engine: a plan, one scenario or thousands, through the same formulas."""

from dataclasses import dataclass

import numpy as np

from bpc.core.plan.arrays import AS_WRITTEN, Factors, Floats
from bpc.core.plan.assets import Investments, invest, vat_on_investments
from bpc.core.plan.closing import Closing, YearWalk
from bpc.core.plan.frame import Frame, frame_of
from bpc.core.plan.grants import Grants, grant_money
from bpc.core.plan.loans import Debt, borrow
from bpc.core.plan.opening import OpeningFlows, opening_flows
from bpc.core.plan.operations import Operations, operate
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.core.plan.shares import Capital, capital_of
from bpc.core.plan.vat import VatAccount, settle_vat


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything that was calculated, monthly amounts (T, S) in MAD; statements and indicators are read from it."""

    frame: Frame
    factors: Factors
    operations: Operations
    investments: Investments
    grants: Grants
    debt: Debt
    capital: Capital
    vat: VatAccount
    opening: OpeningFlows
    closing: Closing
    #: Cash from operations before tax and price complements.
    operating: Floats

    @property
    def plan(self) -> Plan:
        """The assumptions."""
        return self.frame.plan

    @property
    def cash_from_operations(self) -> Floats:
        """CFADS: operating cash after VAT and tax, before any financing."""
        return self.operating - self.closing.tax_paid - self.closing.bonus_paid

    @property
    def project_flow(self) -> Floats:
        """f_t = CFADS - investments + disposals, before financing; what members bring in kind is an investment too."""
        return (
            self.cash_from_operations
            - self.investments.bought
            - self.vat.on_investments
            + self.investments.sold
        )

    @property
    def stock(self) -> Floats:
        """Stock of inputs at each month's end, at cost."""
        operations = self.operations
        bought = operations.bought_members + operations.bought_suppliers - self.opening.stock_used
        used = operations.use_members + operations.use_suppliers
        return self.opening.stock + np.cumsum(bought - used, axis=0)

    @property
    def receivables(self) -> Floats:
        """What customers owe, VAT included."""
        operations = self.operations
        invoiced = operations.sales + operations.vat_on_sales - operations.bad_debts
        return self.opening.receivables + np.cumsum(
            invoiced - operations.receipts - self.opening.received, axis=0
        )

    @property
    def payables(self) -> Floats:
        """What is owed to suppliers, VAT included; negative when they are paid in advance."""
        operations = self.operations
        invoiced = (
            operations.bought_suppliers
            - self.opening.stock_used
            + operations.external
            + operations.vat_on_suppliers
        )
        paid = operations.paid_suppliers - self.opening.stock_saved + self.opening.paid
        return self.opening.payables + np.cumsum(invoiced - paid, axis=0)

    @property
    def member_payables(self) -> Floats:
        """What is owed to members for what they brought, price complement included."""
        operations = self.operations
        invoiced = operations.bought_members + operations.vat_on_members + self.closing.bonus
        paid = operations.paid_members + self.opening.paid_members + self.closing.bonus_paid
        return self.opening.member_payables + np.cumsum(invoiced - paid, axis=0)


def simulate(plan: Plan, rules: Rules, factors: Factors = AS_WRITTEN) -> Simulation:
    """Run a plan under legal rules and, if given, under the factors of each scenario."""
    return simulate_frame(frame_of(plan, rules), factors)


def simulate_frame(frame: Frame, factors: Factors = AS_WRITTEN) -> Simulation:
    """Run a plan already laid on its months: what a batch calls chunk after chunk."""
    operations = operate(frame, factors)
    investments = invest(frame, factors)
    grants = grant_money(frame, factors, investments.lives)
    debt = borrow(frame.plan.loans, frame.months)
    capital = capital_of(frame)
    opening = opening_flows(frame, operations)
    vat = _vat(frame, operations, vat_on_investments(frame, factors))
    invested = investments.sold - investments.paid - vat.on_investments
    operating = operating_flow(operations, grants, vat, opening)
    flow = operating + invested + _financing_flow(grants, debt, capital)
    closing = YearWalk(
        frame,
        flow=flow,
        result=result_before_walk(operations, investments, grants, debt),
        turnover=operations.sales,
        depreciation=investments.depreciation,
        capital=capital.paid_up + np.cumsum(investments.in_kind, axis=0),
    ).walk()
    return Simulation(
        frame, factors, operations, investments, grants, debt, capital, vat, opening, closing, operating
    )


def _vat(frame: Frame, operations: Operations, invested: Floats) -> VatAccount:
    plan = frame.plan
    if plan.vat.regime == "exempt_no_deduction":
        nothing = np.zeros((frame.months, 1))
        return VatAccount(nothing, nothing, nothing)
    return settle_vat(
        frame.timeline,
        plan.vat.period,
        invoiced=operations.vat_on_sales,
        bought=operations.vat_on_members + operations.vat_on_suppliers,
        collected=operations.vat_collected,
        paid_out=operations.vat_paid_out,
        on_investments=invested,
    )


def operating_flow(operations: Operations, grants: Grants, vat: VatAccount, opening: OpeningFlows) -> Floats:
    """Cash from operations before tax and price complements."""
    work = operations.piece_work + operations.wages.total
    bought = operations.paid_members + operations.paid_suppliers
    settled = opening.received + opening.stock_saved - opening.paid - opening.paid_members
    return operations.receipts + grants.cash_operating - bought - work - vat.paid + settled


def _financing_flow(grants: Grants, debt: Debt, capital: Capital) -> Floats:
    borrowed = debt.drawn - debt.interest - debt.principal - debt.fees_paid
    return grants.cash_investment + borrowed + capital.paid_in - capital.refunded


def result_before_walk(
    operations: Operations, investments: Investments, grants: Grants, debt: Debt
) -> Floats:
    """Income less costs, before overdraft interest, price complements and tax."""
    income = operations.sales + grants.operating + grants.released
    consumed = operations.use_members + operations.use_suppliers + operations.external + operations.bad_debts
    work = operations.piece_work + operations.wages.total
    return (
        income
        - consumed
        - work
        - investments.depreciation
        - debt.interest
        - debt.capitalised
        - debt.fees_expensed
    )
