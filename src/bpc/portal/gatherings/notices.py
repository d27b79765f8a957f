"""What people are told of their registration, in which words: by their account, else by the contact they left."""

from datetime import datetime

from bpc.portal.gatherings.models import Registration


def declare() -> None:
    """Called once when the app is ready."""


def tell_registered(registration: Registration, *, at: datetime) -> None:
    """A seat, or a place in the waiting list."""


def tell_seated(registration: Registration, *, at: datetime) -> None:
    """A seat was freed for who waited."""
