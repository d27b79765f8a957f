"""A study in plain sentences: who pays and why, what holds it back, what to do when, why nothing fits.

`names`: the sources by slug, in the active language; a source no longer in the directory is named by its slug.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from bpc.portal.financing.studies import Part, Proposal, Reason, Step
from bpc.portal.foundation.writing import (
    written_amount,
    written_date,
    written_duration,
    written_month,
    written_number,
    written_percent,
)

Words = Mapping[str, "str | Promise"]
Names = Mapping[str, str]

GOALS: Words = {
    "cost": lazy("La moins chère pour les membres"),
    "time": lazy("La plus rapide"),
    "own_cash": lazy("Celle qui demande le moins d’apport"),
    "other": lazy("Une autre façon"),
}
#: What a proposal seeks, as a choice of the form.
WISHES: Words = {
    "cost": lazy("Payer le moins d’intérêts et de frais"),
    "time": lazy("Avoir l’argent le plus tôt"),
    "own_cash": lazy("Mettre le moins d’argent à nous"),
}
KINDS: Words = {
    "own_cash": lazy("Apport des membres en argent"),
    "own_in_kind": lazy("Apport des membres en nature"),
    "grant": lazy("Subvention"),
    "in_kind": lazy("Aide en nature : le financeur achète lui-même"),
    "loan": lazy("Prêt à la coopérative"),
    "member_loan": lazy("Prêts aux membres, mis en commun"),
    "bridge": lazy("Prêt relais, en attendant une subvention"),
    "line": lazy("Crédit de campagne"),
}
_BANK_LOAN = lazy("Prêt de votre banque")
#: What the source does not say, and the calculation sets prudently.
_ASSUMED: Words = {
    "rate": lazy("taux estimé"),
    "months": lazy("durée estimée"),
    "delay": lazy("délai de paiement estimé"),
    "window": lazy("dates estimées"),
}
_LEFT_OUT: Words = {
    "no_gain": lazy("Elle ne fait rien gagner : les autres suffisent."),
    "worse": lazy("Avec elle, le plan coûterait %(worse)s de plus."),
    "slower": lazy("Avec elle, l’argent arriverait %(worse)s plus tard."),
    "ceiling": lazy("Son plafond est trop bas."),
    "own_contribution": lazy("L’apport qu’elle demande dépasse ce que le groupe a."),
    "own_cash": lazy("L’apport en argent qu’elle demande dépasse ce que le groupe a."),
    "excludes": lazy("Elle ne se cumule pas avec %(other)s."),
    "requires": lazy("Il faut d’abord obtenir %(other)s."),
    "same_item": lazy("Elle paierait ce que %(other)s paie déjà."),
    "public_share": lazy("Avec elle, l’argent public dépasserait la part permise du coût."),
    "too_late": lazy("Son argent arriverait trop tard."),
    "bridge": lazy("Elle paie après les travaux, et rien ne fait l’attente."),
    "cash": lazy("Ses remboursements feraient passer la caisse sous le minimum."),
    "minimum": lazy("Elle ne finance pas un montant si petit."),
    "together": lazy("Elle ne tient pas avec les autres sources choisies."),
    "share": lazy("Elle ne paie qu’une part du coût, trop petite ici."),
    "cap": lazy("Elle partage un plafond avec d’autres aides, déjà atteint."),
    "line": lazy("Le crédit de campagne est trop petit pour elle."),
}
_LIMITS: Words = {
    "cash": lazy("La caisse est à son minimum (%(month)s)."),
    "own_cash": lazy("Tout l’apport en argent est utilisé."),
    "ceiling": lazy("%(source)s : le plafond est atteint."),
    "share": lazy("%(source)s paie déjà toute la part du coût qu’elle peut payer."),
    "own_contribution": lazy("%(source)s demande un apport minimum."),
    "public_share": lazy("L’argent public atteint la part permise du coût."),
    "line": lazy("Le crédit de campagne est utilisé en entier."),
    "same_item": lazy("%(source)s paie des choses qu’aucune autre aide ne peut payer aussi."),
    "excludes": lazy("%(source)s ne se cumule pas avec d’autres aides."),
    "requires": lazy("%(source)s dépend d’une autre source, à obtenir d’abord."),
    "cap": lazy("Plusieurs aides du même programme ont un plafond commun, atteint."),
    "minimum": lazy("%(source)s ne finance pas moins."),
    "bridge": lazy("Le prêt relais ne dépasse pas la subvention attendue."),
}
_REASONS: Words = {
    "cash": lazy(
        "Les remboursements et les dépenses de l’année %(year)s laissent trop peu d’argent en caisse."
    ),
    "own_cash": lazy("L’apport en argent des membres ne suffit pas."),
    "ceiling": lazy("%(source)s : son plafond est trop bas pour ce projet."),
    "share": lazy("%(source)s ne paie qu’une part du coût."),
    "own_contribution": lazy("%(source)s demande plus d’apport que le groupe n’en a."),
    "public_share": lazy("L’argent public ne peut pas payer davantage du coût."),
    "line": lazy("Le crédit de campagne est trop petit."),
    "excludes": lazy("%(source)s ne se cumule pas avec les autres aides."),
    "requires": lazy("%(source)s dépend d’une autre source, que le groupe n’a pas."),
    "cap": lazy("Les aides d’un même programme ont un plafond commun."),
    "minimum": lazy("%(source)s ne finance pas un montant si petit."),
    "same_item": lazy("Deux aides ne peuvent pas payer la même chose."),
    "bridge": lazy("%(source)s paie après les travaux, et aucun prêt ne fait l’attente."),
    "no_source": lazy("Aucune source du répertoire ne convient aux réponses du groupe."),
}
_OPENS: Words = {
    "answers": lazy("Répondre aux questions de financement du projet : %(count)s sources attendent vos réponses."),
    "own_cash": lazy("Réunir %(amount)s d’apport de plus dès le premier mois."),
    "grant": lazy("Trouver %(amount)s de subvention de plus dès le premier mois."),
    "unstrike": lazy("Reprendre une source que le groupe a écartée : %(source)s."),
    "to_confirm": lazy("Faire confirmer leur droit par les organismes : avec ces sources, le plan tient."),
    "spend_less": lazy("Acheter moins cher, d’occasion ou en deux fois : le plan demande alors moins d’argent."),
}  # fmt: skip
_WARNINGS: Words = {
    "prior_approval": lazy(
        "ne commencez ni achats ni travaux avant son accord écrit, sinon elle ne paie pas"
    ),
    "paid_after": lazy("elle paie après les travaux, sur factures : il faut avancer l’argent"),
    "milestone": lazy("elle paie par tranches, à mesure que les travaux avancent"),
    "to_confirm": lazy("le droit de votre groupe est à confirmer avec l’organisme"),
    "closes": lazy("dossier à déposer avant le %(day)s"),
    "forecast": lazy("appel pas encore annoncé ; d’après les années passées, vers %(month)s"),
    "window_unknown": lazy("les dates ne sont pas connues : demandez à l’organisme"),
    "low_confidence": lazy("ces informations sont à vérifier avant d’y compter"),
}
_STEPS: Words = {
    "ask": lazy("Déposer la demande : %(source)s"),
    "start": lazy("Commencer les achats, une fois les accords reçus"),
    "own_cash": lazy("Verser l’apport des membres"),
    "own_in_kind": lazy("Constater l’apport en nature"),
    "money": lazy("L’argent arrive : %(source)s"),
    "bought": lazy("Le matériel est fourni : %(source)s"),
    "bridge": lazy("Prendre le prêt relais"),
    "bridge_back": lazy("Rendre le prêt relais"),
    "repay": lazy("Premier remboursement : %(source)s"),
    "repaid": lazy("Dernier remboursement : %(source)s"),
}


def month_words(first: str, month: int) -> str:
    """A month so many after `first` (« 2027-01 »), or its number in a plan of no particular year.

    >>> month_words("", 0)
    'mois 1'
    """
    if first:
        year, rank = divmod(int(first[:4]) * 12 + int(first[5:]) - 1 + month, 12)
        return written_month(year, rank + 1)
    if month < 0:
        return ngettext(
            "%(count)s mois avant le début", "%(count)s mois avant le début", -month
        ) % {"count": -month}  # fmt: skip
    return _("mois %(number)s") % {"number": month + 1}


def named(source: str, names: Names) -> str:
    """The source as its sheet is called; the bridge and the members have none."""
    return names.get(source, source) if source else ""


def _unlisted(kind: str) -> str:
    """The name of money that no directory lists."""
    return str(_BANK_LOAN if kind == "loan" else KINDS[kind]) if kind in KINDS else ""


def _figures(reason: Reason, names: Names, first: str) -> dict[str, str]:
    """What the sentence of a reason is filled with, each figure written."""
    kind = str(reason.params.get("kind") or "")
    source = named(reason.source, names) or _unlisted(kind)
    written = {"source": source, "other": "", "month": "", "year": "", "day": "",
               "worse": "", "amount": ""}  # fmt: skip
    for name, value in reason.params.items():
        if name == "count":
            written[name] = written_number(value)
        elif name == "other":
            written[name] = named(str(value or ""), names) or _("une autre source")
        elif name == "month" and isinstance(value, int | float):
            written[name] = month_words(first, int(value))
        elif name == "year" and isinstance(value, int | float):
            written[name] = written_number(value)
        elif name == "day" and isinstance(value, str):
            written[name] = written_date(date.fromisoformat(value))
        elif name in {"worse", "amount"}:
            written[name] = written_amount(value)
    return written


#: What is said of a limit that this page has no sentence for.
_OTHER_LIMIT = lazy("Une autre règle de calcul l’empêche.")


def left_out_words(reason: Reason, goal: str, names: Names) -> str:
    """Why a source is not used."""
    code, worse = reason.code, reason.params.get("worse")
    if code == "no_gain" and isinstance(worse, int | float) and worse >= 0.5:
        if goal == "time":
            return str(_LEFT_OUT["slower"]) % {"worse": written_duration(float(worse))}
        code = "worse"
    if code in {"excludes", "requires", "same_item"} and not reason.params.get("other"):
        reason = reason.model_copy(update={"params": {**reason.params, "other": ""}})
    return str(_LEFT_OUT.get(code, _OTHER_LIMIT)) % _figures(reason, names, "")


def limits_told(reasons: Iterable[Reason], names: Names, first: str) -> list[str]:
    """What holds a proposal back, the most costly first, each thing once: cash at its floor is told for one month."""
    seen: set[tuple[str, str]] = set()
    told = []
    for reason in sorted(reasons, key=_weight):
        key = (reason.code, "" if reason.code == "cash" else reason.source or str(reason.params.get("kind")))
        if key not in seen:
            seen.add(key)
            told.append(limit_words(reason, names, first))
    return told


def _weight(reason: Reason) -> float:
    value = reason.params.get("value")
    return -float(value) if isinstance(value, int | float) else 0.0


def limit_words(reason: Reason, names: Names, first: str) -> str:
    """One thing that holds a proposal back."""
    if reason.code == "cash" and not isinstance(reason.params.get("month"), int | float):
        return _("La caisse est à son minimum.")
    return str(_LIMITS.get(reason.code, _OTHER_LIMIT)) % _figures(reason, names, first)


def reason_words(reason: Reason, names: Names) -> str:
    """One of the causes that leave nothing."""
    if reason.code == "cash" and not reason.params.get("year"):
        return _("L’argent manque en caisse.")
    return str(_REASONS.get(reason.code, _OTHER_LIMIT)) % _figures(reason, names, "")


def opening_words(reason: Reason, names: Names) -> str:
    """One thing that would make a combination possible."""
    return str(_OPENS[reason.code]) % _figures(reason, names, "")


def warnings_told(reasons: Iterable[Reason], names: Names) -> dict[str, list[str]]:
    """What to know before asking each source, by its slug."""
    told: dict[str, list[str]] = {}
    for reason in reasons:
        figures = _figures(reason, names, "")
        if reason.code == "forecast" and isinstance(reason.params.get("day"), str):
            day = date.fromisoformat(str(reason.params["day"]))  # no surer than its month
            figures["month"] = written_month(day.year, day.month)
        told.setdefault(reason.source, []).append(str(_WARNINGS[reason.code]) % figures)
    return told


def step_words(step: Step, names: Names) -> str:
    """What to do, or what happens."""
    return str(_STEPS[step.code]) % {"source": named(step.source, names)}


def part_name(part: Part, names: Names) -> str:
    """Who gives or lends."""
    return named(part.source, names) or _unlisted(part.kind)


def part_terms(part: Part, first: str) -> list[str]:
    """How it pays: when, on what conditions, at which cost."""
    told = []
    if part.month is not None and part.kind != "in_kind":
        told.append(_("argent attendu : %(month)s") % {"month": month_words(first, part.month)})
    if part.rate is not None:
        told.append(_("%(rate)s par an") % {"rate": _rate(100 * part.rate)})
    if part.months is not None:
        told.append(_("à rendre en %(duration)s") % {"duration": written_duration(part.months)})
    if part.grace:
        told.append(_("dont %(duration)s de différé") % {"duration": written_duration(part.grace)})
    if abs(part.cost) >= 0.5:
        told.append(_("coûte %(amount)s en tout") % {"amount": written_amount(part.cost)})
    return told + [str(_ASSUMED[name]) for name in part.assumed if name in _ASSUMED]


def _rate(percent: float) -> str:
    """A yearly rate with no more decimals than it needs, « 4,5 % »."""
    decimals = next(
        count for count in (0, 1, 2, 3) if count == 3 or abs(percent - round(percent, count)) < 1e-6
    )
    return written_percent(percent, decimals)


def part_why(part: Part, goal: str) -> str:
    """Why the source is in."""
    if part.needed:
        return _("Sans elle, aucun plan ne tient.")
    if part.without is None or abs(part.without) < 0.5:
        return ""
    if goal == "time":
        return _("Sans elle, il faudrait attendre %(duration)s de plus.") % {
            "duration": written_duration(part.without)
        }
    if goal == "own_cash":
        return _("Sans elle, il faudrait %(amount)s d’apport de plus.") % {
            "amount": written_amount(part.without)
        }
    return _("Sans elle, le plan coûterait %(amount)s de plus.") % {"amount": written_amount(part.without)}


def own_cash_worth(proposal: Proposal) -> str:
    """« Un dirham de plus d’apport… »; empty when nothing is known of it."""
    value = proposal.value_of_own_cash
    if value is None:
        return ""
    if value < 0.005:
        return _("Un dirham de plus d’apport ne ferait rien gagner.")
    return _("Un dirham de plus d’apport ferait économiser %(amount)s d’intérêts et de frais.") % {
        "amount": written_amount(value, 2)
    }


def waited(months: int | None) -> str:
    """How long until the last money is there."""
    if months is None:
        return _("inconnu")
    return written_duration(months) if months else _("tout de suite")
