"""Codes typed and files handed over: whatever comes, a verdict."""

import base64
import gzip
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpc.portal.badges.awarding import revoke, show_name
from bpc.portal.badges.baking import bake_png, bake_svg
from bpc.portal.badges.checking import LONGEST_FILE, check_code, check_file, shown_holder
from bpc.portal.badges.keys import renew_key, revoke_key, signer
from bpc.portal.badges.models import Award
from bpc.portal.badges.printing import badge_picture
from bpc.portal.badges.states import Verdict
from bpc.portal.badges.status_lists import signed_list
from bpc.portal.people.roles import Role
from tests.portal.badges.badge_world import NOW, awarded, defined
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_a_code_is_found_however_it_is_typed() -> None:
    row = awarded()
    for typed in (row.code, row.code.lower().replace("-", " "), f" {row.code} "):
        found = check_code(typed)
        assert (found.verdict, found.award, found.holds) == (Verdict.VALID, row, True)


def test_a_wrong_sign_is_told_from_an_unknown_code() -> None:
    assert check_code("K7M4-2QX").verdict == Verdict.UNKNOWN
    assert check_code("K7M4-2QK").verdict == Verdict.MISCOPIED
    assert check_code("\x00" * 500).verdict == Verdict.MISCOPIED


def test_what_was_revoked_or_renewed_is_said() -> None:
    person = make_user()
    row = awarded(person)
    defined(version=2)
    newer = awarded(person, at=NOW + timedelta(days=1))
    assert (check_code(row.code).verdict, check_file(row.token.encode()).verdict) == (Verdict.RENEWED,) * 2
    revoke(award=newer, reason="Erreur.", actor=make_user(Role.TRAINER), at=NOW)
    for found in (check_code(newer.code), check_file(newer.token.encode())):
        assert (found.verdict, found.holds) == (Verdict.REVOKED, False)
        assert found.award is not None
        assert found.award.reason == "Erreur."


def test_a_file_is_read_in_any_of_its_shapes() -> None:
    row = awarded()
    picture: Any = {form: badge_picture(row.version, "fr", form) for form in ("svg", "png")}
    shapes = (
        row.token.encode(), f'  "{row.token}"\n'.encode(), json.dumps({"verifiableCredential": [row.token]}).encode(),
        bake_svg(picture["svg"], row.token), bake_png(picture["png"], row.token),
    )  # fmt: skip
    for data in shapes:
        assert check_file(data).award == row


def test_after_a_renewed_key_the_former_files_hold() -> None:
    row = awarded()
    renew_key(actor=None, at=NOW)
    assert check_file(row.token.encode()).verdict == Verdict.VALID


def test_what_a_revoked_key_signed_says_so_whatever_it_says_itself() -> None:
    row = awarded()
    assert row.key is not None
    revoke_key(kid=row.key.kid, reason="Copie perdue.", actor=None, at=NOW)
    found = check_file(row.token.encode())
    assert (found.verdict, found.award, found.named, found.holds) == (Verdict.KEY_REVOKED, row, "", False)
    assert check_code(row.code).verdict == Verdict.VALID  # the award itself stands


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def _kid(row: Award) -> str:
    return str(jwt.get_unverified_header(row.token)["kid"])


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_no_forgery_passes() -> None:
    row = awarded()
    claims = _claims(row.token)
    head, body, signature = row.token.split(".")
    better = {**claims, "awardedDate": "2020-01-01T00:00:00Z"}
    others, public = Ed25519PrivateKey.generate(), signer(NOW).private.public_key().public_bytes_raw()
    forged = {
        "payload": f"{head}.{_part(better)}.{signature}",
        "signature": f"{head}.{body}.{'A' * 86}",
        "no signature": f"{head}.{body}.",
        "algorithm none": f"{_part({'alg': 'none', 'kid': _kid(row)})}.{body}.",
        "other key": jwt.encode(claims, others, algorithm="EdDSA", headers={"kid": _kid(row)}),
        "public half as a secret": jwt.encode(claims, public, algorithm="HS256", headers={"kid": _kid(row)}),
        "without its dates": signer(NOW).sign({"id": claims["id"]}, "JWT"),
    }
    told = {name: check_file(token.encode()).verdict for name, token in forged.items()}
    assert told == dict.fromkeys(forged, Verdict.ALTERED)


def test_what_others_signed_is_not_ours() -> None:
    row = awarded()
    others = Ed25519PrivateKey.generate()
    for headers in ({"kid": "did:web:ailleurs.example#1"}, {}):
        token = jwt.encode(_claims(row.token), others, algorithm="EdDSA", headers=headers)
        assert check_file(token.encode()).verdict == Verdict.FOREIGN


def test_our_signature_under_something_else_is_no_award() -> None:
    row = awarded()
    listed = signed_list(row.status_list_id, signer(NOW), NOW)
    assert listed is not None
    assert check_file(listed.encode()).verdict == Verdict.UNKNOWN
    elsewhere = {**_claims(row.token), "id": "https://projets.example/badges/K7M4-2QX"}
    assert check_file(signer(NOW).sign(elsewhere, "JWT").encode()).verdict == Verdict.UNKNOWN


def test_hostile_files_are_only_unreadable_or_foreign() -> None:
    deep = base64.urlsafe_b64encode(b'{"kid":' + b"[" * 20_000 + b"]" * 20_000 + b"}").decode().rstrip("=")
    for data in (
        b"", b"eyJ..", b"\x89PNG\r\n\x1a\n" + bytes(1000), gzip.compress(bytes(10**6)), b"eyJ" * 200_000,
        b"x" * LONGEST_FILE + awarded().token.encode(), b"<svg><!ENTITY a 'b'></svg>", f"{deep}.{deep}.AAAA".encode(),
        b"eyJhbGciOiJFZERTQSIsImtpZCI6WzFdfQ.eyJhIjoxfQ.AAAA", b"eyJ\xff\xfe" * 10,
        b"eyJub3QganNvbiI.eyJub3QganNvbiI.AAAA",
    ):  # fmt: skip
        assert check_file(data).verdict in {Verdict.UNREADABLE, Verdict.FOREIGN}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_sign_anywhere_is_seen(data: st.DataObject) -> None:
    if not Award.objects.exists():
        awarded()
    token = Award.objects.get().token
    place = data.draw(st.integers(0, len(token) - 1))
    sign = data.draw(st.sampled_from("AZaz09-_.").filter(lambda one: one != token[place]))
    changed = token[:place] + sign + token[place + 1 :]
    if _same_bytes(token, changed):
        return
    assert not check_file(changed.encode()).holds


def _same_bytes(token: str, other: str) -> bool:
    """Whether only bits differ that base64 does not count, at the end of a part."""
    try:
        return [_bytes(part) for part in token.split(".")] == [_bytes(part) for part in other.split(".")]
    except ValueError:
        return False


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_name_is_shown_by_choice_only() -> None:
    person = make_user(display_name="Fatima Aït Baha")
    row = awarded(person)
    assert shown_holder(row) == "F. A. B."
    row = show_name(award=row, shown=True, actor=person, at=NOW)
    assert shown_holder(check_code(row.code).award or row) == "Fatima Aït Baha"
    assert check_file(row.token.encode()).named == "Fatima Aït Baha"
    assert shown_holder(awarded(make_user(), "workshop:market")) == ""
