"""What machines read, the same for everybody: who issues and with which keys, what is revoked, what may be achieved."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bpc.portal.badges.addresses import issuer_did
from bpc.portal.badges.credentials import achievement_of, profile
from bpc.portal.badges.keys import GENERATION, jwk, signer, trusted_keys
from bpc.portal.badges.models import AchievementVersion
from bpc.portal.badges.printing import badge_picture
from bpc.portal.badges.status_lists import KEPT_BY_READERS, revision_of, signed_list
from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.metering import Meter
from bpc.portal.foundation.page_cache import generations
from bpc.portal.foundation.public_bytes import OPEN_TO_ALL, PublicBytes
from bpc.portal.foundation.shelf import shelf

_JSON, _JSON_LD = "application/json", "application/ld+json"
_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}
_TOO_MANY = 429
LANGUAGES = ("fr", "ar")
meter = Meter(most=60)  # pictures drawn a minute and address


def written(document: dict[str, Any]) -> bytes:
    """A document as it is sent."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def kept(body: bytes, content_type: str) -> PublicBytes:
    """Bytes that any site may read, for some minutes."""
    return PublicBytes.of(body, content_type, KEPT_BY_READERS, headers=tuple(OPEN_TO_ALL.items()))


@require_safe
def did_document(request: HttpRequest) -> HttpResponse:
    """The issuer's keys as its decentralised identifier leads to them, those that no longer sign included."""
    key = f"badges did {issuer_did()} {generations(GENERATION)}"
    answer = shelf.get(key)
    if answer is None:
        signer(timezone.now())  # a verifier that comes before the first award finds a key
        answer = kept(written(_did_document()), _JSON)
        shelf.put(key, answer)
    return answer.respond(request)


def _did_document() -> dict[str, Any]:
    did = issuer_did()
    methods = [
        {"id": f"{did}#{key.kid}", "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": jwk(key)}
        for key in trusted_keys()
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


@require_safe
def key_set(request: HttpRequest) -> HttpResponse:
    """The same keys as a JSON Web Key Set."""
    key = f"badges keys {generations(GENERATION)}"
    answer = shelf.get(key)
    if answer is None:
        answer = kept(written({"keys": [jwk(key) for key in trusted_keys()]}), "application/jwk-set+json")
        shelf.put(key, answer)
    return answer.respond(request)


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues, as credentials say it."""
    key = f"badges issuer {issuer_did()}"
    answer = shelf.get(key)
    if answer is None:
        answer = kept(written(profile("fr")), _JSON_LD)
        shelf.put(key, answer)
    return answer.respond(request)


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """A status list, signed once for each of its changes and each day."""
    revision = revision_of(number)
    if revision is None:
        raise Http404(f"no status list {number}")
    now = timezone.now()
    key = f"badges status {issuer_did()} {number} {revision} {generations(GENERATION)} {now:%Y-%m-%d}"
    answer = shelf.get(key)
    if answer is None:
        answer = kept((signed_list(number, signer(now), now) or "").encode(), "application/vc+jwt")
        shelf.put(key, answer)
    return answer.respond(request)


def _version(kind: str, slug: str, number: int, language: str) -> AchievementVersion:
    rows: QuerySet[AchievementVersion] = AchievementVersion.objects.select_related("achievement")
    found = rows.filter(achievement__code=f"{kind}:{slug}", number=number).first()
    if found is None or language not in LANGUAGES:
        raise Http404("no such achievement")
    return found


@require_safe
def achievement(request: HttpRequest, language: str, kind: str, slug: str, number: int) -> HttpResponse:
    """An achievement as credentials of it say it."""
    found = _version(kind, slug, number, language)
    context = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    return kept(written({"@context": context, **achievement_of(found, language)}), _JSON_LD).respond(request)


@require_safe
def achievement_picture(
    request: HttpRequest, language: str, kind: str, slug: str, number: int, form: str
) -> HttpResponse:
    """Its picture."""
    found = _version(kind, slug, number, language)
    if form not in _PICTURES:
        raise Http404(form)
    answer = drawn(request, found, language, form)
    return answer.respond(request) if answer is not None else HttpResponse(status=_TOO_MANY)


def drawn(request: HttpRequest, version: AchievementVersion, language: str, form: str) -> PublicBytes | None:
    """The picture of an achievement, drawn once; None for an address that has too many drawn."""
    name = version.told("name", language)  # put right until it is awarded
    key = f"badges picture {version.achievement.code} {version.number} {language} {form} {name}"
    answer = shelf.get(key)
    if answer is None:
        if meter.count(client_address(request)):
            return None
        body = badge_picture(version, "ar" if language == "ar" else "fr", "svg" if form == "svg" else "png")
        answer = kept(body, _PICTURES[form])
        shelf.put(key, answer)
    return answer
