"""A course begun by every person, with an answer missed that comes back, and an older version of the course."""

import uuid
from typing import Any

from django.utils import timezone

from bpc.portal.learning.noting import note
from tests.portal.training.training_world import publish_course


def fill_learning(people: dict[str, Any]) -> None:
    """Two versions of a course; each person with an account begins it and misses a question."""
    publish_course()
    course = publish_course(icon="star8")
    now = timezone.now()
    for person in people.values():
        if person.is_authenticated:
            missed = {
                "key": str(uuid.uuid4()), "did": "answered", "lesson": "cost", "question": "rent", "answer": 0,
                "at": now.isoformat(),
            }  # fmt: skip
            note(user=person, published=course, events=[missed], at=now)
