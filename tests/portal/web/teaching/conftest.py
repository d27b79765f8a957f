"""A trainer at the desk."""

import pytest
from django.test import Client

from bpc.portal.people.models import User
from bpc.portal.training.models import CourseVersion
from tests.portal.training.teaching_world import draft_of, publish_whole, trainer
from tests.portal.web.teaching.desk_reading import signed_in


@pytest.fixture
def author() -> User:
    """A trainer."""
    return trainer()


@pytest.fixture
def client(author: User) -> Client:
    """The trainer, signed in with the second factor."""
    return signed_in(author)


@pytest.fixture
def draft(author: User) -> CourseVersion:
    """A draft of a whole course, just begun."""
    return draft_of(publish_whole(), author)
