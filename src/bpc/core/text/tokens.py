"""Cutting a text into the words worth keeping."""

import re
from itertools import islice

from bpc.core.text.folding import fold
from bpc.core.text.stop_words import STOP_WORDS

MAX_TOKEN_LENGTH = 40  # the longest French words have 25 letters; a longer run is noise or an attack
MAX_TOKENS = 5_000  # ten pages; what follows is not indexed

# A run of Arabic letters or a run of other letters and digits: "ب20" is two words.
_ARABIC = r"\u0620-\u064A\u066E-\u06D3\u0750-\u077F"
_WORD = re.compile(rf"[{_ARABIC}]+|[^\W_{_ARABIC}]+")


def word_runs(folded: str) -> list[str]:
    """Cut a folded text into all its words, nothing left out: for names, where every word counts.

    >>> word_runs("ait bou-guemez (centre)")
    ['ait', 'bou', 'guemez', 'centre']
    """
    return _WORD.findall(folded)


def tokenize(text: str) -> list[str]:
    """Return the folded words of ``text`` in order, without elisions nor stop words.

    Punctuation, quotes and search operators separate words and are never returned, so no token can be
    read as syntax by a search engine. A token is cut at ``MAX_TOKEN_LENGTH`` characters and at most
    ``MAX_TOKENS`` are returned. A text of stop words only gives an empty list: the caller must then
    treat the query as absent.

    >>> tokenize("L'élevage d'abeilles (\\"miel\\" OR thym*) à Aït-Bouguemez")
    ['elevage', 'abeilles', 'miel', 'or', 'thym', 'ait', 'bouguemez']
    >>> tokenize("تمويل مشروع في الجبل") == ["تمويل", "مشروع", "الجبل"]
    True
    >>> tokenize("de la pour les")
    []
    """
    words = (match.group()[:MAX_TOKEN_LENGTH] for match in _WORD.finditer(fold(text)))
    return list(islice((word for word in words if word not in STOP_WORDS), MAX_TOKENS))
