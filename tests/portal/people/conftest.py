"""Messages of one test are not those of another."""

from collections.abc import Iterator

import pytest

from bpc.portal.people.sms import MemoryGateway


@pytest.fixture(autouse=True)
def _no_messages() -> Iterator[None]:
    MemoryGateway.outbox.clear()
    yield
    MemoryGateway.outbox.clear()
