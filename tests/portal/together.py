"""People who press at the same instant."""

import threading
from collections.abc import Callable

from django.db import connection


def at_once(number: int, press: Callable[[int], None]) -> None:
    """Press so many times at the same instant on PostgreSQL; one after the other on SQLite, which has one hand.

    What one of them raises is raised, once all have pressed.
    """
    is_server = connection.vendor == "postgresql"
    together = threading.Barrier(number if is_server else 1)
    failures: list[BaseException] = []

    def one(rank: int) -> None:
        together.wait()
        try:
            press(rank)
        except BaseException as failure:
            failures.append(failure)
        finally:
            if is_server:
                connection.close()

    threads = [threading.Thread(target=one, args=[rank]) for rank in range(number)]
    for rank, thread in enumerate(threads):
        thread.start() if is_server else one(rank)
    for thread in threads if is_server else ():
        thread.join()
    if failures:
        raise failures[0]
