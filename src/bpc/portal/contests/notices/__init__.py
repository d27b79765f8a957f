"""What people of an ideathon are told, one family a file."""

from bpc.portal.contests.notices import editions, entries, juries, verdicts


def declare() -> None:
    """Called once when the app is ready."""
    for family in (editions, entries, juries, verdicts):
        family.declare()
