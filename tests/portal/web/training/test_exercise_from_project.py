"""An exercise filled from the group's own plan: where each figure was read, corrected by hand, never for a stranger."""

import pytest
from django.test import Client

from bpc.portal.journeys.exercise_facts import facts_of
from tests.portal.plans.plain_words import plain
from tests.portal.plans.plan_world import make_plan
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db
ADDRESS = "/fr/formations/price-and-margin/unit-cost/exercice"


def world() -> tuple[Group, Client, str]:
    group, client = make_group(), Client()
    make_plan(group)
    client.force_login(group.inside["owner"])
    return group, client, f"{ADDRESS}?projet={group.project.reference}"


def test_the_boxes_hold_the_figures_of_the_plan_and_say_where_they_come_from() -> None:
    group, client, address = world()
    page = client.get(address).content.decode()
    assert 'name="x-inputs" value="40"' in page
    assert 'name="x-units" value="1 200"' in page.replace("\u202f", " ")
    assert "D’après votre plan, 2027 : Huile" in page
    known = facts_of(group.project, group.inside["owner"], {"plan.unit_price"})["plan.unit_price"]
    assert f'<a href="{known.url}" dir="auto">' in page


def test_what_the_person_writes_stays_when_the_plan_says_otherwise() -> None:
    _group, client, address = world()
    said = {"x-inputs": "45", "x-fixed": "41062", "x-units": "1200", "x-price": "100"}
    assert client.post(address, said).status_code == 302
    page = client.get(address).content.decode()
    assert 'name="x-inputs" value="45"' in page
    assert "Corrigez si ce n’est pas juste" not in page
    assert "79,22" in plain(page)  # 45 + 41 062 / 1 200


def test_the_project_of_others_fills_nothing() -> None:
    _group, _client, address = world()
    stranger = Client()
    assert 'value="40"' not in stranger.get(address).content.decode()
    stranger.force_login(make_group().inside["owner"])
    assert stranger.get(address).status_code == 404
