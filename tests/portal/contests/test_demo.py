"""The demonstration ideathons: made by the real verbs, once, and removed without a trace."""

import pytest
from django.test import Client
from django.utils import timezone

from bpc.portal.contests.demo import create_demo_contests, remove_demo_contests
from bpc.portal.contests.models import Edition, Entry, Juror, Reading
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.states import EntryState, Phase, ReadingState
from bpc.portal.people.demo import create_demo_people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    create_demo_people()


def test_one_is_open_and_one_is_being_marked(client: Client) -> None:
    assert create_demo_contests() == 2
    assert create_demo_contests() == 0
    now = timezone.now()
    editions = {phase_of(one, now): one for one in Edition.objects.filter(is_demo=True)}
    assert set(editions) == {Phase.ENTRIES, Phase.MARKING}
    marked = editions[Phase.MARKING]
    assert marked.entry_count == marked.entries.count() == 6
    assert marked.rules_versions.count() == 2
    assert [one.kind for one in marked.notices.all()] == ["extension"]
    assert marked.entries.filter(state=EntryState.INELIGIBLE).count() == 1
    readings = Reading.objects.filter(juror__edition=marked)
    assert readings.count() == 15  # five entries, three readings each
    states = set(readings.filter(juror__user__email="jury@demo.invalid").values_list("state", flat=True))
    assert states == {ReadingState.DONE, ReadingState.ASSIGNED}
    assert not readings.filter(juror__is_president=True, state=ReadingState.DONE).exists()
    assert not Entry.objects.filter(is_demo=False).exists()
    page = client.get(f"/fr/ideathons/{marked.slug}").content.decode()
    assert "démonstration" in page
    assert "trois jours de plus" in page


def test_nothing_of_it_stays() -> None:
    create_demo_contests()
    assert remove_demo_contests() == 2
    for model in (Edition, Entry, Juror, Reading):
        assert not model.objects.exists()  # type: ignore[attr-defined]
