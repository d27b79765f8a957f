"""The whole workbook laid out from a run: which rows, in which order."""

from bpc.core.plan.simulation import Simulation
from bpc.portal.plans.workbook.annual_lines import lay_annual
from bpc.portal.plans.workbook.assumptions import assume_all
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import lay_capital, lay_opening, lay_vat
from bpc.portal.plans.workbook.closing_lines import lay_flows, lay_walk
from bpc.portal.plans.workbook.closing_years import fill_years, lay_years
from bpc.portal.plans.workbook.cost_lines import lay_costs
from bpc.portal.plans.workbook.investment_lines import lay_investments
from bpc.portal.plans.workbook.loan_lines import lay_loans
from bpc.portal.plans.workbook.sales_lines import lay_sales, lay_volumes, set_deductible_share
from bpc.portal.plans.workbook.shapes import lay_shapes
from bpc.portal.plans.workbook.statement_lines import lay_balances, lay_cash_flow, lay_income
from bpc.portal.plans.workbook.timeframe import lay_indices, lay_months


def lay_out(run: Simulation) -> Book:
    """Every sheet of a plan as rows and formulas, calculated; in the active language."""
    book = Book(run)
    assume_all(book)
    lay_shapes(book)
    lay_months(book)
    lay_indices(book)
    lay_years(book)
    lay_volumes(book)
    set_deductible_share(book)
    lay_sales(book)
    lay_costs(book)
    lay_investments(book)
    lay_loans(book)
    lay_capital(book)
    lay_opening(book)
    lay_vat(book)
    lay_flows(book)
    lay_walk(book)
    fill_years(book)
    lay_income(book)
    lay_cash_flow(book)
    lay_balances(book)
    lay_annual(book)
    calculate(book)
    return book


def calculate(book: Book) -> None:
    """Month after month, so that what depends on the month before never calls itself deeply."""
    sheets = (book.investments, book.loans, book.monthly)
    for month in range(book.frame.months + 1):
        for sheet in sheets:
            for row in sheet.rows:
                if month or row.opening is not None:
                    row.at(month)
