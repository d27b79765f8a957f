"""How long an approved name is kept for its founders (decree 2-15-617, article 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bpc.core.law.delays import last_day
from bpc.core.law.events import Event
from bpc.core.law.parameters import Provision

#: The rule all this comes from.
NAME_RULE = "name_validity"


@dataclass(frozen=True, slots=True)
class ExtensionWindow:
    """When the one extension of a name may be asked: both days included."""

    opens: date
    closes: date

    def holds(self, day: date) -> bool:
        """Whether a day is within."""
        return self.opens <= day <= self.closes


def extension_window(approved: date, rule: Provision) -> ExtensionWindow:
    """The seven days that follow the end of the sixty.

    >>> from fractions import Fraction
    >>> rule = Provision("name_validity", "", "4", {"valid_days": Fraction(60), "ask_within_days": Fraction(7)})
    >>> extension_window(date(2026, 1, 1), rule)
    ExtensionWindow(opens=datetime.date(2026, 3, 3), closes=datetime.date(2026, 3, 9))
    """
    expiry = last_day(approved, rule, "valid_days")
    return ExtensionWindow(expiry + timedelta(days=1), last_day(expiry, rule, "ask_within_days"))


def name_valid_until(
    events: Mapping[Event, date], rule: Provision, *, signed_by_all: bool | None
) -> date | None:
    """The last day of the name, None when none was approved; extended once, when asked in time and by all."""
    approved = events.get(Event.NAME_APPROVED)
    if approved is None:
        return None
    expiry = last_day(approved, rule, "valid_days")
    asked = events.get(Event.NAME_EXTENSION_ASKED)
    if asked is None or not signed_by_all or not extension_window(approved, rule).holds(asked):
        return expiry
    return last_day(expiry, rule, "extension_days")
