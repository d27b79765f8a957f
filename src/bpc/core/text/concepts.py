"""What words of a village project speak of, whatever the language: `miel` and `عسل` are one concept.

The words are those of `lexicon.py`: products, acts and people that ideas name; it is no translation. They are written
as people write them; stems bring their forms together. A concept weighs by its kind: what the idea is about tells two
ideas apart, the act a little less, for whom hardly, and words that every idea holds almost nothing.
"""

from functools import cache, lru_cache
from itertools import chain

from bpc.core.text.arabic_roots import nouns, root, verbs
from bpc.core.text.lexicon import ACTS, COMMONS, OBJECTS, PUBLICS
from bpc.core.text.stems import analyse

OBJECT, ACT, PEOPLE, COMMON = 3.0, 2.0, 0.6, 0.15
PLAIN = 1.0  # a word the lexicon does not know
_LONG_ENOUGH = 5  # letters of a stem in which one mistake still leaves it recognisable
_ROOT = 3  # letters

_KINDS = ((COMMONS, COMMON), (PUBLICS, PEOPLE), (ACTS, ACT), (OBJECTS, OBJECT))
_VOWELS = "aeiouy"


@cache
def _lexicon() -> dict[str, tuple[str, float]]:
    """Stem → (concept, weight)."""
    found: dict[str, tuple[str, float]] = {}
    for table, weight in _KINDS:
        for code, forms in table.items():
            found |= dict.fromkeys(analyse(" ".join(forms)), (code, weight))
    return found


@cache
def _roots() -> dict[str, tuple[str, float]]:
    """Arabic root → the only act that has it, unless it is also the bare name of a thing: things are not conjugated."""
    found: dict[str, set[tuple[str, float]]] = {}
    for stem, concept in _lexicon().items():
        letters = root(stem)
        if is_arabic(stem) and len(letters) == _ROOT and (concept[0] in ACTS or letters == stem):
            found.setdefault(letters, set()).add(concept)
    alone = {letters: next(iter(concepts)) for letters, concepts in found.items() if len(concepts) == 1}
    return {letters: concept for letters, concept in alone.items() if concept[0] in ACTS}


@cache
def concept_weights() -> dict[str, float]:
    """The weight of each concept, by its code.

    >>> concept_weights()["honey"], concept_weights()["women"]
    (3.0, 0.6)
    """
    return {code: weight for table, weight in _KINDS for code in table}


def concept_words(code: str) -> tuple[str, str]:
    """The word that names a concept, in French and in Arabic.

    >>> concept_words("honey")
    ('miel', 'عسل')
    """
    french, arabic = next(table[code] for table, _weight in _KINDS if code in table)
    return french.split(",")[0], arabic.split(",")[0]


@cache
def _shortened() -> dict[str, set[str]]:
    """Each long stem of the lexicon with one letter left out → the stems that meet there."""
    found: dict[str, set[str]] = {}
    for stem in _lexicon():
        if len(stem) >= _LONG_ENOUGH:
            for form in _shorter(stem):
                found.setdefault(form, set()).add(stem)
    return found


def _shorter(stem: str) -> list[str]:
    return [stem[:at] + stem[at + 1 :] for at in range(len(stem))]


def _misspelt(stem: str) -> set[tuple[str, float]]:
    """The concepts one mistake away: a letter too many or missing; in Latin letters a vowel taken for another."""
    lexicon = _lexicon()
    near = {lexicon[form] for form in _shorter(stem) if len(form) >= _LONG_ENOUGH and form in lexicon}
    near |= {lexicon[form] for form in _shortened().get(stem, ())}
    if not is_arabic(stem):
        near |= {lexicon[form] for at, letter in enumerate(stem) if letter in _VOWELS
                 for vowel in _VOWELS if (form := stem[:at] + vowel + stem[at + 1 :]) in lexicon}  # fmt: skip
    return near


def is_arabic(stem: str) -> bool:
    """Whether a stem is written in Arabic letters."""
    return "\u0620" <= stem[:1] <= "\u06d3"


def _spoken(stem: str) -> tuple[str, float] | None:
    """The concept of an Arabic word under what is attached to it; things are no verbs, acts are found by their root."""
    lexicon = _lexicon()
    acts = (one for form in verbs(stem) if (one := lexicon.get(form)) and one[0] not in OBJECTS)
    things = (one for form in nouns(stem) if (one := lexicon.get(form)))
    rooted = (one for form in (*nouns(stem), *verbs(stem)) if (one := _roots().get(root(form))))
    return next(chain(things, acts, rooted), None)


def _latin(stem: str) -> tuple[str, float] | None:
    """The concept of a word written with the article that its apostrophe should part (`leau`), or a verb in -ent."""
    if len(stem) > 3 and stem[0] in "ld" and stem[1] in "aeiouyh" and (found := _lexicon().get(stem[1:])):
        return found
    return _lexicon().get(stem[:-3]) if stem.endswith("ent") and len(stem) >= _LONG_ENOUGH + 1 else None


@lru_cache(maxsize=50_000)
def concept_of(stem: str) -> tuple[str, float]:
    """The concept a stem speaks of and its weight; the stem itself, of weight `PLAIN`, when the lexicon has none.

    A letter too many or missing is forgiven from `_LONG_ENOUGH` letters on, when only one concept is so near (Garbe's
    symmetric deletions: https://github.com/wolfgarbe/SymSpell). An Arabic word is also looked for under what is
    attached to it and by its root.

    >>> from bpc.core.text.stems import stem
    >>> concept_of(stem("miels")) == concept_of(stem("العسل")) == ("honey", 3.0)
    True
    >>> concept_of(stem("saffran"))
    ('saffron', 3.0)
    >>> concept_of(stem("dolive"))
    ('olive', 3.0)
    >>> concept_of(stem("كنبيعوه")) == concept_of(stem("vendent")) == ("selling", 2.0)
    True
    >>> concept_of(stem("taznakht"))
    ('taznakht', 1.0)
    """
    arabic = is_arabic(stem)
    if (known := _lexicon().get(stem) or (_spoken(stem) if arabic else _latin(stem))) is not None:
        return known
    near = _misspelt(stem) if len(stem) >= _LONG_ENOUGH else set()
    return near.pop() if len(near) == 1 else (stem, PLAIN)
