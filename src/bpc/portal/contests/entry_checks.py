"""The organisers' verb on an entry: say whether it is eligible. The machine proposes, a named person decides."""

from typing import Any

from django.db import transaction

from bpc.portal.contests.eligibility import Finding, eligibility
from bpc.portal.contests.entry_actions import check_phase, locked
from bpc.portal.contests.models import Entry
from bpc.portal.contests.notices import entries as told
from bpc.portal.contests.states import ENTRY_MOVES, EntryState, Phase
from bpc.portal.foundation.page_cache import outdate
from bpc.portal.foundation.states import ReasonMissing, move


class ChangedMeanwhile(Exception):
    """The team changed the entry since the page was opened."""


def check_eligibility(
    *, entry: Entry, accept: bool, reason: str, actor: Any, at: Any, seen_version: int | None = None
) -> Entry:
    """Accept or refuse an entry; its team is told, with the reason. What the check found is kept beside.

    Refusing needs a reason; accepting against a rule that is not met needs one too. Until marking starts the
    answer may change; once it has, only an entry that nobody had answered yet gets its answer.
    Raises `NotNow`, `ReasonMissing`, `ChangedMeanwhile`, `IllegalMove`, `PermissionDenied`.
    """
    with transaction.atomic():
        row = locked(entry)
        phases = (Phase.ENTRIES, Phase.CHECKING)
        late = (Phase.MARKING,) if row.state == EntryState.SUBMITTED else ()
        check_phase(row.edition, at, *phases, *late)
        if seen_version is not None and seen_version != row.version:
            raise ChangedMeanwhile(row.reference)
        findings = eligibility(row)
        if accept and departs(findings) and not reason.strip():
            raise ReasonMissing("accept entry")
        unmet = [one.rule for one in findings if one.met is False]
        move(
            row, ENTRY_MOVES, "accept entry" if accept else "refuse entry", actor=actor, at=at,
            reason=reason, unmet=unmet,
        )  # fmt: skip
        row.eligibility = [one.stored() for one in findings]
        row.save(update_fields=["eligibility"])
        told.tell_team(row, "entry.eligible" if accept else "entry.ineligible", at=at, reason=reason)
        outdate("contests")
    return row


def departs(findings: tuple[Finding, ...]) -> bool:
    """Whether accepting would go against a rule that is surely not met."""
    return any(one.met is False for one in findings)
