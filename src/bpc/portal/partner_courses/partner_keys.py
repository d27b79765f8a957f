"""How a partner's tool proves who it is: its public keys, pasted, or read at its address and kept for an hour."""

import json
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt import PyJWK
from jwt.exceptions import InvalidKeyError, PyJWKError

from bpc.portal.foundation.outward import RefusedAddress
from bpc.portal.partner_courses.models import Partner
from bpc.portal.partner_courses.reaching import partner_door

KEPT = timedelta(hours=1)
LASTING = timedelta(days=1)  # keys that could not be read again
BETWEEN = timedelta(seconds=30)  # two readings of one address, whatever is asked of us
MOST_BYTES = 64 * 1024
FEWEST_BITS = 2048
_JSON = {"Accept": "application/json"}


class UnreadableKeys(Exception):
    """What should be public keys is not: no PEM nor key set, not RSA, or too short."""


def key_of(partner: Partner, kid: str, at: datetime) -> RSAPublicKey | None:
    """The key a tool signed with, by its name; None when it has none by that name.

    A name not known yet, or keys kept for an hour, make us read its address again, never twice in thirty seconds.
    """
    if partner.public_keys:
        return _by_name(pasted_keys(partner.public_keys), kid)
    found = _by_name(_readable(partner.keyset), kid)
    is_fresh = partner.keyset_read_at is not None and at < partner.keyset_read_at + KEPT
    if found is not None and is_fresh:
        return found
    if _read_again(partner, at):
        return _by_name(_readable(partner.keyset), kid)
    # its site may be down for a while
    return found if partner.keyset_read_at is not None and at < partner.keyset_read_at + LASTING else None


def _read_again(partner: Partner, at: datetime) -> bool:
    """Read the partner's address and keep what it says. False when it was not read."""
    due = Partner.objects.filter(pk=partner.pk).exclude(keyset_asked_at__gt=at - BETWEEN)
    if not due.update(keyset_asked_at=at):
        return False
    try:
        reply = partner_door().ask("GET", partner.keyset_url, headers=_JSON, longest=MOST_BYTES)
        said = json.loads(reply.body) if reply.status == 200 else None
    except (RefusedAddress, OSError, HTTPException, ValueError, RecursionError):
        return False
    if not isinstance(said, dict) or not _readable(said):
        return False
    partner.keyset, partner.keyset_read_at = said, at
    partner.save(update_fields=["keyset", "keyset_read_at"])
    return True


def pasted_keys(text: str) -> dict[str, RSAPublicKey]:
    """Keys by name (a PEM has none: the empty one). Raises `UnreadableKeys`."""
    stripped = text.strip()
    if stripped.startswith("{"):
        try:
            said = json.loads(stripped)
        except (ValueError, RecursionError):
            raise UnreadableKeys from None
        keys = _readable(said if "keys" in said else {"keys": [said]})
    else:
        keys = {"": key} if (key := _from_pem(stripped)) is not None else {}
    if not keys:
        raise UnreadableKeys
    return keys


def _from_pem(text: str) -> RSAPublicKey | None:
    try:
        key = load_pem_public_key(text.encode())
    except (ValueError, TypeError):
        return None
    return key if isinstance(key, RSAPublicKey) and key.key_size >= FEWEST_BITS else None


def _readable(keyset: Any) -> dict[str, RSAPublicKey]:
    """The keys of a set that sign as they should; others are passed over."""
    rows = keyset.get("keys") if isinstance(keyset, dict) else None
    found: dict[str, RSAPublicKey] = {}
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or row.get("kty") != "RSA" or row.get("use", "sig") != "sig":
            continue
        try:
            key = PyJWK.from_dict(row, algorithm="RS256").key
        except (PyJWKError, InvalidKeyError, ValueError, TypeError):
            continue
        if isinstance(key, RSAPublicKey) and key.key_size >= FEWEST_BITS:
            found[str(row.get("kid", ""))] = key
    return found


def _by_name(keys: dict[str, RSAPublicKey], kid: str) -> RSAPublicKey | None:
    """By its name; where there is one key without a name, that one."""
    return keys.get(kid) or (keys.get("") if len(keys) == 1 else None)
