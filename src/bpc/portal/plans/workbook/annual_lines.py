"""The statements by fiscal year in the layout of the general chart of accounts (indicative): every figure is a formula
on the months."""

from django.utils.translation import gettext as _

from bpc.portal.plans.line_words import CASH
from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.formulas import Formula, add_up, formula
from bpc.portal.plans.workbook.grid import Row
from bpc.portal.plans.workbook.years import YearEnd, YearSum


class Statement:
    """One statement under way: rows are kept by code for the totals under them."""

    def __init__(self, book: Book, title: str) -> None:
        self.book, self.years = book, book.frame.timeline.fiscal_years
        book.annual.heading(title)

    def flow(self, code: str, label: str, line: str) -> Row:
        """The months of a line added up."""
        return self.put(code, label, YearSum(self.book.lines[line], self.years))

    def balance(self, code: str, label: str, line: str) -> Row:
        """A line at the year's last month."""
        return self.put(code, label, YearEnd(self.book.lines[line], self.years))

    def put(self, code: str, label: str, given: Formula, *, bold: bool = False) -> Row:
        """A row of the statement."""
        row = self.book.annual.row(label, given, bold=bold)
        self.book.lines[f"annual.{code}"] = row
        return row

    def sum(self, code: str, label: str, rows: list[Row]) -> Row:
        """A total of rows."""
        return self.put(code, label, add_up(list(rows)), bold=True)

    def part(self, label: str) -> None:
        """A title inside the statement."""
        self.book.annual.heading(label, level=2)


def lay_annual(book: Book) -> None:
    """Income, its key balances, cash flow and balance sheet of each fiscal year."""
    numbers = tuple(float(year.label) for year in book.frame.timeline.fiscal_years)
    book.lines["annual.year"] = book.annual.row(
        _("Exercice clos en"), given=numbers, style="year", sums=False
    )
    months = tuple(float(year.end - year.first) for year in book.frame.timeline.fiscal_years)
    book.annual.row(_("Mois de l’exercice dans le plan"), given=months, style="count", sums=False)
    _lay_income(book)
    _lay_balances_of_management(book)
    _lay_cash(book)
    _lay_assets(book)
    _lay_liabilities(book)
    _lay_structure(book)


def _lay_income(book: Book) -> None:
    it = Statement(book, _("Compte de produits et charges (CPC)"))
    it.part(_("I. Produits d’exploitation"))
    sales = [
        it.flow("sales_members", _("Ventes aux membres"), "income.sales_members"),
        it.flow("sales_third", _("Ventes aux tiers"), "income.sales_third"),
    ]
    turnover = it.sum("sales", _("Chiffre d’affaires"), sales)
    grants = it.flow("operating_grants", _("Subventions d’exploitation"), "income.operating_grants")
    income = it.sum("income", _("Total I"), [turnover, grants])
    it.part(_("II. Charges d’exploitation"))
    costs = [
        it.flow("purchases_members", _("Achats consommés : apports des membres"), "income.purchases_members"),
        it.flow("price_complement", _("Achats consommés : compléments de prix"), "income.price_complement"),
        it.flow("purchases_suppliers", _("Achats consommés : tiers"), "income.purchases_suppliers"),
        it.flow("external", _("Autres charges externes"), "income.external"),
        it.flow("piece_members", _("Personnel : travail à la pièce des membres"), "income.piece_members"),
        it.flow("piece_others", _("Personnel : travail à la pièce des autres"), "income.piece_others"),
        it.flow("wages", _("Personnel : salaires"), "income.wages"),
        it.flow("employer_charges", _("Personnel : charges sociales"), "income.employer_charges"),
        it.flow("bad_debts", _("Autres charges : pertes sur créances"), "income.bad_debts"),
        it.flow("depreciation", _("Dotations d’exploitation"), "income.depreciation"),
    ]
    operating_costs = it.sum("costs", _("Total II"), costs)
    _lay_result(it, income, operating_costs)


def _lay_result(it: Statement, income: Row, operating_costs: Row) -> None:
    """From the operating result to the net one, what is financial and what is unusual apart."""
    operating = it.put(
        "operating", _("III. Résultat d’exploitation (I − II)"), income - operating_costs, bold=True
    )
    interest = it.flow("interest", _("V. Charges financières"), "income.interest")
    financial = it.put("financial", _("VI. Résultat financier"), 0 - interest)
    current = it.put("current", _("VII. Résultat courant (III + VI)"), operating + financial, bold=True)
    sold = it.flow("disposals", _("VIII. Produits des cessions d’immobilisations"), "sold")
    released = it.flow(
        "grant_release", _("VIII. Reprises sur subventions d’investissement"), "income.grant_release"
    )
    value = it.flow("disposal_value", _("IX. Valeur nette des immobilisations cédées"), "sold")
    unusual = it.put("unusual", _("X. Résultat non courant (VIII − IX)"), sold + released - value)
    before = it.put("before_tax", _("XI. Résultat avant impôt (VII + X)"), current + unusual, bold=True)
    tax = it.flow("tax", _("XII. Impôt sur les résultats"), "income.tax")
    it.put("net_result", _("XIII. Excédent ou déficit net (XI − XII)"), before - tax, bold=True)
    whole = it.put("all_income", _("XIV. Total des produits (I + VIII)"), income + sold + released)
    cost = operating_costs + interest + value + tax
    spent = it.put("all_costs", _("XV. Total des charges (II + V + IX + XII)"), cost)
    it.put("net_check", _("XVI. Résultat net (XIV − XV), égal à XIII"), whole - spent)


def _lay_balances_of_management(book: Book) -> None:
    it, lines = Statement(book, _("Soldes de gestion et autofinancement")), book.lines
    it.flow("value_added", _("Valeur ajoutée"), "income.value_added")
    it.flow("ebitda", _("Excédent brut d’exploitation"), "income.ebitda")
    net, wear = lines["annual.net_result"], lines["annual.depreciation"]
    released = lines["annual.grant_release"]
    caf = it.put("self_financing", _("Capacité d’autofinancement"), net + wear - released, bold=True)
    paid = YearSum(lines["patronage"], it.years) + YearSum(lines["share_interest"], it.years)
    shared = it.put("distributed", _("Ristournes et intérêts aux parts décidés"), paid)
    it.put("kept", _("Autofinancement"), caf - shared)


def _lay_cash(book: Book) -> None:
    it = Statement(book, _("Flux de trésorerie"))
    operating = {
        "receipts": 1,
        "operating_grants": 1,
        "paid_members": -1,
        "price_complement": -1,
        "paid_suppliers": -1,
        "piece_work": -1,
        "staff": -1,
        "vat": -1,
        "tax": -1,
    }
    rows = [_signed(it, code, sign) for code, sign in operating.items()]
    flow = it.sum("cash.operations", str(CASH["operations"]), rows)
    others = {
        "investments": -1,
        "disposals": 1,
        "shares": 1,
        "share_refunds": -1,
        "investment_grants": 1,
        "loans_drawn": 1,
        "loan_principal": -1,
        "loan_interest": -1,
        "loan_fees": -1,
        "overdraft_interest": -1,
        "share_interest": -1,
        "patronage": -1,
        "overdraft_change": 1,
    }
    rows = [_signed(it, code, sign) for code, sign in others.items()]
    moved = it.sum("cash.change", str(CASH["change"]), [flow, *rows])
    before = it.put(
        "cash.opening",
        _("Trésorerie au début de l’exercice"),
        YearEnd(book.lines["cash"], it.years, before=True),
    )
    it.put("cash.closing", _("Trésorerie à la fin de l’exercice"), before + moved, bold=True)


def _signed(it: Statement, code: str, sign: int) -> Row:
    label = str(CASH[code])
    total: Formula = YearSum(it.book.lines[f"cash.{code}"], it.years)
    return it.put(f"cash.{code}", label, total if sign > 0 else formula(0) - total)


def _lay_assets(book: Book) -> None:
    it = Statement(book, _("Bilan : actif"))
    fixed = [
        it.balance("net_book_value", _("Immobilisations nettes"), "balance.net_book_value"),
        it.balance("prepaid_fees", _("Charges à répartir : frais d’emprunt"), "balance.prepaid_fees"),
    ]
    first = it.sum("assets_1", _("Total I : actif immobilisé"), fixed)
    current = [
        it.balance("stock", _("Stocks"), "balance.stock"),
        it.balance("supplier_advances", _("Fournisseurs débiteurs, avances"), "balance.supplier_advances"),
        it.balance("receivables", _("Clients"), "balance.receivables"),
        it.balance("grant_receivable", _("Subventions à recevoir"), "balance.grant_receivable"),
        it.balance("vat_credit", _("État : crédit de TVA"), "balance.vat_credit"),
        it.balance("tax_credit", _("État : impôt payé d’avance"), "balance.tax_credit"),
    ]
    second = it.sum("assets_2", _("Total II : actif circulant"), current)
    cash = it.balance("cash", _("Total III : trésorerie-actif"), "balance.cash")
    it.sum("assets", _("Total général de l’actif"), [first, second, cash])


def _lay_liabilities(book: Book) -> None:
    it = Statement(book, _("Bilan : passif"))
    own = [
        it.balance("capital", _("Capital : parts des coopérateurs"), "balance.capital"),
        it.balance("legal_reserve", _("Réserve légale"), "balance.legal_reserve"),
        it.balance("other_reserves", _("Autres réserves"), "balance.other_reserves"),
        it.balance("carried_forward", _("Report à nouveau"), "balance.carried_forward"),
        it.balance("result_to_share", _("Résultats en instance d’affectation"), "balance.result_to_share"),
    ]
    equity = it.sum("equity", _("A. Capitaux propres"), own)
    grants = it.balance("deferred_grants", _("B. Subventions d’investissement"), "balance.deferred_grants")
    loans = [
        it.balance("bank_loans", _("C. Emprunts bancaires"), "balance.bank_loans"),
        it.balance("member_loans", _("C. Prêts des membres"), "balance.member_loans"),
    ]
    first = it.sum("liabilities_1", _("Total I : financement permanent"), [equity, grants, *loans])
    current = [
        it.balance("payables", _("Fournisseurs"), "balance.payables"),
        it.balance("member_payables", _("Coopérateurs : apports à payer"), "balance.member_payables"),
        it.balance("patronage_payable", _("Coopérateurs : ristournes à payer"), "balance.patronage_payable"),
        it.balance("grant_advances", _("Avances sur subventions"), "balance.grant_advances"),
        it.balance("vat_due", _("État : TVA due"), "balance.vat_due"),
        it.balance("tax_due", _("État : impôt dû"), "balance.tax_due"),
    ]
    second = it.sum("liabilities_2", _("Total II : passif circulant"), current)
    bank = it.balance("overdraft", _("Total III : trésorerie-passif (découvert)"), "balance.overdraft")
    it.sum("liabilities", _("Total général du passif"), [first, second, bank])


def _lay_structure(book: Book) -> None:
    it, lines = Statement(book, _("Équilibre financier")), book.lines
    working = lines["annual.liabilities_1"] - lines["annual.assets_1"]
    fund = it.put("working_fund", _("Fonds de roulement fonctionnel"), working)
    need = lines["annual.assets_2"] - lines["annual.liabilities_2"]
    needed = it.put("working_need", _("Besoin de financement global"), need)
    it.put("net_cash", _("Trésorerie nette"), fund - needed, bold=True)
