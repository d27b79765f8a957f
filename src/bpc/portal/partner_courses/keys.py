"""The keys we sign launches with: made when first needed, changed at will, former ones published a while longer."""

import json
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from jwt.algorithms import RSAAlgorithm

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.foundation.sealing import BrokenSeal, seal, unseal
from bpc.portal.partner_courses.models import SigningKey, new_client_id

ALGORITHM = "RS256"  # the one every tool must read (1EdTech Security Framework 1.0, 5.1)
BITS = 2048
#: Long after the last launch signed with it has expired; tools that keep our keys read them anew within a day.
STILL_PUBLISHED = timedelta(days=7)
_PURPOSE = "partner_courses.signing_key"


def published_keys(at: datetime) -> dict[str, Any]:
    """The JSON Web Key Set that tools read: the current key first, then former ones still published."""
    current_key(at)
    rows = SigningKey.objects.exclude(retired_at__lte=at - STILL_PUBLISHED).order_by(
        "-is_current", "-made_at"
    )
    return {"keys": [row.public for row in rows]}


def sign(claims: dict[str, Any], at: datetime) -> str:
    """The claims as a JSON Web Token signed with the current key.

    A key whose seal does not open (the site's `SECRET_KEY` was changed) is replaced: tools read the new one themselves.
    """
    key = current_key(at)
    try:
        private = unseal(key.private_sealed, _PURPOSE)
    except BrokenSeal:
        key = change_key(actor=None, at=at)
        private = unseal(key.private_sealed, _PURPOSE)
    return jwt.encode(claims, private, algorithm=ALGORITHM, headers={"kid": key.kid})


@transaction.atomic
def current_key(at: datetime) -> SigningKey:
    """The key that signs; the first one is made when it is first asked for."""
    found = SigningKey.objects.filter(is_current=True).first()
    if found is None:
        made = _new_key(at)
        found, _made = SigningKey.objects.get_or_create(is_current=True, defaults=made)
    return found


@transaction.atomic
def change_key(*, actor: Any, at: datetime) -> SigningKey:
    """Sign with a new key from now on. `actor` None: the system. Raises `PermissionDenied`."""
    if actor is not None:
        check(actor, "partner_courses.register")
    current_key(at)
    list(SigningKey.objects.select_for_update().filter(is_current=True))
    SigningKey.objects.filter(is_current=True).update(is_current=False, retired_at=at)
    made = SigningKey.objects.create(**_new_key(at))
    record(actor=actor, verb="change signing key", obj=made, at=at)
    return made


def forget_former_keys(at: datetime) -> int:
    """Erase the keys no longer published; returns how many."""
    return SigningKey.objects.filter(retired_at__lte=at - STILL_PUBLISHED).delete()[0]


def _new_key(at: datetime) -> dict[str, Any]:
    private, kid = generate_private_key(65537, BITS), new_client_id()
    sealed = seal(_as_pem(private), _PURPOSE)
    return {"kid": kid, "public": _as_jwk(private, kid), "private_sealed": sealed, "made_at": at}


def _as_jwk(private: RSAPrivateKey, kid: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
    said.pop("key_ops", None)
    return {**said, "kid": kid, "alg": ALGORITHM, "use": "sig"}


def _as_pem(private: RSAPrivateKey) -> str:
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
