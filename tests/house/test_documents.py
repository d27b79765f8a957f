"""What the documents say of the code is true."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "bpc"


def _rooms() -> set[str]:
    """Packages that are a concern: two floors deep, without migrations and the like."""
    skipped = {"migrations", "management", "commands", "templatetags", "formats", "fr", "ar", "__pycache__"}
    return {
        ".".join(path.parent.relative_to(SOURCE).parts)
        for path in SOURCE.rglob("__init__.py")
        if path.parent != SOURCE and not skipped & set(path.parent.parts)
    }


def test_every_room_is_on_the_map_of_rooms() -> None:
    listed = set(
        re.findall(r"^\| `([\w.]+)` \|", (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8"), re.M)
    )
    assert listed == _rooms()


def test_operations_list_every_environment_variable() -> None:
    read = set(re.findall(r'(?:environ\.get|_flag|_words)\("(\w+)"', _environment_source()))
    listed = set(
        re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"), re.M)
    )
    assert read == listed
    assert len(read) > 8


def _environment_source() -> str:
    return (SOURCE / "portal" / "settings" / "environment.py").read_text(encoding="utf-8")


def test_only_the_environment_module_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in SOURCE.rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    ]
    # serve passes the environment on to its two processes; wsgi names the default settings
    assert sorted(readers) == [
        "src/bpc/portal/settings/environment.py",
        "src/bpc/portal/web/management/commands/serve.py",
        "src/bpc/portal/wsgi.py",
    ]


def test_readme_is_short_and_its_files_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
    for command in ("make run", "make test"):
        assert command in text


def test_decisions_are_numbered_without_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_every_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    unexplained = [
        line for line in lines if re.match(r'\s+"[\w\[\],.-]+[><=~!].*",', line) and "# " not in line
    ]
    assert not unexplained


def test_nothing_names_a_registry_or_a_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    # where this checkout lies, whatever machine it is; locks carry hashes, never addresses
    here = f"{ROOT}/"
    guilty = []
    for name in tracked.splitlines():
        path = ROOT / name
        text = path.read_bytes().decode("utf-8", "ignore") if path.is_file() else ""
        if here in text or (path.suffix == ".lock" and "://" in text):
            guilty.append(name)
    assert not guilty
