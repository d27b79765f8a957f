"""The profiles that are assumptions too: phasing by plan year, seasons by calendar month, moved hijri seasons."""

from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _

from bpc.core.plan.schema.operations import Product
from bpc.core.plan.seasons import DAYS_IN_MONTHS, drift_days
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import (
    Formula,
    If,
    Number,
    absolute,
    least,
    modulo,
    most,
    product_sum,
    total,
)
from bpc.portal.plans.workbook.grid import Block, Opening, Pick, Row


def lay_shapes(book: Book) -> None:
    """The sheet of rhythms, one table under the other."""
    _lay_yearly(book)
    book.calendar_shapes.next_line = book.yearly_shapes.next_line + 3
    _lay_calendar(book)
    book.moved_seasons.next_line = book.calendar_shapes.next_line + 2
    for product in book.plan.products:
        if product.hijri_event is not None and book.plan.dated:
            _lay_moved_season(book, product)


def _yearly(book: Book, key: str, label: str, steps: Sequence[float], style: str = "share") -> None:
    years = book.plan.years
    repeated = (*steps, *([steps[-1]] * years))[:years]
    book.rhythms[key] = book.yearly_shapes.row(
        label, given=tuple(float(step) for step in repeated), entered=True, style=style, sums=False
    )


def _lay_yearly(book: Book) -> None:
    plan = book.plan
    book.yearly_shapes.heading(_("Par année du plan"))
    _yearly(book, "montee", _("Montée en charge"), plan.ramp_up)
    _yearly(book, "postes", _("Présence du personnel"), plan.staff_phasing)
    _yearly(book, "charges", _("Part des charges fixes"), plan.fixed_phasing)
    for product in plan.products:
        if product.ramp is not None:
            label = _("Montée en charge : %(name)s") % {"name": book.label(product)}
            _yearly(book, f"montee.{product.id}", label, product.ramp)
    for post in plan.staff:
        if post.phasing is not None:
            label = _("Présence : %(name)s") % {"name": book.label(post)}
            _yearly(book, f"postes.{post.id}", label, post.phasing)
    for cost in plan.fixed_costs:
        if cost.phasing is not None:
            label = _("Charge : %(name)s") % {"name": book.label(cost)}
            _yearly(book, f"charges.{cost.id}", label, cost.phasing)
    _lay_without_project(book)


def _lay_without_project(book: Book) -> None:
    without = book.plan.without_project
    if without is not None:
        label = _("Sans le projet : résultat de la coopérative (MAD par an)")
        _yearly(book, "sans_projet.cooperative", label, without.cooperative_net or (0.0,), "amount")
        label = _("Sans le projet : revenu d’un ménage (MAD par an)")
        _yearly(book, "sans_projet.menages", label, without.household_net or (0.0,), "amount")


def _calendar(book: Book, key: str, label: str, weights: Sequence[float], style: str = "share") -> None:
    book.rhythms[key] = book.calendar_shapes.row(
        label, given=tuple(float(weight) for weight in weights), entered=True, style=style, sums=False
    )


def _lay_calendar(book: Book) -> None:
    plan = book.plan
    book.calendar_shapes.heading(_("Par mois du calendrier"))
    for product in plan.products:
        label = _("Ventes : %(name)s") % {"name": book.label(product)}
        _calendar(book, f"saison.{product.id}", label, product.seasonality)
        if product.harvest is not None:
            label = _("Production : %(name)s") % {"name": book.label(product)}
            _calendar(book, f"recolte.{product.id}", label, product.harvest)
    for item in plan.inputs:
        if item.purchase_months is not None:
            label = _("Campagne d’achat : %(name)s") % {"name": book.label(item)}
            _calendar(book, f"campagne.{item.id}", label, item.purchase_months)
    for cost in plan.fixed_costs:
        if cost.month_weights is not None:
            label = _("Charge : %(name)s") % {"name": book.label(cost)}
            _calendar(book, f"mois_charge.{cost.id}", label, cost.month_weights)
    for post in plan.staff:
        if post.months is not None:
            label = _("Poste : %(name)s (1 = mois travaillé)") % {"name": book.label(post)}
            worked = [1.0 if month in post.months else 0.0 for month in range(1, 13)]
            _calendar(book, f"mois_poste.{post.id}", label, worked, style="count")


def _month_days(book: Book) -> tuple[Row, Row]:
    if "jours_avant" not in book.rhythms:
        starts = np.cumsum((0, *DAYS_IN_MONTHS[:-1]))
        sheet = book.moved_seasons
        sheet.heading(_("Saisons qui suivent le calendrier hégirien"))
        for key, label, values in (
            ("jours_mois", _("Jours du mois"), DAYS_IN_MONTHS),
            ("jours_avant", _("Jours avant le mois"), starts),
        ):
            given = tuple(float(value) for value in values)
            book.rhythms[key] = sheet.row(label, given=given, style="count", sums=False)
    return book.rhythms["jours_avant"], book.rhythms["jours_mois"]


def _lay_moved_season(book: Book, product: Product) -> None:
    """The twelve shares of each calendar year, moved by the days entered for that year."""
    starts, lengths = _month_days(book)
    sheet, season = book.moved_seasons, book.rhythms[f"saison.{product.id}"]
    assert product.hijri_event is not None
    sheet.heading(book.label(product), level=2)
    first = int(book.frame.timeline.calendar_year[0])
    for year in np.unique(book.frame.timeline.calendar_year):
        drift = Number(drift_days(product.hijri_event, first, int(year) - first))
        row = sheet.row(str(int(year)), style="share", sums=False, opening=drift, opening_entered=True)
        begins = modulo(starts - Opening(row), 365)
        end = begins + lengths
        row.formula = (
            _up_to(season, starts, lengths, least(end, 365))
            - _up_to(season, starts, lengths, begins)
            + _up_to(season, starts, lengths, most(end - 365, 0))
        ) / total(season.whole)
        book.rhythms[f"saison.{product.id}.{int(year)}"] = row


def _up_to(season: Row, starts: Row, lengths: Row, day: Formula) -> Formula:
    """Σ w_m min(max(day - start_m, 0), length_m) / length_m: what falls in the first days of the year."""
    past = day - starts.whole
    inside = absolute(past) - absolute(past - lengths.whole) + lengths.whole
    return product_sum(season.whole * inside / (2 * lengths.whole))


def phased(book: Book, key: str, general: str) -> Formula:
    """The multiplier of the month's plan year: the item's own if it has one, else the general one."""
    return Pick((book.rhythms.get(key) or book.rhythms[general]).whole, book.rhythms["year"])


def season_share(book: Book, key: str) -> Formula:
    """The share of a year that falls in the month."""
    weights = book.rhythms[key]
    return Pick(weights.whole, book.rhythms["cal"]) / total(weights.whole)


def moved_share(book: Book, product: Product) -> Formula:
    """The share of a year that falls in the month, hijri seasons moved."""
    years = [int(year) for year in np.unique(book.frame.timeline.calendar_year)]
    rows = tuple(book.rhythms[f"saison.{product.id}.{year}"] for year in years)
    return Pick(Block(rows), book.rhythms["calyear"] - (years[0] - 1), book.rhythms["cal"])


def begun(book: Book, phase: str | None) -> Formula | None:
    """1 once the phase an item waits for is over; None when it waits for none."""
    return None if phase is None else If(book.rhythms["t"] > book[f"fin_phase.{phase}"], 1, 0)


def when_begun(book: Book, phase: str | None, amount: Formula) -> Formula:
    """The amount, once the phase is over."""
    started = begun(book, phase)
    return amount if started is None else amount * started
