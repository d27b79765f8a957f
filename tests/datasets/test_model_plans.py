"""Models turned into plans: the financing adds up, and every model can be appraised."""

import json

import pytest

from bpc.core.plan.document import parse_plan, write_plan
from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.statements import balance_sheet
from bpc.datasets.model_plans import appraise_model, operating_document, plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models

MODELS = read_models()


@pytest.mark.parametrize("slug", MODELS)
def test_every_model_is_appraised_and_balances(slug: str) -> None:
    appraisal = appraise_model(MODELS[slug].model_dump(mode="json"), plan_rules())
    sheet = balance_sheet(appraisal.run)
    assert abs(sheet["assets"] - sheet["liabilities"]).max() < 0.01
    assert appraisal.figures["npv"].value is not None
    json.dumps(appraisal.as_dict(), allow_nan=False)


@pytest.mark.parametrize("slug", MODELS)
def test_the_financing_of_a_model_covers_its_need(slug: str) -> None:
    appraisal = appraise_model(MODELS[slug].model_dump(mode="json"), plan_rules())
    plan = appraisal.run.plan
    equity = sum(
        entry.members * entry.shares_each * plan.shares.nominal for entry in plan.shares.subscriptions
    )
    grants = sum(grant.amount for grant in plan.grants)
    loans = sum(draw.amount for loan in plan.loans for draw in loan.draws)
    need = appraisal.figures["peak_need"].value or 0.0
    line = plan.overdraft.limit if plan.overdraft else 0.0
    assert equity + grants + loans + line >= need - 0.01
    assert equity + grants + loans <= need * 1.05 + 1_000 + plan.members.count * plan.shares.nominal
    assert not [problem for problem in appraisal.problems if problem.severity == "error"]


def test_members_are_paid_a_share_that_equals_their_price_in_the_model() -> None:
    document = operating_document(MODELS["huile-argan"].model_dump(mode="json"))
    shares = document["inputs"][0]["member_price"]["share"]
    assert shares["cos"] == pytest.approx(26.4 * 6 / 450)


def test_names_come_in_the_language_asked() -> None:
    model = MODELS["tapis"].model_dump(mode="json")
    assert plan_document(model, plan_rules(), "ar")["name"] == MODELS["tapis"].name_ar


def test_an_exchanged_model_without_names_or_ids_is_read_too() -> None:
    model = json.loads(json.dumps(MODELS["tapis"].model_dump(mode="json")))
    for family in ("inputs", "capex", "staff", "fixed_costs", "member_labour"):
        for item in model[family]:
            del item["id"]
    plan = parse_plan(plan_document(model, plan_rules()))
    assert [asset.id for asset in plan.assets] == ["asset1", "asset2", "asset3", "asset4"]
    assert parse_plan(write_plan(plan)) == plan


def test_a_missing_part_is_named() -> None:
    model = MODELS["tapis"].model_dump(mode="json")
    del model["products"][0]["price_mad"]
    with pytest.raises(InvalidPlan) as refused:
        plan_document(model, plan_rules())
    assert refused.value.problems[0].path == "products[0].price_mad"
