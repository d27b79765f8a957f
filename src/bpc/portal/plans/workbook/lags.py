"""Payment terms, stock cover and campaigns as formulas that follow the days entered."""

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, If, modulo, product_sum, total
from bpc.portal.plans.workbook.grid import Pick, Row


def _at(book: Book, flow: Row, month: Formula) -> Formula:
    """The flow of a month; the last twelve repeat after the plan, and there is nothing before it."""
    months = book.frame.months
    beyond = months - 11 + modulo(month - (months + 1), 12)
    return If(month < 1, 0, Pick(flow.whole, If(month > months, beyond, month)))


def settled(book: Book, flow: Row, days: str) -> Formula:
    """(1-f) flow_{t-n} + f flow_{t-n-1}, where the days make n months and f of one; also in advance (n negative).

    What would be paid in advance before the first month is paid in it.
    """
    t, months = book.rhythms["t"], book.rhythms["t"].whole
    n, f = book[f"{days}:mois"], book[f"{days}:part"]
    early = (1 - f) * product_sum((months < 1 - n) * flow.whole) + f * product_sum((months < -n) * flow.whole)
    return (1 - f) * _at(book, flow, t - n) + f * _at(book, flow, t - n - 1) + If(t.equals(1), early, 0)


def cover(book: Book, use: Row, days: str) -> Formula:
    """The stock that covers the next days of use: Σ_{k=1..n} U_{t+k} + f U_{t+n+1}; the last twelve months repeat."""
    t, months = book.rhythms["t"], book.rhythms["t"].whole
    n, f = book[f"{days}:mois"], book[f"{days}:part"]
    last = book.frame.months
    ahead = product_sum((months > t) * (months <= t + n) * use.whole)
    again = product_sum((months > last - 12) * (months <= t + n - 12) * use.whole)
    whole = If(t + n > last, ahead + again, ahead)
    return If(n + f > 0, whole + f * _at(book, use, t + n + 1), 0)


def in_campaign(book: Book, use: Row, weights: Row) -> Formula:
    """A plan year's use bought along twelve calendar weights."""
    year = book.rhythms["year"]
    share = Pick(weights.whole, book.rhythms["cal"]) / total(weights.whole)
    return product_sum(year.whole.equals(year) * use.whole) * share
