"""What pages of this room say: labels of the data in the page's language, and the law's refusals in words."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.datasets.founding import PaperKind, Question
from bpc.portal.foundation.writing import written_amount, written_date, written_number
from bpc.portal.founding.answers import Fault, catalogue
from bpc.portal.founding.values import Gap
from bpc.portal.reference.law_words import name_article

#: `phase` of papers.yaml in words.
PHASES = {
    "create": gettext_lazy("Pour créer la coopérative"),
    "start": gettext_lazy("Pour démarrer, une fois immatriculée"),
    "year": gettext_lazy("Chaque année"),
}
_FAULTS = {
    "least": gettext_lazy("La loi demande au moins %(limit)s (%(law)s)."),
    "most": gettext_lazy("La loi permet au plus %(limit)s (%(law)s)."),
    "step": gettext_lazy("La loi demande un multiple de %(limit)s (%(law)s)."),
    "forbidden": gettext_lazy("La loi ne permet pas ce choix (%(law)s)."),
    "same_name": gettext_lazy("Ce nom est proposé deux fois : l’ODCO en demande trois différents (%(law)s)."),
    "board_needed": gettext_lazy(
        "Avec plus de %(limit)s membres, un conseil d’administration est obligatoire (%(law)s)."
    ),
    "not_both": gettext_lazy(
        "Un conseil d’administration ou des gérants, jamais les deux (%(law)s). "
        "Changez ce choix, ou celui de la page « Qui dirige »."
    ),
    "no_interest": gettext_lazy(
        "Vos statuts ne prévoient pas d’intérêt aux parts : il ne peut pas en être versé (%(law)s)."
    ),
    "too_early": gettext_lazy("Ce jour est avant le %(day)s, qu’il doit suivre (%(law)s)."),
    "late_notice": gettext_lazy(
        "Pour ce jour d’assemblée, la convocation part au plus tard le %(day)s (%(law)s). Choisissez un jour plus "
        "lointain."
    ),
    "beyond_surplus": gettext_lazy(
        "Le total partagé dépasse l’excédent, %(limit)s : la réserve légale passe d’abord (%(law)s)."
    ),
    "year_needed": gettext_lazy("Dites d’abord quel jour l’exercice se termine (%(law)s)."),
    "amount_of_member": gettext_lazy("Ce montant n’est pas possible : de 0 à %(limit)s (%(law)s)."),
    "day_and_reason": gettext_lazy("Dites le jour du départ et sa raison, les deux (%(law)s)."),
    "nameless": gettext_lazy("Écrivez le nom dans l’une des deux écritures au moins."),
    "unlisted": gettext_lazy("Choisissez une réponse de la liste."),
    "too_long": gettext_lazy("C’est trop long : %(limit)s lettres au plus."),
    "below_minimum": gettext_lazy(
        "Vos statuts demandent au moins %(limit)s parts à chaque membre (%(law)s)."
    ),
    "one_chair": gettext_lazy("Une autre personne préside déjà le conseil : il n’y a qu’une présidence (%(law)s)."),
    "civil_rights": gettext_lazy(
        "Qui dirige doit avoir tous ses droits civils (%(law)s). Donnez cette fonction à une autre personne."
    ),
    "not_banned": gettext_lazy(
        "Une personne à qui il est interdit de diriger ou de gérer ne peut pas diriger la coopérative (%(law)s). "
        "Donnez cette fonction à une autre personne."
    ),
    "no_competing_business": gettext_lazy(
        "Qui dirige ne doit avoir aucune affaire qui concurrence la coopérative (%(law)s). Cette personne quitte "
        "cette affaire, ou laisse la fonction à une autre."
    ),
    "dues_paid": gettext_lazy(
        "Qui dirige doit avoir payé ce qui est dû sur ses parts (%(law)s). Faites d’abord régler ce qui est dû."
    ),
    "beyond_shares": gettext_lazy("C’est plus que la valeur des parts souscrites, %(limit)s (%(law)s)."),
    "beyond_cash": gettext_lazy("C’est plus que la partie en argent des parts, %(limit)s (%(law)s)."),
}  # fmt: skip


def is_arabic() -> bool:
    """Whether the page is in Arabic."""
    return get_language() == "ar"


def said(row: Any, name: str) -> str:
    """A column of the data in the page's language: `said(question, "help")`; its own name without one."""
    language = "ar" if is_arabic() else "fr"
    return str(getattr(row, f"{name}_{language}" if name else language))


def law_words(article: str, law: str = "law") -> str:
    """« loi 112-12, art. 26 »; empty without an article."""
    if not article:
        return ""
    return name_article("décret 2-15-617" if law == "decree" else "112-12", article)


def hint_of(question: Question) -> str:
    """What it means, the legal default, the article, in that order."""
    parts = [said(question, "help"), said(question, "default"), law_words(question.article, question.law)]
    if parts[2]:
        parts[2] = f"({parts[2]})"
    return " ".join(part for part in parts if part)


def paper_law(kind: PaperKind) -> str:
    """The article a paper comes from."""
    return law_words(kind.article, kind.law)


def fault_words(fault: Fault) -> str:
    """The refusal in words, with its article."""
    law, money = "law", fault.field in ("in_kind", "cash_paid")
    question = next((one for one in catalogue().questions if one.code == fault.field), None)
    if question is not None and not money:
        law, money = question.law, question.kind == "amount" and fault.code != "too_long"
    values: dict[str, Any] = {"law": law_words(fault.article, law) or _("l’ordre des faits")}
    if "limit" in fault.values:
        limit = Decimal(fault.values["limit"])
        values["limit"] = written_amount(limit) if money else written_number(limit)
    if "day" in fault.values:
        values["day"] = written_date(fault.values["day"])
    return str(_FAULTS[fault.code]) % values


def gap_words(gap: Gap) -> str:
    """What a paper lacks, in the language of the page."""
    if gap.founder is not None:
        joined = ("، " if is_arabic() else ", ").join(map(str, gap.lacks))
        return _("%(name)s : %(lacks)s") % {"name": gap.name, "lacks": joined}
    return said(catalogue().question(gap.field), "") if gap.field else str(gap.label)


def condition_words(condition: str, article: str) -> str:
    """Why somebody who does not meet a condition of article 65 may not run the cooperative."""
    return str(_FAULTS[condition]) % {"law": law_words(article)}
