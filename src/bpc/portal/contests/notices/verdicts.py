"""Notices about verdicts."""


def declare() -> None:
    """Called by the room’s `declare`."""
