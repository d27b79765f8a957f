"""Plans calculated on demand: the same as the command, precise errors, no more than a machine may ask."""

import json
from typing import Any

import pytest
from django.test import Client

from bpc.cli.command import main
from bpc.core.plan.document import parse_plan
from bpc.datasets.model_plans import plan_document
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models
from bpc.portal.api.calculations import LARGEST_BODY
from bpc.portal.foundation.metering import MOST_ADDRESSES, PER_ADDRESS, WINDOW, Meter

pytestmark = pytest.mark.django_db
MODEL = read_models()["safran"].model_dump(mode="json")


def post(body: Any, status: int = 200, query: str = "", **headers: str) -> Any:
    sent = body if isinstance(body, str | bytes) else json.dumps(body)
    response = Client().post(
        f"/api/v1/plans/appraise{query}", sent, content_type="application/json", headers=headers
    )
    assert response.status_code == status, response.content[:500]
    return response.json()


def test_a_model_is_worth_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    options = {"years": 10, "discount": 0.10, "no_tax": True, "constant_prices": True, "no_grant": True}
    answer = post({"model": "safran", "options": options})
    assert answer["indicators"]["npv"] == pytest.approx(-123_474.99, abs=0.01)
    main(["plan", "appraise", "safran", "--years", "10", "--discount", "0.10", "--no-tax", "--constant-prices",
          "--no-grant", "--json"])  # fmt: skip
    said = json.loads(capsys.readouterr().out)
    for part in ("indicators", "figures", "problems", "input_hash", "engine_version", "currency"):
        assert answer[part] == said[part], part


def test_a_plan_a_model_and_a_slug_give_the_same() -> None:
    by_slug = post({"model": "safran"})
    assert post(MODEL)["indicators"] == by_slug["indicators"]
    assert post(plan_document(MODEL, plan_rules()))["input_hash"] == by_slug["input_hash"]
    assert post(by_slug["plan"])["input_hash"] == by_slug["input_hash"]
    assert parse_plan(by_slug["plan"]).years == 10


def test_statements_by_year_and_by_month_say_the_same() -> None:
    years = post({"model": "safran", "options": {"start": "2027-04"}})["statements"]
    months = post({"model": "safran", "options": {"start": "2027-04"}}, query="?detail=monthly")["statements"]
    assert (years["periods"][0], years["periods"][-1], len(years["periods"])) == ("2027", "2037", 11)
    assert (months["periods"][0], months["periods"][-1], len(months["periods"])) == (
        "2027-04",
        "2037-03",
        120,
    )
    sales = months["income_statement"]["sales"]
    assert years["income_statement"]["sales"][0] == pytest.approx(sum(sales[:9]), abs=0.1)
    assert years["balance_sheet"]["assets"][0] == months["balance_sheet"]["assets"][8]
    assert years["balance_sheet"]["assets"] == years["balance_sheet"]["liabilities"]
    flow = years["cash_flow"]
    assert flow["opening_cash"][1:] == flow["closing_cash"][:-1]
    for opening, change, closing in zip(
        flow["opening_cash"], flow["change"], flow["closing_cash"], strict=True
    ):
        assert opening + change == pytest.approx(closing, abs=0.02)


def test_wrong_plans_are_told_field_by_field() -> None:
    plan = plan_document(MODEL, plan_rules())
    plan["assets"][0]["life_years"] = -1
    plan["products"][0]["seasonality"] = [0.5] * 12
    refused = post(plan, 422)
    assert refused["code"] == "invalid_plan"
    told = {(found["path"], found["code"], found["severity"]) for found in refused["problems"]}
    asset, product = plan["assets"][0]["id"], plan["products"][0]["id"]
    assert told == {
        (f"assets.{asset}.life_years", "E_greater_than_equal", "error"),
        (f"products.{product}.seasonality", "E_seasonality_sum", "error"),
    }


def test_a_wrong_model_is_told_by_its_own_fields() -> None:
    capex = [{**MODEL["capex"][0], "life_years": -1}, *MODEL["capex"][1:]]
    refused = post({**MODEL, "capex": capex, "sector": "nowhere"}, 422)
    assert [found["path"] for found in refused["problems"]] == ["capex[0].life_years"]


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({"model": "safran", "options": {"years": 11}}, ["options.years"]),
        ({"model": "safran", "options": {"discount": -1, "other": 1}}, ["options.discount", "options.other"]),
        ({"model": 3}, ["model"]),
        ({"model": "safran", "years": 3}, ["years"]),
        ("[1, 2]", [""]),
        ("{", [""]),
        (b"\xff\xfe", [""]),
        ("[" * 60_000, [""]),
        ('{"start": "2027-01", "members": {"count": NaN}}', ["members.count"]),
    ],
)
def test_hostile_bodies_are_refused_in_words(body: Any, paths: list[str]) -> None:
    assert [found["path"] for found in post(body, 422)["problems"]] == paths


def test_ten_thousand_products_and_odd_characters_are_refused() -> None:
    product = {"id": "a", "capacity": 1, "price": 1, "seasonality": [0] * 12}
    many = {"start": "2027-01", "members": {"count": 7}, "products": [product] * 2_000}
    assert post(many, 422)["problems"][0]["code"] == "E_too_long"
    assert post('{"start": "2027-01", "members": {"count": 7}, "name": "\\ud800"}', 422)["problems"]


def test_unknown_models_and_details() -> None:
    assert post({"model": "inconnu"}, 404)["code"] == "unknown_model"
    assert post({"model": "safran"}, 422, "?detail=daily")["code"] == "invalid_parameter"


def test_a_body_beyond_a_plan_is_not_read() -> None:
    assert post(b" " * (LARGEST_BODY + 1), 413)["code"] == "too_large"
    assert post(b" " * LARGEST_BODY, 422)["code"] == "invalid_plan"


def test_reading_a_calculation_is_refused_and_other_sites_may_ask() -> None:
    read = Client().get("/api/v1/plans/appraise")
    assert (read.status_code, read["Allow"]) == (405, "POST, OPTIONS")
    asked = Client().options("/api/v1/plans/appraise")
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "POST, OPTIONS")
    assert asked["Access-Control-Allow-Origin"] == "*"


def test_sixty_calculations_a_minute_then_wait() -> None:
    for _ in range(PER_ADDRESS):
        post("{", 422)
    response = Client().post("/api/v1/plans/appraise", "{", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (429, "too_many")
    assert 0 < int(response["Retry-After"]) <= WINDOW + 1


def test_the_meter_opens_again_and_never_grows_without_end() -> None:
    now = [0.0]
    meter = Meter(most=2, clock=lambda: now[0])
    assert [meter.count("a") for _ in range(3)] == [0, 0, 61]
    assert meter.count("b") == 0
    now[0] = 60.0
    assert meter.count("a") == 0
    for number in range(MOST_ADDRESSES + 5):
        meter.count(f"x{number}")
    assert len(meter._windows) == MOST_ADDRESSES
