"""The demonstration project comes with its answers and a study of who could pay."""

from typing import Any

import pytest

from bpc.portal.financing.answering import said_by
from bpc.portal.financing.models import FinancingPlan
from bpc.portal.financing.studies import read_study
from bpc.portal.journeys.demo_financing import create_demo_financing
from bpc.portal.journeys.demonstration import load_demonstration, remove_demonstration

pytestmark = pytest.mark.django_db


def test_made_once_and_gone_with_the_demonstration(settings: Any) -> None:
    settings.DEMO = True
    load_demonstration()
    row = FinancingPlan.objects.get()
    assert row.project.is_demo
    assert said_by(row.project).answers["members"] == 12
    study = read_study(row.study)
    assert study.proposals
    for proposal in study.proposals:
        assert min(proposal.cash) >= study.need.floor - 0.01
        assert proposal.gap is not None
        assert proposal.gap <= 0.01
    assert create_demo_financing() == 0
    remove_demonstration()
    assert not FinancingPlan.objects.exists()
