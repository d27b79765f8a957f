"""Personal data in editions."""


def declare() -> None:
    """Called by the room’s `declare`."""
