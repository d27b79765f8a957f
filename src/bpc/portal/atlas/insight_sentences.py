"""The sentences that tell computed figures, in the language of the page, for a sheet as for a report.

Numbers are written by `units`; what is unknown is told as such and is never zero.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.core.territory.specialisation import Verdict
from bpc.portal.atlas.figure_words import figure
from bpc.portal.atlas.insight_values import Beside, ChangeHere, MembershipHere, NeedFromData, Shortfall
from bpc.portal.atlas.insight_words import ACTIVITIES, CHANGES, LACKS, NEEDS_FROM_DATA
from bpc.portal.atlas.units import THIN, figure_text, number_text

#: People under whom the parts of a change would be those of a few families.
ENOUGH = 100
_VERDICTS: dict[Verdict, Any] = {
    Verdict.FAR_MORE: gettext_lazy("nettement plus"),
    Verdict.MORE: gettext_lazy("un peu plus"),
    Verdict.ALIKE: gettext_lazy("à peu près autant"),
    Verdict.LESS: gettext_lazy("un peu moins"),
    Verdict.FAR_LESS: gettext_lazy("nettement moins"),
    Verdict.TOO_FEW: gettext_lazy("trop peu de données pour le dire"),
    Verdict.UNKNOWN: gettext_lazy("inconnu"),
}
_BETTER: dict[str, Any] = {
    "commune": gettext_lazy("%(percent)s des communes font mieux"),
    "province": gettext_lazy("%(percent)s des provinces et préfectures font mieux"),
    "region": gettext_lazy("%(percent)s des régions font mieux"),
}


def verdict_words(verdict: Verdict) -> str:
    """What may be said of a figure against the country, in two or three words."""
    return str(_VERDICTS[verdict])


def activity_name(activity: str) -> str:
    """The name of an activity. Raises KeyError for one that does not exist."""
    return str(ACTIVITIES[activity])


def lack_name(lack: str) -> str:
    """What a question of the census tells is missing. Raises KeyError for one that does not exist."""
    return str(LACKS[lack])


def change_name(question: str) -> str:
    """Whose number changed. Raises KeyError for a question that does not exist."""
    return str(CHANGES[question])


def percent(value: float | None) -> str:
    """A share as written in a cell; « inconnu » for None."""
    return _("inconnu") if value is None else figure_text(value, "percent")


def times(ratio: float | None) -> str:
    """A ratio as written in a cell: « 1,6 fois »; « inconnu » for None."""
    if ratio is None:
        return _("inconnu")
    # near one the second decimal tells « a little more » from « as much »
    return _("%(number)s fois") % {"number": number_text(ratio, 1 if ratio >= 2 else 2)}


def interval(low: float | None, high: float | None) -> str:
    """Where the true ratio lies, nine chances in ten; empty where it is unknown."""
    if low is None or high is None:
        return ""
    decimals = 1 if high >= 1 else 2
    return _("entre %(low)s et %(high)s") % {
        "low": number_text(low, decimals),
        "high": number_text(high, decimals),
    }


def severity_words(one: Shortfall, level: str) -> str:
    """Where the place stands among its like; empty where unknown or for the country."""
    if one.severity is None or level not in _BETTER:
        return ""
    return str(_BETTER[level]) % {"percent": f"{number_text(one.severity)}{THIN}%"}


def need_words(one: NeedFromData, level: str) -> str:
    """A need of the list and where the place stands in it by the figures; empty where that is unknown."""
    if one.score is None or level not in _BETTER:
        return ""
    better = str(_BETTER[level]) % {"percent": f"{number_text(one.score)}{THIN}%"}
    return f"{NEEDS_FROM_DATA[one.need]} ({better})"


def membership_sentence(one: MembershipHere) -> str:
    """Members of cooperatives against what is expected, in a sentence."""
    if one.share is None or one.expected is None:
        return _("La part des coopérateurs et associés est inconnue ici.")
    words = {
        "share": percent(one.share),
        "expected": percent(round(one.expected, 1)),
        "bounds": interval(one.low, one.high),
    }
    sentences = {
        Verdict.FAR_MORE: _(
            "Nettement plus qu’attendu : %(share)s, pour %(expected)s attendus (%(bounds)s fois)."
        ),
        Verdict.MORE: _("Un peu plus qu’attendu : %(share)s, pour %(expected)s attendus (%(bounds)s fois)."),
        Verdict.ALIKE: _("À peu près ce qui est attendu : %(share)s, pour %(expected)s attendus."),
        Verdict.LESS: _("Un peu moins qu’attendu : %(share)s, pour %(expected)s attendus (%(bounds)s fois)."),
        Verdict.FAR_LESS: _(
            "Nettement moins qu’attendu : %(share)s, pour %(expected)s attendus (%(bounds)s fois)."
        ),
        Verdict.TOO_FEW: _(
            "Trop peu de personnes pour conclure : %(share)s, pour %(expected)s attendus (%(bounds)s fois)."
        ),
        Verdict.UNKNOWN: _("La part des coopérateurs et associés est inconnue ici."),
    }
    return sentences[one.verdict] % words


def beside_words(beside: Beside, unit: str) -> str:
    """How many neighbours go the same way, and the mean of their figures; empty unless half of them do."""
    if not beside.alike or 2 * beside.alike < beside.known or beside.mean is None:
        return ""
    return ngettext(
        "Sa voisine aussi (%(alike)s sur %(number)s ; %(mean)s)",
        "Ses voisines aussi : %(alike)s sur %(number)s (%(mean)s en moyenne)",
        beside.known,
    ) % {"alike": beside.alike, "number": beside.known, "mean": figure(round(beside.mean, 1), unit)}


def signed_count(value: float) -> str:
    """A change, or a part of one, with its sign."""
    return number_text(round(value), signed=True)


def change_sentence(one: ChangeHere) -> str:
    """A change by its parts, in a sentence; the parts as written sum to the change as written."""
    name = capfirst(change_name(one.question))
    if one.before is None or one.after is None or one.national is None or one.mix is None:
        return _("%(subject)s : les deux recensements ne permettent pas de comparer.") % {"subject": name}
    if max(one.before, one.after) < ENOUGH:
        counts = {"before": number_text(round(one.before)), "after": number_text(round(one.after))}
        return _(
            "%(subject)s : %(before)s en 2014, %(after)s en 2024 ; trop peu de personnes pour chercher pourquoi."
        ) % {"subject": name, **counts}
    change = round(one.after) - round(one.before)
    own = signed_count(change - round(one.national) - round(one.mix))
    if one.margin >= 1:
        own = _("%(count)s (à %(margin)s près)") % {"count": own, "margin": number_text(round(one.margin))}
    return _(
        "%(subject)s : %(change)s de 2014 à 2024, dont %(national)s comme le pays, %(mix)s par sa composition et "
        "%(local)s propres au lieu."
    ) % {
        "subject": name,
        "change": signed_count(change),
        "national": signed_count(one.national),
        "mix": signed_count(one.mix),
        "local": own,
    }
