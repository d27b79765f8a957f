"""The months of the workbook: numbers, calendar, project and fiscal years, price indices, legal figures by month."""

import numpy as np
from django.utils.translation import gettext as _

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import If, floor


def lay_months(book: Book) -> None:
    """The rows every other one counts by. Their dates are fixed: the first month is not an assumption."""
    timeline, sheet = book.frame.timeline, book.monthly
    sheet.heading(_("Calendrier"))
    fiscal = np.zeros(timeline.months)
    position = np.zeros(timeline.months)
    for number, year in enumerate(timeline.fiscal_years):
        fiscal[year.first : year.end] = number + 1
        position[year.first : year.end] = np.arange(year.end - year.first) + 1
    given = {
        "t": (_("Mois du plan"), np.arange(timeline.months) + 1),
        "cal": (_("Mois du calendrier (1 = janvier)"), timeline.calendar_month + 1),
        "calyear": (_("Année du calendrier"), timeline.calendar_year),
        "fy": (_("Exercice (numéro)"), fiscal),
        "pos": (_("Mois dans l’exercice"), position),
    }
    for key, (label, values) in given.items():
        numbers = tuple(float(value) for value in values)
        book.rhythms[key] = sheet.row(label, given=numbers, style="count", sums=False)
    book.rhythms["year"] = sheet.row(
        _("Année du plan"), floor((book.rhythms["t"] - 1) / 12) + 1, style="count", sums=False
    )


def lay_indices(book: Book) -> None:
    """Price indices, discount factor and legal figures that change during the plan."""
    sheet, year = book.monthly, book.rhythms["year"]
    sheet.heading(_("Indices"))
    labels = {
        "sales": _("Indice des prix de vente"),
        "inputs": _("Indice des achats"),
        "wages": _("Indice des salaires"),
        "energy": _("Indice de l’énergie"),
        "other": _("Indice des autres charges"),
        "capex": _("Indice des équipements"),
    }
    for family, label in labels.items():
        growth = If(book["prix_nominaux"].equals(1), book[f"inflation.{family}"], 0)
        book.rhythms[f"index.{family}"] = sheet.row(
            label, (1 + growth) ** (year - 1), style="index", sums=False
        )
    t = book.rhythms["t"]
    book.rhythms["discount"] = sheet.row(
        _("Facteur d’actualisation"),
        (1 + book["taux_actualisation"]) ** ((1 - t) / 12),
        style="index",
        sums=False,
    )
    book.lay_changing_rules()
