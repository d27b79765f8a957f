"""What rests on estimates, who pays for the upkeep of a service, and what the project adds to doing nothing."""

from django.utils.translation import gettext as _

from bpc.core.plan.indicators.increment import yearly_stream
from bpc.core.plan.indicators.value import valued_flow
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.closing_lines import at_close
from bpc.portal.plans.workbook.formulas import Formula, If, Words, add_up, most, product_sum, total
from bpc.portal.plans.workbook.grid import Pick
from bpc.portal.plans.workbook.indicator_lines import (
    internal_rates,
    known_rates,
    last_year,
    over_years,
    put,
    yearly_rate,
)


def lay_shares(book: Book) -> None:
    """What the value rests on: the terminal value, prices that are estimates, dealings with third parties."""
    lines = book.lines
    npv, discount = lines["indicator.npv"], book.rhythms["discount"].whole
    book.indicators.heading(_("Ce sur quoi le résultat repose"))
    present = product_sum(lines["terminal"].whole * discount)
    share = If(npv.equals(0), Words(_("non défini")), present / If(npv.equals(0), 1, npv))
    put(book, "terminal_share_of_npv", "", share, "rate", "")
    turnover = {
        product.id: total(lines[f"sold.{product.id}"].whole) * book[f"prix.{product.id}"]
        for product in book.plan.products
    }
    whole = add_up([*turnover.values()])
    estimated = add_up([turnover[product.id] for product in book.plan.products if product.price.conf == "E"])
    none = Words(_("aucune vente"))
    put(book, "estimated_share", "", If(whole > 0, (estimated) / If(whole > 0, whole, 1), none), "rate", "")
    ratio = over_years("MAX", max, lines["by_year.third_party"].whole, _("sans objet"))
    put(book, "third_party_ratio", "", ratio, "rate", "")


def lay_upkeep(book: Book) -> None:
    """For services that do not live on sales: the cost of the last twelve months, and who pays it."""
    if book.plan.kind == "income_generating":
        return
    lines = book.lines
    book.indicators.heading(_("Entretien du service"))

    def last(code: str) -> Formula:
        return total(last_year(lines[f"income.{code}"]))

    cost = put(book, "upkeep_yearly_cost", "", last("income") - last("ebitda"))
    users = put(book, "upkeep_paid_by_users", "", last("sales"))
    grants = put(book, "upkeep_paid_by_grants", "", last("operating_grants"))
    put(book, "upkeep_gap", "", most(0, cost - users - grants))
    if book.plan.beneficiaries is not None:
        people = book["beneficiaires"]
        invested = total(lines["bought"].whole) / people
        put(book, "upkeep_investment_per_beneficiary", "", invested)
        put(book, "upkeep_cost_per_beneficiary", "", cost / people)


def lay_increment(book: Book) -> None:
    """With the project less without it, for the cooperative and for its members' households."""
    without, months = book.plan.without_project, book.frame.months
    if without is None:
        return
    lines, year = book.lines, book.rhythms["year"]
    discount = book.rhythms["discount"].whole
    book.monthly.heading(_("Avec et sans le projet"))
    alone = Pick(book.rhythms["sans_projet.cooperative"].whole, year) / 12
    flow = book.monthly.row(_("Coopérative : avec moins sans le projet"), lines["valued"] - alone, bold=True)
    received = at_close(book, lines["by_year.received"])
    home = Pick(book.rhythms["sans_projet.menages"].whole, year) / 12 * book["membres"]
    members = book.monthly.row(_("Membres : avec moins sans le projet"), received - home, bold=True)
    book.indicators.heading(_("Avec et sans le projet"))
    put(book, "increment_cooperative_npv", "", product_sum(flow.whole * discount))
    label = _("Rentabilité du supplément, par mois")
    guess = known_rates(valued_flow(book.run)[:, 0] - yearly_stream(without.cooperative_net, months), 12)
    found = put(book, "increment_rate", label, internal_rates(flow.whole, guess), "rate", "")
    put(book, "increment_cooperative_irr", "", yearly_rate(found), "rate", "")
    put(book, "increment_members_npv", "", product_sum(members.whole * discount))
    put(book, "increment_income_per_member", "", total(last_year(members)) / book["membres"])
