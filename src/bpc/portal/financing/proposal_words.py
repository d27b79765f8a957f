"""A study in plain sentences: who pays and why, what holds it back, what to do when, why nothing fits.

`names`: the sources by slug, in the active language; a source no longer in the directory is named by its slug.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

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
#: A gain of less than this, or than this share of the cost, says nothing to a group: MAD.
LITTLE_MAD, LITTLE_SHARE = 100.0, 0.001
Names = Mapping[str, str]

GOALS: Words = {
    "cost": _("La moins chère pour les membres"),
    "time": _("La plus rapide"),
    "own_cash": _("Celle qui demande le moins d’apport"),
    "other": _("Une autre façon"),
}
#: What a proposal seeks, as a choice of the form.
WISHES: Words = {
    "cost": _("Payer le moins d’intérêts et de frais"),
    "time": _("Avoir l’argent le plus tôt"),
    "own_cash": _("Mettre le moins d’argent à nous"),
}
KINDS: Words = {
    "own_cash": _("Apport des membres en argent"),
    "own_in_kind": _("Apport des membres en nature"),
    "grant": _("Subvention"),
    "in_kind": _("Aide en nature : le financeur achète lui-même"),
    "loan": _("Prêt à la coopérative"),
    "member_loan": _("Prêts aux membres, mis en commun"),
    "bridge": _("Prêt relais, en attendant une subvention"),
    "line": _("Crédit de campagne"),
}
_BANK_LOAN = _("Prêt de votre banque")
#: What the source does not say, and the calculation sets prudently.
_ASSUMED: Words = {
    "rate": _("taux estimé"),
    "months": _("durée estimée"),
    "delay": _("délai de paiement estimé"),
    "window": _("dates estimées"),
}
_LEFT_OUT: Words = {
    "no_gain": _("Elle ne fait rien gagner : les autres suffisent."),
    "worse": _("Avec elle, le plan coûterait %(worse)s de plus."),
    "slower": _("Avec elle, l’argent arriverait %(worse)s plus tard."),
    "ceiling": _("Son plafond est trop bas."),
    "own_contribution": _("L’apport qu’elle demande dépasse ce que le groupe a."),
    "own_cash": _("L’apport en argent qu’elle demande dépasse ce que le groupe a."),
    "excludes": _("Elle ne se cumule pas avec %(other)s."),
    "requires": _("Il faut d’abord obtenir %(other)s."),
    "same_item": _("Elle paierait ce que %(other)s paie déjà."),
    "public_share": _("Avec elle, l’argent public dépasserait la part permise du coût."),
    "too_late": _("Son argent arriverait trop tard."),
    "bridge": _("Elle paie après les travaux, et rien ne fait l’attente."),
    "cash": _("Ses remboursements feraient passer la caisse sous le minimum."),
    "minimum": _("Elle ne finance pas un montant si petit."),
    "together": _("Elle ne tient pas avec les autres sources choisies."),
    "share": _("Elle ne paie qu’une part du coût, trop petite ici."),
    "cap": _("Elle partage un plafond avec d’autres aides, déjà atteint."),
    "line": _("Le crédit de campagne est trop petit pour elle."),
}
_LIMITS: Words = {
    "cash": _("La caisse est à son minimum (%(month)s)."),
    "own_cash": _("Tout l’apport en argent est utilisé."),
    "ceiling": _("%(source)s : le plafond est atteint."),
    "share": _("%(source)s paie déjà toute la part du coût qu’elle peut payer."),
    "own_contribution": _("%(source)s demande un apport minimum."),
    "public_share": _("L’argent public atteint la part permise du coût."),
    "line": _("Le crédit de campagne est utilisé en entier."),
    "same_item": _("%(source)s paie des choses qu’aucune autre aide ne peut payer aussi."),
    "excludes": _("%(source)s ne se cumule pas avec d’autres aides."),
    "requires": _("%(source)s dépend d’une autre source, à obtenir d’abord."),
    "cap": _("Plusieurs aides du même programme ont un plafond commun, atteint."),
    "minimum": _("%(source)s ne finance pas moins."),
    "bridge": _("Le prêt relais ne dépasse pas la subvention attendue."),
}
_REASONS: Words = {
    "cash": _("Les remboursements et les dépenses de l’année %(year)s laissent trop peu d’argent en caisse."),
    "own_cash": _("L’apport en argent des membres ne suffit pas."),
    "ceiling": _("%(source)s : son plafond est trop bas pour ce projet."),
    "share": _("%(source)s ne paie qu’une part du coût."),
    "own_contribution": _("%(source)s demande plus d’apport que le groupe n’en a."),
    "public_share": _("L’argent public ne peut pas payer davantage du coût."),
    "line": _("Le crédit de campagne est trop petit."),
    "excludes": _("%(source)s ne se cumule pas avec les autres aides."),
    "requires": _("%(source)s dépend d’une autre source, que le groupe n’a pas."),
    "cap": _("Les aides d’un même programme ont un plafond commun."),
    "minimum": _("%(source)s ne finance pas un montant si petit."),
    "same_item": _("Deux aides ne peuvent pas payer la même chose."),
    "bridge": _("%(source)s paie après les travaux, et aucun prêt ne fait l’attente."),
    "no_source": _("Aucune source du répertoire ne convient aux réponses du groupe."),
}
_OPENS: Words = {
    "answers": _("Répondre aux questions de financement du projet : %(count)s sources attendent vos réponses."),
    "own_cash": _("Réunir %(amount)s d’apport de plus dès le premier mois."),
    "grant": _("Trouver %(amount)s de subvention de plus dès le premier mois."),
    "unstrike": _("Reprendre une source que le groupe a écartée : %(source)s."),
    "to_confirm": _("Faire confirmer leur droit par les organismes : avec ces sources, le plan tient."),
    "spend_less": _("Acheter moins cher, d’occasion ou en deux fois : le plan demande alors moins d’argent."),
}  # fmt: skip
_WARNINGS: Words = {
    "prior_approval": _("ne commencez ni achats ni travaux avant son accord écrit, sinon elle ne paie pas"),
    "paid_after": _("elle paie après les travaux, sur factures : il faut avancer l’argent"),
    "milestone": _("elle paie par tranches, à mesure que les travaux avancent"),
    "to_confirm": _("le droit de votre groupe est à confirmer avec l’organisme"),
    "closes": _("dossier à déposer avant le %(day)s"),
    "forecast": _("appel pas encore annoncé ; d’après les années passées, vers %(month)s"),
    "window_unknown": _("les dates ne sont pas connues : demandez à l’organisme"),
    "low_confidence": _("ces informations sont à vérifier avant d’y compter"),
}
_STEPS: Words = {
    "ask": _("Déposer la demande : %(source)s"),
    "start": _("Commencer les achats, une fois les accords reçus"),
    "own_cash": _("Verser l’apport des membres"),
    "own_in_kind": _("Constater l’apport en nature"),
    "money": _("L’argent arrive : %(source)s"),
    "bought": _("Le matériel est fourni : %(source)s"),
    "bridge": _("Prendre le prêt relais"),
    "bridge_back": _("Rendre le prêt relais"),
    "repay": _("Premier remboursement : %(source)s"),
    "repaid": _("Dernier remboursement : %(source)s"),
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
    return gettext("mois %(number)s") % {"number": month + 1}


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
            written[name] = named(str(value or ""), names) or gettext("une autre source")
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
_OTHER_LIMIT = _("Une autre règle de calcul l’empêche.")


def _little(worse: float, goal: str, cost: float) -> bool:
    """Whether a loss is too small to be told: half a month, or what a group would not notice."""
    return worse < (0.5 if goal == "time" else max(LITTLE_MAD, LITTLE_SHARE * cost))


def left_out_words(reason: Reason, goal: str, names: Names, cost: float = 0.0) -> str:
    """Why a source is not used in a plan of that cost."""
    code, worse = reason.code, reason.params.get("worse")
    if code == "no_gain" and isinstance(worse, int | float) and not _little(worse, goal, cost):
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
        return gettext("La caisse est à son minimum.")
    return str(_LIMITS.get(reason.code, _OTHER_LIMIT)) % _figures(reason, names, first)


def reason_words(reason: Reason, names: Names) -> str:
    """One of the causes that leave nothing."""
    if reason.code == "cash" and not reason.params.get("year"):
        return gettext("L’argent manque en caisse.")
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
        told.append(gettext("argent attendu : %(month)s") % {"month": month_words(first, part.month)})
    if part.rate is not None:
        told.append(gettext("%(rate)s par an") % {"rate": _rate(100 * part.rate)})
    if part.months is not None:
        told.append(gettext("à rendre en %(duration)s") % {"duration": written_duration(part.months)})
    if part.grace:
        told.append(gettext("dont %(duration)s de différé") % {"duration": written_duration(part.grace)})
    if abs(part.cost) >= 0.5:
        told.append(gettext("coûte %(amount)s en tout") % {"amount": written_amount(part.cost)})
    return told + [str(_ASSUMED[name]) for name in part.assumed if name in _ASSUMED]


def _rate(percent: float) -> str:
    """A yearly rate with no more decimals than it needs, « 4,5 % »."""
    decimals = next(
        count for count in (0, 1, 2, 3) if count == 3 or abs(percent - round(percent, count)) < 1e-6
    )
    return written_percent(percent, decimals)


def part_why(part: Part, goal: str, cost: float = 0.0) -> str:
    """Why the source is in, in a plan of that cost; empty when nothing that counts can be said."""
    if part.needed:
        return gettext("Sans elle, aucun plan ne tient.")
    if part.without is None or _little(abs(part.without), goal, cost):
        return ""
    if goal == "time":
        return gettext("Sans elle, il faudrait attendre %(duration)s de plus.") % {
            "duration": written_duration(part.without)
        }
    if goal == "own_cash":
        return gettext("Sans elle, il faudrait %(amount)s d’apport de plus.") % {
            "amount": written_amount(part.without)
        }
    return gettext("Sans elle, le plan coûterait %(amount)s de plus.") % {
        "amount": written_amount(part.without)
    }


def own_cash_worth(proposal: Proposal) -> str:
    """« Un dirham de plus d’apport… »; empty when nothing is known of it."""
    value = proposal.value_of_own_cash
    if value is None:
        return ""
    if value < 0.005:
        return gettext("Un dirham de plus d’apport ne ferait rien gagner.")
    return gettext("Un dirham de plus d’apport ferait économiser %(amount)s d’intérêts et de frais.") % {
        "amount": written_amount(value, 2)
    }


def begins_words(first: str, postponed: int) -> str:
    """« commence 16 mois plus tard, en avril 2028 »; empty when the plan begins as it says."""
    if not postponed:
        return ""
    wait = written_duration(postponed)
    if not first:
        return gettext("commence %(wait)s plus tard") % {"wait": wait}
    return gettext("commence %(wait)s plus tard, en %(month)s") % {
        "wait": wait,
        "month": month_words(first, 0),
    }


def waited(months: int | None) -> str:
    """How long until the last money is there."""
    if months is None:
        return gettext("inconnu")
    return written_duration(months) if months else gettext("tout de suite")
