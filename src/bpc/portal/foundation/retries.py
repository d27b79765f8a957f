"""Background work that a provider refuses for now is done again, later and later."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
)


def try_later(work: Any, *arguments: Any, tries: int) -> bool:
    """Enqueue the task `work`, which has failed `tries` times before this one, once more.

    False, and nothing is done, when it was tried often enough: the caller lets its failure be seen.
    """
    if tries >= len(WAITS):
        return False
    work.using(run_after=timezone.now() + WAITS[tries]).enqueue(*arguments, tries=tries + 1)
    return True
