"""Personal data in entries."""


def declare() -> None:
    """Called by the room’s `declare`."""
