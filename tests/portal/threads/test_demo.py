"""The demonstration: two threads in two languages and a shared note, all gone with the project."""

from typing import Any

import pytest

from bpc.portal.people.demo import create_demo_people
from bpc.portal.projects.demo import create_demo_projects, remove_demo_projects
from bpc.portal.threads.demo import create_demo_threads
from bpc.portal.threads.models import Message, StaffNote, Thread


@pytest.mark.django_db
def test_the_demonstration_has_threads_in_both_languages_and_a_note(settings: Any) -> None:
    settings.DEMO = True
    create_demo_people()
    create_demo_projects()
    assert (create_demo_threads(), create_demo_threads()) == (2, 0)
    assert sorted(Thread.objects.values_list("language", "last_number")) == [("ar", 2), ("fr", 3)]
    assert StaffNote.objects.get().shared_at is not None
    remove_demo_projects()
    assert not Message.objects.exists()
    assert not StaffNote.objects.exists()
