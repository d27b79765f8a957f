"""A creation file begun from a project with a plan: the value of a share comes with it, when the law allows it."""

import pytest

from bpc.portal.founding.models import CreationFile
from bpc.portal.journeys.begin_creation import begin_creation
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import NOW, make_group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("nominal", "kept"), [(250.0, "250.00"), (50.0, None)])
def test_the_value_of_a_share_comes_from_the_plan(nominal: float, kept: str | None) -> None:
    group = make_group()
    shares = {"nominal": nominal, "subscriptions": [{"month": 0, "members": 10, "shares_each": 20}]}
    make_plan(group, shares=shares)
    begin_creation(project=group.project, actor=group.inside["owner"], at=NOW)
    assert CreationFile.objects.get().answers.get("share_value") == kept


def test_without_a_plan_the_value_of_a_share_is_unknown() -> None:
    group = make_group()
    begin_creation(project=group.project, actor=group.inside["owner"], at=NOW)
    assert "share_value" not in CreationFile.objects.get().answers
