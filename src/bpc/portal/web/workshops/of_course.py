"""What the page of a course shows of its sessions: the next ones, how many people ask for one, one's own request."""

from typing import Any

from django.utils import timezone

from bpc.portal.training.catalogue import Published
from bpc.portal.web.workshops.words import cards_of
from bpc.portal.workshops.demand import people_asking
from bpc.portal.workshops.queries import own_request, sessions_of

#: The generations under which a page that shows this is kept.
GENERATIONS = ("workshops", "seats", "workshop-requests")


def part_of_course(person: Any, entry: Published) -> dict[str, Any]:
    """The context of `workshops/_of_course.html`: two queries, and one for who is signed in."""
    now = timezone.now()
    return {
        "sessions": cards_of(sessions_of(entry.code, now), now),
        "people_asking": people_asking(entry.key),
        "own_request": own_request(person, entry.key),
        "course_code": entry.code,
    }
