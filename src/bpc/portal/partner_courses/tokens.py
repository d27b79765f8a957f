"""The right to send results: a tool proves who it is by a signed request, and receives a token for an hour.

OAuth 2 client credentials with a signed assertion (RFC 7523), as 1EdTech's Security Framework 1.0 asks.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from django.core import signing
from django.db import IntegrityError, transaction

from bpc.portal.partner_courses.addresses import issuer, token_address
from bpc.portal.partner_courses.claims import SCOPES
from bpc.portal.partner_courses.models import Partner, UsedAssertion
from bpc.portal.partner_courses.partner_keys import key_of

LASTS = timedelta(hours=1)
LEEWAY = timedelta(seconds=60)  # between two clocks
LONGEST_LIFE = timedelta(hours=1)  # of an assertion: what came is remembered as long
LONGEST = 8000  # characters of an assertion
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SALT = "partner_courses.token"
_NEEDED = ["iss", "sub", "aud", "exp", "iat", "jti"]


class TokenRefused(Exception):
    """`code` is one of RFC 6749, 5.2; `why` is for whoever keeps the tool."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(code)
        self.code, self.why = code, why


@dataclass(frozen=True)
class Token:
    """What a tool holds: for which partner, and what it may do."""

    partner: Partner
    scopes: frozenset[str]


def give_token(asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """The token a tool asks for, as it is answered. Raises `TokenRefused`."""
    if asked.get("grant_type") != "client_credentials":
        raise TokenRefused("unsupported_grant_type", "grant_type must be client_credentials")
    if asked.get("client_assertion_type") != ASSERTION_TYPE:
        raise TokenRefused("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}")
    partner = _who_asks(asked.get("client_assertion", ""), at)
    scopes = [scope for scope in dict.fromkeys(asked.get("scope", "").split()) if scope in SCOPES]
    if not scopes:
        raise TokenRefused("invalid_scope", "no scope asked for is offered")
    held = signing.dumps({"partner": partner.pk, "scopes": scopes, "at": int(at.timestamp())}, salt=_SALT)
    return {
        "access_token": held,
        "token_type": "Bearer",
        "expires_in": int(LASTS.total_seconds()),
        "scope": " ".join(scopes),
    }


def read_token(held: str, at: datetime) -> Token | None:
    """What the token stands for; None when it is none of ours, is over, or its partner is paused."""
    try:
        said = signing.loads(held, salt=_SALT)
    except signing.BadSignature:
        return None
    if at >= datetime.fromtimestamp(said["at"], UTC) + LASTS:
        return None
    partner = Partner.objects.filter(pk=said["partner"]).first()
    if partner is None or not partner.is_active:
        return None
    return Token(partner, frozenset(said["scopes"]))


def _who_asks(assertion: str, at: datetime) -> Partner:
    """The partner that signed the assertion, for us, lately, and not before."""
    if not assertion or len(assertion) > LONGEST:
        raise TokenRefused("invalid_request", "client_assertion is missing or too long")
    try:
        kid = str(jwt.get_unverified_header(assertion).get("kid", ""))
        named = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
    except (jwt.InvalidTokenError, RecursionError):
        raise TokenRefused("invalid_client", "client_assertion is no JSON Web Token") from None
    partner = Partner.objects.filter(client_id=str(named)).first()
    key = key_of(partner, kid, at) if partner is not None and partner.is_active else None
    if partner is None or key is None:
        raise TokenRefused("invalid_client", "no such client, or no key of that name at its address")
    _use_once(partner, _verified(assertion, key, partner), at)
    return partner


def _verified(assertion: str, key: Any, partner: Partner) -> dict[str, Any]:
    try:
        said: dict[str, Any] = jwt.decode(
            assertion,
            key,
            algorithms=["RS256"],
            audience=[token_address(), issuer()],
            issuer=partner.client_id,
            subject=partner.client_id,
            leeway=LEEWAY,
            options={"require": _NEEDED},
        )
    except (jwt.InvalidTokenError, OverflowError) as fault:  # the latter: a date beyond all dates
        raise TokenRefused("invalid_client", str(fault)) from None
    return said


def _use_once(partner: Partner, said: dict[str, Any], at: datetime) -> None:
    if int(said["exp"]) > (at + LONGEST_LIFE + LEEWAY).timestamp():
        raise TokenRefused("invalid_client", "exp is more than an hour away")
    until = datetime.fromtimestamp(int(said["exp"]), UTC) + LEEWAY
    UsedAssertion.objects.filter(until__lt=at).delete()
    digest = hashlib.sha256(str(said["jti"]).encode()).hexdigest()
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(partner=partner, digest=digest, until=until)
    except IntegrityError:
        raise TokenRefused("invalid_client", "this jti came already") from None
