"""`python -m bench.badges`: signing and checking a credential, against openbadgeslib doing the same in the same run.

Both sign the same claims with the same Ed25519 key, check the same token with its public half, and write a list of
131,072 places of which half are revoked. Told without a ratio, in a base of memory: a file handed over (its key and its
award found besides), an award (a new person, its place, signature, trail and notice).
"""

import os
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("BPC_VAR", tempfile.mkdtemp(prefix="bpc-bench-"))
os.environ["DATABASE_URL"] = "sqlite://:memory:"

import django

django.setup()

from cryptography.hazmat.primitives.serialization import (  # noqa: E402
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from openbadgeslib.ob3 import OB3Signer, OB3Verifier, encode_bitstring  # noqa: E402

from bpc.portal.badges.achievements import Words, define  # noqa: E402
from bpc.portal.badges.awarding import award  # noqa: E402
from bpc.portal.badges.checking import check_file, proven  # noqa: E402
from bpc.portal.badges.credentials import MEDIA_TYPE, credential_claims  # noqa: E402
from bpc.portal.badges.keys import signer  # noqa: E402
from bpc.portal.badges.models import PLACES  # noqa: E402
from bpc.portal.badges.states import Verdict  # noqa: E402
from bpc.portal.badges.status_lists import encoded_list  # noqa: E402
from bpc.portal.people.models import User  # noqa: E402

ROUNDS, TIMES, FAULTY = 5, 10, 1
LIMIT = 2.0  # times the other's time


def calmest(act: Callable[[], object]) -> float:
    """Milliseconds of one act, in the calmest of the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _again in range(TIMES):
            act()
        rounds.append((time.perf_counter() - began) / TIMES * 1000)
    return min(rounds)


def measure() -> dict[str, tuple[float, float]]:
    """Ours and the other's, by act."""
    now, person = timezone.now(), User.objects.create_user(email="bench@example.org", display_name="Mesure")
    words = Words("Prix et marge", "الثمن والهامش")
    define(code="course:bench", version=1, name=words, criteria=words)
    row = award(user=person, achievement="course:bench", evidence=words, at=now)
    opened = signer(now)
    secret = opened.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = opened.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    theirs, reader = OB3Signer(secret, algorithm="EdDSA"), OB3Verifier(public)
    claims, token = credential_claims(row, person, now), row.token.encode()
    if check_file(token).verdict != Verdict.VALID or reader.verify(row.token).id != claims["id"]:
        raise RuntimeError("the two do not agree")
    half = bytes([0b10101010]) * (PLACES // 8)
    return {
        "sign": (
            calmest(lambda: opened.sign(claims, MEDIA_TYPE)),
            calmest(lambda: theirs.sign_payload(claims)),
        ),
        "check": (calmest(lambda: proven(row.token, opened.key)), calmest(lambda: reader.verify(row.token))),
        "write a list": (
            calmest(lambda: encoded_list(half)),
            calmest(lambda: encode_bitstring(range(0, PLACES, 2))),
        ),
        "file, whole": (calmest(lambda: check_file(token)), 0.0),
        "award, whole": (calmest(lambda: _award_another(now)), 0.0),
    }


_people = iter(range(10**9))


def _award_another(now: object) -> None:
    """A new person, an award: row, place, signature, trail, notice."""
    person = User.objects.create(email=f"bench{next(_people)}@example.org", password="!")  # noqa: S106
    award(user=person, achievement="course:bench", at=now)  # type: ignore[arg-type]


def main() -> int:
    """Make a base in memory, measure, tell; 1 when we take longer than allowed."""
    settings.MIGRATION_MODULES = {
        one.label: None for one in apps.get_app_configs()
    }  # the tables, not their history
    call_command("migrate", run_syncdb=True, verbosity=0)
    print(f"Badges: ms an act, beside openbadgeslib in this run; ratio ≤ {LIMIT:g}")
    faulty = False
    for act, (ours, theirs) in measure().items():
        if not theirs:
            print(f"{act:<16}{ours:>8.3f}")
            continue
        ratio = ours / theirs
        faulty |= ratio > LIMIT
        print(f"{act:<16}{ours:>8.3f}{theirs:>8.3f}{ratio:>7.2f}×  {'ok' if ratio <= LIMIT else 'OVER'}")
    return FAULTY if faulty else 0


if __name__ == "__main__":
    raise SystemExit(main())
