"""What fills an exercise: every figure worked out by hand, nothing for what is not known, nothing for a stranger."""

from decimal import Decimal
from typing import get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bpc.datasets.training_exercises import Fact
from bpc.portal.journeys.exercise_facts import FACTS, facts_of
from bpc.portal.journeys.plan_told import plan_told
from bpc.portal.plans.models import Plan
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.states import Answer
from tests.portal.founding.founding_world import begun, complete, say
from tests.portal.plans.plan_world import TWELFTHS, edit, make_plan
from tests.portal.projects.project_world import NOW, Group, make_group

pytestmark = pytest.mark.django_db
OF_PROJECT = {"project.commune", "project.sector"}


def values(group: Group, **asked: frozenset[str]) -> dict[str, float | str]:
    return {
        name: known.value for name, known in facts_of(group.project, group.inside["owner"], **asked).items()
    }


def test_the_oil_press_by_hand() -> None:
    """1 200 litres at 100, each of 40 of nuts; a rent of 12 000; half a clerk at 4 000 a month and 21.09 % on it.

    Press 60 000 over ten years. Loan of 30 000 at 6 % over 48 months: 704.55 a month, VAT of 10 % on 150 of interest.
    """
    group = make_group()
    make_plan(group)
    found = values(group)
    wages = 12 * 0.5 * 4000 * 1.2109
    assert found["plan.unit_price"] == 100
    assert found["plan.unit_variable_cost"] == 40
    assert found["plan.units_year"] == 1200
    assert found["plan.sales_year"] == 120_000
    assert found["plan.variable_costs_year"] == 48_000
    assert found["plan.wages_year"] == pytest.approx(wages, abs=0.01)
    assert found["plan.fixed_costs_year"] == pytest.approx(12_000 + wages, abs=0.01)
    assert found["plan.investment"] == 60_000
    assert found["plan.own_money"] == 10 * 50 * 100
    assert found["plan.loan_amount"] == 30_000
    assert found["plan.loan_payment_month"] == pytest.approx(704.55 + 15)
    assert found["plan.grants"] == 0  # a plan that has costs and no grant counts on none
    first_month = 10_000 - 4_000 - 1_000 - wages / 12  # sales, nuts, rent, the clerk
    assert found["plan.financing_need"] == pytest.approx(60_000 - first_month, abs=0.01)
    assert found["project.members"] == 10  # nobody was written down: the plan says it
    assert "project.women" not in found


def test_a_jar_of_two_sizes_names_what_sells_most() -> None:
    group = make_group()
    small = {"id": "jar", "name": "Pot", "capacity": 9000, "price": 30, "seasonality": TWELFTHS}
    oil = {"id": "oil", "name": "Huile", "capacity": 1200, "price": 100, "seasonality": TWELFTHS}
    make_plan(group, products=[oil, small])
    known = facts_of(group.project, group.inside["owner"])
    assert (known["plan.unit_price"].value, known["plan.units_year"].value) == (30, 9000)
    assert known["plan.unit_price"].where == "d’après votre plan, 2027 : Pot"
    assert known["plan.sales_year"].value == 390_000
    assert known["plan.sales_year"].where == "d’après votre plan, 2027"
    row = Plan.objects.get()
    assert known["plan.sales_year"].url == f"/fr/mon-espace/projets/{group.project.reference}/plans/{row.pk}"


def test_the_file_and_the_people_by_hand() -> None:
    """Six founders with 2, 3, 2, 3, 2, 3 shares of 200 MAD: 15 shares, 3 000 MAD."""
    group, file = complete()
    people = group.project.people.all()
    people.update(woman=Answer.YES)
    people.filter(pk=people.first().pk).update(woman=Answer.NO)
    found = values(group)
    assert found["founding.share_value"] == 200
    assert found["founding.capital"] == 15 * 200
    assert found["founding.name"] == "Safran d’Igherm"
    assert (found["project.members"], found["project.women"]) == (6, 5)
    assert found["project.commune"] == group.project.commune.name_fr
    with translation.override("ar"):
        assert values(group)["founding.name"] == "زعفران إغرم"
        assert values(group)["project.sector"] == group.project.sector.name_ar
    file.founders.filter(pk=file.founders.first().pk).update(shares=None)
    assert "founding.capital" not in values(group)  # one founder's shares are not known: neither is the sum


def test_the_first_name_proposed_until_one_is_approved() -> None:
    group, file = begun()
    assert values(group)["founding.name"] == group.project.name  # what the file begins with
    say(file, group.inside["owner"], "name", name_fr="Or rouge")
    assert values(group)["founding.name"] == "Or rouge"


def test_what_is_not_known_is_left_out() -> None:
    group = make_group()
    assert set(values(group)) == OF_PROJECT
    make_plan(group, products=[], inputs=[], fixed_costs=[], staff=[], assets=[], loans=[], shares={})
    assert set(values(group)) == OF_PROJECT | {"project.members"}
    add_person(project=group.project, founder=Founder("Zahra"), actor=group.inside["owner"], at=NOW)
    assert "project.women" not in values(group)


def test_a_group_without_a_loan_pays_none_and_has_none() -> None:
    group = make_group()
    make_plan(group, loans=[])
    found = values(group)
    assert found["plan.loan_amount"] == 0
    assert "plan.loan_payment_month" not in found


def test_every_fact_of_the_exercises_can_be_told() -> None:
    group, _file = complete()
    group.project.people.update(woman=Answer.YES)
    make_plan(group, grants=[{"id": "indh", "amount": 20_000}])
    assert set(values(group)) == set(get_args(Fact)) == FACTS


def test_who_does_not_see_the_project_is_told_nothing() -> None:
    group = make_group()
    make_plan(group)
    assert facts_of(group.project, group.inside["reader"])
    assert facts_of(group.project, group.inside["advisor"])
    for person in group.outside.values():
        assert facts_of(group.project, person) == {}


def test_only_what_is_wanted_is_read() -> None:
    group, _file = complete()
    make_plan(group)
    owner = group.inside["owner"]

    def cost(*wanted: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert set(facts_of(group.project, owner, wanted)) == set(wanted)
        return len(queries)

    cost("project.commune", "founding.capital", "project.members")  # places and sources are read once
    seeing = cost("project.commune")
    assert cost("plan.unit_price", "plan.sales_year", "plan.investment") == seeing + 1
    assert cost("founding.share_value", "founding.capital") == seeing + 2
    # no organisation to read; one of them asks whether the sources of money have changed
    assert cost("plan.unit_price", "project.members", "founding.capital") == seeing + 8


def test_a_plan_is_calculated_once_until_it_changes() -> None:
    group = make_group()
    row = make_plan(group)
    assert plan_told(row.document) is plan_told(dict(row.document))
    edit(row, group.inside["owner"], 1, {"products.oil.price": 110})
    assert values(group)["plan.unit_price"] == 110
    assert Decimal(str(values(group)["plan.sales_year"])) == 132_000
