"""The rows of this room, one family a file."""

from bpc.portal.gatherings.models.meetings import Gathering

__all__ = ["Gathering"]
