"""What this room holds on a person: how it is shown to them, what becomes of it when they leave; one family a file."""

from bpc.portal.contests.holdings import editions, entries, juries, verdicts


def declare() -> None:
    """Called once when the app is ready."""
    for family in (editions, entries, juries, verdicts):
        family.declare()
