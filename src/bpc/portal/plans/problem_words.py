"""What the calculation warns of, in sentences that say what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bpc.core.kernel.months import Month
from bpc.core.plan.problems import Problem
from bpc.core.plan.schema import Plan
from bpc.portal.foundation.writing import month_names, written_amount, written_number, written_percent
from bpc.portal.plans.refusal_words import written_refusal

SENTENCES: Mapping[str, "str | Promise"] = {
    "E02": _("On vendrait plus que ce qui a été produit ou acheté (%(month)s) : revoyez les saisons."),
    "E05": _(
        "L’argent manque : la caisse passe sous son minimum (%(first_month)s), et il manquerait jusqu’à "
        "%(missing)s (%(worst_month)s)."
    ),
    "E_residual_price": _(
        "Aucun prix payé aux membres ne permet d’atteindre le but choisi : revoyez le prix de vente, "
        "les charges ou le but."
    ),
    "W01": _(
        "Le taux d’actualisation et les prix ne parlent pas la même langue : avec des prix constants, "
        "prenez un taux réel ; avec de l’inflation, un taux nominal."
    ),
    "W02": _(
        "Un salaire est sous le minimum légal (%(month)s) : %(gross)s par mois au lieu de %(minimum)s "
        "pour un temps plein."
    ),
    "W03": _(
        "Le capital descend sous les trois quarts de son plus haut niveau (%(month)s) : "
        "la loi 112-12 retarde alors les remboursements de parts (article 30)."
    ),
    "W04": _("Le régime fiscal des services n’est pas choisi : à confirmer avec le service des impôts."),
    "W06": _(
        "La valeur qui reste à la fin fait %(share)s de la valeur actuelle nette : le résultat dépend "
        "de ce que vaudra alors le matériel."
    ),
    "W07": _("Plusieurs taux de rentabilité sont possibles : fiez-vous à la valeur actuelle nette."),
    "W08": _(
        "Les liens supposés entre les hypothèses se contredisent : le calcul de risque les a un peu rapprochés "
        "de ce qui est possible."
    ),
    "W09": _(
        "En %(year)s, le chiffre d’affaires atteint 10 millions de dirhams : l’exonération se perd "
        "et l’impôt ferait %(tax)s sur la durée du plan."
    ),
    "W10": _(
        "En %(year)s, les opérations avec des tiers dépassent la limite de %(cap)s : il faut une autorisation "
        "exceptionnelle (loi 112-12, article 6 ; décret 2-21-216)."
    ),
    "W19": _(
        "Toutes les opérations se font avec des personnes qui ne sont pas membres : la loi les limite à %(cap)s "
        "des opérations avec les membres. Faites adhérer les usagers, ou demandez l’autorisation."
    ),
    "W11": _(
        "Fin %(year)s, les capitaux propres (%(equity)s) tombent sous le quart du capital (%(capital)s) : "
        "l’assemblée doit se réunir dans les trois mois (loi 112-12, article 82)."
    ),
    "W12": _(
        "Le chiffre d’affaires dépasse %(limit)s deux années de suite : un commissaire aux comptes est "
        "obligatoire (loi 112-12, article 72)."
    ),
    "W13": _("Il faut au moins %(least)s membres pour créer la coopérative (loi 112-12, article 14)."),
    "W14": _("Le capital ou la part sociale est sous le minimum légal de %(least)s."),
    "W15": _(
        "Les parts doivent être payées au moins au quart à la souscription, le reste dans les trois ans "
        "(loi 112-12, article 26)."
    ),
    "W16": _("%(amount)s de ristournes attendent d’être payées, faute de trésorerie."),
    "W17": _("%(share)s des ventes reposent sur des prix estimés : à valider localement avant de s’engager."),
    "W18": _(
        "Un fonds d’éducation est prévu : la loi 112-12 n’en fixe pas le taux, vos statuts doivent le prévoir."
    ),
}

_MONTHS_FROM_ZERO = frozenset({"E05"})
_AMOUNTS = frozenset({"missing", "gross", "minimum", "tax", "equity", "capital", "limit", "amount"})
_SHARES = frozenset({"share", "cap", "ratio"})


def month_written(plan: Plan, month: int) -> str:
    """The month so many months after the first, « mars 2028 »; « mois 15 » when the plan is of no particular year."""
    if not plan.dated:
        return gettext("mois %(number)s") % {"number": month + 1}
    here: Month = plan.first_month.plus(month)
    return f"{month_names()[here.month - 1]} {here.year}"


def written_problem(problem: Problem, plan: Plan) -> str:
    """The sentence of a finding of the calculation, in the active language."""
    if problem.code not in SENTENCES:
        return written_refusal(problem, plan.model_dump(mode="json")).sentence
    sentence = str(SENTENCES[problem.code])
    shift = 0 if problem.code in _MONTHS_FROM_ZERO else 1
    return sentence % {
        name: _written(name, value, plan, shift, problem.code) for name, value in problem.params.items()
    }


def _written(name: str, value: Any, plan: Plan, shift: int, code: str) -> str:
    if value is None:
        return gettext("inconnu")
    if name.endswith("month"):
        return month_written(plan, int(value) - shift)
    if name in _AMOUNTS:
        return written_amount(value)
    if name in _SHARES:
        return written_percent(100 * value)
    if name == "least" and code == "W14":
        return written_amount(value)
    if name == "year":
        return year_written(plan, int(value))
    return written_number(value) if isinstance(value, int | float) else str(value)


def year_written(plan: Plan, label: int) -> str:
    """A fiscal year: its number, or its place in a plan of no particular year, « année 3 »."""
    if plan.dated:
        return str(label)
    first = plan.first_month
    first_label = first.year + (1 if first.month > plan.fiscal_year_end else 0)
    return gettext("année %(number)s") % {"number": label - first_label + 1}
