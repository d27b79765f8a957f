"""What the tests of the data share: one look-up, one census, both compiled once."""

import shutil
from pathlib import Path

import pytest

from bpc.core.territory.locate import Locator
from bpc.datasets.boundaries import read_full
from bpc.datasets.census import Census
from bpc.datasets.paths import DATA


@pytest.fixture(scope="session")
def locator() -> Locator:
    return read_full()


@pytest.fixture(scope="session")
def census(tmp_path_factory: pytest.TempPathFactory) -> Census:
    return Census.open(tmp_path_factory.mktemp("census"))


@pytest.fixture
def copied_data(tmp_path: Path) -> Path:
    """A copy of `data/` that a test may spoil."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return folder
