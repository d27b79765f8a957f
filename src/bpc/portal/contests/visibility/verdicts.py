"""Verdicts: what the jury decided, and what each team was told, before and after publication."""


def declare() -> None:
    """Called by the room's `declare`."""
