"""A general assembly: how it was called, who came, how it voted, what was kept of it.

As in `creation_file`, None is "not known", never zero or no.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AssemblyKind(StrEnum):
    """Ordinary (accounts, elections) or extraordinary (statutes, exclusion, end)."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class Summons(StrEnum):
    """How members were called (art. 40)."""

    REGISTERED_LETTER = "registered_letter"
    COURT_DISPLAY = "court_display"
    LEGAL_NEWSPAPER = "legal_newspaper"
    PUBLIC_PLACES = "public_places"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Assembly:
    """An assembly, at its first, second or third `call` (1, 2, 3).

    `present` counts members there or represented; `votes_for` and `votes_cast` those on the decision judged, and
    `chair_for` whether the chair voted for it. `legal_votes` are the votes counted for legal persons, among
    `votes_cast`; `most_votes_of_one` the most that one member cast in their own name, `most_proxies` the most that one
    carried. `annual` is whether it deals with the accounts of the year closed on `year_closed_on`.
    """

    kind: AssemblyKind | None = None
    call: int | None = None
    called_on: date | None = None
    summons: frozenset[Summons] | None = None
    held_on: date | None = None
    in_province: bool | None = None
    annual: bool | None = None
    year_closed_on: date | None = None
    documents_sent_on: date | None = None
    documents_to_auditor_on: date | None = None
    has_auditor: bool | None = None
    members: int | None = None
    present: int | None = None
    votes_cast: int | None = None
    votes_for: int | None = None
    chair_for: bool | None = None
    legal_votes: int | None = None
    most_votes_of_one: int | None = None
    most_proxies: int | None = None
    proxies_in_statutes: bool | None = None
    proxies_written: bool | None = None
    proxies_to_members: bool | None = None
    attendance_sheet: bool | None = None
    minutes_signed: bool | None = None
    register_numbered: bool | None = None
