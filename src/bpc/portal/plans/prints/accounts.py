"""The engine's statements laid out as in the general chart of accounts (CGNC): CPC, ESG, balance sheet, funds flow.

A presentation only: each line is a line of the engine or a sum of some. Nothing is calculated anew but the subtotals
the chart asks for, such as the current result before grants released, which the chart calls non-current.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _

from bpc.core.plan.arrays import Floats
from bpc.core.plan.simulation import Simulation
from bpc.core.plan.statements import balance_sheet, income_statement
from bpc.portal.plans.line_words import BALANCE, INCOME
from bpc.portal.plans.prints.amounts import Amounts, Years
from bpc.portal.plans.prints.blocks import Block, RowKind, row, year_table

Lines = Mapping[str, Floats]
#: Kind of row, what it is called, amounts by year.
Entry = tuple[RowKind, str, Floats]

#: What the chart calls operating charges.
OPERATING_CHARGES = (
    *("purchases_members", "price_complement", "purchases_suppliers", "external"),
    *("wages", "employer_charges", "piece_members", "piece_others", "bad_debts", "depreciation"),
)


def income_lines(run: Simulation) -> dict[str, Floats]:
    """The lines of the engine by fiscal year, with the subtotals of the CPC."""
    years = Years(run)
    lines = {code: years.flow(amounts) for code, amounts in income_statement(run).items()}
    lines["disposals"] = years.flow(run.investments.sold)
    lines["operating_charges"] = _sum(lines, OPERATING_CHARGES)
    lines["operating"] = lines["income"] - lines["operating_charges"]
    lines["current"] = lines["operating"] - lines["interest"]
    lines["extra_income"] = lines["grant_release"] + lines["disposals"]
    lines["extra"] = lines["extra_income"] - lines["disposals"]
    lines["all_income"] = lines["income"] + lines["extra_income"]
    lines["all_charges"] = lines["operating_charges"] + lines["interest"] + lines["disposals"] + lines["tax"]
    lines["self_financing"] = lines["net_result"] + lines["depreciation"] - lines["grant_release"]
    lines["shared_out"] = years.flow(run.closing.patronage + run.closing.share_interest)
    return lines


def _sum(lines: Lines, codes: Sequence[str]) -> Floats:
    return np.asarray(np.sum([lines[code] for code in codes], axis=0))


def income_table(run: Simulation, amounts: Amounts) -> Block:
    """The CPC: operating, financial and non-current parts."""
    lines = income_lines(run)

    def line(code: str) -> Entry:
        return ("line", str(INCOME[code]), lines[code])

    zero = np.zeros_like(lines["sales"])
    entries: list[Entry] = [
        ("group", _("I. Produits d’exploitation"), zero),
        ("detail", str(INCOME["sales_members"]), lines["sales_members"]),
        ("detail", str(INCOME["sales_third"]), lines["sales_third"]),
        line("sales"),
        line("operating_grants"),
        ("sub", _("Total I"), lines["income"]),
        ("group", _("II. Charges d’exploitation"), zero),
        *[
            line(code)
            for code in ("purchases_members", "price_complement", "purchases_suppliers", "external")
        ],
        *[line(code) for code in ("wages", "employer_charges", "piece_members", "piece_others")],
        line("bad_debts"),
        line("depreciation"),
        ("sub", _("Total II"), lines["operating_charges"]),
        ("total", _("III. Résultat d’exploitation (I − II)"), lines["operating"]),
        ("line", _("V. Charges financières : intérêts et frais d’emprunt"), lines["interest"]),
        ("sub", _("VI. Résultat financier"), -lines["interest"]),
        ("total", _("VII. Résultat courant (III + VI)"), lines["current"]),
        line("grant_release"),
        ("line", _("Produits des cessions d’immobilisations"), lines["disposals"]),
        ("sub", _("VIII. Produits non courants"), lines["extra_income"]),
        ("sub", _("IX. Charges non courantes : valeur nette des biens cédés"), lines["disposals"]),
        ("sub", _("X. Résultat non courant (VIII − IX)"), lines["extra"]),
        ("total", _("XI. Résultat avant impôt (VII + X)"), lines["result_before_tax"]),
        ("line", _("XII. Impôts sur les résultats"), lines["tax"]),
        ("total", _("XIII. Excédent ou déficit net"), lines["net_result"]),
        ("line", _("XIV. Total des produits"), lines["all_income"]),
        ("line", _("XV. Total des charges"), lines["all_charges"]),
    ]
    return _statement(run, amounts, _("Compte de produits et charges (CPC)"), entries)


def balances_table(run: Simulation, amounts: Amounts) -> Block:
    """The ESG: from the value added to the self-financing capacity."""
    lines = income_lines(run)
    consumed = _sum(lines, ("purchases_members", "price_complement", "purchases_suppliers"))
    staff = _sum(lines, ("wages", "employer_charges", "piece_members", "piece_others"))
    entries: list[Entry] = [
        ("line", _("Production de l’exercice : ventes"), lines["sales"]),
        ("line", _("− Achats consommés"), consumed),
        ("line", _("− Autres charges externes"), lines["external"]),
        ("total", _("Valeur ajoutée"), lines["value_added"]),
        ("line", _("+ Subventions d’exploitation"), lines["operating_grants"]),
        ("line", _("− Charges de personnel, travail à la pièce compris"), staff),
        ("line", _("− Créances perdues"), lines["bad_debts"]),
        ("total", _("Excédent brut d’exploitation (EBE)"), lines["ebitda"]),
        ("line", _("Résultat net"), lines["net_result"]),
        ("line", _("+ Dotations aux amortissements"), lines["depreciation"]),
        ("line", _("− Reprises sur subventions d’investissement"), lines["grant_release"]),
        ("total", _("Capacité d’autofinancement (CAF)"), lines["self_financing"]),
        ("line", _("− Ristournes et intérêts aux parts décidés"), lines["shared_out"]),
        ("total", _("Autofinancement"), lines["self_financing"] - lines["shared_out"]),
    ]
    return _statement(run, amounts, _("État des soldes de gestion (ESG)"), entries)


_ASSETS = {
    "fixed": ("prepaid_fees", "net_book_value"),
    "current": ("stock", "supplier_advances", "receivables", "grant_receivable", "vat_credit", "tax_credit"),
    "cash": ("cash",),
}
_OWN = ("capital", "legal_reserve", "other_reserves", "carried_forward", "result_to_share")
_LIABILITIES = {
    "permanent": (*_OWN, "deferred_grants", "bank_loans", "member_loans"),
    "current": ("payables", "member_payables", "patronage_payable", "grant_advances", "vat_due", "tax_due"),
    "cash": ("overdraft",),
}


def balance_lines(run: Simulation) -> dict[str, Floats]:
    """The balance sheet at each fiscal year's end, with the masses of the chart."""
    years = Years(run)
    sheet = {code: years.end(amounts) for code, amounts in balance_sheet(run).items()}
    for name, codes in _ASSETS.items():
        sheet[f"assets_{name}"] = _sum(sheet, codes)
    for name, codes in _LIABILITIES.items():
        sheet[f"liabilities_{name}"] = _sum(sheet, codes)
    return sheet


def asset_table(run: Simulation, amounts: Amounts) -> Block:
    """The balance sheet, what is owned."""
    sheet = balance_lines(run)
    entries: list[Entry] = [
        *_named(sheet, _ASSETS["fixed"]),
        ("sub", _("Total I, actif immobilisé"), sheet["assets_fixed"]),
        *_named(sheet, _ASSETS["current"]),
        ("sub", _("Total II, actif circulant"), sheet["assets_current"]),
        *_named(sheet, _ASSETS["cash"]),
        ("sub", _("Total III, trésorerie-actif"), sheet["assets_cash"]),
        ("total", _("Total général de l’actif"), sheet["assets"]),
    ]
    return _statement(run, amounts, _("Bilan à la fin de l’exercice, actif (valeurs nettes)"), entries)


def liability_table(run: Simulation, amounts: Amounts) -> Block:
    """The balance sheet, what is owed."""
    sheet = balance_lines(run)
    entries: list[Entry] = [
        *_named(sheet, _OWN),
        ("sub", _("Capitaux propres"), sheet["equity"]),
        *_named(sheet, ("deferred_grants", "bank_loans", "member_loans")),
        ("sub", _("Total I, financement permanent"), sheet["liabilities_permanent"]),
        *_named(sheet, _LIABILITIES["current"]),
        ("sub", _("Total II, passif circulant"), sheet["liabilities_current"]),
        *_named(sheet, _LIABILITIES["cash"]),
        ("sub", _("Total III, trésorerie-passif"), sheet["liabilities_cash"]),
        ("total", _("Total général du passif"), sheet["liabilities"]),
    ]
    return _statement(run, amounts, _("Bilan à la fin de l’exercice, passif"), entries)


def _named(sheet: Lines, codes: Sequence[str]) -> list[Entry]:
    return [("line", str(BALANCE[code]), sheet[code]) for code in codes]


def masses_table(run: Simulation, amounts: Amounts) -> Block:
    """The first half of the funds-flow statement: the great masses of the balance sheet."""
    sheet = balance_lines(run)
    working = sheet["liabilities_permanent"] - sheet["assets_fixed"]
    need = sheet["assets_current"] - sheet["liabilities_current"]
    entries: list[Entry] = [
        ("line", _("Financement permanent"), sheet["liabilities_permanent"]),
        ("line", _("− Actif immobilisé"), sheet["assets_fixed"]),
        ("sub", _("A. Fonds de roulement"), working),
        ("line", _("Actif circulant"), sheet["assets_current"]),
        ("line", _("− Passif circulant"), sheet["liabilities_current"]),
        ("sub", _("B. Besoin en fonds de roulement"), need),
        ("total", _("Trésorerie nette (A − B)"), working - need),
    ]
    return _statement(run, amounts, _("Tableau de financement : synthèse des masses du bilan"), entries)


def funds_lines(run: Simulation) -> dict[str, Floats]:
    """Stable resources and uses of each fiscal year, and what they do to working capital and cash."""
    years, lines, sheet = Years(run), income_lines(run), balance_lines(run)
    need = sheet["assets_current"] - sheet["liabilities_current"]
    cash = sheet["assets_cash"] - sheet["liabilities_cash"]
    opening = run.opening
    need_before = opening.stock + opening.receivables - opening.payables - opening.member_payables
    cash_before = run.plan.opening.cash if run.plan.opening else 0.0
    capital = run.capital
    return {
        "own": lines["self_financing"] - lines["shared_out"],
        "disposals": lines["disposals"],
        "capital": years.flow(capital.paid_in + run.investments.in_kind),
        "grants": years.flow(run.grants.claimed),
        "loans": years.flow(run.debt.drawn + run.debt.capitalised),
        "bought": years.flow(run.investments.bought),
        "refunded": years.flow(capital.refunded),
        "principal": years.flow(run.debt.principal),
        "fees": years.flow(run.debt.fees_paid - run.debt.fees_expensed),
        "need_change": np.diff(need, prepend=need_before),
        "cash_change": np.diff(cash, prepend=cash_before),
    }


def funds_table(run: Simulation, amounts: Amounts) -> Block:
    """The second half of the funds-flow statement: resources and uses of the year."""
    lines = funds_lines(run)
    resources = _sum(lines, ("own", "disposals", "capital", "grants", "loans"))
    uses = _sum(lines, ("bought", "refunded", "principal", "fees"))
    entries: list[Entry] = [
        ("line", _("Autofinancement"), lines["own"]),
        ("line", _("Cessions d’immobilisations"), lines["disposals"]),
        ("line", _("Augmentation du capital, apports en nature compris"), lines["capital"]),
        ("line", _("Subventions d’investissement obtenues"), lines["grants"]),
        ("line", _("Augmentation des dettes de financement"), lines["loans"]),
        ("sub", _("I. Ressources stables"), resources),
        ("line", _("Acquisitions d’immobilisations"), lines["bought"]),
        ("line", _("Remboursement de parts sociales"), lines["refunded"]),
        ("line", _("Remboursement des dettes de financement"), lines["principal"]),
        ("line", _("Frais d’emprunt à étaler"), lines["fees"]),
        ("sub", _("II. Emplois stables"), uses),
        ("line", _("III. Variation du besoin en fonds de roulement"), lines["need_change"]),
        ("total", _("IV. Variation de la trésorerie nette (I − II − III)"), lines["cash_change"]),
    ]
    return _statement(run, amounts, _("Tableau de financement : emplois et ressources"), entries)


def _statement(run: Simulation, amounts: Amounts, caption: str, entries: Sequence[Entry]) -> Block:
    years = Years(run)
    kept = [entry for entry in entries if entry[0] not in ("line", "detail") or np.abs(entry[2]).max() >= 0.5]
    rows = [
        row(kind, label, *([""] * len(values) if kind == "group" else amounts.each(values)))
        for kind, label, values in kept
    ]
    title = amounts.beside(caption)
    return year_table(title, [_("Exercice"), *years.labels], rows, note=years.unfinished_note)
