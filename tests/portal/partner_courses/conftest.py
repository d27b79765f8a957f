"""The two sides, each answering for real on this machine."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.portal.partner_courses.browsing import Browser
from tests.portal.partner_courses.live_site import served
from tests.portal.partner_courses.partner_tool import PartnerTool, running_tool


@pytest.fixture
def site(db: None, settings: Any) -> Iterator[str]:
    """The address of our site."""
    with served(settings) as address:
        yield address


@pytest.fixture
def tool() -> Iterator[PartnerTool]:
    """A partner's tool."""
    with running_tool() as running:
        yield running


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    """A person's browser, signed in to nothing yet."""
    with requests.Session() as web:
        yield Browser(site, web)
