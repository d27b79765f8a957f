"""Do two ideas say the same thing? For a person to look at, in French, in Arabic or one in each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from bpc.core.text.concepts import OBJECT, PLAIN, concept_of, is_arabic
from bpc.core.text.similarity import similarity, trigrams

TITLE = 1.5  # a word of the title counts as one and a half of the text
APART = 0.5  # of a word no concept holds, between two languages: it could not have been found in the other
OTHER_THING = (
    0.75  # of the likeness that is left when each title names a thing that the other idea never does
)
ALIKE = 0.5  # from here on two ideas are shown as near: chosen on the labelled pairs, see docs/methods/near-ideas.md
SAME_WORD = 0.42  # trigrams that two spellings of one word share at least
_LONG_ENOUGH = 4  # letters; shorter words are too close to each other


@dataclass(frozen=True)
class Profile:
    """What an idea speaks of: concept or stem → weight.

    `length` is the Euclidean norm of the weights, `length_apart` the same beside an idea in the other script; `things`
    are the products and goods of its title.
    """

    weights: Mapping[str, float]
    length: float
    length_apart: float
    is_arabic: bool
    things: frozenset[str]


def profile(title: Iterable[str], body: Iterable[str]) -> Profile:
    """The profile of an idea from the stems of its title and of its text (see `stems.analyse`).

    A term weighs its concept's weight, `TITLE` times that in the title; said again and again it counts once: long texts
    do not weigh more. Empty texts have an empty profile, near to nothing.

    >>> sorted(profile(["miel"], ["femm", "thym"]).weights.items())
    [('herbs', 3.0), ('honey', 4.5), ('women', 0.6)]
    """
    weights: dict[str, float] = {}
    arabic = stems = 0
    for said, factor in ((body, 1.0), (title, TITLE)):
        for stem in said:
            stems, arabic = stems + 1, arabic + is_arabic(stem)
            term, weight = concept_of(stem)
            weights[term] = max(weights.get(term, 0.0), factor * weight)
    squares = {term: weight * weight for term, weight in weights.items()}
    unknown = sum(square for term, square in squares.items() if _is_plain(weights[term]))
    total = sum(squares.values())
    things = frozenset(term for term, weight in weights.items() if weight == OBJECT * TITLE)
    apart = sqrt(total - (1 - APART * APART) * unknown)
    return Profile(weights, sqrt(total), apart, 2 * arabic > stems, things)


def likeness(one: Profile, other: Profile) -> float:
    """How near two profiles are, from 0 to 1: the cosine Σ a·b ÷ (‖a‖·‖b‖), spellings forgiven.

    Terms that only one of them holds are paired with the most alike plain word of the other (trigrams, Jaccard index
    of at least `SAME_WORD`), each once, and count for as much as they resemble each other. Between two languages, words
    of no concept count `APART`; when each title names a thing the other idea does not, `OTHER_THING` of the likeness
    is left.

    >>> honey = profile(["miel", "montagn"], ["femm"])
    >>> likeness(honey, profile(["عسل"], ["نساء"])) > 0.9
    True
    >>> likeness(honey, profile(["tapis"], ["femm"])) < 0.1
    True
    """
    are_apart = one.is_arabic != other.is_arabic
    lengths = one.length_apart * other.length_apart if are_apart else one.length * other.length
    if not lengths:
        return 0.0
    shared = one.weights.keys() & other.weights.keys()
    total = sum(one.weights[term] * other.weights[term] for term in shared)
    total += _misspelt(one, other, shared)
    alike = min(1.0, total / lengths)
    return alike * OTHER_THING if one.things - shared and other.things - shared else alike


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
        if term not in shared and len(term) >= _LONG_ENOUGH and _is_plain(weight)
    ]  # fmt: skip


def _is_plain(weight: float) -> bool:
    return weight in {PLAIN, PLAIN * TITLE}


@lru_cache(maxsize=20_000)
def _alike(word: str, twin: str) -> float:
    return similarity(trigrams([word]), trigrams([twin]))
