"""What became of an idea beyond its own room: its projects, its ideathons.

The author knows of every entry and invitation; everybody else of what was rewarded once the results are out, and of the
projects whose owner agreed to tell.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpc.portal.contests.idea_invitations import entries_of_idea, invitations_of, shown_entries_of_idea
from bpc.portal.contests.models import Edition, Entry
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.visibility import is_author
from bpc.portal.projects.models import Project
from bpc.portal.projects.queries import projects_of_author, projects_shown_on


@dataclass(frozen=True)
class Event:
    """Something that happened: `project`, `invited`, `entered`, `rewarded`, with what it is about.

    `is_own`: the reader may open what it is about.
    """

    kind: str
    at: datetime
    project: Project | None = None
    edition: Edition | None = None
    entry: Entry | None = None
    is_own: bool = False


def events_beyond(person: Any, idea: Idea) -> list[Event]:
    """Everything `person` may know of, in no order."""
    mine = {project.pk for project in projects_of_author(person, idea)}
    found = [
        Event("project", one.created_at, project=one, is_own=one.pk in mine)
        for one in projects_shown_on(idea)
    ]
    found += [
        Event("rewarded", one.decision.decided_at, edition=one.edition, entry=one)
        for one in shown_entries_of_idea(idea)
    ]
    if is_author(person, idea):
        found += [Event("invited", one.invited_at, edition=one.edition) for one in invitations_of(idea)]
        found += [
            Event(
                "entered", one.submitted_at or one.created_at, edition=one.edition, entry=one,
                is_own=one.created_by_id == person.pk,
            )
            for one in entries_of_idea(idea)
        ]  # fmt: skip
    return found
