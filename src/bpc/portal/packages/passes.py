"""The secret part of a content address: one package, one person, some hours.

Sandboxed pages send no cookies, so the address itself must say who reads. It opens nothing but the files of that
package, and what the person may no longer see, it no longer opens.
"""

from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, TimestampSigner

from bpc.portal.foundation.permissions import can
from bpc.portal.packages.models import Package
from bpc.portal.people.models import User

LASTS = timedelta(hours=8)  # a long day in a training room


def _signer() -> TimestampSigner:
    # "~": a sign that addresses and policies leave alone
    return TimestampSigner(salt="packages.contents", sep="~")


def pass_to(package: Package, person: Any) -> str:
    """A fresh pass to the files of a package."""
    return _signer().sign(f"{package.pk}.{person.pk}")


def package_behind(signed: str) -> Package | None:
    """The package a pass opens at this moment; None for a forged or former pass, or a right that ended."""
    try:
        package_key, person_key = _signer().unsign(signed, max_age=LASTS).split(".")
    except (BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=person_key, is_active=True).first()
    package = Package.objects.filter(pk=package_key).first()
    return package if person is not None and can(person, "packages.play", package) else None
