"""What the addresses of the pages name: made once on the site that is tried."""

import json
from dataclasses import dataclass

from tests.browser.ideas_in_bulk import Crowd
from tests.browser.site import Site


@dataclass(frozen=True)
class Things:
    """Keys of what the addresses name."""

    idea: str
    waiting: str
    comment: int
    report: int
    organisation: int
    person: int
    grant: int
    own: str
    project: str
    followed: str
    told_story: str
    plan: int
    blank: str
    founder: int
    member: int
    blueprint: str
    need: str
    answered: str
    closed_need: str
    waiting_need: str
    own_need: str
    answer: int
    application: int
    thread: int
    mandate: int
    mandate_stop: str
    visit: int
    path: int
    paper: int
    results: str
    laureate: str
    told: str
    meeting: str
    meeting_held: str
    edition: str
    marked_edition: str
    open_edition: str
    voted_edition: str
    entry: str
    checked_entry: str
    help: str
    waiting_help: str
    calendar: int
    appointment: str
    badge: str
    session: str
    session_held: str
    seat: str
    seat_held: str
    seat_code: str
    module: str
    module_draft: str


# the same keys as the tests without a browser find: a kind of page can be forgotten by neither
_SCRIPT = """
import json
from dataclasses import asdict
from bpc.portal.ideas.models import Idea
from tests.portal.demonstrated import demonstrated_things
print(json.dumps(asdict(demonstrated_things(Idea.objects.get(reference={idea!r})))))
"""


def find_things(site: Site, crowd: Crowd) -> Things:
    """Make what is missing (a comment, a report, drafts) and tell the keys."""
    printed = site.manage("shell", "-v0", "-c", _SCRIPT.format(idea=crowd.codes[1]))
    return Things(**json.loads(printed.strip().splitlines()[-1]))
