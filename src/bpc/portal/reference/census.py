"""The one census cube of this process: figures are files, not rows, and are read where they lie."""

from functools import cache

from django.conf import settings

from bpc.datasets.census import Census


@cache
def census() -> Census:
    """The census figures of both years, memory-mapped; the first caller on a machine compiles them (seconds)."""
    return Census.open(settings.VAR / "cache", data=settings.DATA)
