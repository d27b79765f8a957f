"""The dated figures of a plan: what is in force on a day, and that a wrong file is refused with precise words."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bpc.datasets.finance_rules import (
    FILE,
    FinanceParam,
    InvalidFinanceParams,
    NoValue,
    WrongShape,
    param_on,
    parse_finance_params,
    read_finance_params,
    value_on,
)

NOW = date(2026, 11, 22)


@pytest.fixture(scope="module")
def params() -> tuple[FinanceParam, ...]:
    return read_finance_params()


@pytest.mark.parametrize(
    ("family", "day", "value"),
    [
        ("smig", date(2025, 1, 1), 17.10),
        ("smig", date(2025, 12, 31), 17.10),
        ("smig", date(2026, 1, 1), 17.92),
        ("smig", date(2036, 6, 1), 17.92),
        ("smag", date(2025, 3, 31), 88.58),
        ("smag", date(2026, 3, 31), 93.0),
        ("smag", date(2026, 4, 1), 97.44),
        ("vat_standard", date(1990, 1, 1), 0.20),
        ("vat_electricity", date(2025, 6, 1), 0.18),
        ("vat_electricity", NOW, 0.20),
        ("vat_sugar", date(2025, 6, 1), 0.09),
        ("vat_sugar", NOW, 0.10),
        ("corporate_tax_coop_turnover", NOW, 10_000_000.0),
        ("business_tax_coop_turnover", NOW, 2_000_000.0),
        ("minimum_contribution", NOW, 0.0025),
        ("share_income_withholding", date(2025, 7, 1), 0.1125),
        ("share_income_withholding", NOW, 0.10),
        ("cnss_ceiling", NOW, 6000.0),
        ("hours_per_month", NOW, 191.0),
        ("farm_days_per_month", NOW, 26.0),
        ("members_min", NOW, 5.0),
        ("capital_min", NOW, 1000.0),
        ("share_min", NOW, 100.0),
        ("share_paid_at_subscription", NOW, 0.25),
        ("share_balance_delay", NOW, 3.0),
        ("capital_floor", NOW, 0.75),
        ("third_party_cap", NOW, 0.30),
        ("legal_reserve_rate", NOW, 0.10),
        ("net_worth_alert", NOW, 0.25),
        ("auditor_turnover", NOW, 10_000_000.0),
        ("odco_levy", date(2022, 12, 31), 0.02),
        ("odco_levy", date(2023, 1, 1), 0.0),
        ("bam_key_rate", NOW, 0.0225),
        ("social_employer", NOW, {"capped": 0.0898, "uncapped": 0.1211}),
        ("social_employee", NOW, {"capped": 0.0448, "uncapped": 0.0226}),
        ("depreciation_vehicle", NOW, {"low": 0.2, "high": 0.25}),
        ("intelaka_rate", NOW, {"urban": 0.02, "rural": 0.0175}),
    ],
)
def test_value_on_a_day(params: tuple[FinanceParam, ...], family: str, day: date, value: object) -> None:
    assert value_on(params, family, day) == value


@pytest.mark.parametrize(
    ("year", "profit", "rate"),
    [
        (2025, 0, 0.175),
        (2025, 300_000, 0.175),
        (2025, 300_000.01, 0.20),
        (2025, 1_000_000, 0.20),
        (2025, 1_000_000.01, 0.2275),
        (2025, 99_999_999, 0.2275),
        (2025, 100_000_000, 0.3125),
        (2026, 250_000, 0.20),
        (2026, 99_999_999.99, 0.20),
        (2026, 100_000_000, 0.35),
    ],
)
def test_corporate_tax_of_a_profit(
    params: tuple[FinanceParam, ...], year: int, profit: float, rate: float
) -> None:
    assert param_on(params, "corporate_tax", date(year, 12, 31)).rate_at(profit) == rate


@pytest.mark.parametrize(
    ("family", "day", "words"),
    [
        ("smig", date(2024, 12, 31), "smig: nothing known on 2024-12-31"),
        ("smag", date(2023, 8, 31), "smag: nothing known on 2023-08-31"),
        ("corporate_tax", date(2024, 12, 31), "corporate_tax: nothing known on 2024-12-31"),
        ("smic", NOW, "no family smic"),
    ],
)
def test_what_is_not_known_is_refused(
    params: tuple[FinanceParam, ...], family: str, day: date, words: str
) -> None:
    with pytest.raises(NoValue, match=words):
        value_on(params, family, day)


def test_social_totals_are_the_sums_of_their_lines(params: tuple[FinanceParam, ...]) -> None:
    def parts(family: str) -> dict[str, float]:
        return param_on(params, family, NOW).parts

    def number(family: str) -> float:
        return param_on(params, family, NOW).number

    capped = [parts(family) for family in ("cnss_short", "cnss_job_loss", "cnss_long")]
    amo = parts("amo")
    employer, employee = parts("social_employer"), parts("social_employee")
    assert employer["capped"] == pytest.approx(sum(line["employer"] for line in capped), abs=1e-12)
    assert employer["uncapped"] == pytest.approx(
        number("cnss_family") + amo["employer_base"] + amo["employer_solidarity"] + number("training_tax"),
        abs=1e-12,
    )
    assert employee["capped"] == pytest.approx(sum(line["employee"] for line in capped), abs=1e-12)
    assert employee["uncapped"] == amo["employee"]


def test_every_family_has_a_value_today_and_no_gap(params: tuple[FinanceParam, ...]) -> None:
    for family in {param.family for param in params}:
        assert param_on(params, family, NOW).valid_to is None, family
        rows = sorted(
            (row for row in params if row.family == family), key=lambda row: row.valid_from or date.min
        )
        for before, after in pairwise(rows):
            assert before.valid_to is not None
            assert after.valid_from == before.valid_to + timedelta(days=1), after.id


def test_what_is_general_knowledge_says_so(params: tuple[FinanceParam, ...]) -> None:
    unsourced = [param for param in params if param.source is None]
    assert {param.confidence for param in unsourced} == {"D"}
    assert all(param.note_fr for param in unsourced)
    smig = param_on(params, "smig", NOW)
    assert smig.confidence == "A"
    assert smig.source is not None
    assert smig.source.startswith("https://adala.justice.gov.ma/")


def test_a_row_cannot_be_changed(params: tuple[FinanceParam, ...]) -> None:
    with pytest.raises(ValidationError):
        params[0].value = 0.5


def test_a_shape_is_not_another(params: tuple[FinanceParam, ...]) -> None:
    with pytest.raises(WrongShape, match="corporate_tax_2026 is not one figure"):
        _ = param_on(params, "corporate_tax", NOW).number
    with pytest.raises(WrongShape, match="smig_2026 has no named figures"):
        _ = param_on(params, "smig", NOW).parts
    with pytest.raises(WrongShape, match="smig_2026 is not a scale"):
        param_on(params, "smig", NOW).rate_at(1)
    with pytest.raises(ValueError, match="not a number"):
        param_on(params, "corporate_tax", NOW).rate_at(float("nan"))


def _row(**changed: Any) -> dict[str, Any]:
    row = {
        "id": "smig_2026",
        "family": "smig",
        "label_fr": "SMIG",
        "label_ar": "الحد الأدنى للأجر",
        "value": 17.92,
        "unit": "MAD/hour",
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
        "sources": ["https://adala.justice.gov.ma/resources/57"],
        "confidence": "A",
        "note_fr": None,
    }
    return row | changed


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": -1}, "params[0].value (smig_2026): not a figure of 0 or more: -1"),
        ({"value": float("nan")}, "params[0].value (smig_2026): not a figure of 0 or more: nan"),
        ({"value": True}, "params[0].value (smig_2026): not a figure: True"),
        ({"value": "17.92"}, "params[0].value (smig_2026): not a figure: '17.92'"),
        ({"value": None}, "params[0].value (smig_2026): not a figure: None"),
        ({"value": {}}, "params[0].value (smig_2026): no figure"),
        ({"value": {"low": None}}, "params[0].value (smig_2026): not a figure: None"),
        ({"unit": "rate"}, "params[0] (smig_2026): a rate above 1: rates are fractions of 1"),
        ({"valid_to": date(2025, 1, 1)}, "params[0] (smig_2026): valid_from is after valid_to"),
        ({"sources": []}, "params[0] (smig_2026): only confidence D may go without a source"),
        ({"label_ar": " "}, "params[0].label_ar (smig_2026): String should match pattern '^\\S(.*\\S)?$'"),
        ({"colour": 1}, "params[0].colour (smig_2026): Extra inputs are not permitted"),
        (
            {"unit": "rate", "value": [{"below": 10, "rate": 0.1}, {"up_to": 5, "rate": 0.2}, {"rate": 0.3}]},
            "params[0].value (smig_2026): bands do not follow each other up to an open one",
        ),
        (
            {"unit": "rate", "value": [{"below": 10, "rate": 0.1}]},
            "params[0].value (smig_2026): bands do not follow each other up to an open one",
        ),
        (
            {"unit": "rate", "value": [{"below": 10, "rate": 20}, {"rate": 0.3}]},
            "params[0].value (smig_2026): band[0].rate: Input should be less than or equal to 1",
        ),
        (
            {"unit": "rate", "value": [{"below": 10, "up_to": 10, "rate": 0.2}, {"rate": 0.3}]},
            "params[0].value (smig_2026): band[0]: up_to and below exclude each other",
        ),
        ({"valid_to": 2030}, "params[0].valid_to (smig_2026): Input should be a valid date"),
        ({"value": [{"rate": 0.3}]}, "params[0] (smig_2026): a scale is in rates"),
    ],
)
def test_a_wrong_row_is_told_by_its_path(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidFinanceParams) as refused:
        parse_finance_params([_row(**changed)])
    assert refused.value.problems == (words,)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"valid_from": None}, "family smig: smig_2026 and smig_2025 overlap"),
        ({"valid_from": date(2025, 12, 31)}, "family smig: smig_2025 and smig_2026 overlap"),
        ({"unit": "MAD/day"}, "family smig: smig_2025 and smig_2026 have different units"),
        ({"value": {"low": 1.0}}, "family smig: smig_2025 and smig_2026 have different kinds of value"),
    ],
)
def test_a_family_holds_together(changed: dict[str, Any], words: str) -> None:
    earlier = _row(id="smig_2025", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    with pytest.raises(InvalidFinanceParams) as refused:
        parse_finance_params([_row(**changed), earlier])
    assert refused.value.problems == (words,)


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(InvalidFinanceParams) as refused:
        parse_finance_params([_row(value=-1), _row(unit="MAD/week"), "smig"])
    assert [problem.split(":")[0] for problem in refused.value.problems] == [
        "params[0].value (smig_2026)",
        "params[1].unit (smig_2026)",
        "params[2]",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- 1", "finance_params.yaml params: not a list of rows"),
        ("params: {}", "finance_params.yaml params: not a list of rows"),
        ("params: [", "finance_params.yaml while parsing"),
    ],
)
def test_a_file_that_is_no_list_of_rows(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "finance_params.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(InvalidFinanceParams, match=words):
        read_finance_params(path)


def test_an_id_is_there_once() -> None:
    with pytest.raises(InvalidFinanceParams) as refused:
        parse_finance_params([_row(), _row(family="other")])
    assert refused.value.problems == ("params[1].id: smig_2026 is there twice",)


def test_the_file_says_when_it_was_read() -> None:
    assert yaml.safe_load(FILE.read_text("utf-8"))["read_on"] == date(2026, 11, 22)
