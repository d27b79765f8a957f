"""The `bpc plan appraise` command, as a person and as a program call it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bpc.cli.command import DONE, WRONG_COMMAND, WRONG_PLAN, main
from bpc.core.plan.document import write_plan
from bpc.datasets.model_plans import appraise_model
from bpc.datasets.plan_rules import plan_rules
from bpc.datasets.project_models import read_models

#: Net present values of an independent plain calculation (10 years, 10 %, no tax, constant prices).
INDEPENDENT = {"huile-argan": 383_404.12, "safran": -123_474.99, "tapis": 92_884.86, "gite-rural": 277_124.81}
AS_SPECIFIED = [
    "--years",
    "10",
    "--discount",
    "0.10",
    "--no-tax",
    "--constant-prices",
    "--no-grant",
    "--json",
]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["plan", "appraise", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(("slug", "npv"), INDEPENDENT.items())
def test_a_model_is_worth_what_an_independent_calculation_says(
    slug: str, npv: float, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, slug, *AS_SPECIFIED)
    assert code == DONE
    assert json.loads(out)["indicators"]["npv"] == pytest.approx(npv, abs=0.01)


def test_it_works_as_a_program_without_database_or_site(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bpc.cli", "plan", "appraise", "tapis", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)
    answer = json.loads(done.stdout)
    assert answer["figures"]["npv"]["unit"] == "MAD"
    assert len(answer["input_hash"]) == 64
    assert answer["indicators"]["npv_annual"] < answer["indicators"]["npv"]


def test_a_plan_written_out_and_read_back_is_worth_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = read_models()["couscous-cereales"].model_dump(mode="json")
    appraisal = appraise_model(model, plan_rules())
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(write_plan(appraisal.run.plan)), encoding="utf-8")
    _, out, _ = run(capsys, str(path), "--json")
    answer = json.loads(out)
    assert answer["indicators"] == json.loads(json.dumps(appraisal.as_dict()))["indicators"]
    assert answer["input_hash"] == appraisal.as_dict()["input_hash"]


def test_options_change_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    def indicators(*options: str) -> dict[str, Any]:
        return json.loads(run(capsys, "gite-rural", "--json", *options)[1])["indicators"]  # type: ignore[no-any-return]

    plain = indicators()
    assert indicators("--no-tax")["npv"] > plain["npv"]
    assert indicators("--discount", "0.05")["npv"] > plain["npv"]
    assert indicators("--no-grant")["min_cash"] < plain["min_cash"]
    assert indicators("--years", "5")["payback_years"] is None


def test_a_date_moves_the_seasons_of_the_hijri_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    undated = json.loads(run(capsys, "dattes", "--json")[1])["indicators"]["npv"]
    dated = json.loads(run(capsys, "dattes", "--json", "--start", "2027-01")[1])["indicators"]["npv"]
    assert dated != pytest.approx(undated, rel=0.01)


def plan_text(**parts: Any) -> str:
    return json.dumps({"start": "2027-01", "members": {"count": 9}, **parts})


PRODUCT = {"id": "p", "capacity": 1, "price": 1, "seasonality": [0.2] * 12}
PRESS = {"id": "a", "amount": 5.0, "life_years": 5.0}
CIRCLE = [{"id": "a", "months": 1, "after": "b"}, {"id": "b", "months": 1, "after": "a"}]
WRONG = {
    "negative life": (plan_text(assets=[{**PRESS, "life_years": -1}]), "assets.a.life_years"),
    "seasons": (plan_text(products=[PRODUCT]), "products.p.seasonality"),
    "not a number": (plan_text(discount_rate=float("nan")), "discount_rate"),
    "grant above cost": (plan_text(assets=[PRESS], grants=[{"id": "g", "amount": 6.0}]), "grants.g.amount"),
    "phases in a circle": (plan_text(phases=CIRCLE), "phases.a.after"),
    "ten thousand products": (plan_text(products=[{"id": "p"}] * 10_000), "products"),
    "not JSON": ("{", ""),
    "a list": ("[]", ""),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_path(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, path = WRONG[name]
    file = tmp_path / "plan.json"
    file.write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, str(file), "--json")
    problems = json.loads(out)["problems"]
    assert code == WRONG_PLAN
    assert path in {problem["path"] for problem in problems}
    assert len(problems) <= 100


def test_an_unknown_name_and_a_wrong_option_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "no-such-model")[0] == WRONG_COMMAND
    assert run(capsys, "../no/such/folder/plan")[0] == WRONG_COMMAND
    with pytest.raises(SystemExit):
        main(["plan", "appraise", "tapis", "--discount", "nan"])
    with pytest.raises(SystemExit):
        main(["plan", "appraise", "tapis", "--years", "11"])


def test_a_person_reads_one_line_an_indicator(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "tapis")
    assert out.splitlines()[0].split()[:2] == ["npv", "92"]
