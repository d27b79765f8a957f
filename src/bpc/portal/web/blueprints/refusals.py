"""What the schema or the engine refuses, in words, each beside its box or with the way to the section it is in."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bpc.core.plan.problems import Problem as PlanProblem
from bpc.datasets.model_plans import operating_document
from bpc.datasets.project_models import Problem
from bpc.portal.plans.refusal_words import REFUSALS, written_refusal
from bpc.portal.web.blueprints.sections import Section, section_of

WORDS: Mapping[str, "str | Promise"] = {
    "missing": _("Remplissez cette information."),
    "text_missing": _("Écrivez ce texte."),
    "text_spaces": _("Retirez les espaces autour du texte."),
    "text_unfinished": _("Ce texte n’est pas fini, ou contient le code d’une source."),
    "text_language": _("Ce texte n’est pas dans la langue attendue."),
    "text_digits": _("Écrivez les chiffres de 0 à 9."),
    "string_too_long": _("Ce texte est trop long."),
    "range": _("Rangez les trois valeurs : la plus basse, la retenue, la plus haute."),
    "seasonality": _("Les douze mois doivent faire 100 %."),
    "grace": _("Le différé doit être plus court que le crédit."),
    "financing": _("Les trois parts doivent faire 100 %."),
    "member_price": _("Les parts vont avec la règle « part du prix de vente », et avec elle seule."),
    "members": _("Le nombre le plus fréquent ne peut pas être sous le minimum."),
    "repeated": _("La même ligne, ou le même code, est donné deux fois."),
    "empty": _("Il en faut au moins un."),
    "source_missing": _("« Dit par une source » demande au moins une source."),
    "unknown_product": _("Ce produit n’existe plus."),
    "siting": _("Pour demander un produit connu, cochez au moins un produit."),
    "unknown_place_product": _("Ce produit n’est pas dans la liste des produits."),
    "unknown_sector": _("Ce secteur n’existe pas."),
    "unknown_region": _("Cette région n’existe pas."),
    "unknown_unit": _("Cette unité n’existe pas."),
    "unknown_source": _("Un code de source n’est pas dans le tableau des sources."),
    "string_pattern_mismatch": _("Ce texte n’a pas la forme attendue."),
}
#: What the schema refuses of the model as a whole, by the field where people mend it.
_FIELD_OF_WHOLE = {"members": "members_typical", "text_missing": "notes_ar"}


def box_of(path: str) -> str:
    """The box of a path of the schema.

    >>> box_of("capex[0].life_years"), box_of("products[1].seasonality[3]"), box_of("")
    ('capex-0-life_years', 'products-1-seasonality-3', '')
    """
    return re.sub(r"\[(\d+)\]", r"-\1", path).replace(".", "-")


def section_in(path: str) -> Section | None:
    """The section where what a path names is edited."""
    return section_of(re.split(r"[.\[]", path, maxsplit=1)[0])


def sort_refusals(problems: Iterable[Problem], section: Section) -> tuple[dict[str, list[str]], list[str]]:
    """Faults by box for what this section holds, and sentences for the rest."""
    faults: dict[str, list[str]] = {}
    others: list[str] = []
    for problem in problems:
        words = str(WORDS.get(problem.code, _("Cette valeur n’est pas possible.")))
        path = problem.path or _FIELD_OF_WHOLE.get(problem.code, "")
        place = section_in(path)
        if place is section:
            faults.setdefault(box_of(path), []).append(words)
        elif place is None:
            others.append(words)
        else:
            others.append(
                gettext("Dans « %(section)s » : %(fault)s") % {"section": place.title, "fault": words}
            )
    return faults, list(dict.fromkeys(others))


def plan_sentences(problems: Iterable[PlanProblem], content: Mapping[str, Any], language: str) -> list[str]:
    """Why the engine refuses a plan, each with what it is about."""
    document = operating_document(content, language)
    told = []
    for problem in problems:
        if problem.code in REFUSALS:
            refusal = written_refusal(problem, document)
            told.append(
                gettext("%(where)s : %(fault)s") % {"where": refusal.where, "fault": refusal.sentence}
            )
        else:
            told.append(gettext("Le calcul trouve une erreur dans ce plan."))
    return list(dict.fromkeys(told))
