"""The `bpc funding check` command, as a person and as a program call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bpc.cli.command import DONE, WRONG_COMMAND, WRONG_SOURCE, main
from bpc.datasets.funding_sources import FUNDING_FOLDER


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["funding", "check", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def written(tmp_path: Path, slug: str, old: str = "", new: str = "") -> Path:
    text = (FUNDING_FOLDER / f"{slug}.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / f"{slug}.yaml"
    path.write_text(text.replace(old, new, 1) if old else text, "utf-8")
    return path


def test_the_bank_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, out, err) == (DONE, "fichiers lus : 107, aucun problème\n", "")


def test_it_works_as_a_program_without_database_or_site(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bpc.cli", "funding", "check", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)
    assert json.loads(done.stdout) == {"files": 107, "problems": []}


def test_one_file_may_name_sources_of_the_bank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, str(written(tmp_path, "indh-taroudant-2026")), "--json")[0] == DONE


def test_every_problem_is_told_with_its_file_and_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "start-tpe", "max_mad: 50000", "max_mad: many")
    written(tmp_path, "moazara-cooperatives", "regions: ['01', '02', '03']", "regions: ['01', '13']")
    written(tmp_path, "forsa", "field: founder_age_years", "field: age_of_the_captain")
    written(tmp_path, "exoneration-is")
    code, out, _ = run(capsys, str(tmp_path), "--json")
    answer = json.loads(out)
    assert (code, answer["files"]) == (WRONG_SOURCE, 4)
    assert [(problem["file"], problem["path"]) for problem in answer["problems"]] == [
        ("forsa.yaml", "conditions.0"),
        ("start-tpe.yaml", "amounts.max_mad"),
        ("moazara-cooperatives.yaml", "places.regions.1"),
    ]
    assert answer["problems"][0]["message"] == "age_of_the_captain is not a field"


def test_a_person_reads_one_line_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "start-tpe", "requires_any: [intelaka-damane-intelak,", "requires_any: [loan,")
    code, out, err = run(capsys, str(path))
    assert (code, out, err) == (WRONG_SOURCE, "", "start-tpe.yaml requires_any: no source loan\n")


def test_two_files_of_one_name_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, str(written(tmp_path, "forsa")), str(FUNDING_FOLDER / "forsa.yaml"))
    assert code == WRONG_SOURCE
    assert err.splitlines()[0] == "forsa.yaml id: two files have this name"


def test_what_is_not_there_is_a_wrong_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, str(tmp_path / "nothing.yaml"))[0] == WRONG_COMMAND
    code, _, err = run(capsys, str(tmp_path))
    assert (code, err) == (WRONG_COMMAND, f"bpc : aucun fichier .yaml dans ce dossier : {tmp_path}\n")
