"""Short files, short functions, no room without a name of its own."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 40
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "manager", "misc", "tools"}
SOURCES = [
    path
    for folder in ("src", "tests", "bench", "bin")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def test_files_stay_short() -> None:
    scripts = [path for path in (ROOT / "src").rglob("static/web/**/*") if path.suffix in {".js", ".css"}]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*SOURCES, *scripts]
        if "vendor" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE_LINES
    }
    assert not long


def test_functions_stay_short() -> None:
    long = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert not long


def test_no_room_for_leftovers() -> None:
    assert not [path for path in SOURCES if FORBIDDEN_NAMES & {path.stem, *path.parent.parts[-3:]}]


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent
