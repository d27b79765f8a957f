"""Fixtures every room shares: the real reference data, and one account per role."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation
from hypothesis import settings

from bpc.portal.api.answers import shelf
from bpc.portal.foundation.catalogues import compile_catalogues
from bpc.portal.foundation.metering import forget_all
from bpc.portal.funding.queries import forget_held
from bpc.portal.journeys.first_load import load_all_files
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.training.catalogue import forget_catalogue

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Pages are tried with the catalogues as they are now; only the process that leads compiles them.

    Properties may take the time they need: a deadline would fail on a busy machine what holds.
    """
    settings.register_profile("house", deadline=None)
    settings.load_profile("house")
    if not hasattr(config, "workerinput"):
        for folder in (ROOT / "locale", ROOT / "locale" / "borrowed"):
            compile_catalogues(folder)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database holds the real places, sectors and meetings, loaded once and committed."""
    with django_db_blocker.unblock():
        load_all_files(lambda line: None)


@pytest.fixture
def reference_again(transactional_db: None) -> None:
    """For the rare test that needs real transactions: they empty the tables, so fill them again."""
    load_all_files(lambda line: None, force=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()
    shelf.clear()
    forget_all()
    forget_held()
    forget_catalogue()


@pytest.fixture(autouse=True)
def _no_messages() -> Iterator[None]:
    """Text messages of one test are not those of another."""
    MemoryGateway.outbox.clear()
    yield
    MemoryGateway.outbox.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page leaves its language to what the process does next: each test starts in the site's own."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def root() -> Path:
    """The repository's folder."""
    return ROOT
