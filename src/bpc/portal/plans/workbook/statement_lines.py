"""The three statements, month by month: income, cash (direct and indirect), balance sheet; codes as the engine's."""

from django.utils.translation import gettext as _

from bpc.portal.plans.line_words import BALANCE, CASH, INCOME
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import opening_line, vat_line
from bpc.portal.plans.workbook.closing_lines import since_meeting, wages
from bpc.portal.plans.workbook.formulas import Formula, add_up, formula, most
from bpc.portal.plans.workbook.grid import Row

BOLD = {
    "sales", "income", "value_added", "ebitda", "operating_result", "result_before_tax", "net_result",
    "operations", "change", "closing_cash", "assets", "equity", "liabilities",
}  # fmt: skip

WORDS = {"income": INCOME, "cash": CASH, "balance": BALANCE}


def _lay(book: Book, statement: str, code: str, given: Formula) -> Row:
    balance = statement == "balance" or code in ("opening_cash", "closing_cash")
    label = str(WORDS[statement][code])
    row = book.monthly.row(label, given, bold=code in BOLD, sums=not balance)
    book.lines[f"{statement}.{code}"] = row
    return row


def lay_income(book: Book) -> None:
    """Sales to net result."""
    lines = book.lines
    book.monthly.heading(_("Compte de produits et charges"))

    def lay(code: str, given: Formula) -> Row:
        return _lay(book, "income", code, given)

    lay("sales_members", lines["sales_members"])
    lay("sales_third", lines["sales_third"])
    sales = lay("sales", lines["sales_members"] + lines["sales_third"])
    grants = lay("operating_grants", lines["operating"])
    lay("income", sales + grants)
    bought = [
        lay("purchases_members", lines["use_members"]),
        lay("price_complement", lines["bonus"]),
        lay("purchases_suppliers", lines["use_suppliers"]),
        lay("external", lines["external"]),
    ]
    value_added = lay("value_added", sales - (add_up(list(bought))))
    work = [
        lay("piece_members", lines["piece_members"]),
        lay("piece_others", lines["piece_others"]),
        lay("wages", lines["wages_members"] + lines["wages_others"]),
        lay("employer_charges", lines["charges"]),
        lay("bad_debts", lines["bad_debts"]),
    ]
    ebitda = lay("ebitda", value_added + grants - (add_up(list(work))))
    wear = lay("depreciation", lines["depreciation"])
    released = lay("grant_release", lines["released"])
    operating = lay("operating_result", ebitda - wear + released)
    debt = lines["debt.interest"] + lines["debt.capitalised"] + lines["debt.fees_expensed"]
    interest = lay("interest", debt + lines["overdraft_interest"])
    before = lay("result_before_tax", operating - interest)
    tax = lay("tax", lines["tax"])
    lay("net_result", before - tax)


def lay_cash_flow(book: Book) -> None:
    """Receipts and payments, from the opening cash to the closing one."""
    book.monthly.heading(_("Flux de trésorerie"))
    change = _operating_flow(book) + (_other_flow(book))
    moved = _lay(book, "cash", "change", change)
    _lay(book, "cash", "opening_cash", book.lines["cash"].back())
    closing = book.lines["cash.opening_cash"] + moved
    _lay(book, "cash", "closing_cash", closing)


def _operating_flow(book: Book) -> Formula:
    lines = book.lines

    def lay(code: str, given: Formula) -> Row:
        return _lay(book, "cash", code, given)

    receipts = [
        lay("receipts", lines["receipts"] + opening_line(book, "received")),
        lay("operating_grants", lines["cash_operating"]),
    ]
    suppliers = lines["paid_suppliers"] + opening_line(book, "paid") - opening_line(book, "stock_saved")
    members = lines["paid_members"] + opening_line(book, "paid_members")
    payments = [
        lay("paid_members", members),
        lay("price_complement", lines["bonus_paid"]),
        lay("paid_suppliers", suppliers),
        lay("piece_work", lines["piece_members"] + lines["piece_others"]),
        lay("staff", wages(book)),
        lay("vat", vat_line(book, "vat_paid")),
        lay("tax", lines["tax_paid"]),
    ]
    flow = add_up(list(receipts)) - (add_up(list(payments)))
    return lay("operations", flow)


def _other_flow(book: Book) -> Formula:
    lines = book.lines

    def lay(code: str, given: Formula) -> Row:
        return _lay(book, "cash", code, given)

    bought = lines["bought"] - lines["in_kind"] + vat_line(book, "vat_on_investments")
    out = [lay("investments", bought)]
    money_in = [
        lay("disposals", lines["sold"]),
        lay("shares", lines["paid_in"]),
    ]
    out.append(lay("share_refunds", lines["refunded"]))
    money_in.append(lay("investment_grants", lines["cash_investment"]))
    money_in.append(lay("loans_drawn", lines["debt.drawn"]))
    out += [
        lay("loan_principal", lines["debt.principal"]),
        lay("loan_interest", lines["debt.interest"]),
        lay("loan_fees", lines["debt.fees_paid"]),
        lay("overdraft_interest", lines["overdraft_interest"]),
        lay("share_interest", lines["share_interest"]),
        lay("patronage", lines["patronage_paid"]),
    ]
    overdraft = lines["overdraft"]
    money_in.append(lay("overdraft_change", overdraft - overdraft.back()))
    return add_up(list(money_in)) - (add_up(list(out)))


def lay_balances(book: Book) -> None:
    """What is owned and owed at each month's end."""
    _lay_running(book)
    book.monthly.heading(_("Bilan : actif"))
    lines = book.lines

    def lay(code: str, given: Formula) -> Row:
        return _lay(book, "balance", code, given)

    payables, members = lines["payables"], lines["member_payables"]
    assets = [
        lay("net_book_value", lines["net_book_value"]),
        lay("prepaid_fees", lines["prepaid_fees"]),
        lay("stock", lines["stock"]),
        lay("receivables", lines["receivables"]),
        lay("supplier_advances", most(0 - payables, 0) + most(0 - members, 0)),
        lay("grant_receivable", most(lines["grant_receivable"], 0)),
        lay("vat_credit", most(0 - vat_line(book, "vat_position"), 0)),
        lay("tax_credit", most(0 - lines["tax_position"], 0)),
        lay("cash", lines["cash"]),
    ]
    lay("assets", add_up(list(assets)))
    book.monthly.heading(_("Bilan : passif"))
    equity = [
        lay("capital", lines["capital"]),
        lay("legal_reserve", since_meeting(book, lines["year.stock.legal"])),
        lay(
            "other_reserves",
            since_meeting(book, lines["year.stock.special"])
            + since_meeting(book, lines["year.stock.education"]),
        ),
        lay(
            "carried_forward",
            since_meeting(book, lines["year.stock.carried"])
            - since_meeting(book, lines["year.stock.losses"]),
        ),
        lay("result_to_share", lines["result_to_share"]),
    ]
    own = lay("equity", add_up(list(equity)))
    _lay_debts(book, own)


def _lay_debts(book: Book, own: Row) -> None:
    lines = book.lines

    def lay(code: str, given: Formula) -> Row:
        return _lay(book, "balance", code, given)

    debts = [
        lay("deferred_grants", lines["deferred_grants"]),
        lay("bank_loans", lines["debt.bank"]),
        lay("member_loans", lines["debt.members"]),
        lay("overdraft", lines["overdraft"]),
        lay("payables", most(lines["payables"], 0)),
        lay("member_payables", most(lines["member_payables"], 0)),
        lay("patronage_payable", lines["patronage_payable"]),
        lay("grant_advances", most(0 - lines["grant_receivable"], 0)),
        lay("vat_due", most(vat_line(book, "vat_position"), 0)),
        lay("tax_due", most(lines["tax_position"], 0)),
    ]
    lay("liabilities", own + (add_up(list(debts))))


def _lay_running(book: Book) -> None:
    """Balances before they are split between what is owned and what is owed."""
    lines, sheet = book.lines, book.monthly
    sheet.heading(_("Soldes de fin de mois"))

    def run(code: str, label: str, change: Formula, opening: str = "") -> None:
        first = book[f"ouverture.{opening}"] if opening and book.plan.opening is not None else formula(0)
        row = sheet.row(label, sums=False, opening=first)
        row.formula = row.back() + change
        lines[code] = row

    bought = lines["bought_members"] + lines["bought_suppliers"] - opening_line(book, "stock_used")
    run("stock", _("Stock de matières"), bought - (lines["use_members"] + lines["use_suppliers"]), "stock")
    invoiced = lines["sales_members"] + lines["sales_third"] + vat_line(book, "vat_on_sales")
    paid = lines["bad_debts"] + lines["receipts"] + opening_line(book, "received")
    run("receivables", _("Créances sur les clients"), invoiced - (paid), "clients")
    invoiced = lines["bought_suppliers"] - opening_line(book, "stock_used") + lines["external"]
    paid = lines["paid_suppliers"] - opening_line(book, "stock_saved") + opening_line(book, "paid")
    change = invoiced + vat_line(book, "vat_on_suppliers") - (paid)
    run("payables", _("Dettes envers les fournisseurs"), change, "fournisseurs")
    invoiced = lines["bought_members"] + vat_line(book, "vat_on_members") + lines["bonus"]
    paid = lines["paid_members"] + opening_line(book, "paid_members") + lines["bonus_paid"]
    run("member_payables", _("Dettes envers les membres"), invoiced - (paid), "membres")
    claimed = lines["claimed"] + lines["operating"]
    cashed = lines["cash_investment"] + lines["cash_operating"]
    run("grant_receivable", _("Subventions acquises et non versées"), claimed - (cashed))
    run("deferred_grants", _("Subventions non encore reprises"), lines["claimed"] - lines["released"])
    fees = lines["debt.fees_paid"] - lines["debt.fees_expensed"]
    run("prepaid_fees", _("Frais d’emprunt payés d’avance"), fees)
    run("tax_position", _("Impôt dû moins impôt payé"), lines["tax"] - lines["tax_paid"])
    net = lines["income.net_result"] - lines["shared_result"]
    run("result_to_share", _("Résultats non encore partagés"), net)
