"""What the sheet of an edition shows."""

from datetime import datetime
from typing import Any

from bpc.portal.contests.models import Edition
from bpc.portal.contests.phases import phase_of
from bpc.portal.contests.rules import current_rules, rules_content
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.permissions import can
from bpc.portal.web.contests.edition_doors import sheet_doors
from bpc.portal.web.contests.edition_words import (
    calendar_steps,
    days_left,
    notice_changes,
    phase_line,
    vote_line,
)
from bpc.portal.web.contests.rules_words import told_rules

_OVER = (Phase.RESULTS, Phase.CANCELLED)


def sheet_context(person: Any, edition: Edition, now: datetime) -> dict[str, Any]:
    """Everything but the way back up. A handful of queries, whatever the number of entries."""
    phase = phase_of(edition, now)
    line, kind = phase_line(edition, now)
    notices = list(edition.notices.defer("by"))
    return {
        "edition": edition,
        "phase": phase,
        "is_over": phase in _OVER,
        "line": line,
        "kind": kind,
        "left": days_left(edition, now),
        "steps": calendar_steps(edition, now),
        "vote": vote_line(edition, now),
        "notices": [(one, notice_changes(one)) for one in notices],
        "told": told_rules(rules_content(edition)),
        "rules": current_rules(edition),
        "doors_of_edition": sheet_doors(person, edition, now),
        "organises": can(person, "contests.organise", edition),
    }
