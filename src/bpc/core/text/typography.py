"""French punctuation keeps its space on its line: « mot » and « mot ? » never break before the sign."""

import re

_NO_BREAK, _NARROW_NO_BREAK = "\u00a0", "\u202f"
# Imprimerie nationale, "Lexique des règles typographiques": a full space with the colon and inside guillemets,
# a thin one before ; ! ?
_FULL = re.compile(r"(?<=\S) (?=[:»])|(?<=«) ")
_THIN = re.compile(r"(?<=\S) (?=[;!?])")


def with_french_spaces(text: str) -> str:
    """`text` with the ordinary spaces of French punctuation made unbreakable.

    >>> with_french_spaces("De quelle commune ? « Argan » : oui")
    'De quelle commune\\u202f? «\\xa0Argan\\xa0»\\xa0: oui'
    """
    return _THIN.sub(_NARROW_NO_BREAK, _FULL.sub(_NO_BREAK, text))
