"""What became of an idea beyond its own room: its projects, its ideathons.

The author knows of every entry and invitation, whoever is in the team of an entry knows of it; everybody else of what
was rewarded once the results are out, and of the projects whose owner agreed to tell.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpc.portal.contests.idea_invitations import entries_of_idea, invitations_of, shown_entries_of_idea
from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.visibility.entries import entries_of_team
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
    return found + _entered(person, idea)


def _entered(person: Any, idea: Idea) -> list[Event]:
    """All its entries for its author, those of one's own teams for anybody else; one opens those of one's teams."""
    own = set(entries_of_team(person).filter(idea=idea).values_list("pk", flat=True))
    known = entries_of_idea(idea) if is_author(person, idea) else entries_of_idea(idea).filter(pk__in=own)
    return [
        Event(
            "entered",
            one.submitted_at or one.created_at,
            edition=one.edition,
            entry=one,
            is_own=one.pk in own,
        )
        for one in known
    ]
