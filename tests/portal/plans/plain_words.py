"""Words as a test compares them, whether or not the French catalogue with its no-break spaces was compiled."""

import re

_DIRECTION = re.compile("[\u2068\u2069]")
_SPACES = re.compile("[\u00a0\u202f](?=[:;?!»])|(?<=«)[\u00a0\u202f]|\u00a0")


def plain(text: object) -> str:
    """The text without marks of direction, and with ordinary spaces beside signs."""
    return _SPACES.sub(" ", _DIRECTION.sub("", str(text)))
