"""The short code of an idea, made to be read aloud, copied by hand and typed on a phone: `K7M4-2QX`.

Twenty-three signs that no one takes for another: neither 0 and O, 1, I and L, 2 and Z, nor a vowel, so that
no code spells a word. Six are drawn at random, the seventh is the check. Twenty-three is prime and each
position has its own weight, so a single wrong sign and two exchanged neighbours are always seen.
"""

import re
import secrets

ALPHABET = "23456789CDFHJKMNPQRTWXY"
PAPER = "P"  # the first sign of codes printed on paper before there is an idea: never drawn for another
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_DRAWN = 6
_PATTERN = re.compile(f"[{ALPHABET}]{{{_DRAWN + 1}}}")


def check_sign(drawn: str) -> str:
    """The sign that makes the weighted sum of all seven a multiple of 23: Σ i · value(i) ≡ 0, i from 1.

    >>> check_sign("K7M42Q")
    'X'
    """
    total = sum(weight * _VALUES[sign] for weight, sign in enumerate(drawn, start=1))
    inverse = pow(_DRAWN + 1, -1, len(ALPHABET))
    return ALPHABET[-total * inverse % len(ALPHABET)]


def new_reference() -> str:
    """A code drawn at random among 142 million; the database's unique column settles the rare twin."""
    first = secrets.choice(ALPHABET.replace(PAPER, ""))
    drawn = first + "".join(secrets.choice(ALPHABET) for _ in range(_DRAWN - 1))
    return dashed(drawn + check_sign(drawn))


def normalise(typed: str) -> str:
    """The code as stored, from what was typed (small letters, spaces, any dash); "" when it is none.

    >>> normalise(" k7m4 2qx"), normalise("K7M4-2QK"), normalise("hello")
    ('K7M4-2QX', '', '')
    """
    signs = re.sub(r"[\s\-‐-―−_.]", "", typed[:40]).upper()
    if not _PATTERN.fullmatch(signs) or check_sign(signs[:-1]) != signs[-1]:
        return ""
    return dashed(signs)


def dashed(signs: str) -> str:
    """Seven signs as they are written: four, a dash, three."""
    return f"{signs[:4]}-{signs[4:]}"
