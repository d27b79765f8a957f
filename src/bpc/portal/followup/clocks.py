"""The delays of the law that run for a project, from its dated facts; the law engine reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from bpc.core.law.clocks import DELAYS, State, read_clocks
from bpc.core.law.clocks import Clock as LawClock
from bpc.core.law.events import Event
from bpc.datasets.law_rules import read_law

#: Delays that bind an administration: shown, so that the group may ask; the group is not told to hurry.
ANSWERED_BY_OTHERS = frozenset({
    "name_answer", "central_register", "accounts_transmission", "derogation_complements", "derogation_transmission",
    "derogation_decision",
})  # fmt: skip
_SHOWN = (State.RUNNING, State.WARNING, State.OVER)
#: A delay with no day to warn set for it, further away than this, is left for later.
_NEAR = 60
_STARTS: Mapping[str, Event] = {
    **{delay.code: delay.starts for delay in DELAYS},
    "name_validity": Event.NAME_APPROVED,
    "name_extension": Event.NAME_APPROVED,
}


@dataclass(frozen=True)
class Clock:
    """A delay that runs: its code in the law engine, the fact that started it, its last day, its article."""

    name: str
    started_by: Event
    started_on: date
    due_on: date
    days_left: int
    warned: bool  # the day chosen to warn has come
    law: str
    article: str

    @property
    def over(self) -> bool:
        """Its last day has passed."""
        return self.days_left < 0

    @property
    def by_others(self) -> bool:
        """An administration has to act, not the group."""
        return self.name in ANSWERED_BY_OTHERS


def running_clocks(dates: Mapping[str, date], today: date) -> tuple[Clock, ...]:
    """The delays started and not answered, the first to end first; those that end in years wait for their warning.

    A request to extend the name is only noted once every signatory signed it (`words.EVENT_WORDS` asks for that).
    """
    if not dates:
        return ()
    events = {Event(name): on for name, on in dates.items()}
    clocks = read_clocks(
        events,
        read_law(settings.DATA),
        today,
        extension_signed_by_all=Event.NAME_EXTENSION_ASKED in events or None,
    )
    return tuple(_clock(one, today) for one in clocks if one.state in _SHOWN and _is_near(one, today))


def _is_near(clock: LawClock, today: date) -> bool:
    return clock.state != State.RUNNING or clock.days_left(today) <= _NEAR or clock.warn_on is None


def _clock(one: LawClock, today: date) -> Clock:
    return Clock(
        name=one.code,
        started_by=_STARTS[one.code],
        started_on=one.starts,
        due_on=one.due,
        days_left=one.days_left(today),
        warned=one.state != State.RUNNING,
        law=one.law,
        article=one.article,
    )
