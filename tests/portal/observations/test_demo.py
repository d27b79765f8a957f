"""The demonstration texts come once, are labelled, and go without a trace."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from bpc.portal.observations.demo import create_demo_observations, remove_demo_observations
from bpc.portal.observations.demo_texts import DEMO_OBSERVATIONS
from bpc.portal.observations.models import Observation, ObservationTally, SearchEntry
from bpc.portal.observations.states import PUBLIC_STATES
from bpc.portal.observations.tallies import heard_count
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def test_created_once_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    for role in ("holder", "cooperative", "delegate"):
        make_user(role, is_demo=True)
    made = create_demo_observations()
    assert create_demo_observations() == 0
    told = list(Observation.objects.all())
    assert made == len(told) == len(DEMO_OBSERVATIONS)
    assert all(one.is_demo for one in told)
    assert {one.kind for one in told} == {"need", "opportunity"}
    assert {one.language for one in told} == {"fr", "ar"}
    assert {one.state for one in told} == {*PUBLIC_STATES, "submitted", "returned"}
    assert [one.territory_id for one in told if one.is_of_whole_province] == ["09.541"]
    public = sum(one.state in PUBLIC_STATES for one in told)
    assert heard_count("need") + heard_count("need", closed=True) + heard_count("opportunity") == public
    assert SearchEntry.objects.count() == public
    call_command("rebuild_observations")
    assert f"{public} comptés, {public} indexés" in capsys.readouterr().out
    assert remove_demo_observations() == made
    assert not Observation.objects.exists()
    assert not SearchEntry.objects.exists()
    assert not ObservationTally.objects.exclude(published=0, closed=0).exists()


def test_they_need_their_people() -> None:
    with pytest.raises(ImproperlyConfigured):
        create_demo_observations()
