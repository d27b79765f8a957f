"""The three statements, month by month: income, cash (direct and indirect), balance sheet; codes as the engine's."""

from django.utils.translation import gettext as _

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.capital_lines import opening_line, vat_line
from bpc.portal.plans.workbook.closing_lines import since_meeting, wages
from bpc.portal.plans.workbook.formulas import Formula, add_up, formula, most
from bpc.portal.plans.workbook.grid import Row

BOLD = {
    "sales", "income", "value_added", "ebitda", "operating_result", "result_before_tax", "net_result",
    "operations", "change", "closing_cash", "assets", "equity", "liabilities",
}  # fmt: skip


def _lay(book: Book, statement: str, code: str, label: str, given: Formula, opening: Formula | None = None) -> Row:
    balance = statement == "balance" or code in ("opening_cash", "closing_cash")
    row = book.monthly.row(label, given, bold=code in BOLD, sums=not balance, opening=opening)
    book.lines[f"{statement}.{code}"] = row
    return row


def lay_income(book: Book) -> None:
    """Sales to net result."""
    lines = book.lines
    book.monthly.heading(_("Compte de produits et charges"))

    def lay(code: str, label: str, given: Formula) -> Row:
        return _lay(book, "income", code, label, given)

    lay("sales_members", _("Ventes aux membres"), lines["sales_members"])
    lay("sales_third", _("Ventes aux tiers"), lines["sales_third"])
    sales = lay("sales", _("Chiffre d’affaires"), lines["sales_members"] + lines["sales_third"])
    grants = lay("operating_grants", _("Subventions d’exploitation"), lines["operating"])
    lay("income", _("Produits d’exploitation"), sales + grants)
    bought = [
        lay("purchases_members", _("Apports des membres consommés"), lines["use_members"]),
        lay("price_complement", _("Compléments de prix aux membres"), lines["bonus"]),
        lay("purchases_suppliers", _("Autres achats consommés"), lines["use_suppliers"]),
        lay("external", _("Autres charges externes"), lines["external"]),
    ]
    value_added = lay("value_added", _("Valeur ajoutée"), sales - (add_up(list(bought))))
    work = [
        lay("piece_members", _("Travail à la pièce des membres"), lines["piece_members"]),
        lay("piece_others", _("Travail à la pièce des autres"), lines["piece_others"]),
        lay("wages", _("Salaires"), lines["wages_members"] + lines["wages_others"]),
        lay("employer_charges", _("Charges patronales"), lines["charges"]),
        lay("bad_debts", _("Impayés"), lines["bad_debts"]),
    ]
    ebitda = lay("ebitda", _("Excédent brut d’exploitation"), value_added + grants - (add_up(list(work))))
    wear = lay("depreciation", _("Dotations aux amortissements"), lines["depreciation"])
    released = lay("grant_release", _("Reprises de subventions d’investissement"), lines["released"])
    operating = lay("operating_result", _("Résultat d’exploitation"), ebitda - wear + released)
    debt = lines["debt.interest"] + lines["debt.capitalised"] + lines["debt.fees_expensed"]
    interest = lay("interest", _("Charges financières"), debt + lines["overdraft_interest"])
    before = lay("result_before_tax", _("Résultat avant impôt"), operating - interest)
    tax = lay("tax", _("Impôt sur les résultats"), lines["tax"])
    lay("net_result", _("Résultat net"), before - tax)


def lay_cash_flow(book: Book) -> None:
    """Receipts and payments, from the opening cash to the closing one."""
    book.monthly.heading(_("Flux de trésorerie"))
    change = _operating_flow(book) + (_other_flow(book))
    moved = _lay(book, "cash", "change", _("Variation de la trésorerie"), change)
    _lay(book, "cash", "opening_cash", _("Trésorerie au début du mois"), book.lines["cash"].back())
    closing = book.lines["cash.opening_cash"] + moved
    _lay(book, "cash", "closing_cash", _("Trésorerie à la fin du mois"), closing)


def _operating_flow(book: Book) -> Formula:
    lines = book.lines

    def lay(code: str, label: str, given: Formula) -> Row:
        return _lay(book, "cash", code, label, given)

    receipts = [
        lay("receipts", _("Encaissements des clients"), lines["receipts"] + opening_line(book, "received")),
        lay("operating_grants", _("Subventions d’exploitation reçues"), lines["cash_operating"]),
    ]
    suppliers = lines["paid_suppliers"] + opening_line(book, "paid") - opening_line(book, "stock_saved")
    members = lines["paid_members"] + opening_line(book, "paid_members")
    payments = [
        lay("paid_members", _("Payé aux membres pour leurs apports"), members),
        lay("price_complement", _("Compléments de prix payés"), lines["bonus_paid"]),
        lay("paid_suppliers", _("Payé aux fournisseurs"), suppliers),
        lay("piece_work", _("Travail à la pièce payé"), lines["piece_members"] + lines["piece_others"]),
        lay("staff", _("Personnel payé, charges comprises"), wages(book)),
        lay("vat", _("TVA versée"), vat_line(book, "vat_paid")),
        lay("tax", _("Impôt payé"), lines["tax_paid"]),
    ]
    flow = add_up(list(receipts)) - (add_up(list(payments)))
    return lay("operations", _("Flux de trésorerie de l’exploitation"), flow)


def _other_flow(book: Book) -> Formula:
    lines = book.lines

    def lay(code: str, label: str, given: Formula) -> Row:
        return _lay(book, "cash", code, label, given)

    bought = lines["bought"] - lines["in_kind"] + vat_line(book, "vat_on_investments")
    out = [lay("investments", _("Investissements payés"), bought)]
    money_in = [
        lay("disposals", _("Cessions"), lines["sold"]),
        lay("shares", _("Parts versées par les membres"), lines["paid_in"]),
    ]
    out.append(lay("share_refunds", _("Parts remboursées"), lines["refunded"]))
    money_in.append(lay("investment_grants", _("Subventions d’investissement reçues"), lines["cash_investment"]))
    money_in.append(lay("loans_drawn", _("Emprunts débloqués"), lines["debt.drawn"]))
    out += [
        lay("loan_principal", _("Capital d’emprunts remboursé"), lines["debt.principal"]),
        lay("loan_interest", _("Intérêts d’emprunts payés"), lines["debt.interest"]),
        lay("loan_fees", _("Frais d’emprunts payés"), lines["debt.fees_paid"]),
        lay("overdraft_interest", _("Agios du découvert"), lines["overdraft_interest"]),
        lay("share_interest", _("Intérêts servis aux parts"), lines["share_interest"]),
        lay("patronage", _("Ristournes payées"), lines["patronage_paid"]),
    ]
    overdraft = lines["overdraft"]
    money_in.append(lay("overdraft_change", _("Variation du découvert"), overdraft - overdraft.back()))
    return add_up(list(money_in)) - (add_up(list(out)))


def lay_balances(book: Book) -> None:
    """What is owned and owed at each month's end."""
    _lay_running(book)
    book.monthly.heading(_("Bilan : actif"))
    lines = book.lines

    def lay(code: str, label: str, given: Formula) -> Row:
        return _lay(book, "balance", code, label, given)

    payables, members = lines["payables"], lines["member_payables"]
    assets = [
        lay("net_book_value", _("Immobilisations nettes"), lines["net_book_value"]),
        lay("prepaid_fees", _("Frais d’emprunt à répartir"), lines["prepaid_fees"]),
        lay("stock", _("Stocks"), lines["stock"]),
        lay("receivables", _("Clients"), lines["receivables"]),
        lay("supplier_advances", _("Avances versées"), most(0 - payables, 0) + most(0 - members, 0)),
        lay("grant_receivable", _("Subventions à recevoir"), most(lines["grant_receivable"], 0)),
        lay("vat_credit", _("Crédit de TVA"), most(0 - vat_line(book, "vat_position"), 0)),
        lay("tax_credit", _("Impôt payé d’avance"), most(0 - lines["tax_position"], 0)),
        lay("cash", _("Trésorerie"), lines["cash"]),
    ]
    lay("assets", _("Total de l’actif"), add_up(list(assets)))
    book.monthly.heading(_("Bilan : passif"))
    equity = [
        lay("capital", _("Capital"), lines["capital"]),
        lay("legal_reserve", _("Réserve légale"), since_meeting(book, lines["year.stock.legal"])),
        lay(
            "other_reserves",
            _("Autres réserves"),
            since_meeting(book, lines["year.stock.special"])
            + since_meeting(book, lines["year.stock.education"]),
        ),
        lay(
            "carried_forward",
            _("Report à nouveau"),
            since_meeting(book, lines["year.stock.carried"])
            - since_meeting(book, lines["year.stock.losses"]),
        ),
        lay("result_to_share", _("Résultat en attente de partage"), lines["result_to_share"]),
    ]
    own = lay("equity", _("Capitaux propres"), add_up(list(equity)))
    _lay_debts(book, own)


def _lay_debts(book: Book, own: Row) -> None:
    lines = book.lines

    def lay(code: str, label: str, given: Formula) -> Row:
        return _lay(book, "balance", code, label, given)

    debts = [
        lay("deferred_grants", _("Subventions d’investissement"), lines["deferred_grants"]),
        lay("bank_loans", _("Emprunts bancaires"), lines["debt.bank"]),
        lay("member_loans", _("Prêts des membres"), lines["debt.members"]),
        lay("overdraft", _("Découvert bancaire"), lines["overdraft"]),
        lay("payables", _("Fournisseurs"), most(lines["payables"], 0)),
        lay("member_payables", _("Dû aux membres pour leurs apports"), most(lines["member_payables"], 0)),
        lay("patronage_payable", _("Ristournes à payer"), lines["patronage_payable"]),
        lay("grant_advances", _("Avances sur subventions"), most(0 - lines["grant_receivable"], 0)),
        lay("vat_due", _("TVA due"), most(vat_line(book, "vat_position"), 0)),
        lay("tax_due", _("Impôt dû"), most(lines["tax_position"], 0)),
    ]
    lay("liabilities", _("Total du passif"), own + (add_up(list(debts))))


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
