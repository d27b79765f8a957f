"""Folding: the many spellings of a letter become one.

The fold works one code point at a time. ``unicodedata.normalize`` on a whole text sorts combining marks
in quadratic time, so a hostile text of a million marks would hold a worker for minutes; here it is linear.
"""

import unicodedata

# Letters that Unicode does not decompose, or that Moroccan keyboards and habits exchange freely.
_LETTERS = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "đ": "d",
    "ħ": "h",
    "ł": "l",
    "ı": "i",
    "ɣ": "gh",  # Amazigh in Latin letters; French maps of Morocco write gh
    "ɛ": "e",
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ی": "ي",
    "ک": "ك",
    "ہ": "ه",
    "ە": "ه",
    "ھ": "ه",
    # The sound g, as in Agadir and Guelmim, has four spellings in Morocco; official lists use the plain kaf.
    "گ": "ك",
    "ڭ": "ك",
    "ݣ": "ك",
    "پ": "ب",
    "ڤ": "ف",
    "ڥ": "ف",
    "چ": "ج",
}
_TATWEEL = "\u0640"
_APOSTROPHES = frozenset("'’‘‛ʼʹʻˈ′`´＇")
_AYN_AND_HAMZA_SIGNS = frozenset("ʾʿˀˁ")  # transliteration signs, absent from official spellings
# Marks of Latin and Arabic script, the symbols' marks, variation selectors and the Tifinagh joiner.
# Vowel signs of other scripts are left alone: in those they are letters, not ornaments.
_MARKS = (
    (0x0300, 0x036F),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0897, 0x089F),
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x2D7F, 0x2D7F),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)
_LAST_REMEMBERED = 0xFFFF  # what lies beyond is rare, and remembering it all would cost memory


def _is_mark(char: str) -> bool:
    code = ord(char)
    return unicodedata.category(char) in {"Mn", "Me"} and any(low <= code <= high for low, high in _MARKS)


def _fold_simple(char: str) -> str:
    """Fold one character that is already decomposed and lower-case."""
    category = unicodedata.category(char)
    if char in _APOSTROPHES or category in {"Cc", "Cs", "Zs", "Zl", "Zp"}:
        return " "
    if char == _TATWEEL or char in _AYN_AND_HAMZA_SIGNS or category == "Cf" or _is_mark(char):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return _LETTERS.get(char, char)


def _fold_char(char: str) -> str:
    if char in _APOSTROPHES:  # before decomposition: some decompose to a space and a mark
        return " "
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(map(_fold_simple, decomposed))


class _FoldTable(dict[int, str]):
    """Translation table filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        if code <= _LAST_REMEMBERED:
            self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Return ``text`` with the differences that a reader does not mean removed.

    Case, accents, ligatures, Arabic vowels and tatweel disappear; أ إ آ ٱ become ا, ة becomes ه, ى becomes
    ي, ؤ becomes و, ئ becomes ي; digits of every script become 0-9; apostrophes, controls and line breaks
    become spaces; zero-width and direction controls disappear; runs of spaces become one.
    Folding twice changes nothing, and the time is proportional to the length.

    >>> fold("L’Œuvre d'équité à Khénifra")
    'l oeuvre d equite a khenifra'
    >>> fold("مُقَاولــة نِسائيّة ٢٠٢٤") == "مقاوله نساييه 2024"
    True
    """
    return " ".join(text.translate(_TABLE).split())
