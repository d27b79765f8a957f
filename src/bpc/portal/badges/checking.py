"""Is it true? A code typed, or a credential handed over by somebody: hostile until its signature proves otherwise."""

import re
from dataclasses import dataclass
from typing import Any

import jwt
from django.db.models import QuerySet
from jwt.types import Options

from bpc.portal.badges.keys import ALGORITHM, named_key, public_half
from bpc.portal.badges.models import Award, SigningKey
from bpc.portal.badges.states import Verdict
from bpc.portal.ideas.references import normalise

LONGEST_FILE = 512 * 1024  # bytes: a badge with its picture
_LONGEST_TOKEN = 32 * 1024
#: A compact JWS wherever it is: alone, in quotes, in the attribute of an SVG, in a chunk of a PNG. The length of an
#: Ed25519 signature says where it ends: what comes next in a PNG may look like more of it.
_TOKEN = re.compile(
    rb"eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,30000}\.(?:[A-Za-z0-9_-]{86}|[A-Za-z0-9_-]*)"
)
_CLAIMS = ["iss", "jti", "nbf"]
_ADDRESS = re.compile(r"/badges/([^/]{1,12})")


@dataclass(frozen=True)
class Finding:
    """What was found: the award when one is known, the name the signed file itself gives, the key that is no good."""

    verdict: Verdict
    award: Award | None = None
    named: str = ""
    key: SigningKey | None = None

    @property
    def holds(self) -> bool:
        """Whether what it says is true now."""
        return self.verdict in {Verdict.VALID, Verdict.RENEWED}


def check_code(typed: str) -> Finding:
    """What the award of a code is worth."""
    code = normalise(typed)
    if not code:
        return Finding(Verdict.MISCOPIED)
    found = _known().filter(code=code).first()
    return Finding(Verdict.UNKNOWN) if found is None else Finding(_standing(found), found)


def _known() -> "QuerySet[Award]":
    return Award.objects.select_related("version__achievement", "key", "user").defer("token")


def _standing(row: Award) -> Verdict:
    if row.revoked_at is not None:
        return Verdict.REVOKED
    return Verdict.RENEWED if row.renewed_at is not None else Verdict.VALID


def check_file(data: bytes) -> Finding:
    """What a credential is worth, found anywhere in a file or in words pasted."""
    match = _TOKEN.search(data[:LONGEST_FILE])
    if match is None or len(match[0]) > _LONGEST_TOKEN:
        return Finding(Verdict.UNREADABLE)
    token = match[0].decode("ascii")
    key = _claimed_key(token)
    if key is None:
        return Finding(Verdict.FOREIGN)
    claims = proven(token, key)
    if claims is None:
        return Finding(Verdict.ALTERED)
    found = _award_of(claims)
    if key.revoked_at is not None:
        return Finding(Verdict.KEY_REVOKED, found, key=key)
    if found is None:
        return Finding(Verdict.UNKNOWN)
    return Finding(_standing(found), found, named=_name_in(claims))


def _claimed_key(token: str) -> SigningKey | None:
    """The key its header names, if that is one of ours."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    return named_key(kid) if isinstance(kid, str) else None


def proven(token: str, key: SigningKey) -> dict[str, Any] | None:
    """What it says, when this key signed exactly that; the header chooses no algorithm.

    Its dates are not asked: what holds now is known from the award itself.
    """
    asked: Options = {
        "verify_aud": False, "verify_iat": False, "verify_nbf": False, "verify_exp": False, "require": _CLAIMS,
    }  # fmt: skip
    try:
        claims: dict[str, Any] = jwt.decode(token, public_half(key), algorithms=[ALGORITHM], options=asked)
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        return None
    return claims


def _award_of(claims: dict[str, Any]) -> Award | None:
    """The award a signed credential is about."""
    match = _ADDRESS.search(str(claims.get("id", "")))
    code = normalise(match[1]) if match is not None else ""
    return _known().filter(code=code).first() if code else None


def _name_in(claims: dict[str, Any]) -> str:
    """The name its holder had put in it, which may no longer be the one shown under the code."""
    for one in claims["credentialSubject"].get("identifier", []):
        if one.get("identityType") == "name" and not one.get("hashed"):
            return str(one.get("identityHash", ""))
    return ""


def shown_holder(row: Award) -> str:
    """The holder's name if they chose to show it, else the first letters of it; empty for nobody.

    The letters let who holds the paper compare, and tell nothing to who does not.
    """
    name = row.user.display_name.strip() if row.user is not None else ""
    return name if row.shows_name else initials(name)


def initials(name: str) -> str:
    """The first letter of each word.

    >>> initials("Fatima Aït Baha"), initials("  "), initials("فاطمة أيت باها")
    ('F. A. B.', '', 'ف. أ. ب.')
    """
    return " ".join(f"{word[0].upper()}." for word in name.split() if word[0].isalpha())
