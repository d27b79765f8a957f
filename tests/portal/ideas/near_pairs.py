"""The labelled pairs of `near_pairs.tsv`, and how well near ideas are told from others.

Fifty-one ideas of villages, each told four ways: French, French as typed in haste, Arabic, Arabic as spoken. Two texts
of one idea are a true pair; all others are not, though many share their product, their act or their public. Every
second idea is held out: the lexicon, the rules and the weights were made looking at the others only.
"""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from bpc.core.text.duplicates import Profile, likeness, profile
from bpc.core.text.stems import analyse

_FILE = Path(__file__).with_name("near_pairs.tsv")


@dataclass(frozen=True)
class Told:
    """One telling of an idea."""

    idea: str
    language: str
    profile: Profile
    is_held_out: bool


@dataclass(frozen=True)
class Measure:
    """How many pairs there are, and what a threshold makes of them."""

    true: int
    others: int
    precision: float
    recall: float


@cache
def tellings() -> tuple[Told, ...]:
    """Every telling, in the order of the file."""
    with _FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    order = {name: place for place, name in enumerate(dict.fromkeys(row["idea"] for row in rows))}
    return tuple(
        Told(
            row["idea"], row["said"][:2],
            profile(analyse(row["title"]), list(dict.fromkeys(analyse(row["text"])))), order[row["idea"]] % 2 == 1,
        )
        for row in rows
    )  # fmt: skip


@cache
def compared(held_out: bool) -> dict[str, list[tuple[bool, float]]]:
    """Pair of languages → (true pair?, likeness) of each pair of tellings of that half."""
    found: dict[str, list[tuple[bool, float]]] = {"fr-fr": [], "ar-ar": [], "ar-fr": []}
    half = [told for told in tellings() if told.is_held_out == held_out]
    for one, other in combinations(half, 2):
        languages = "-".join(sorted((one.language, other.language)))
        found[languages].append((one.idea == other.idea, likeness(one.profile, other.profile)))
    return found


def measured(languages: str, threshold: float, *, held_out: bool) -> Measure:
    """Precision and recall of « near from this likeness on », rounded to hundredths."""
    pairs = compared(held_out)[languages]
    true = sum(is_true for is_true, _ in pairs)
    shown = [is_true for is_true, alike in pairs if alike >= threshold]
    precision = sum(shown) / len(shown) if shown else 1.0
    return Measure(true, len(pairs) - true, round(precision, 2), round(sum(shown) / true, 2))
