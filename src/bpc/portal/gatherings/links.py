"""Signed links for people registered without an account: to see their registration and to cancel it."""

from datetime import timedelta

from django.core import signing

from bpc.portal.gatherings.models import Registration

_SALT = "gatherings.registration"
LIFETIME = timedelta(days=400)  # longer than any meeting is announced ahead; contacts are erased before


def registration_token(registration: Registration) -> str:
    """The token of one registration, for whoever made it."""
    return signing.dumps(registration.pk, salt=_SALT)


def registration_named(token: str) -> Registration | None:
    """The registration a token names; None when it is forged, expired, or its contacts are erased."""
    try:
        key = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    known = Registration.objects.select_related("gathering", "gathering__commune", "gathering__region")
    return known.filter(pk=key, forgotten_at=None).first()
