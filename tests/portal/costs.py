"""What a page costs: its queries, and the rows it reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext


def count_rows() -> None:
    """What a live PostgreSQL does by itself: without it, it plans blind over rows that this transaction hides."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def rows_read() -> Iterator[list[str]]:
    """The rows that become objects."""
    made: list[str] = []

    def note(sender: Any, **_more: Any) -> None:
        made.append(sender.__name__)

    post_init.connect(note)
    try:
        yield made
    finally:
        post_init.disconnect(note)


def cost(client: Client, address: str) -> tuple[int, int]:
    """Queries, and rows read, of a page asked a second time."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as asked, rows_read() as made:
        client.get(address)
    return len(asked), len(made)
