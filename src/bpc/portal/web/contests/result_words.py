"""The words of results: ranks, intervals, outcomes, languages, what a feedback waits for."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.portal.contests.ranking import Proposal
from bpc.portal.contests.states import Outcome
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_number


def rank_words(rank: int | None, tied: int) -> str:
    """« 3 », « 3 ex æquo », or that nobody read the entry: an unread entry is not the last."""
    if rank is None:
        return _("non lue")
    if tied:
        return _("%(rank)s ex æquo") % {"rank": written_number(rank)}
    return written_number(rank)


def interval_words(low: int | None, high: int | None) -> str:
    """Where the rank surely lies, nine times in ten."""
    if low is None or high is None:
        return _("inconnu")
    if low == high:
        return _("%(rank)s sûrement") % {"rank": written_number(low)}
    return _("entre %(low)s et %(high)s") % {"low": written_number(low), "high": written_number(high)}


def interval_label(name: str, place: int, low: int, high: int, last: int) -> str:
    """What the drawing of an interval says, in words."""
    return _("%(name)s : place %(place)s sur %(last)s, intervalle %(interval)s.") % {
        "name": name,
        "place": written_number(place),
        "last": written_number(last),
        "interval": interval_words(low, high),
    }


def outcome_words(outcome: str | None, place: int | None) -> str:
    """« Lauréat, place 2 », « Mention du jury », « Non retenu »."""
    if outcome is None:
        return ""
    label = str(Outcome(outcome).label)
    if place is None:
        return label
    return _("%(outcome)s, place %(place)s") % {"outcome": label, "place": written_number(place)}


def proposal_words(proposal: Proposal) -> str:
    """What the ranking proposes, or why it leaves the decision."""
    if proposal.outcome is not None:
        return outcome_words(proposal.outcome, proposal.place)
    if proposal.why == "border":
        return _("égalité à la limite : à vous de décider")
    return _("jamais lue : à vous de décider")


def change_words(before: int | None, after: int | None) -> str:
    """How a rank moved between two computations."""
    if before is None:
        return _("classée %(after)s, n’était pas classée") % {"after": written_number(after)}
    if after is None:
        return _("n’est plus classée, était %(before)s") % {"before": written_number(before)}
    return _("était %(before)s, maintenant %(after)s") % {
        "before": written_number(before),
        "after": written_number(after),
    }


def readings_words(count: int) -> str:
    """« 3 lectures »."""
    return ngettext("%(count)s lecture", "%(count)s lectures", count) % {"count": written_number(count)}


def language_names(codes: Iterable[str]) -> str:
    """The languages of a course; empty when its publisher does not say."""
    names = {"fr": _("français"), "ar": _("arabe"), "en": _("anglais"), "es": _("espagnol")}
    return enumerated(names.get(code, code) for code in codes)


def confidence_words(confidence: str) -> str:
    """How sure the facts on a course are."""
    words: dict[str, Any] = {
        "sourced": _("source citée : la page de l’organisme"),
        "reported": _("rapporté par un autre site, à confirmer auprès de l’organisme"),
        "to_verify": _("à vérifier"),
    }
    return str(words[confidence])
