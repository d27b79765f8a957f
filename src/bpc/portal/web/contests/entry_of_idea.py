"""What the page of an idea says of ideathons: where it was presented, where it is awaited, who may invite it."""

from typing import Any

from bpc.portal.contests.idea_invitations import entries_of_idea, invitations_of, shown_entries_of_idea
from bpc.portal.foundation.permissions import can
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.states import IdeaState
from bpc.portal.ideas.visibility import is_author


def contests_of_idea(person: Any, idea: Idea) -> dict[str, Any]:
    """What `contests/_idea_contests.html` needs; nothing is read for a stranger but what was rewarded."""
    shown = list(shown_entries_of_idea(idea))
    wrote = is_author(person, idea)
    organises = idea.state == IdeaState.PUBLISHED and can(person, "contests.organise")
    own = list(entries_of_idea(idea)) if wrote else []
    entered = {entry.edition_id for entry in own}
    invitations = list(invitations_of(idea)) if wrote or organises else []
    return {
        "rewarded": shown, "own_entries": own, "may_invite": organises,
        "contest_invitations": [one for one in invitations if one.edition_id not in entered],
        "is_author": wrote,
    }  # fmt: skip
