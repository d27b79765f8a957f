"""Templates compile, are all used, and hold neither inline script nor inline style nor another host."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "src" / "bpc" / "portal"
TEMPLATES = sorted(
    path
    for folder in PORTAL.rglob("templates")
    for path in folder.rglob("*.*")
    if path.is_file() and path.suffix != ".typ"  # pages of paper, which typst compiles in the tests of prints
)
# names that libraries look up themselves
LIBRARY_FOLDERS = ("account/", "mfa/", "allauth/", "socialaccount/")
DJANGO_NAMES = {"400.html", "429.html", "403.html", "404.html", "500.html", "403_csrf.html"}


def _name(path: Path) -> str:
    return str(path).split("/templates/", 1)[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_compiles(path: Path) -> None:
    assert get_template(_name(path))


def test_every_template_is_used() -> None:
    sources = [*PORTAL.rglob("*.py"), *TEMPLATES]
    named = {
        name
        for path in sources
        for name in re.findall(r"""["']([\w./-]+\.\w+)(?=["'])""", path.read_text(encoding="utf-8"))
    }
    unused = [
        name
        for name in map(_name, TEMPLATES)
        if not name.startswith(LIBRARY_FOLDERS) and name not in DJANGO_NAMES and name not in named
    ]
    assert not unused


def test_no_inline_script_style_or_foreign_host() -> None:
    guilty = []
    for path in TEMPLATES:
        if path.suffix != ".html":
            continue
        text = path.read_text(encoding="utf-8")
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", text):
            guilty.append(f"{_name(path)}: inline script")
        if re.search(r"<style|\sstyle=|\son(?:click|load|change|submit|input)=", text):
            guilty.append(f"{_name(path)}: inline style or handler")
        if re.search(r"(?:src|action)=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//", text):
            guilty.append(f"{_name(path)}: loads from another host")
    assert not guilty


def test_stylesheets_are_logical() -> None:
    """No physical side, so that Arabic mirrors by itself."""
    physical = re.compile(
        r"(?<![\w-])(?:margin|padding|border)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
    )
    guilty = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in PORTAL.rglob("static/web/css/*.css")
        for match in physical.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not guilty


def test_every_static_file_named_exists() -> None:
    named = {
        name
        for path in [*TEMPLATES, *PORTAL.rglob("*.py")]
        for name in re.findall(r"""static[ (]["']([\w./-]+)["']""", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 5
    assert not [name for name in named if finders.find(name) is None]
