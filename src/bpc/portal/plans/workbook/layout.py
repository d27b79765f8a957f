"""The whole workbook laid out from a run: which rows, in which order."""

from bpc.core.plan.simulation import Simulation
from bpc.portal.plans.workbook.annual_lines import lay_annual
from bpc.portal.plans.workbook.assumptions import assume_all
from bpc.portal.plans.workbook.benefit_lines import lay_increment, lay_shares, lay_upkeep
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import lay_capital, lay_opening, lay_vat
from bpc.portal.plans.workbook.closing_lines import lay_flows, lay_walk
from bpc.portal.plans.workbook.closing_years import fill_years, lay_years
from bpc.portal.plans.workbook.control_lines import lay_controls
from bpc.portal.plans.workbook.cost_lines import lay_costs
from bpc.portal.plans.workbook.indicator_lines import (
    lay_debt,
    lay_flows_valued,
    lay_needs,
    lay_plan_years,
    lay_value,
)
from bpc.portal.plans.workbook.investment_lines import lay_investments
from bpc.portal.plans.workbook.loan_lines import lay_loans
from bpc.portal.plans.workbook.people_lines import (
    lay_break_even,
    lay_break_even_summary,
    lay_margins,
    lay_member_income,
    lay_people,
    lay_third_parties,
)
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
    _lay_indicators(book)
    lay_controls(book)
    book.controls.move_down(book.checks.next_line)
    calculate(book)
    return book


def _lay_indicators(book: Book) -> None:
    lay_flows_valued(book)
    lay_margins(book)
    lay_plan_years(book)
    lay_value(book)
    lay_needs(book)
    lay_debt(book)
    lay_break_even(book)
    lay_break_even_summary(book)
    lay_member_income(book)
    lay_people(book)
    lay_third_parties(book)
    lay_shares(book)
    lay_upkeep(book)
    lay_increment(book)
    book.indicators_by_year.move_down(book.indicators.next_line)
    book.flow_by_year.move_down(book.indicators.next_line + book.indicators_by_year.next_line)


def calculate(book: Book) -> None:
    """Month after month, so that what depends on the month before never calls itself deeply."""
    sheets = (book.investments, book.loans, book.monthly, book.controls)
    for month in range(book.frame.months + 1):
        for sheet in sheets:
            for row in sheet.rows:
                if month or row.opening is not None:
                    row.at(month)
