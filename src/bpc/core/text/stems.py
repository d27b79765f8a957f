"""Stems: the forms of one word become one string.

French goes through the Snowball algorithm. Arabic goes through a light stemmer after Larkey, Ballesteros
and Connell, "Light stemming for Arabic information retrieval" (2007), whose prefixes and suffixes are
completed by the attached pronouns and by a table of broken plurals: Snowball's Arabic scatters the forms
of تعاونية over three stems. Stems are search keys, not words: nobody is meant to read them.
"""

from functools import lru_cache

from snowballstemmer.french_stemmer import FrenchStemmer

from bpc.core.text.broken_plurals import MEETING_FORMS, ROOTED
from bpc.core.text.folding import fold
from bpc.core.text.tokens import tokenize

MAX_QUERY_STEMS = 16  # ranking costs query × documents; nobody types more than a sentence
REMEMBERED_WORDS = 50_000  # about 10 MB for each process; the vocabulary of a site is smaller

_FRENCH_IRREGULAR = {"travaux": "travail", "baux": "bail", "yeux": "oeil", "coop": "cooperative"}
_FRENCH_IRREGULAR |= {"coops": "cooperative"}
_MEETING = {fold(form): fold(meet) for meet, forms in MEETING_FORMS.items() for form in (meet, *forms)}
_ROOTED = tuple(fold(root) for root in ROOTED)

# (affix, fewest letters that must remain): shorter remains are letters of the root.
_ARTICLES = (("وال", 3), ("بال", 3), ("فال", 3), ("كال", 3), ("ولل", 3), ("لل", 3), ("ال", 3))
_PRONOUNS = (("هما", 4), ("ها", 3), ("هم", 4), ("هن", 4), ("كم", 4), ("نا", 4))
_ENDINGS = (("ات", 3), ("ان", 4), ("ون", 4), ("ين", 4), ("يه", 3), ("ه", 3), ("ي", 3))
_JOINED_LETTERS = ("ل", "ب")  # for, by: written attached, taken off only before a verbal noun or a م noun
_MOST_ENDINGS = 3  # تعاوني + ات + هم: no Arabic noun carries more


def _without_prefix(word: str) -> str:
    """Take off one article or joined letter (and, for, by), with the و that may precede the article."""
    rest = word[1:]
    if word.startswith(("و", *_JOINED_LETTERS)) and rest in _MEETING:
        return rest  # first of all: والبان is و and ألبان, not وال and بان
    if word.startswith(_ROOTED):
        return word
    for prefix, remaining in _ARTICLES:
        kept = word[len(prefix) :]
        if word.startswith(prefix) and (len(kept) >= remaining or kept in _MEETING):
            return kept
    if word[0] == "و" and len(rest) >= 4:
        return rest
    if word[0] in _JOINED_LETTERS and len(rest) >= 5 and rest[0] in "تم":
        return rest
    return word


def _without_ending(word: str) -> str:
    """Take off one pronoun or one ending, or return the word as it is."""
    for ending, remaining in _PRONOUNS:
        kept = len(word) - len(ending)
        if word.endswith(ending) and kept >= remaining:
            return _without_opened_ta(word[:kept])
    for ending, remaining in _ENDINGS:
        kept = len(word) - len(ending)
        if word.endswith(ending) and kept >= remaining:
            # ه is both ة and "his", ي is both -ic and "my": after a pronoun, ة had become ت.
            return _without_opened_ta(word[:kept]) if len(ending) == 1 else word[:kept]
    return word


def _without_opened_ta(word: str) -> str:
    if word.endswith("ت") and not word.endswith("ات") and len(word) >= 5:
        return word[:-1]
    return word


def _meeting_form(word: str) -> str | None:
    """Look a word up in the table; an adjective in ي also by its feminine and its plurals."""
    for ending in ("ه", "ات", "ين", "ون"):
        if word.endswith("ي" + ending):
            adjective = word[: -len(ending)]
            return _MEETING.get(word, _MEETING.get(adjective))
    return _MEETING.get(word)


def _arabic_stem(token: str) -> str:
    word = token
    for shorten in (_without_prefix, *(_without_ending,) * _MOST_ENDINGS):
        if _meeting_form(word):
            break
        word = shorten(word)
    word = _meeting_form(word) or word
    for _ in range(_MOST_ENDINGS):
        word = _without_ending(word)
    return word


@lru_cache(maxsize=REMEMBERED_WORDS)
def stem(token: str) -> str:
    """Return the stem of one token, as :func:`bpc.core.text.tokens.tokenize` gives it.

    Tokens that are neither Latin nor Arabic (numbers, Tifinagh) are their own stem.

    >>> stem("cooperatives") == stem("cooperative")
    True
    >>> stem("والتعاونيات") == stem("تعاونيه") == "تعاون"
    True
    >>> stem("مشاريع") == stem("المشروع")
    True
    """
    if "\u0620" <= token[:1] <= "\u06d3":
        return _arabic_stem(token)
    if "a" <= token[:1] <= "z":
        # A fresh stemmer each time: it keeps the word in itself and threads would mix theirs.
        return str(FrenchStemmer().stemWord(_FRENCH_IRREGULAR.get(token, token)))
    return token


def analyse(text: str) -> list[str]:
    """Return the stems of ``text`` in order: what is stored for a document and asked for a query.

    Empty when the text holds nothing but stop words and punctuation; then there is nothing to match and
    the caller shows its list without a search.

    >>> analyse("Des coopératives d'élevage") == analyse("COOPERATIVE ELEVAGES")
    True
    >>> analyse("مشاريع النساء") == analyse("مشروع المرأة")
    True
    >>> analyse("pour les")
    []
    """
    return [stem(token) for token in tokenize(text)]


def analyse_query(text: str) -> list[str]:
    """Return the first ``MAX_QUERY_STEMS`` distinct stems of what a visitor typed, in order.

    >>> analyse_query("miel, MIELS et thym") == ["miel", "thym"]
    True
    """
    return list(dict.fromkeys(analyse(text)))[:MAX_QUERY_STEMS]
