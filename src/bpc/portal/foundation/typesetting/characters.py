"""The characters our printed documents can draw, and people's text brought down to them.

The fonts in `fonts/` are subsets (see bin/build_print_fonts.py); a tagged PDF refuses a letter no font has, and marks
that turn the direction of writing around could make an amount read as another one.
"""

import unicodedata
from functools import cache

from django.utils.translation import get_language_bidi

#: French, Amazigh in Latin letters and the other languages of Europe, currency and punctuation.
LATIN = "".join(
    chr(code)
    for first, last in ((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x1E00, 0x1EFF))
    for code in range(first, last + 1)
) + ("ƀɣƔɛƐǧǦ\u2009\u200a\u200c\u200d\u200e\u200f\u202f‐‑–—‘’‚“”„†‡•…‰‹›⁄€™≈≠≤≥−×÷²³₂¹½¼¾●○■□▲▼→←✓")
#: What Arabic as written in Morocco needs, ڭ پ ڤ with it.
ARABIC = (
    "".join(
        chr(code)
        for first, last in (
            (0x060C, 0x060C),
            (0x061B, 0x061B),
            (0x061F, 0x063A),
            (0x0640, 0x0656),
            (0x0660, 0x0671),
        )
        for code in range(first, last + 1)
    )
    + "ڭپڤچژکگی٪،؛؟"
)
TIFINAGH = "".join(chr(code) for code in range(0x2D30, 0x2D68)) + "\u2d6f\u2d70\u2d7f"

_FIRST_STRONG, _END = "\u2068", "\u2069"
#: Joining marks are kept; what reorders or hides text is not.
_KEPT_MARKS = "\u200c\u200d\u200e"
_UNKNOWN = "□"


@cache
def _drawable() -> frozenset[str]:
    return frozenset(LATIN + ARABIC + TIFINAGH)


def drawable(text: str, most: int = 400) -> str:
    """`clean` text, kept from turning round the words beside it where it is written in the other direction."""
    line = clean(text, most)
    kinds = {unicodedata.bidirectional(letter) for letter in line}
    foreign = "L" in kinds if get_language_bidi() else bool(kinds & {"R", "AL"})
    return f"{_FIRST_STRONG}{line}{_END}" if foreign else line


def clean(text: str, most: int = 400) -> str:
    """Text on one line in letters our fonts have: the others become □, controls and turning marks go.

    >>> clean("Huile  d’argan\\n\\u202e★ 漢")
    'Huile d’argan □ □'
    >>> clean("abcdef", most=4)
    'abc…'
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split(" ")).translate({9: " ", 10: " ", 13: " "})
    known = _drawable()
    letters = [
        letter if letter in known else _UNKNOWN
        for letter in spaced
        if letter in _KEPT_MARKS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    ]
    line = " ".join(part for part in "".join(letters).split(" ") if part)
    return line if len(line) <= most else f"{line[: most - 1].rstrip(' …')}…"
