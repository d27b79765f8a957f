"""The demonstration requests: made once, in both languages, at three moments of their life; gone without a trace."""

from typing import Any

import pytest

from bpc.portal.counsel.demo import create_demo_requests, remove_demo_requests
from bpc.portal.counsel.models import HelpRequest, Ownership
from bpc.portal.journeys.demonstration import load_demonstration, remove_demonstration
from bpc.portal.people.models import User
from tests.portal.counsel.counsel_world import make_request
from tests.portal.world import make_user


@pytest.mark.django_db
def test_the_demonstration_comes_and_goes(settings: Any) -> None:
    settings.DEMO = True
    load_demonstration()
    rows = HelpRequest.objects.filter(is_demo=True)
    assert sorted(rows.values_list("state", "desk")) == [
        ("answered", "advisor"), ("waiting", "advisor"), ("waiting", "advisor"), ("waiting", "region")
    ]  # fmt: skip
    assert set(rows.values_list("language", flat=True)) == {"fr", "ar"}
    assert create_demo_requests() == 0
    real = make_request(make_user())
    assert real.holder is not None
    assert real.holder.is_demo
    remove_demonstration()
    assert not User.objects.filter(is_demo=True).exists()
    real.refresh_from_db()
    assert (real.desk, real.holder) == ("national", None)
    assert Ownership.objects.filter(request=real, until=None).count() == 1
    assert HelpRequest.objects.count() == 1
    assert remove_demo_requests() == 0
