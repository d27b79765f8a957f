"""What follows when an idea becomes public or stops being so: it is counted and found, or no longer."""

from bpc.portal.ideas import near, search
from bpc.portal.ideas.models import Idea
from bpc.portal.ideas.tallies import count_in, count_out


def appear(idea: Idea) -> None:
    """Count and index an idea just moved to `published`. Call it in the transaction of the move."""
    count_in(idea)
    search.index(idea)
    near.index(idea)


def disappear(idea: Idea) -> None:
    """Undo `appear` for an idea just moved out of `published`, in the transaction of the move."""
    count_out(idea)
    search.forget(idea)
    near.forget(idea)
