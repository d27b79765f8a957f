"""The published file: a changed mark breaks the chain, and a script alone finds the ranking again."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.jury_worlds import make_world
from bpc.core.jury import recompute_verdict, severity, verdict_file
from bpc.core.jury.marks import Marks
from bpc.core.jury.ranking import METHOD, SURE, rank
from bpc.core.jury.verdict_file import Problem, anonymise, check, compose, head, label, write

SCRIPT = Path(recompute_verdict.__file__)


def make_text(marks: Marks | None = None) -> str:
    given = marks or make_world(3, 8, 20).marks
    entries, jurors = label(given.entries, "E", b"secret"), label(given.jurors, "J", b"secret")
    return write(
        compose(
            edition={"edition": "essai-2026", "rules_version": 1, "rules_sha256": "0" * 64},
            software="banque-projets-cooperatifs 0.1.0",
            marks=anonymise(given, entries, jurors),
            laureates=3,
            decisions=[
                {"entry": "E01", "outcome": "laureate", "reason": "Équilibre des régions", "departs": True}
            ],
        )
    )


def run(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(path)], capture_output=True, text=True, encoding="utf-8"
    )


def rechained(records: list[dict[str, Any]]) -> str:
    return write({"records": [{key: one[key] for key in one if key != "chain"} for one in records]})


def test_an_untouched_file_is_whole() -> None:
    text = make_text()
    assert check(text) == ()
    assert head(text) == json.loads(text)["records"][-1]["chain"]


def test_a_changed_mark_breaks_the_chain() -> None:
    text = make_text()
    document = json.loads(text)
    at = next(at for at, one in enumerate(document["records"]) if one["kind"] == "reading")
    document["records"][at]["marks"][0] = 6 - document["records"][at]["marks"][0] or 1
    document["records"][at]["marks"][1] = 1
    assert Problem("chain_broken", at + 1) in check(json.dumps(document))


@pytest.mark.parametrize("change", ["remove", "swap", "head", "fraction"])
def test_other_changes_are_found(change: str) -> None:
    document = json.loads(make_text())
    records = document["records"]
    if change == "remove":
        del records[5]
    elif change == "swap":
        records[4], records[5] = records[5], records[4]
    elif change == "head":
        document["head"] = "0" * 64
    else:
        records[4]["marks"][0] = 3.5
    found = {problem.code for problem in check(json.dumps(document))}
    assert ("head_differs" if change == "head" else "chain_broken") in found
    assert ("not_canonical" in found) == (change == "fraction")


@pytest.mark.parametrize(
    ("text", "code"), [("", "unreadable"), ("[]", "no_records"), ('{"records":[]}', "no_records")]
)
def test_what_is_no_verdict(text: str, code: str) -> None:
    assert check(text) == (Problem(code),)


def test_fractions_are_refused() -> None:
    with pytest.raises(ValueError, match="strings"):
        write({"records": [{"kind": "rank", "merit": 3.5}]})


def test_the_script_finds_the_same_ranking(tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    path.write_text(make_text(make_world(11, 15, 40).marks), encoding="utf-8")
    told = run(path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Chaîne intacte" in told.stdout
    assert "le même que celui qui est publié" in told.stdout


def test_the_script_sees_a_changed_mark_even_in_a_chain_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    records = json.loads(make_text())["records"]
    reading = next(one for one in records if one["kind"] == "reading")
    reading["marks"] = [1 if mark > 2 else 5 for mark in reading["marks"]]
    path.write_text(json.dumps({"records": records}), encoding="utf-8")
    told = run(path)
    assert told.returncode == 1
    assert "Chaîne rompue aux lignes : [4]" in told.stdout
    path.write_text(rechained(records), encoding="utf-8")
    told = run(path)
    assert told.returncode == 1
    assert "Chaîne intacte" in told.stdout
    assert "recalculé" in told.stdout


def test_the_script_sees_a_rank_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    records = json.loads(make_text())["records"]
    row = [one for one in records if one["kind"] == "rank"][-1]
    row["rank"] = 1
    path.write_text(rechained(records), encoding="utf-8")
    assert f"{row['entry']} : rank = 1" in run(path).stdout


def test_the_script_knows_unread_entries_and_equal_marks(tmp_path: Path) -> None:
    path = tmp_path / "verdict.json"
    marks = Marks(("a", "b", "c"), ("x", "y"), ("k",), [1], [0, 0, 1, 1], [0, 1, 0, 1], [[3], [3], [3], [3]])
    path.write_text(make_text(marks), encoding="utf-8")
    assert run(path).returncode == 0
    rows = [one for one in json.loads(path.read_text(encoding="utf-8"))["records"] if one["kind"] == "rank"]
    assert [(one["rank"], one["merit"]) for one in rows] == [(1, "3.0000"), (1, "3.0000"), (None, None)]


def test_the_script_holds_the_same_numbers_as_the_engine() -> None:
    script = recompute_verdict
    assert (script.FORMAT, script.METHOD, script.SURE) == (verdict_file.FORMAT, METHOD, SURE)
    assert (script.TURNS, script.WORTH, script.MERIT, script.SEVERITY, script.NOISE) == (
        severity.TURNS,
        severity.PRIOR_WORTH,
        severity.MERIT_VARIANCE,
        severity.SEVERITY_VARIANCE,
        severity.NOISE_VARIANCE,
    )
    assert (script.NOISE_WORTH, script.SPREAD, script.TAILS) == (
        severity.NOISE_WORTH,
        severity.SPREAD_VARIANCE,
        severity.TAILS,
    )


@pytest.mark.parametrize("seed", range(12))
def test_ranks_are_the_same_under_labels(seed: int, tmp_path: Path) -> None:
    """Few whole marks on one criterion: many equal merits, whose order must hang on no name."""
    world = make_world(seed, 5, 24, 2).marks
    marks = replace(world, criteria=("impact",), weights=[1.0], values=world.values[:, :1])
    labels = label(marks.entries, "E", b"one")
    hidden = anonymise(marks, labels, label(marks.jurors, "J", b"one"))
    first, second = (
        {
            name(one.entry): (one.merit, one.place, one.rank, one.rank_low, one.rank_high)
            for one in found.ranked
        }
        for name, found in ((labels.get, rank(marks, laureates=3)), (str, rank(hidden, laureates=3)))
    )
    assert first == second
    path = tmp_path / "verdict.json"
    path.write_text(make_text(marks), encoding="utf-8")
    assert run(path).returncode == 0


def test_labels_tell_nothing_of_the_order() -> None:
    labels = label(range(40), "E", b"one")
    assert sorted(labels.values()) == [f"E{at:02}" for at in range(1, 41)]
    assert [labels[at] for at in range(40)] != sorted(labels.values())
    assert labels != label(range(40), "E", b"another")
    assert labels == label(range(39, -1, -1), "E", b"one")
