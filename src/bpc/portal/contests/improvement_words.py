"""What the jury's marks say to a team, in words: what it reached, and what would have moved its entry most.

Only the team's own marks and the published sentence of each mark are told: never another team's, nor a rank.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bpc.portal.contests.models import Criterion, Feedback
from bpc.portal.foundation.writing import written_number


@dataclass(frozen=True, slots=True)
class Told:
    """One criterion as a team is told it: its name, one sentence, the published sentences of the marks it speaks of."""

    name: str
    words: str
    now: str
    next: str = ""


def criteria_by_code(criteria: Iterable[Criterion]) -> dict[str, Criterion]:
    """The criteria of an edition, as feedback names them."""
    return {one.code: one for one in criteria}


def reached_words(feedback: Feedback, criteria: Mapping[str, Criterion]) -> list[Told]:
    """The criteria reached, or the one that came nearest, each with its mean mark and the sentence of that mark."""
    found = []
    for row in feedback.reached:
        criterion = criteria.get(row["criterion"])
        if criterion is None:
            continue
        words = (
            _("%(mean)s sur 5 en moyenne.")
            if row["reached"]
            else _("%(mean)s sur 5 en moyenne : c’est votre point le plus fort.")
        )
        told = words % {"mean": written_number(row["mean"], 1)}
        found.append(Told(criterion.name, told, sentence(criterion, nearest_mark(row["mean"]))))
    return found


def improvement_words(feedback: Feedback, criteria: Mapping[str, Criterion]) -> list[Told]:
    """What would have moved the entry most, with the sentence of today's mark and that of the mark to reach."""
    found = []
    for row in feedback.improvements:
        criterion = criteria.get(row["criterion"])
        if criterion is None:
            continue
        upward = min(5, nearest_mark(row["from"]) + 1)
        words = _("Le jury vous situe à %(mean)s sur 5 en moyenne. Voici ce qu’il faut pour %(next)s sur 5.")
        told = words % {"mean": written_number(row["from"], 1), "next": written_number(upward)}
        found.append(Told(criterion.name, told, sentence(criterion, upward - 1), sentence(criterion, upward)))
    return found


def nearest_mark(mean: float) -> int:
    """The mark of 1 to 5 nearest to a mean, half a mark going up.

    >>> nearest_mark(2.49), nearest_mark(2.5), nearest_mark(4.9)
    (2, 3, 5)
    """
    return min(5, max(1, int(mean + 0.5)))


def sentence(criterion: Criterion, mark: int) -> str:
    """The published sentence of a mark; empty where the edition wrote none."""
    return dict(criterion.sentences)[mark]
