"""Signed links for people registered without an account: to see their registration and to cancel it."""

from bpc.portal.gatherings.models import Registration
from bpc.portal.seats.links import SeatLinks

_LINKS = SeatLinks("gatherings.registration")


def registration_token(registration: Registration) -> str:
    """The token of one registration, for whoever made it."""
    return _LINKS.token(registration)


def registration_named(token: str) -> Registration | None:
    """The registration a token names; None when it is forged, expired, or its contacts are erased."""
    known = Registration.objects.select_related("gathering", "gathering__commune", "gathering__region")
    return known.filter(pk=_LINKS.key(token), forgotten_at=None).first()
