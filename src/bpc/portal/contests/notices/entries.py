"""Notices about entries."""


def declare() -> None:
    """Called by the room’s `declare`."""
