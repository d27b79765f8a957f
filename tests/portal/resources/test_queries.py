"""What is said of a place, of what holds it and of what it holds are three answers, read without a query."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from bpc.portal.resources.actions import edit_resource, retire_resource
from bpc.portal.resources.models import Resource
from bpc.portal.resources.queries import all_active, resources_above, resources_here, resources_inside
from tests.portal.resources.resource_world import NOW, added, delegate, of_facts, written
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db


def test_a_fact_of_the_province_is_never_one_of_the_commune() -> None:
    assert resources_here(HERE) == []
    above = resources_above(HERE)
    assert {fact.territory for fact in above} == {"09.541", "09"}
    assert [fact.territory for fact in above] == sorted((fact.territory for fact in above), reverse=True)
    assert "R223" in {fact.reference for fact in resources_here("09.541")}
    assert {fact.territory for fact in resources_above("09.541")} == {"09"}
    assert resources_above("09") == []


def test_what_is_inside_a_region_is_told_by_place() -> None:
    inside = resources_inside("09")
    assert "R223" in {fact.reference for fact in inside}
    assert all(fact.territory.startswith("09.") for fact in inside)
    assert resources_inside("09.5") == []


def test_the_rows_are_read_once_until_one_changes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert len(all_active()) == 277
    with django_assert_num_queries(1):  # the generation
        all_active()
    keeper = delegate()
    row = added(keeper)
    assert [fact.products for fact in resources_here(HERE)] == [("fig",)]
    edit_resource(resource=row, content=written(products=("almond",)), version=1, actor=keeper, at=NOW)
    assert [fact.products for fact in resources_here(HERE)] == [("almond",)]
    retire_resource(resource=Resource.objects.get(pk=row.pk), version=2, reason="x", actor=keeper, at=NOW)
    assert resources_here(HERE) == []


def test_facts_carry_their_products_and_what_they_rest_on() -> None:
    fact = next(fact for fact in all_active() if fact.reference == "R202")
    assert (fact.territory, fact.products, fact.label) == ("08.401", ("saffron",), "AOP")
    assert fact.source_url == of_facts("R202").source_url
