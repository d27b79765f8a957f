"""The address a person answers a thread at: it bears who and where, signed, and nothing that can be guessed.

`reponse+TOKEN@domaine`: the thread and the account in nine bytes, and eleven bytes that only the site can make. Small
letters and digits only: what carries mail may change capitals. Right or not, it opens nothing by itself: whoever
writes must still be that person, and be allowed to write there on that day.
"""

import base64
import binascii
import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "bpc.threads.reply"
_THREAD, _PERSON, _SEAL = 5, 4, 11  # bytes; 20 in all: 32 letters, no padding
_TOKEN = re.compile(r"\+([a-z2-7]{32})@")


def _seal(said: bytes, key: str) -> bytes:
    return salted_hmac(_SALT, said, secret=key, algorithm="sha256").digest()[:_SEAL]


def token_of(thread: int, person: int) -> str:
    """The signed token of a person in a thread, by their keys."""
    said = thread.to_bytes(_THREAD, "big") + person.to_bytes(_PERSON, "big")
    return base64.b32encode(said + _seal(said, settings.SECRET_KEY)).decode().lower()


def read_token(token: str) -> tuple[int, int] | None:
    """The thread and the person of a token; None for one that the site did not make."""
    try:
        raw = base64.b32decode(token.upper())
    except (binascii.Error, ValueError):
        return None
    said, seal = raw[: _THREAD + _PERSON], raw[_THREAD + _PERSON :]
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    if len(seal) != _SEAL or not any(hmac.compare_digest(_seal(said, key), seal) for key in keys):
        return None
    return int.from_bytes(said[:_THREAD], "big"), int.from_bytes(said[_THREAD:], "big")


def reply_address(thread: int, person: int) -> str:
    """Where the person answers the thread by e-mail; empty where the site receives none."""
    if not settings.REPLY_ADDRESS:
        return ""
    name, domain = settings.REPLY_ADDRESS.rsplit("@", 1)
    return f"{name}+{token_of(thread, person)}@{domain}"


def token_in(address: str) -> str:
    """The token of an address; empty for any other address.

    >>> token_in("Reponse+ABCDEFGHIJKLMNOPQRSTUVWXYZ234567@projets.example")
    'abcdefghijklmnopqrstuvwxyz234567'
    >>> token_in("amina@example.org")
    ''
    """
    found = _TOKEN.search(address.lower())
    return found[1] if found else ""
