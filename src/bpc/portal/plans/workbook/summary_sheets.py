"""Indicators and checks, written."""

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.writing import Pen


def write_indicators(pen: Pen, book: Book) -> None:
    pass


def write_controls(pen: Pen, book: Book) -> None:
    pass
