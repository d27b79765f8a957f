"""Do two ideas say the same thing? For a person to look at, in French, in Arabic or one in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from bpc.core.text.concepts import PLAIN, concept_of
from bpc.core.text.similarity import similarity, trigrams

TITLE = 2.0  # a word of the title counts as two of the text
ALIKE = 0.5  # from here on two ideas are shown as near: chosen on the labelled pairs, see docs/methods/near-ideas.md
SAME_WORD = 0.42  # trigrams that two spellings of one word share at least
_LONG_ENOUGH = 4  # letters; shorter words are too close to each other


@dataclass(frozen=True)
class Profile:
    """What an idea speaks of: concept or stem → weight; `length` is the Euclidean norm of the weights."""

    weights: Mapping[str, float]
    length: float


def profile(title: Iterable[str], body: Iterable[str]) -> Profile:
    """The profile of an idea from the stems of its title and of its text (see `stems.analyse`).

    A term weighs its concept's weight, twice in the title; said again and again it counts once: long texts do not
    weigh more. Empty texts have an empty profile, near to nothing.

    >>> sorted(profile(["miel"], ["femm", "thym"]).weights.items())
    [('herbs', 3.0), ('honey', 6.0), ('women', 0.6)]
    """
    weights: dict[str, float] = {}
    for stems, factor in ((body, 1.0), (title, TITLE)):
        for stem in stems:
            term, weight = concept_of(stem)
            weights[term] = max(weights.get(term, 0.0), factor * weight)
    return Profile(weights, sqrt(sum(weight * weight for weight in weights.values())))


def likeness(one: Profile, other: Profile) -> float:
    """How near two profiles are, from 0 to 1: the cosine Σ a·b ÷ (‖a‖·‖b‖), spellings forgiven.

    Terms that only one of them holds are paired with the most alike plain word of the other (trigrams, Jaccard index
    of at least `SAME_WORD`), each once, and count for as much as they resemble each other.

    >>> honey = profile(["miel", "montagn"], ["femm"])
    >>> likeness(honey, profile(["عسل"], ["نساء"])) > 0.9
    True
    >>> likeness(honey, profile(["tapis"], ["femm"])) < 0.1
    True
    """
    if not one.length or not other.length:
        return 0.0
    shared = one.weights.keys() & other.weights.keys()
    total = sum(one.weights[term] * other.weights[term] for term in shared)
    total += _misspelt(one, other, shared)
    return min(1.0, total / (one.length * other.length))


def _misspelt(one: Profile, other: Profile, shared: Iterable[str]) -> float:
    """What words written otherwise add: each word of `one` beside its most alike word of `other`, each once."""
    left, right = (_plain(profile, shared) for profile in (one, other))
    pairs = sorted(
        ((_alike(word, twin), word, twin) for word in left for twin in right if word[0] == twin[0]),
        reverse=True,
    )
    taken: set[str] = set()
    total = 0.0
    for alike, word, twin in pairs:
        if alike < SAME_WORD:
            break
        if word not in taken and twin not in taken:
            taken |= {word, twin}
            total += alike * one.weights[word] * other.weights[twin]
    return total


def _plain(one: Profile, shared: Iterable[str]) -> list[str]:
    """The words of a profile, of no concept, that the other does not hold as they are."""
    return [
        term for term, weight in one.weights.items()
        if term not in shared and len(term) >= _LONG_ENOUGH and weight in {PLAIN, PLAIN * TITLE}
    ]  # fmt: skip


@lru_cache(maxsize=20_000)
def _alike(word: str, twin: str) -> float:
    return similarity(trigrams([word]), trigrams([twin]))
