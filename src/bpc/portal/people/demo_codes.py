"""The second-factor code of the demonstration accounts: their secret is public, and so is this code."""

import base64
import hashlib
import hmac
import struct
import time

DEMO_SECRET = "DEMOBANQUEDEPROJETS234567ABCDEFG"  # noqa: S105
_STEP = 30  # seconds


def code_at(moment: float, secret: str = DEMO_SECRET) -> str:
    """The six digits that RFC 6238 gives for `secret` (base32) at `moment` (Unix seconds).

    >>> rfc_secret = base64.b32encode(b"12345678901234567890").decode()
    >>> code_at(59, rfc_secret)
    '287082'
    """
    counter = struct.pack(">Q", int(moment) // _STEP)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06d}"


def current_code() -> str:
    """The code valid now."""
    return code_at(time.time())
