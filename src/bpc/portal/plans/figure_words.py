"""The engine's indicators in words: name, value with its unit, why one has no value."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bpc.core.kernel.figures import Figure
from bpc.portal.foundation.writing import (
    as_decimal,
    written_amount,
    written_duration,
    written_number,
    written_percent,
)

Words = Mapping[str, "str | Promise"]

NAMES: Words = {
    "npv": _("Valeur actuelle nette, par mois"),
    "npv_annual": _("Valeur actuelle nette, par année"),
    "discount_rate": _("Taux d’actualisation"),
    "terminal_value": _("Valeur qui reste à la fin"),
    "terminal_share_of_npv": _("Part de la valeur finale dans la valeur actuelle nette"),
    "profitability_index": _("Indice de profitabilité"),
    "investment": _("Investissement de la première année"),
    "irr": _("Taux de rentabilité interne, par mois"),
    "irr_annual": _("Taux de rentabilité interne, par année"),
    "mirr": _("Taux de rentabilité interne modifié"),
    "payback_years": _("Délai de récupération"),
    "discounted_payback_years": _("Délai de récupération actualisé"),
    "peak_need": _("Besoin de financement le plus haut"),
    "min_cash": _("Trésorerie la plus basse"),
    "max_overdraft": _("Découvert le plus haut"),
    "dscr_min": _("Couverture de la dette, année la plus faible"),
    "dscr_min_repaying": _("Couverture de la dette, année la plus faible après le différé"),
    "dscr_average": _("Couverture de la dette, en moyenne"),
    "dscr_min_without_working_capital": _(
        "Couverture de la dette hors variation du besoin en fonds de roulement"
    ),
    "llcr": _("Couverture du prêt sur sa durée"),
    "break_even_sales": _("Seuil de rentabilité, dernière année complète"),
    "cash_break_even_sales": _("Seuil de trésorerie, dernière année complète"),
    "break_even_month": _("Premier mois où le seuil est atteint"),
    "income_per_member": _("Revenu par membre, dernière année complète"),
    "member_gini": _("Inégalité des apports entre membres, de 0 à 1"),
    "jobs": _("Emplois à temps plein"),
    "jobs_piece_work": _("dont travail à la pièce"),
    "jobs_women": _("dont femmes salariées"),
    "jobs_youth": _("dont jeunes salariés"),
    "cost_per_job": _("Investissement par emploi"),
    "public_money_per_job": _("Argent public par emploi"),
    "public_money_per_member": _("Argent public par membre"),
    "third_party_ratio": _("Opérations avec des tiers, année la plus forte"),
    "estimated_share": _("Part des ventes dont le prix est une estimation"),
    "upkeep_yearly_cost": _("Coût de fonctionnement par an"),
    "upkeep_paid_by_users": _("payé par les usagers"),
    "upkeep_paid_by_grants": _("payé par des subventions"),
    "upkeep_gap": _("reste à trouver chaque année"),
    "upkeep_investment_per_beneficiary": _("Investissement par bénéficiaire"),
    "upkeep_cost_per_beneficiary": _("Coût annuel par bénéficiaire"),
    "increment_cooperative_npv": _("Gain de valeur pour la coopérative, avec et sans le projet"),
    "increment_cooperative_irr": _("Rentabilité du supplément pour la coopérative"),
    "increment_members_npv": _("Gain de valeur pour les membres, avec et sans le projet"),
    "increment_income_per_member": _("Gain de revenu par membre la dernière année"),
}

REASONS: Words = {
    "npv_is_zero": _("sans objet : la valeur actuelle nette est nulle"),
    "no_investment": _("sans objet : rien n’est investi"),
    "flow_never_changes_sign": _("non défini : les flux ne changent jamais de signe"),
    "several_rates": _("plusieurs taux possibles : lire la valeur actuelle nette"),
    "no_rate_in_range": _("aucun taux trouvé"),
    "not_within_plan": _("pas atteint pendant la durée du plan"),
    "no_debt_service": _("sans objet : rien à rembourser"),
    "no_repayment": _("sans objet : aucun capital n’est remboursé pendant le plan"),
    "no_loan": _("sans objet : aucun emprunt"),
    "no_full_year": _("sans objet : aucune année complète"),
    "variable_costs_eat_sales": _("jamais : chaque vente coûte plus qu’elle ne rapporte"),
    "not_entered": _("non renseigné"),
    "hours_unknown": _("inconnu : les heures ne sont pas renseignées"),
    "shares_unknown": _("inconnu : les parts ne sont pas renseignées"),
    "no_job": _("sans objet : aucun emploi compté"),
    "no_dealings_with_members": _("sans objet : aucune opération avec les membres"),
    "no_sales": _("sans objet : aucune vente"),
    "beneficiaries_unknown": _("inconnu : le nombre de bénéficiaires n’est pas renseigné"),
    "no_single_rate": _("non défini : pas de taux unique"),
}

#: Ratios that are shares, read more easily as percentages.
_PERCENTS = frozenset({"terminal_share_of_npv", "third_party_ratio", "estimated_share"})
UNITS = ("MAD", "MAD a year", "rate", "ratio", "years", "month", "full-time posts")


def figure_name(name: str) -> str:
    """What an indicator is called, in the active language."""
    return str(NAMES[name])


def written_figure(name: str, figure: Figure) -> str:
    """Its value with its unit, or why it has none; months are numbered from the beginning of the plan."""
    value = figure.value
    if value is None or as_decimal(value) is None:
        return str(REASONS[figure.reason]) if figure.reason else gettext("inconnu")
    if figure.unit == "MAD":
        return written_amount(value)
    if figure.unit == "MAD a year":
        return gettext("%(amount)s par an") % {"amount": written_amount(value)}
    if figure.unit == "rate" or name in _PERCENTS:
        return written_percent(100 * value, 1)
    if figure.unit == "years":
        return written_duration(12 * value)
    if figure.unit == "month":
        return gettext("mois %(number)s") % {"number": int(value)}
    if figure.unit == "full-time posts":
        return written_number(value, 1)
    return written_number(value, 2)
