"""Notices about juries."""


def declare() -> None:
    """Called by the room’s `declare`."""
