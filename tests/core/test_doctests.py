"""Every example in the documentation of core, and every worked figure of the methods, is run."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import bpc.core

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
MODULES = sorted(found.name for found in pkgutil.walk_packages(bpc.core.__path__, "bpc.core."))
PAGES = sorted(METHODS.glob("*.md"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_module(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_worked_figures_of_method(page: Path) -> None:
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 0, "a method page without a worked figure proves nothing"


def test_something_was_walked() -> None:
    assert "bpc.core.text.folding" in MODULES
    assert [page.name for page in PAGES if page.name == "search.md"] == ["search.md"]
