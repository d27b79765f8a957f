"""Hours at which nobody is written to: a message at night wakes people."""

from datetime import datetime, time

from django.utils import timezone

QUIET_FROM, QUIET_UNTIL = time(21), time(8)  # in Morocco


def is_quiet(at: datetime) -> bool:
    """Whether it is night: then nothing is sent, and the next run sends it."""
    hour = timezone.localtime(at).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL
