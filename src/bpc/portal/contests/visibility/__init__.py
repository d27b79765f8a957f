"""Who sees and who does what in an ideathon: rule and queryset side by side, one family a file."""

from bpc.portal.contests.visibility import editions, entries, juries, verdicts


def declare() -> None:
    """Called once when the app is ready."""
    editions.declare()
    entries.declare()
    juries.declare()
    verdicts.declare()
