"""The lines of the engine's statements in words: the name each code is printed under."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, "str | Promise"]

#: `income_statement`.
INCOME: Words = {
    "sales_members": _("Ventes aux membres"),
    "sales_third": _("Ventes aux tiers"),
    "sales": _("Chiffre d’affaires"),
    "operating_grants": _("Subventions d’exploitation"),
    "income": _("Total des produits d’exploitation"),
    "purchases_members": _("Apports des membres consommés"),
    "price_complement": _("Compléments de prix aux membres"),
    "purchases_suppliers": _("Achats consommés auprès de tiers"),
    "external": _("Autres charges externes"),
    "value_added": _("Valeur ajoutée"),
    "piece_members": _("Travail à la pièce des membres"),
    "piece_others": _("Travail à la pièce de tiers"),
    "wages": _("Salaires bruts"),
    "employer_charges": _("Cotisations sociales de l’employeur"),
    "bad_debts": _("Créances perdues"),
    "ebitda": _("Excédent brut d’exploitation"),
    "depreciation": _("Dotations aux amortissements"),
    "grant_release": _("Reprises sur subventions d’investissement"),
    "operating_result": _("Résultat d’exploitation, reprises de subventions comprises"),
    "interest": _("Intérêts et frais d’emprunt"),
    "result_before_tax": _("Résultat avant impôt"),
    "tax": _("Impôt sur les sociétés"),
    "net_result": _("Résultat net"),
}

#: `cash_flow`, receipt by receipt and payment by payment.
CASH: Words = {
    "receipts": _("Encaissements des clients"),
    "operating_grants": _("Subventions d’exploitation reçues"),
    "paid_members": _("Apports payés aux membres"),
    "price_complement": _("Compléments de prix payés"),
    "paid_suppliers": _("Fournisseurs et charges payés"),
    "piece_work": _("Travail à la pièce payé"),
    "staff": _("Salaires et cotisations payés"),
    "vat": _("TVA payée"),
    "tax": _("Impôt payé"),
    "operations": _("Flux de l’exploitation"),
    "investments": _("Investissements payés"),
    "disposals": _("Ventes de matériel usagé"),
    "shares": _("Parts sociales versées"),
    "share_refunds": _("Parts sociales remboursées"),
    "investment_grants": _("Subventions d’investissement reçues"),
    "loans_drawn": _("Emprunts reçus"),
    "loan_principal": _("Capital des emprunts remboursé"),
    "loan_interest": _("Intérêts des emprunts payés"),
    "loan_fees": _("Frais de dossier des emprunts"),
    "overdraft_interest": _("Intérêts du découvert"),
    "share_interest": _("Intérêts aux parts payés"),
    "patronage": _("Ristournes payées"),
    "overdraft_change": _("Variation du découvert autorisé"),
    "change": _("Variation de la trésorerie"),
    "opening_cash": _("Trésorerie au début"),
    "closing_cash": _("Trésorerie à la fin"),
}

#: `indirect_cash_flow`, from the result to the same change of cash.
INDIRECT: Words = {
    "net_result": _("Résultat net"),
    "depreciation": _("Dotations aux amortissements"),
    "grant_release": _("Reprises sur subventions d’investissement"),
    "capitalised_interest": _("Intérêts ajoutés aux emprunts"),
    "prepaid_fees": _("Frais d’emprunt étalés"),
    "stock": _("Variation des stocks"),
    "receivables": _("Variation des créances sur les clients"),
    "payables": _("Variation des dettes envers les fournisseurs"),
    "member_payables": _("Variation des dettes envers les membres"),
    "vat": _("Variation de la TVA due"),
    "tax": _("Variation de l’impôt dû"),
    "operating_grants": _("Variation des subventions d’exploitation à recevoir"),
    "investments": _("Investissements payés, moins le matériel vendu"),
    "capital": _("Parts versées, moins les parts remboursées"),
    "investment_grants": _("Subventions d’investissement reçues"),
    "loans": _("Emprunts reçus, moins le capital remboursé"),
    "share_interest": _("Intérêts aux parts payés"),
    "patronage": _("Ristournes payées"),
    "overdraft": _("Variation du découvert autorisé"),
    "change": _("Variation de la trésorerie"),
}

#: `balance_sheet`.
BALANCE: Words = {
    "net_book_value": _("Immobilisations, valeur nette"),
    "prepaid_fees": _("Frais d’emprunt à étaler"),
    "stock": _("Stocks"),
    "receivables": _("Clients"),
    "supplier_advances": _("Fournisseurs et membres payés d’avance"),
    "grant_receivable": _("Subventions à recevoir"),
    "vat_credit": _("État, crédit de TVA"),
    "tax_credit": _("État, acomptes d’impôt"),
    "cash": _("Banque et caisse"),
    "assets": _("Total de l’actif"),
    "capital": _("Capital, parts des membres"),
    "legal_reserve": _("Réserve légale"),
    "other_reserves": _("Autres réserves"),
    "carried_forward": _("Report à nouveau"),
    "result_to_share": _("Résultat en attente de répartition"),
    "equity": _("Capitaux propres"),
    "deferred_grants": _("Subventions d’investissement"),
    "bank_loans": _("Emprunts auprès des banques"),
    "member_loans": _("Emprunts auprès des membres"),
    "overdraft": _("Découvert bancaire"),
    "payables": _("Fournisseurs"),
    "member_payables": _("Membres, apports à payer"),
    "patronage_payable": _("Membres, ristournes à payer"),
    "grant_advances": _("Subventions reçues d’avance"),
    "vat_due": _("État, TVA due"),
    "tax_due": _("État, impôt dû"),
    "liabilities": _("Total du passif"),
}
