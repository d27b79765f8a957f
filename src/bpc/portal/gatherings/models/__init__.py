"""The rows of this room, one family a file."""

from bpc.portal.gatherings.models.imports import BUSY, IdeaImport, ImportedIdea, ImportStage
from bpc.portal.gatherings.models.meetings import Gathering, ProgrammeItem
from bpc.portal.gatherings.models.registrations import Registration, ReminderSent
from bpc.portal.gatherings.models.reports import MeetingPhoto, MeetingReport
from bpc.portal.gatherings.models.room import Device, GatheredIdea, GatheredPerson, PaperSlip, RoomEvent
from bpc.portal.gatherings.models.themes import Theme, ThemeIdea, ThemeState

__all__ = [
    "BUSY", "Device", "GatheredIdea", "GatheredPerson", "Gathering", "IdeaImport", "ImportStage",
    "ImportedIdea", "MeetingPhoto", "MeetingReport", "PaperSlip", "ProgrammeItem", "Registration", "ReminderSent",
    "RoomEvent", "Theme", "ThemeIdea", "ThemeState",
]  # fmt: skip
