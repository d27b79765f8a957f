"""Personal data in juries."""


def declare() -> None:
    """Called by the room’s `declare`."""
