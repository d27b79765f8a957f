"""The service's own promise: within how many working days each desk answers, and when a silent request is closed.

Chosen by the service and told to whoever asks; well within the 30 days that law 55-19 allows the administration.
"""

from datetime import date, timedelta

from bpc.portal.counsel.ownership import Desk
from bpc.portal.counsel.working_days import add_working_days

#: Working days each desk has.
SERVICE_DELAYS = {Desk.ADVISOR: 5, Desk.REGION: 3, Desk.NATIONAL: 3}
#: Whoever is handed a request has these working days at least, however little was left of the promise.
HANDED_DELAY = 2
#: An answer to which nothing was said for so long closes the request.
QUIET = timedelta(days=14)


def due_after(desk: str, today: date) -> date:
    """The last day to answer for a request that reaches `desk` today."""
    return add_working_days(today, SERVICE_DELAYS[Desk(desk)])


def due_when_handed(due_on: date, today: date) -> date:
    """The promise stands when a request changes hands; who receives it still has time to read it."""
    return max(due_on, add_working_days(today, HANDED_DELAY))
