"""Signed links for people registered without an account: to see their registration, cancel it, say what they think."""

from bpc.portal.seats.links import SeatLinks
from bpc.portal.workshops.models import Enrolment

_LINKS = SeatLinks("workshops.enrolment")


def enrolment_token(enrolment: Enrolment) -> str:
    """The token of one registration, for whoever made it."""
    return _LINKS.token(enrolment)


def enrolment_named(token: str) -> Enrolment | None:
    """The registration a token names; None when it is forged, expired, or its contacts are erased."""
    known = Enrolment.objects.select_related("workshop", "workshop__commune", "workshop__region", "user")
    return known.filter(pk=_LINKS.key(token), forgotten_at=None).first()
