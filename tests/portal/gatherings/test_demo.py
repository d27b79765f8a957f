"""The demonstration meetings: created once, labelled, silent, and gone with the rest."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from bpc.portal.gatherings.demo import create_demo_gatherings, remove_demo_gatherings
from bpc.portal.gatherings.models import Gathering, Registration
from bpc.portal.gatherings.reminders import send_reminders
from bpc.portal.people.demo import create_demo_people
from tests.portal.gatherings.gathering_world import NOW

pytestmark = pytest.mark.django_db


def test_two_meetings_once_labelled_and_never_counted_as_real(
    client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with pytest.raises(ImproperlyConfigured):
        create_demo_gatherings()
    settings.DEMO = True
    create_demo_people()
    with django_capture_on_commit_callbacks(execute=True):
        assert [create_demo_gatherings() for _ in range(2)] == [2, 0]
    held, coming = (
        Gathering.objects.get(state="held", is_demo=True),
        Gathering.objects.get(state="open", is_demo=True),
    )
    assert (held.seat_count, held.report.figures["came"]) == (22, 19)
    assert (coming.seat_count, coming.capacity) == (10, 12)
    assert mail.outbox == []
    assert send_reminders(NOW) == 0
    for gathering in (held, coming):
        assert "démonstration" in client.get(f"/fr/rencontres/{gathering.key}").content.decode()
    ids = {one["id"] for one in client.get("/ogc/collections/meetings/items?limit=100").json()["features"]}
    assert len(ids) == 12
    assert remove_demo_gatherings() == 2
    assert Gathering.objects.count() == 12
    assert not Registration.objects.exists()
