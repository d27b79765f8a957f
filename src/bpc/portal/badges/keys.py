"""The keys that sign: made at first need, renewed at will, never invalidating what they signed; or revoked, which does.

A retired key's private half is destroyed, its public half published for as long as it is trusted.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import IntegrityError, transaction

from bpc.portal.badges.addresses import issuer_did
from bpc.portal.badges.models import SigningKey
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.sealing import seal, unseal
from bpc.portal.foundation.states import ReasonMissing

GENERATION = "badge-keys"
ALGORITHM = "EdDSA"
_PURPOSE = "badges: signing key"


class NoSuchKey(LookupError):
    """No key of this name, or it is revoked already."""


@dataclass(frozen=True)
class Signer:
    """The active key, opened."""

    key: SigningKey
    private: Ed25519PrivateKey

    def sign(self, claims: dict[str, Any], media_type: str) -> str:
        """The claims as a compact JWS that names its key by the issuer's identifier."""
        headers = {"typ": media_type, "kid": f"{issuer_did()}#{self.key.kid}"}
        return jwt.encode(claims, self.private, algorithm=ALGORITHM, headers=headers)


def signer(at: datetime) -> Signer:
    """The active key; made when there is none. Raises `BrokenSeal` when the site's secret cannot open it."""
    key = SigningKey.objects.filter(is_active=True).first() or _first_key(at)
    private = Ed25519PrivateKey.from_private_bytes(_decoded(unseal(key.sealed, _PURPOSE)))
    return Signer(key, private)


def _first_key(at: datetime) -> SigningKey:
    try:
        with transaction.atomic():
            return _make_key(None, at)
    except IntegrityError:  # another worker was quicker
        return SigningKey.objects.get(is_active=True)


def _make_key(actor: Any, at: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    public = _encoded(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    made = SigningKey.objects.create(
        kid=thumbprint(public), public=public, created_at=at,
        sealed=seal(_encoded(private.private_bytes_raw()), _PURPOSE),
    )  # fmt: skip
    record(actor=actor, verb="make badge key", obj=made, at=at)
    outdate(GENERATION)
    return made


@transaction.atomic
def renew_key(*, actor: Any, at: datetime) -> SigningKey:
    """A fresh key signs from now on; what the former one signed stays valid."""
    for former in SigningKey.objects.select_for_update().filter(is_active=True):
        _retire(former, at)
        record(actor=actor, verb="retire badge key", obj=former, at=at)
    return _make_key(actor, at)


def _retire(key: SigningKey, at: datetime) -> None:
    key.is_active, key.retired_at, key.sealed = False, at, ""
    key.save(update_fields=["is_active", "retired_at", "sealed"])


@transaction.atomic
def revoke_key(*, kid: str, reason: str, actor: Any, at: datetime) -> SigningKey:
    """Trust nothing this key signed: it fell into other hands. What it signed rightly waits to be signed again.

    Raises `NoSuchKey`, `ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing("revoke badge key")
    key = SigningKey.objects.select_for_update().filter(kid=kid, revoked_at=None).first()
    if key is None:
        raise NoSuchKey(kid)
    if key.is_active:
        _retire(key, at)
        _make_key(actor, at)
    key.revoked_at, key.reason = at, reason.strip()
    key.save(update_fields=["revoked_at", "reason"])
    record(actor=actor, verb="revoke badge key", obj=key, at=at, reason=key.reason)
    outdate(GENERATION)
    return key


def trusted_keys() -> list[SigningKey]:
    """The keys to publish, the active one first: who asks for no key in particular takes that one."""
    return list(SigningKey.objects.filter(revoked_at=None))


def named_key(kid: str) -> SigningKey | None:
    """The key a token's header names, trusted or not: its thumbprint, alone or behind the issuer's identifier."""
    return SigningKey.objects.filter(kid=kid.rpartition("#")[2][:50]).first()


def public_half(key: SigningKey) -> Ed25519PublicKey:
    """What checks its signatures."""
    return Ed25519PublicKey.from_public_bytes(_decoded(key.public))


def jwk(key: SigningKey) -> dict[str, str]:
    """The public half as a JSON Web Key."""
    return {"kty": "OKP", "crv": "Ed25519", "x": key.public, "kid": key.kid, "alg": ALGORITHM, "use": "sig"}


def thumbprint(public: str) -> str:
    """The name of a key, computed from its public half alone (RFC 7638).

    >>> thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
    """
    told = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": public}, separators=(",", ":"))
    return _encoded(hashlib.sha256(told.encode()).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
