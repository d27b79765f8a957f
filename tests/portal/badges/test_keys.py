"""Keys: made at first need, kept sealed, renewed, revoked."""

from datetime import timedelta
from io import StringIO

import jwt
import pytest
from django.core.management import CommandError, call_command

from bpc.portal.badges.keys import (
    NoSuchKey,
    jwk,
    public_half,
    renew_key,
    revoke_key,
    signer,
    thumbprint,
    trusted_keys,
)
from bpc.portal.badges.models import SigningKey
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.sealing import unseal
from bpc.portal.foundation.states import ReasonMissing
from tests.portal.badges.badge_world import NOW, awarded

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_the_first_need_makes_the_first_key() -> None:
    assert signer(NOW).key == signer(LATER).key == SigningKey.objects.get()


def test_the_private_half_is_never_kept_in_clear() -> None:
    opened = signer(NOW)
    secret = opened.private.private_bytes_raw()
    kept = SigningKey.objects.values().get()
    assert secret not in "".join(str(value) for value in kept.values()).encode()
    assert len(unseal(kept["sealed"], "badges: signing key")) == 43
    assert set(jwk(opened.key)) == {"kty", "crv", "x", "kid", "alg", "use"}  # no `d`


def test_a_key_is_named_by_its_own_thumbprint() -> None:
    """The example of RFC 8037, appendix A.3."""
    assert (
        thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )
    key = signer(NOW).key
    assert key.kid == thumbprint(key.public)


def test_a_renewed_key_leaves_the_former_one_readable_and_unable_to_sign() -> None:
    row = awarded()
    renewed = renew_key(actor=None, at=LATER)
    former = SigningKey.objects.exclude(pk=renewed.pk).get()
    assert (former.sealed, former.retired_at, former.revoked_at) == ("", LATER, None)
    assert trusted_keys() == [renewed, former]
    assert jwt.decode(row.token, public_half(former), algorithms=["EdDSA"])["jti"].endswith(row.code)
    assert awarded(code="workshop:market").key == renewed


def test_a_revoked_key_is_no_longer_published_and_another_signs() -> None:
    bad = signer(NOW).key
    with pytest.raises(ReasonMissing):
        revoke_key(kid=bad.kid, reason=" ", actor=None, at=LATER)
    revoke_key(kid=bad.kid, reason="Copie de la base perdue.", actor=None, at=LATER)
    assert [key.pk for key in trusted_keys()] == [signer(LATER).key.pk] != [bad.pk]
    assert [entry.verb for entry in trail_of(bad)] == ["make badge key", "revoke badge key"]
    with pytest.raises(NoSuchKey):
        revoke_key(kid=bad.kid, reason="Encore.", actor=None, at=LATER)


def _command(*words: str) -> str:
    out = StringIO()
    call_command("badge_keys", *words, stdout=out)
    return out.getvalue()


def test_the_command_lists_renews_revokes_and_signs_again() -> None:
    first = _command()
    assert first.count("active") == 1
    row = awarded()
    kid = SigningKey.objects.get().kid
    assert _command("--renew").count("retired") == 1
    told = _command("--revoke", kid, "--reason", "Copie perdue.")
    assert f"{kid}  made {NOW:%Y-%m-%d}  revoked" in told
    assert "1 awards wait" in told
    assert "wait" not in _command("--sign")
    row.refresh_from_db()
    assert row.key is not None
    assert row.key.is_active
    with pytest.raises(CommandError, match="No trusted key"):
        _command("--revoke", kid, "--reason", "Encore.")
    with pytest.raises(CommandError, match="--reason"):
        _command("--revoke", row.key.kid)
