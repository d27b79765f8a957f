"""Notices about editions."""


def declare() -> None:
    """Called by the room’s `declare`."""
