"""Legal delays as clocks: from the dated facts of one case to the last day, the day to warn, and where it stands.

One case at a time: the creation, one year's accounts, one withdrawal. A delay counts from the day after the fact that
starts it, in calendar days, its last day included (`delays`). Sources: law 112-12 and decree 2-15-617, each clock with
its article; the figures come from `data/law/rules.yaml`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bpc.core.law.delays import last_day
from bpc.core.law.events import Event
from bpc.core.law.names import NAME_RULE, extension_window, name_valid_until
from bpc.core.law.parameters import Law, Provision


class Ends(StrEnum):
    """What the last day means."""

    DUTY = "duty"  # something is late after it
    RIGHT = "right"  # something can no longer be done after it
    CONSENT = "consent"  # silence until it is an agreement
    RELEASE = "release"  # something may be done, or is no longer owed, after it


class State(StrEnum):
    """Where a clock stands on a day."""

    WAITING = "waiting"  # its window is not open yet
    RUNNING = "running"
    WARNING = "warning"
    DONE = "done"
    DONE_LATE = "done_late"
    OVER = "over"  # its last day has passed


@dataclass(frozen=True, slots=True)
class Delay:
    """A delay the law knows: which rule and figure, what starts it, what answers it.

    `backward`: its last day lies so long before the fact.
    """

    code: str
    rule: str
    figure: str
    starts: Event
    answers: tuple[Event, ...]
    ends: Ends = Ends.DUTY
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A delay that a fact started: `starts` the day of that fact, `due` the last day, `done_on` the day of the answer.

    `opens` is the first day, where acting before it counts for nothing. `warn_on` is our choice, None without one.
    """

    code: str
    rule: str
    law: str
    article: str
    ends: Ends
    starts: date
    due: date
    state: State
    opens: date | None = None
    warn_on: date | None = None
    done_on: date | None = None

    def days_left(self, on: date) -> int:
        """Days from a day to the last, negative once it has passed."""
        return (self.due - on).days


E_ = Event  # short, for a table to be read as one
DELAYS: tuple[Delay, ...] = (
    Delay("name_answer", "name_request", "answer_days", E_.NAME_REQUESTED, (E_.NAME_APPROVED,)),
    Delay("funds_deposit", "funds_deposit", "deposit_days", E_.FUNDS_RECEIVED, (E_.FUNDS_DEPOSITED,)),
    Delay(
        "central_register", "central_register", "clerk_days", E_.REGISTERED, (E_.SENT_TO_CENTRAL_REGISTER,)
    ),
    Delay("sector_notice", "sector_notice", "notice_days", E_.REGISTERED, (E_.SECTOR_NOTIFIED,)),
    Delay("tax_declaration", "tax_declaration", "declare_days", E_.REGISTERED, (E_.TAX_DECLARED,)),
    Delay("cnss_affiliation", "cnss_affiliation", "join_days", E_.FIRST_HIRING, (E_.CNSS_JOINED,)),
    Delay(
        "shares_balance", "capital_balance_delay", "balance_years", E_.REGISTERED, (E_.CAPITAL_FULLY_PAID,)
    ),
    Delay(
        "increase_balance",
        "capital_balance_delay",
        "balance_years",
        E_.CAPITAL_INCREASED,
        (E_.CAPITAL_FULLY_PAID,),
    ),
    Delay("strike_off_never_started", "strike_off", "inactive_years", E_.REGISTERED, (E_.ACTIVITY_STARTED,)),
    Delay(
        "documents_to_auditor",
        "docs_to_members",
        "auditor_days",
        E_.ORDINARY_ASSEMBLY_PLANNED,
        (E_.DOCUMENTS_TO_AUDITOR,),
        backward=True,
    ),
    Delay(
        "documents_to_members",
        "docs_to_members",
        "members_days",
        E_.ORDINARY_ASSEMBLY_PLANNED,
        (E_.DOCUMENTS_TO_MEMBERS,),
        backward=True,
    ),
    Delay("member_list", "member_register", "list_days", E_.ASSEMBLY_CALLED, (E_.MEMBER_LIST_FILED,)),
    Delay("ordinary_assembly", "ago_deadline", "hold_months", E_.YEAR_CLOSED, (E_.ORDINARY_ASSEMBLY_HELD,)),
    Delay(
        "accounts_filing", "deposit_accounts", "coop_days", E_.ORDINARY_ASSEMBLY_HELD, (E_.ACCOUNTS_FILED,)
    ),
    Delay(
        "accounts_transmission",
        "deposit_accounts",
        "clerk_days",
        E_.ACCOUNTS_FILED,
        (E_.ACCOUNTS_TRANSMITTED,),
    ),
    Delay("modifying_entry", "modifying_entry", "entry_days", E_.CHANGE_DECIDED, (E_.CHANGE_ENTERED,)),
    Delay(
        "sector_notice_of_change",
        "sector_notice",
        "notice_days",
        E_.STATUTES_CHANGED,
        (E_.CHANGE_NOTIFIED_TO_SECTOR,),
    ),
    Delay(
        "required_assembly",
        "ag_by_members",
        "call_months",
        E_.ASSEMBLY_REQUIRED_BY_MEMBERS,
        (E_.REQUIRED_ASSEMBLY_CALLED,),
    ),
    Delay(
        "withdrawal_answer",
        "withdrawal_notice",
        "answer_days",
        E_.WITHDRAWAL_ASKED,
        (E_.WITHDRAWAL_ANSWERED,),
        Ends.CONSENT,
    ),
    Delay("exclusion_notice", "exclusion", "notice_days", E_.EXCLUSION_DECIDED, (E_.EXCLUSION_NOTIFIED,)),
    Delay("payment_after_demand", "default_payment", "after_months", E_.PAYMENT_DEMANDED, (E_.PAYMENT_MADE,)),
    Delay("exit_refund", "refund_exit", "after_assembly_days", E_.EXIT_REFUND_ASSEMBLY, (E_.EXIT_REFUNDED,)),
    Delay("exit_refund_postponed", "refund_exit", "postponed_years", E_.MEMBER_LEFT, (E_.EXIT_REFUNDED,)),
    Delay("former_member_debts", "exmember_liability", "liable_years", E_.MEMBER_LEFT, (), Ends.RELEASE),
    Delay(
        "unclaimed_interest",
        "unclaimed_interest",
        "claim_years",
        E_.INTEREST_DUE,
        (E_.INTEREST_CLAIMED,),
        Ends.RIGHT,
    ),
    Delay(
        "below_minimum", "below_min_consequence", "since_months", E_.BELOW_MINIMUM_SINCE, (E_.MEMBERS_BACK,)
    ),
    Delay(
        "net_worth_assembly",
        "net_worth_alert",
        "assembly_months",
        E_.NET_WORTH_LOW_APPROVED,
        (E_.NET_WORTH_ASSEMBLY,),
    ),
    Delay(
        "auditor_challenge",
        "auditor_challenge",
        "challenge_days",
        E_.AUDITOR_NAMED,
        (E_.AUDITOR_CHALLENGED,),
        Ends.RIGHT,
    ),
    Delay(
        "derogation_complements",
        "third_party_derogation",
        "complement_days",
        E_.DEROGATION_ASKED,
        (E_.DEROGATION_COMPLEMENTS_ASKED, E_.DEROGATION_SENT_ON, E_.DEROGATION_DECIDED),
    ),
    Delay(
        "derogation_transmission",
        "third_party_derogation",
        "transmit_days",
        E_.DEROGATION_ASKED,
        (E_.DEROGATION_SENT_ON, E_.DEROGATION_DECIDED),
    ),
    Delay(
        "derogation_decision",
        "third_party_derogation",
        "decision_days",
        E_.DEROGATION_SENT_ON,
        (E_.DEROGATION_DECIDED,),
    ),
    Delay(
        "control_assembly", "odco_control", "assembly_days", E_.CONTROL_FAULT_FOUND, (E_.CONTROL_ASSEMBLY,)
    ),
    Delay("control_judge", "odco_control", "judge_months", E_.CONTROL_FAULT_FOUND, (E_.SITUATION_REPAIRED,)),
    Delay("judge_delay", "dissolution", "repair_months", E_.JUDGE_DELAY_GIVEN, (E_.SITUATION_REPAIRED,)),
    Delay("liquidators", "liquidators", "naming_days", E_.DISSOLVED, (E_.LIQUIDATORS_NAMED,)),
    Delay(
        "sector_notice_of_dissolution",
        "sector_notice",
        "notice_days",
        E_.DISSOLVED,
        (E_.DISSOLUTION_NOTIFIED,),
    ),
    Delay(
        "opponent_letter",
        "transformation",
        "letter_days",
        E_.TRANSFORMATION_DECIDED,
        (E_.OPPONENT_LETTER,),
        Ends.RIGHT,
    ),
)

#: The two clocks of the name, which are not plain delays.
NAME_CLOCKS = ("name_validity", "name_extension")
CLOCKS: tuple[str, ...] = (*NAME_CLOCKS, *(delay.code for delay in DELAYS))


def read_clocks(
    events: Mapping[Event, date], law: Law, on: date, *, extension_signed_by_all: bool | None = None
) -> tuple[Clock, ...]:
    """The clocks that the facts of one case have started, the nearest last day first. Raises NoFigure.

    A fact after `on` is not one yet, but for a planned assembly, before which papers are due.
    """
    known = {
        event: day for event, day in events.items() if day <= on or event is Event.ORDINARY_ASSEMBLY_PLANNED
    }
    clocks = [_read(delay, known, law, on) for delay in DELAYS if delay.starts in known]
    clocks += _name_clocks(known, law[NAME_RULE], on, signed_by_all=extension_signed_by_all)
    return tuple(sorted(clocks, key=lambda clock: (clock.due, clock.code)))


def _read(delay: Delay, events: Mapping[Event, date], law: Law, on: date) -> Clock:
    rule, starts = law[delay.rule], events[delay.starts]
    due = last_day(starts, rule, delay.figure, backward=delay.backward)
    answered = [events[event] for event in delay.answers if event in events]
    return _clock(delay.code, rule, delay.ends, starts, due, on, done_on=min(answered, default=None))


def _name_clocks(
    events: Mapping[Event, date], rule: Provision, on: date, *, signed_by_all: bool | None
) -> Iterator[Clock]:
    """The life of the approved name; then, once it ended unregistered, the window to extend it."""
    approved = events.get(Event.NAME_APPROVED)
    until = name_valid_until(events, rule, signed_by_all=signed_by_all)
    if approved is None or until is None:
        return
    asked = [events[event] for event in (Event.REGISTRATION_ASKED, Event.REGISTERED) if event in events]
    done_on = min(asked, default=None)
    yield _clock("name_validity", rule, Ends.RIGHT, approved, until, on, done_on=done_on)
    window = extension_window(approved, rule)
    if done_on is not None and done_on < window.opens:
        return
    extended = events.get(Event.NAME_EXTENSION_ASKED)
    heard = extended if extended is not None and signed_by_all and window.holds(extended) else None
    yield _clock(
        "name_extension", rule, Ends.RIGHT, approved, window.closes, on, opens=window.opens, done_on=heard
    )


def _clock(
    code: str,
    rule: Provision,
    ends: Ends,
    starts: date,
    due: date,
    on: date,
    *,
    opens: date | None = None,
    done_on: date | None = None,
) -> Clock:
    warn_on = None if rule.warn_days is None else max(due - timedelta(days=rule.warn_days), opens or date.min)
    if done_on is not None:
        state = State.DONE if done_on <= due else State.DONE_LATE
    elif on > due:
        state = State.OVER
    elif opens is not None and on < opens:
        state = State.WAITING
    else:
        state = State.WARNING if warn_on is not None and on >= warn_on else State.RUNNING
    return Clock(code, rule.rule, rule.law, rule.article, ends, starts, due, state, opens, warn_on, done_on)
