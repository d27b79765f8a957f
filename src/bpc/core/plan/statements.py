"""Income statement, cash flow (direct and indirect) and balance sheet, month by month, read from a simulation.

Each statement is a mapping from the code of a line to its amounts (T, S) in MAD, in the order they are printed; codes
are put into words where they are shown. Costs are positive and subtracted in the subtotals.
"""

import numpy as np

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation, result_before_walk

Statement = dict[str, Floats]


def income_statement(run: Simulation) -> Statement:
    """Sales to net result: what is earned and used up, whenever it is paid."""
    operations, closing, wages = run.operations, run.closing, run.operations.wages
    income = operations.sales + run.grants.operating
    bought_in = operations.use_members + closing.bonus + operations.use_suppliers + operations.external
    value_added = operations.sales - bought_in
    ebitda = value_added + run.grants.operating - operations.piece_work - wages.total - operations.bad_debts
    operating = ebitda - run.investments.depreciation + run.grants.released
    interest = run.debt.interest + run.debt.capitalised + run.debt.fees_expensed + closing.overdraft_interest
    return {
        "sales_members": operations.sales_members,
        "sales_third": operations.sales_third,
        "sales": operations.sales,
        "operating_grants": run.grants.operating,
        "income": income,
        "purchases_members": operations.use_members,
        "price_complement": closing.bonus,
        "purchases_suppliers": operations.use_suppliers,
        "external": operations.external,
        "value_added": value_added,
        "piece_members": operations.piece_members,
        "piece_others": operations.piece_others,
        "wages": wages.members + wages.others,
        "employer_charges": wages.charges,
        "bad_debts": operations.bad_debts,
        "ebitda": ebitda,
        "depreciation": run.investments.depreciation,
        "grant_release": run.grants.released,
        "operating_result": operating,
        "interest": interest,
        "result_before_tax": operating - interest,
        "tax": closing.tax,
        "net_result": operating - interest - closing.tax,
    }


def net_result(run: Simulation) -> Floats:
    """The net result of each month, MAD (T, S)."""
    before = result_before_walk(run.operations, run.investments, run.grants, run.debt)
    return before - run.closing.overdraft_interest - run.closing.bonus - run.closing.tax


def cash_flow(run: Simulation) -> Statement:
    """The direct cash flow: each receipt and payment, and cash at both ends of the month."""
    operations, closing, debt, opening = run.operations, run.closing, run.debt, run.opening
    overdraft = np.diff(closing.overdraft, axis=0, prepend=0.0)
    invested = run.investments.paid + run.vat.on_investments
    rows = {
        "receipts": operations.receipts + opening.received,
        "operating_grants": run.grants.cash_operating,
        "paid_members": operations.paid_members + opening.paid_members,
        "price_complement": closing.bonus_paid,
        "paid_suppliers": operations.paid_suppliers + opening.paid - opening.stock_saved,
        "piece_work": operations.piece_work,
        "staff": operations.wages.total,
        "vat": run.vat.paid,
        "tax": closing.tax_paid,
        "operations": run.cash_from_operations,
        "investments": invested,
        "disposals": run.investments.sold,
        "shares": run.capital.paid_in,
        "share_refunds": run.capital.refunded,
        "investment_grants": run.grants.cash_investment,
        "loans_drawn": debt.drawn,
        "loan_principal": debt.principal,
        "loan_interest": debt.interest,
        "loan_fees": debt.fees_paid,
        "overdraft_interest": closing.overdraft_interest,
        "share_interest": closing.share_interest,
        "patronage": closing.patronage_paid,
        "overdraft_change": overdraft,
    }
    money_in = ("operations", "disposals", "shares", "investment_grants", "loans_drawn", "overdraft_change")
    below = list(rows)[list(rows).index("operations") :]
    change = sum((rows[code] if code in money_in else -rows[code] for code in below), np.zeros((1, 1)))
    before = np.concatenate([np.full((1, closing.cash.shape[1]), _opening_cash(run)), closing.cash[:-1]])
    return {**rows, "change": change, "opening_cash": before, "closing_cash": closing.cash}


def indirect_cash_flow(run: Simulation) -> Statement:
    """The same change of cash from the result: add back what is not paid, take off what working capital ties up."""
    closing, opening = run.closing, run.opening
    overdraft = np.diff(closing.overdraft, axis=0, prepend=0.0)
    fees = run.debt.fees_paid - run.debt.fees_expensed
    rows = {
        "net_result": net_result(run),
        "depreciation": run.investments.depreciation,
        "grant_release": -run.grants.released,
        "capitalised_interest": run.debt.capitalised,
        "prepaid_fees": -fees,
        "stock": -np.diff(run.stock, axis=0, prepend=opening.stock),
        "receivables": -np.diff(run.receivables, axis=0, prepend=opening.receivables),
        "payables": np.diff(run.payables, axis=0, prepend=opening.payables),
        "member_payables": np.diff(run.member_payables, axis=0, prepend=opening.member_payables),
        "vat": np.diff(run.vat.position, axis=0, prepend=0.0) + run.vat.on_investments,
        "tax": closing.tax - closing.tax_paid,
        "operating_grants": run.grants.cash_operating - run.grants.operating,
        "investments": run.investments.sold - run.investments.paid - run.vat.on_investments,
        "capital": run.capital.paid_in - run.capital.refunded,
        "investment_grants": run.grants.cash_investment,
        "loans": run.debt.drawn - run.debt.principal,
        "share_interest": -closing.share_interest,
        "patronage": -closing.patronage_paid,
        "overdraft": overdraft,
    }
    return {**rows, "change": sum(rows.values(), np.zeros((1, 1)))}


def balance_sheet(run: Simulation) -> Statement:
    """What the cooperative owns and owes at each month's end; `assets` and `liabilities` are equal."""
    assets, equity, debts = _assets(run), _equity(run), _debts(run)
    own = sum(equity.values(), np.zeros((1, 1)))
    return {
        **assets,
        "assets": sum(assets.values(), np.zeros((1, 1))),
        **equity,
        "equity": own,
        **debts,
        "liabilities": own + sum(debts.values(), np.zeros((1, 1))),
    }


def _tax_owed(run: Simulation) -> Floats:
    return np.cumsum(run.closing.tax - run.closing.tax_paid, axis=0)


def _assets(run: Simulation) -> Statement:
    return {
        "net_book_value": run.investments.net_book_value,
        "prepaid_fees": np.cumsum(run.debt.fees_paid - run.debt.fees_expensed, axis=0),
        "stock": run.stock,
        "receivables": run.receivables,
        "supplier_advances": np.maximum(-run.payables, 0.0) + np.maximum(-run.member_payables, 0.0),
        "grant_receivable": np.maximum(run.grants.receivable, 0.0),
        "vat_credit": np.maximum(-run.vat.position, 0.0),
        "tax_credit": np.maximum(-_tax_owed(run), 0.0),
        "cash": run.closing.cash,
    }


def _equity(run: Simulation) -> Statement:
    return {
        "capital": run.capital.paid_up + np.cumsum(run.investments.in_kind, axis=0),
        "legal_reserve": run.closing.legal_reserve,
        "other_reserves": run.closing.other_reserves,
        "carried_forward": run.closing.carried,
        "result_to_share": _result_to_share(run),
    }


def _debts(run: Simulation) -> Statement:
    return {
        "deferred_grants": run.grants.deferred,
        "bank_loans": run.debt.bank,
        "member_loans": run.debt.members,
        "overdraft": run.closing.overdraft,
        "payables": np.maximum(run.payables, 0.0),
        "member_payables": np.maximum(run.member_payables, 0.0),
        "patronage_payable": np.cumsum(run.closing.patronage - run.closing.patronage_paid, axis=0),
        "grant_advances": np.maximum(-run.grants.receivable, 0.0),
        "vat_due": np.maximum(run.vat.position, 0.0),
        "tax_due": np.maximum(_tax_owed(run), 0.0),
    }


def _result_to_share(run: Simulation) -> Floats:
    """Results earned and not yet shared by a general meeting."""
    shared = np.zeros(run.closing.cash.shape)
    meeting = run.plan.allocation.agm_month
    for closed in run.closing.years:
        if closed.shared is not None:
            shared[closed.year.end - 1 + meeting] += closed.shared.result
    return np.cumsum(net_result(run) - shared, axis=0)


def _opening_cash(run: Simulation) -> float:
    return run.plan.opening.cash if run.plan.opening else 0.0
