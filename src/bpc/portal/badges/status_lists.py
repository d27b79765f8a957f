"""What is revoked, as the world reads it: W3C Bitstring Status Lists, one bit an award, signed when they are sent.

The bits are kept as they are published. A list sent says until when it may be believed, so that an old copy cannot
bring back what was revoked since.
"""

import base64
import gzip
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from bpc.portal.badges.addresses import issuer_did, status_address
from bpc.portal.badges.keys import Signer
from bpc.portal.badges.models import PLACES, StatusList

BELIEVED_FOR = timedelta(days=7)
KEPT_BY_READERS = 300  # seconds
PURPOSE = "revocation"
MEDIA_TYPE = "vc+jwt"


def take_place() -> tuple[StatusList, int]:
    """A place nobody has, in a list locked until the transaction ends."""
    rows = StatusList.objects.select_for_update().defer("bits").filter(used__lt=PLACES)
    row = rows.order_by("pk").first() or StatusList.objects.create(
        bits=bytes(PLACES // 8),
        start=secrets.randbelow(PLACES),
        step=secrets.randbelow(PLACES // 2) * 2 + 1,  # odd: it meets every place of a power of two once
    )
    place = (row.start + row.used * row.step) % PLACES
    row.used += 1
    row.save(update_fields=["used"])
    return row, place


def set_bit(number: int, place: int) -> None:
    """Mark the award of this place as revoked, for good."""
    row = StatusList.objects.select_for_update().get(pk=number)
    bits = bytearray(row.bits)
    bits[place // 8] |= 0x80 >> place % 8  # the first place is the highest bit of the first byte
    row.bits, row.revision = bytes(bits), row.revision + 1
    row.save(update_fields=["bits", "revision"])


def revision_of(number: int) -> int | None:
    """How often the list changed, without reading its bits; None when there is no such list."""
    return StatusList.objects.filter(pk=number).values_list("revision", flat=True).first()


def encoded_list(bits: bytes) -> str:
    """The bits as they are written in a list: compressed, in base64url, behind the letter of that alphabet.

    >>> encoded_list(bytes(16384))[:13]
    'uH4sIAAAAAAAC'
    """
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


def status_credential(number: int, bits: bytes, day: datetime) -> dict[str, Any]:
    """The list as a credential, believed from the beginning of a day on."""
    address, start = (
        status_address(number),
        day.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0),
    )
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_did(),
        "validFrom": written_moment(start),
        "validUntil": written_moment(start + BELIEVED_FOR),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded_list(bits),
            "ttl": KEPT_BY_READERS * 1000,
        },
        "iss": issuer_did(),
        "jti": address,
        "nbf": int(start.timestamp()),
        "exp": int((start + BELIEVED_FOR).timestamp()),
    }


def signed_list(number: int, signer: Signer, day: datetime) -> str | None:
    """The list as it is sent; None when there is no such list."""
    bits = StatusList.objects.filter(pk=number).values_list("bits", flat=True).first()
    return None if bits is None else signer.sign(status_credential(number, bytes(bits), day), MEDIA_TYPE)


def status_entry(number: int, place: int) -> dict[str, str]:
    """What a credential says of where its status is read."""
    address = status_address(number)
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def written_moment(at: datetime) -> str:
    """A moment as credentials write it, in universal time.

    >>> written_moment(datetime(2026, 3, 1, 8, 30, tzinfo=UTC))
    '2026-03-01T08:30:00Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
