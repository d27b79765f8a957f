"""The rows of this room, one family a file."""

from bpc.portal.gatherings.models.meetings import Gathering
from bpc.portal.gatherings.models.room import Device, GatheredIdea, PaperSlip, RoomEvent

__all__ = ["Device", "GatheredIdea", "Gathering", "PaperSlip", "RoomEvent"]
