"""Why what was typed cannot be part of a plan, in sentences that say what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.core.plan.problems import Problem
from bpc.portal.foundation.writing import isolated, written_amount, written_number, written_percent
from bpc.portal.plans.field_names import Sort
from bpc.portal.plans.path_words import field_of, words_of

REFUSALS: Mapping[str, "str | Promise"] = {
    "E_missing": _("Il manque cette information : remplissez-la."),
    "E_extra_forbidden": _("Un plan n’a pas cette donnée : retirez-la."),
    "E_literal_error": _("Choisissez une des réponses proposées."),
    "E_string_pattern_mismatch": _("Ce texte n’a pas la forme attendue : reprenez l’exemple donné."),
    "E_string_type": _("Écrivez un texte."),
    "E_string_too_long": _("Ce texte est trop long : %(max_length)s lettres au plus."),
    "E_float_type": _("Écrivez un nombre."),
    "E_int_type": _("Écrivez un nombre entier."),
    "E_int_from_float": _("Écrivez un nombre entier, sans virgule."),
    "E_int_parsing_size": _("Ce nombre est trop grand : écrivez-en un plus petit."),
    "E_bool_type": _("Répondez par oui ou par non."),
    "E_finite_number": _("Ce n’est pas un nombre qui se calcule : écrivez-en un autre."),
    "E_greater_than": _("Écrivez plus de %(gt)s."),
    "E_greater_than_equal": _("Écrivez %(ge)s au moins."),
    "E_less_than": _("Écrivez moins de %(lt)s."),
    "E_less_than_equal": _("Écrivez %(le)s au plus."),
    "E_too_long": _("Il y en a trop : %(max_length)s au plus."),
    "E_too_short": _("Il en manque : %(min_length)s au moins."),
    "E_tuple_type": _("Il faut ici une liste de valeurs."),
    "E_list_type": _("Il faut ici une liste de valeurs."),
    "E_dict_type": _("Il faut ici une valeur pour chaque élément nommé."),
    "E_model_type": _("Il faut ici plusieurs données, chacune à son nom."),
    "E_model_attributes_type": _("Il faut ici plusieurs données, chacune à son nom."),
    "E_json_invalid": _("Ce fichier ne se lit pas : choisissez un plan enregistré depuis ce site."),
    "E_not_json": _("Ce fichier n’est pas un plan : choisissez un plan enregistré depuis ce site."),
    "E_range_order": _("Rangez la fourchette du plus petit au plus grand : basse, retenue, haute."),
    "E_negative": _("Écrivez zéro ou plus : ce nombre ne peut pas être négatif."),
    "E_seasonality_sum": _("Les douze mois font %(total)s : corrigez-les pour que leur somme fasse 100 %%."),
    "E_duplicate_id": _("Deux éléments portent le même identifiant %(id)s : changez l’un des deux."),
    "E_unknown_reference": _("%(name)s n’est pas dans le plan : choisissez un élément qui y est, ou ajoutez-le."),
    "E_wage_missing": _("Écrivez le salaire de ce poste, ou choisissez le salaire minimum."),
    "E_cyclic_phases": _("Ces étapes s’attendent l’une l’autre (%(circle)s) : dites laquelle commence."),
    "E_grant_above_cost": _(
        "La subvention (%(amount)s) dépasse ce qu’elle paie (%(cost)s) : réduisez-la ou ajoutez l’investissement."
    ),
    "E_grant_paid_before_claim": _(
        "La subvention serait versée avant d’être accordée : mettez le versement au même mois, ou plus tard."
    ),
    "E_grace_too_long": _(
        "Le différé doit être plus court que le prêt, qui dure %(months)s mois : raccourcissez-le, "
        "ou allongez le prêt."
    ),
    "E_draw_after_grace": _(
        "Une partie du prêt serait versée après le début du remboursement : avancez-la, ou allongez le différé."
    ),
    "E_existing_loan_needs_opening": _(
        "Ce prêt est déjà en cours : décrivez d’abord ce que la coopérative a et doit aujourd’hui."
    ),
    "E_existing_loan_draws": _(
        "Un prêt déjà en cours a un seul montant, ce qui reste dû au premier mois : gardez celui-là."
    ),
    "E_bonuses_sum": _(
        "Les compléments de prix promis font %(total)s du résultat : leur somme ne peut pas dépasser 100 %%."
    ),
    "E_calls_sum": _("Les paiements des parts font %(total)s : corrigez-les pour que leur somme fasse 100 %%."),
    "E02": _(
        "Au mois %(month)s du plan, on vendrait ou on utiliserait plus que ce qui a été produit ou acheté : "
        "revoyez les saisons."
    ),
    "E_residual_price": _(
        "Aucun prix payé aux membres n’atteint exactement le but : choisissez un prix fixe, "
        "ou revoyez les ventes et les charges."
    ),
    "E_bad_path": _("Cette donnée n’est pas celle d’un plan : rechargez la page et recommencez."),
    "E_unknown_item": _("Cet élément n’est plus dans le plan : rechargez la page."),
    "E_not_a_list": _("On ne peut rien ajouter ici."),
    "E_too_deep": _("Cette donnée est trop compliquée pour un plan."),
    "E_too_large": _("C’est plus qu’un plan ne peut contenir : retirez-en une partie."),
    "E_too_many_changes": _("Trop de données à la fois : %(most)s au plus. Enregistrez en plusieurs fois."),
    "E_bad_text": _("Ce texte contient un signe qui ne s’écrit pas : effacez-le et retapez-le."),
}  # fmt: skip

#: Where the form to follow can be told exactly.
_FORMS: Mapping[str, "str | Promise"] = {
    "start": _("Écrivez l’année puis le mois, comme 2027-01."),
    "id": _("Un identifiant s’écrit en minuscules sans accent, avec des chiffres et _ : 40 signes au plus."),
}
_AMOUNTS = frozenset(("amount", "cost"))
_BOUNDS = frozenset(("gt", "ge", "lt", "le"))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A problem said in words: what it is about, and what to do; `path` leads to the field."""

    path: str
    where: str
    sentence: str


def written_refusal(problem: Problem, document: Mapping[str, Any]) -> Refusal:
    """The words of a problem of `InvalidPlan`, in the active language.

    `document` gives items their names: the stored one, or the one that was refused.
    """
    sentence = REFUSALS[problem.code]
    if problem.code == "E_string_pattern_mismatch":
        sentence = _FORMS.get(problem.path.rpartition(".")[2], sentence)
    figures = {name: _written(name, value, problem) for name, value in problem.params.items()}
    return Refusal(problem.path, words_of(problem.path, document), str(sentence) % figures)


def _written(name: str, value: Any, problem: Problem) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return isolated(str(value))
    if name in _AMOUNTS:
        return written_amount(value)
    if name == "total":
        return written_percent(100 * value, 2)
    if name in _BOUNDS:
        return _bound(value, problem.path)
    return written_number(value)


def _bound(value: float, path: str) -> str:
    """A limit in the unit of the field, as the person types it."""
    field = field_of(path)
    if field is not None and field.sort == Sort.SHARE:
        return written_percent(100 * value)
    decimals = 0 if float(value).is_integer() else 2
    if field is not None and field.sort == Sort.AMOUNT:
        return written_amount(value, decimals)
    return written_number(value, decimals)
