"""Every interface string is in the catalogue of every language, translated, with its variables."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
GETTEXT = frozenset(
    [
        "_",
        "gettext",
        "gettext_lazy",
        "gettext_noop",
        "ngettext",
        "ngettext_lazy",
        "pgettext",
        "pgettext_lazy",
        "npgettext",
        "npgettext_lazy",
    ]
)
# The API's own words come to it from the OpenAPI document; the rooms that say them mark them for collection
FROM_ELSEWHERE = frozenset({"portal/web/site/api_reference.py"})
VARIABLE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def _catalogue(language: str, folder: Path = ROOT / "locale") -> Catalog:
    with (folder / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language: str) -> None:
    missing = []
    for message in _catalogue(language):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or (language != settings.LANGUAGE_CODE and not all(texts))):
            missing.append(message.id)
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_variables_survive_translation(language: str) -> None:
    broken = []
    for message in _catalogue(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {name for text in ids for name in VARIABLE.findall(text)}
        for text in filter(None, texts):
            if not set(VARIABLE.findall(text)) <= wanted or (
                len(ids) == 1 and set(VARIABLE.findall(text)) != wanted
            ):
                broken.append((ids[0], text))
    assert not broken


@pytest.mark.parametrize(("language", "at_least"), [("ar", 40), ("fr", 1)])
def test_borrowed_sentences_are_still_those_of_the_libraries(language: str, at_least: int) -> None:
    """`locale/borrowed` says otherwise what Django and allauth say: their sentences, word for word."""
    theirs: set[str] = set()
    for package, folder in ((django, "conf"), (django, "contrib/auth"), (allauth, "")):
        file = Path(package.__file__).parent / folder / "locale" / "en" / "LC_MESSAGES" / "django.po"
        with file.open("rb") as opened:
            theirs |= {_first(message.id) for message in read_po(opened) if message.id}
    ours = [message for message in _catalogue(language, ROOT / "locale" / "borrowed") if message.id]
    assert [message.id for message in ours if _first(message.id) not in theirs] == []
    assert all(message.string if isinstance(message.string, str) else all(message.string) for message in ours)
    assert len(ours) >= at_least


def _first(texts: str | tuple[str, ...]) -> str:
    return texts if isinstance(texts, str) else texts[0]


def test_catalogues_hold_every_string_of_the_code(tmp_path: Path) -> None:
    """Collect the strings anew, and compare: nobody forgot `make messages`."""
    assert shutil.which("xgettext"), "gettext is needed here (Debian: apt-get install gettext)"
    subprocess.run([ROOT / "bin" / "collect_messages", tmp_path], check=True, capture_output=True)
    for language in LANGUAGES:
        fresh = {message.id for message in _catalogue(language, tmp_path) if message.id}
        kept = {message.id for message in _catalogue(language) if message.id}
        assert fresh - kept == set(), language
        assert kept - fresh == set(), f"{language}: strings no longer used"


def _gettext_calls(tree: ast.AST) -> list[ast.Call]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in GETTEXT]


def _is_collected(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    texts = call.args[: 1 + name.startswith(("n", "p")) + name.startswith("np")]
    return all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts)


def test_every_string_can_be_collected() -> None:
    """xgettext reads neither inside f-strings nor behind variables: such texts would stay French for ever."""
    lost = []
    for file in sorted((ROOT / "src" / "bpc").rglob("*.py")):
        name = file.relative_to(ROOT / "src" / "bpc").as_posix()
        tree = ast.parse(file.read_text("utf-8"))
        inside = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        lost += [f"{name}:{call.lineno} in an f-string" for text in inside for call in _gettext_calls(text)]
        if name not in FROM_ELSEWHERE:
            calls = _gettext_calls(tree)
            lost += [f"{name}:{call.lineno} not a literal" for call in calls if not _is_collected(call)]
    assert not lost
