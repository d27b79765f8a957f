"""What openbadgeslib, written by others, says of our credentials: true, altered, revoked."""

import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, decode_encoded_list, set_indices

from bpc.portal.badges.addresses import issuer_did, status_address
from bpc.portal.badges.awarding import revoke, show_name
from bpc.portal.badges.baking import bake_png, bake_svg
from bpc.portal.badges.keys import renew_key, revoke_key
from bpc.portal.badges.models import Award
from bpc.portal.badges.printing import badge_picture
from bpc.portal.people.roles import Role
from tests.portal.badges.badge_world import CRITERIA, EVIDENCE, NOW, awarded, by_client, by_server
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def verify(token: str, download: Any = by_client) -> Any:
    """From nothing but the issuer's identifier: its keys, then the status list, are fetched from the site."""
    verifier = OB3Verifier.for_issuer_did(issuer_did(), download=download)
    return verifier.verify(token, check_status=True, download=download)


def refused(token: str) -> str:
    with pytest.raises(OB3VerificationError) as refusal:
        verify(token)
    return str(refusal.value)


def test_it_believes_what_we_sign() -> None:
    row = awarded()
    read = verify(row.token)
    assert read.id == f"https://projets.example/badges/{row.code}"
    assert (read.issuer.id, read.issuer.name) == ("did:web:projets.example", "Banque de Projets Coopératifs")
    assert (read.achievement.name, read.achievement.criteria_narrative) == ("Prix et marge", CRITERIA.fr)
    assert read.achievement.achievement_type == "Course"
    assert [one.narrative for one in read.evidence] == [EVIDENCE.fr]
    assert read.credential_status[0]["statusListIndex"] == str(row.place)
    assert abs(read.issuance_date - NOW) < timedelta(seconds=1)


def test_it_says_nobody_s_name_or_address_until_they_choose() -> None:
    person = make_user(email="fatima@example.org", display_name="Fatima Aït Baha")
    row = awarded(person)
    read = verify(row.token)
    told = json.dumps(read.raw, ensure_ascii=False)
    assert "fatima" not in told.lower()
    assert [(one.identity_type, one.hashed) for one in read.identifiers] == [("accountId", True)]
    named = verify(show_name(award=row, shown=True, actor=person, at=NOW).token)
    assert "fatima@" not in json.dumps(named.raw, ensure_ascii=False)
    name, address = named.identifiers
    assert (name.identity_hash, name.hashed) == ("Fatima Aït Baha", False)
    same = type(address).create("fatima@example.org", salt=address.salt)  # their own hash of the address
    assert (same.identity_hash, address.identity_type) == (address.identity_hash, "emailAddress")
    hidden = show_name(award=row, shown=False, actor=person, at=NOW)
    assert [one.identity_type for one in verify(hidden.token).identifiers] == ["accountId"]


def test_an_arabic_reader_s_credential_is_in_arabic() -> None:
    read = verify(awarded(make_user(language="ar")).token)
    assert (read.name, read.raw["credentialSubject"]["achievement"]["inLanguage"]) == ("الثمن والهامش", "ar")


def _with_part(token: str, place: int, part: bytes) -> str:
    parts = token.split(".")
    parts[place] = base64.urlsafe_b64encode(part).decode().rstrip("=")
    return ".".join(parts)


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def test_it_refuses_another_payload() -> None:
    token = awarded().token
    claims = _claims(token)
    claims["credentialSubject"]["achievement"]["name"] = "Docteur en tout"
    assert refused(_with_part(token, 1, json.dumps(claims).encode())) == "Invalid signature"


def test_it_refuses_another_signature() -> None:
    token = awarded().token
    assert refused(_with_part(token, 2, bytes(64))) == "Invalid signature"


def test_it_refuses_another_s_key_under_our_name() -> None:
    token = awarded().token
    header = jwt.get_unverified_header(token)
    forged = jwt.encode(
        _claims(token), Ed25519PrivateKey.generate(), algorithm="EdDSA", headers={"kid": header["kid"]}
    )
    assert refused(forged) == "Invalid signature"
    unknown = jwt.encode(
        _claims(token),
        Ed25519PrivateKey.generate(),
        algorithm="EdDSA",
        headers={"kid": f"{issuer_did()}#mine"},
    )
    assert "no verificationMethod" in refused(unknown)


def test_it_refuses_what_is_not_signed() -> None:
    token = awarded().token
    header = {**jwt.get_unverified_header(token), "alg": "none"}
    bare = _with_part(token, 0, json.dumps(header).encode()).rpartition(".")[0] + "."
    assert "'none'" in refused(bare)


def test_a_revoked_one_is_seen_as_revoked_and_no_other() -> None:
    row, other = awarded(), awarded()
    verify(row.token)
    revoke(award=row, reason="Erreur de liste.", actor=make_user(Role.TRAINER), at=NOW)
    assert "'revocation' is set at index" in refused(row.token)
    verify(other.token)


def test_the_published_list_holds_the_revoked_places_and_nothing_else() -> None:
    rows = [awarded() for _ in range(12)]
    trainer = make_user(Role.TRAINER)
    for row in rows[:3]:
        revoke(award=row, reason="Erreur de liste.", actor=trainer, at=NOW)
    claims = _claims(by_client(status_address(rows[0].status_list_id)).decode())
    bits = decode_encoded_list(claims["credentialSubject"]["encodedList"])
    assert len(bits) * 8 == 131_072
    assert set_indices(bits) == {row.place for row in rows[:3]}
    assert len({row.place for row in rows}) == 12


def test_a_renewed_key_invalidates_nothing() -> None:
    before = awarded()
    renew_key(actor=None, at=NOW)
    after = awarded()
    assert before.key != after.key
    assert (verify(before.token).id[-8:], verify(after.token).id[-8:]) == (before.code, after.code)
    revoke(award=before, reason="Erreur de liste.", actor=make_user(Role.TRAINER), at=NOW)
    assert "'revocation' is set" in refused(before.token)  # the list is signed by the new key


def test_a_revoked_key_invalidates_what_it_signed() -> None:
    row = awarded()
    assert row.key is not None
    revoke_key(kid=row.key.kid, reason="Copie perdue.", actor=None, at=NOW)
    assert "no verificationMethod" in refused(row.token)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_finds_the_credential_in_the_pictures(language: Any) -> None:
    row = awarded()
    svg = bake_svg(badge_picture(row.version, language, "svg"), row.token)
    png = bake_png(badge_picture(row.version, language, "png"), row.token)
    assert OB3Verifier.extract_token_from_svg(svg) == row.token
    assert OB3Verifier.extract_token_from_png(png) == row.token


@pytest.mark.django_db(transaction=True)
def test_from_the_addresses_of_a_running_site(live_server: Any) -> None:
    """Only the credential's identifier is known: file, keys and list come over the network."""
    row = awarded()
    download = by_server(live_server.url)
    address = f"https://projets.example/badges/{row.code}"
    token = download(address).decode()
    assert verify(token, download).id == address
    assert OB3Verifier.extract_token_from_png(download(f"{address}.png")) == token
    assert OB3Verifier.extract_token_from_svg(download(f"{address}.svg")) == token
    revoke(award=Award.objects.get(), reason="Erreur de liste.", actor=make_user(Role.TRAINER), at=NOW)
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verify(token, download)
