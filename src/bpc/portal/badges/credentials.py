"""An award as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), signed as a JWT.

Who earned it: an account's opaque number behind a salted hash, which tells nobody anything; once the person chose to be
named, their name, and the salted hash of their e-mail address, by which wallets know their owner. Never the address.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.badges.addresses import achievement_address, credential_address, issuer_did
from bpc.portal.badges.keys import Signer
from bpc.portal.badges.models import AchievementVersion, Award
from bpc.portal.badges.states import Kind
from bpc.portal.badges.status_lists import status_entry, written_moment
from bpc.portal.people.models import User

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",  # the type of the schema below
)
_SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
_TYPES = {  # of the closed list of Open Badges
    Kind.COURSE: "Course",
    Kind.PATH: "LearningProgram",
    Kind.WORKSHOP: "Course",
    Kind.PARTNER: "Course",
}
MEDIA_TYPE = "JWT"  # of a signed credential: Open Badges 3.0, 8.2.3, allows no other


def sign_award(award: Award, holder: User, signer: Signer, at: datetime) -> None:
    """Sign the credential of an award anew, in its holder's language; the caller saves the row."""
    claims = credential_claims(award, holder, at)
    award.token, award.key, award.signed_at = signer.sign(claims, MEDIA_TYPE), signer.key, at


def credential_claims(award: Award, holder: User, at: datetime) -> dict[str, Any]:
    """The credential, with what a JWT repeats of it.

    `validFrom` tells the newest of two signed copies, `awardedDate` when it was earned.
    """
    language = "ar" if holder.language == "ar" else "fr"
    did, address, version = issuer_did(), credential_address(award), award.version
    claims = {
        "@context": list(CONTEXTS),
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": version.told("name", language),
        "issuer": profile(language),
        "validFrom": written_moment(at),
        "awardedDate": written_moment(award.achieved_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identities(award, holder),
            "achievement": achievement_of(version, language),
        },
        "credentialStatus": status_entry(award.status_list_id, award.place),
        "credentialSchema": [dict(_SCHEMA)],
        "iss": did,
        "jti": address,
        "nbf": int(at.timestamp()),
    }
    if told := award.evidence(language):
        claims["evidence"] = [{"type": ["Evidence"], "narrative": told}]
    return claims


def profile(language: str) -> dict[str, Any]:
    """Who issues."""
    with translation.override(language):
        name = _("Banque de Projets Coopératifs")
    return {"id": issuer_did(), "type": ["Profile"], "name": name, "url": settings.PUBLIC_URL}


def achievement_of(version: AchievementVersion, language: str) -> dict[str, Any]:
    """What was achieved, in a language."""
    address, criteria = achievement_address(version, language), version.told("criteria", language)
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": _TYPES[Kind(version.achievement.kind)],
        "name": version.told("name", language),
        "description": criteria,
        "criteria": {"narrative": criteria},
        "image": {"id": f"{address}.png", "type": "Image"},
        "inLanguage": language,
        "version": str(version.number),
    }


def _identities(award: Award, holder: User) -> list[dict[str, Any]]:
    if not award.shows_name:
        return [_hashed("accountId", _opaque_number(holder))]
    named = {
        "type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": holder.display_name,
    }  # fmt: skip
    address = (holder.email or "").lower()
    return [
        named,
        _hashed("emailAddress", address) if address else _hashed("accountId", _opaque_number(holder)),
    ]


def _hashed(kind: str, value: str) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    digest = hashlib.sha256(f"{value}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject", "hashed": True, "identityType": kind, "identityHash": f"sha256${digest}",
        "salt": salt,
    }  # fmt: skip


def _opaque_number(holder: User) -> str:
    """The account's number, which nobody can guess back: accounts are counted from one."""
    secret = f"badges: account {settings.SECRET_KEY}".encode()
    return hmac.new(secret, str(holder.pk).encode(), hashlib.sha256).hexdigest()
