"""What follows when an observation becomes public, changes stage, or stops being public: counts and search."""

from bpc.portal.foundation.page_cache import outdate
from bpc.portal.observations import search, tallies
from bpc.portal.observations.models import Observation
from bpc.portal.observations.states import PUBLIC_STATES

GENERATION = "observations"


def follow(observation: Observation, before: str) -> None:
    """Bring counts, search and kept pages in step with the move just made, in its transaction."""
    tallies.shift(observation, before)
    if observation.state in PUBLIC_STATES:
        search.index(observation)
    else:
        search.forget(observation)
    outdate(GENERATION)
