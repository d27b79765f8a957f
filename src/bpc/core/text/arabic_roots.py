"""Arabic words brought to their root by patterns, when nothing else tells what they say.

For comparing ideas only: `stems.py`, which search uses, keeps more of the word. What spoken Arabic attaches is taken
off (كن, كي, غا; ن, ي, ت of the verb; و of the plural; ف, ل, ب, و before a noun), then the letters that a pattern adds
(تفعيل, مفعول, فعالة…), after the affix and pattern lists of Taghva, Elkhoury and Coombs, "Arabic stemming without a
root dictionary" (2005). A root is a key, not a word: nobody is meant to read it.
"""

from collections.abc import Iterator

_LEAST = 3  # letters that must remain
_PREVERBS = ("كن", "كي", "كت", "تن", "تي", "غن", "غي", "غت", "غا", "نت", "يت", "ست", "سي", "سن")
_PERSONS = ("ن", "ي", "ت", "ا")
_JOINED = ("ف", "ل", "ب", "و", "د", "ك", "ه", "بال", "فال", "دال")
_CASES = ("ا",)
_TAILS = ("وا", "و", "ا", "ت", "ن", "ي")
# by length: where the three letters of the root are, and what stands at the other places
_PATTERNS: dict[int, tuple[str, ...]] = {
    4: ("ف1عل", "فع1ل", "فعل1", "مفعل", "تفعل", "نفعل", "يفعل"),
    5: ("تفع1ل", "مفع1ل", "مف1عل", "تف1عل", "1فع1ل", "ف1ع1ل", "1فتعل", "مفتعل", "متفعل", "1نفعل", "منفعل"),
    6: ("1فتع1ل", "1نفع1ل", "م1ف1عل", "مف1ع1ل", "تف1ع1ل", "مستفعل", "متف1عل"),
    7: ("1ستفع1ل",),
}
_WEAK = "اوي"


def nouns(word: str) -> Iterator[str]:
    """The word as it is, then without the letter joined before it or the case ending; never under three letters.

    >>> "بلاص" in nouns("فبلاص") and "زيت" in nouns("زيتا")
    True
    """
    yield from _cut([word, *_without(_JOINED, word)], _CASES)


def verbs(word: str) -> Iterator[str]:
    """The word without what the verb attaches: who acts, the present, the plural.

    >>> "بيع" in verbs("كنبيعو") and "قطر" in verbs("تقطر")
    True
    """
    heads = [word]
    for form in (word, *_without(_JOINED, word)):
        heads += [*_without(_PREVERBS, form), *_without(_PERSONS, form)]
    yield from _cut(heads, _TAILS)


def _without(letters: tuple[str, ...], word: str) -> list[str]:
    return [word[len(one) :] for one in letters if word.startswith(one)]


def _cut(heads: list[str], tails: tuple[str, ...]) -> Iterator[str]:
    for tail in ("", *tails):
        for head in heads:
            if len(head) - len(tail) >= _LEAST and head.endswith(tail):
                yield head[: len(head) - len(tail)]


def root(word: str) -> str:
    """The three letters of the root when a pattern shows them; the word as it is otherwise.

    >>> root("تمليح") == root("مملوح") == root("ملح") == "ملح"
    True
    >>> root("خياط") == root("خيط")
    True
    """
    for pattern in _PATTERNS.get(len(word), ()):
        if (found := _read(pattern, word)) is not None:
            return found
    return word


def _read(pattern: str, word: str) -> str | None:
    """The letters at the places of ف, ع, ل when the other places hold what the pattern says (1: a weak letter)."""
    kept = []
    for place, letter in zip(pattern, word, strict=True):
        if place in "فعل":
            if letter == "ا":
                return None
            kept.append(letter)
        elif letter != place and not (place == "1" and letter in _WEAK):
            return None
    return "".join(kept)
