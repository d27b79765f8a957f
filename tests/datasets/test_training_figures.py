"""What a lesson says of a project model is what the plan engine reckons of it."""

import pytest

from bpc.core.plan.document import parse_plan
from bpc.core.plan.indicators.appraisal import appraise
from bpc.core.plan.statements import income_statement
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models
from bpc.datasets.training import FOLDER


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_lodge_of_five_amounts_is_that_of_the_engine(language: str) -> None:
    rules = plan_rules()
    run = appraise(
        parse_plan(plan_document(read_models()["gite-rural"].model_dump(mode="json"), rules)), rules
    ).run
    years = {name: run.frame.timeline.by_year(row)[:, 0] for name, row in income_statement(run).items()}
    text = (FOLDER / "reading-your-plan" / f"five-amounts.{language}.md").read_text("utf-8")
    for year in (0, 3):  # the first, the first full one
        staff = years["wages"][year] + years["employer_charges"][year]
        for amount in (years["sales"][year], staff, years["external"][year], years["ebitda"][year]):
            assert f"{amount:,.0f}".replace(",", " ") in text
    assert f"value: {years['ebitda'][3]:.0f}" in text
