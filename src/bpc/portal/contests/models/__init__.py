"""The rows of this room, one family a file."""

from bpc.portal.contests.models.editions import Criterion, Edition, EditionNotice, EditionRules
from bpc.portal.contests.models.entries import Entry, EntryFile, EntryMember, IdeaInvitation
from bpc.portal.contests.models.juries import AssignmentRun, Conflict, Juror, Reading
from bpc.portal.contests.models.marks import DiscussionMessage, Mark
from bpc.portal.contests.models.verdicts import (
    AdvisorSlot,
    Certificate,
    Decision,
    Feedback,
    Publication,
    Ranking,
    ReinforcedSupport,
)
from bpc.portal.contests.models.votes import Ballot

__all__ = [
    "AdvisorSlot", "AssignmentRun", "Ballot", "Certificate", "Conflict", "Criterion", "Decision", "DiscussionMessage",
    "Edition", "EditionNotice", "EditionRules", "Entry", "EntryFile", "EntryMember", "Feedback", "IdeaInvitation",
    "Juror", "Mark", "Publication", "Ranking", "Reading", "ReinforcedSupport",
]  # fmt: skip
