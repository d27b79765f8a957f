"""The scores that a map of « Où faire cela ? » shows: one per commune, and per province that of its best commune."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bpc.portal.atlas.fit import Weights, all_scores

#: From here a commune is said to suit; the classes of the map begin a colour there.
SUITS = 60.0


@dataclass(frozen=True)
class CommuneScore:
    """The score of a commune, and the model it is the score of (the best one where there are several)."""

    code: str
    score: float
    model: str


@dataclass(frozen=True)
class ProvinceScore:
    """What a province is coloured by: its best commune; and how many of its communes suit."""

    best: CommuneScore
    suiting: int
    known: int


def commune_scores(slugs: Iterable[str], weights: Weights) -> dict[str, CommuneScore]:
    """For each commune the best of these models; communes of which nothing is known are left out."""
    found: dict[str, CommuneScore] = {}
    for slug in slugs:
        for code, score in all_scores(slug, weights).items():
            if code not in found or score > found[code].score:
                found[code] = CommuneScore(code, score, slug)
    return found


def province_scores(communes: dict[str, CommuneScore]) -> dict[str, ProvinceScore]:
    """By province its best commune: « where could this be done » asks for one place that suits, not for the average."""
    inside: dict[str, list[CommuneScore]] = defaultdict(list)
    for one in communes.values():
        inside[one.code[:6]].append(one)
    return {
        code: ProvinceScore(
            best=min(scores, key=lambda one: (-one.score, one.code)),
            suiting=sum(one.score >= SUITS for one in scores),
            known=len(scores),
        )
        for code, scores in inside.items()
    }
