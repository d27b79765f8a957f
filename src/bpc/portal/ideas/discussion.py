"""What is read beside an idea: its comments, one's own support, the ideas grouped under it."""

from typing import Any

from django.db.models import QuerySet

from bpc.portal.foundation.permissions import visible
from bpc.portal.ideas.models import Comment, Idea, Support
from bpc.portal.ideas.states import CommentState, IdeaState


def thread(person: Any, idea: Idea) -> QuerySet[Comment]:
    """The comments `person` may read, oldest first; withdrawn ones for nobody."""
    readable = visible(person, Comment).filter(idea=idea).exclude(state=CommentState.WITHDRAWN)
    return readable.select_related("author").order_by("created_at", "pk")


def support_of(person: Any, idea: Idea) -> Support | None:
    """The signed-in person's support of the idea, with the grouped idea it came from, if any."""
    if not person.is_authenticated:
        return None
    rows = Support.objects.filter(idea=idea, user=person).select_related("carried_from")
    return rows.only("carried_from__title", "carried_from__language").first()


def grouped_ideas(idea: Idea) -> QuerySet[Idea]:
    """The ideas merged into this one, first come first named: their authors keep the credit."""
    rows = Idea.objects.filter(merged_into=idea, state=IdeaState.MERGED).select_related("author")
    return rows.only(
        "reference", "title", "language", "show_author", "contact_name", "created_at", "author__display_name"
    ).order_by("created_at", "pk")


def ideas_written_by(person: Any) -> QuerySet[Idea]:
    """A person's own ideas in every state, the newest first; without their long texts."""
    rows = Idea.objects.filter(author=person).select_related(
        "commune", "sector", "organisation", "merged_into"
    )
    return rows.defer("need", "proposal", "merged_into__need", "merged_into__proposal").order_by(
        "-created_at", "-pk"
    )
