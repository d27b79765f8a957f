"""The days of a yearly assembly counted from the day chosen, and how many members each call needs."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from bpc.core.law.delays import last_day
from bpc.core.law.parameters import Law, Provision


@dataclass(frozen=True, slots=True)
class AssemblyPlan:
    """Last days: to call it, to send the accounts, to file the list of members and the accounts, to hold it.

    What rests on a day nobody told is None.
    """

    call_by: date | None
    documents_by: date | None
    member_list_by: date | None
    hold_by: date | None
    accounts_filed_by: date | None


def plan_assembly(
    law: Law, *, call: int, held_on: date | None, called_on: date | None, year_closed_on: date | None
) -> AssemblyPlan:
    """The delays of articles 17, 40, 41 and 68 around an assembly at its first, second or third call.

    Raises NoFigure, and ValueError for a call that is none of the three.

    >>> from fractions import Fraction
    >>> days = {"first_days": Fraction(15), "next_days": Fraction(10)}
    >>> law = Law([Provision("ag_notice", "112-12", "40", days),
    ...     Provision("docs_to_members", "112-12", "68", {"members_days": Fraction(15)}),
    ...     Provision("deposit_accounts", "112-12", "68", {"coop_days": Fraction(30)})])
    >>> plan_assembly(law, call=1, held_on=date(2028, 3, 20), called_on=None, year_closed_on=None).call_by
    datetime.date(2028, 3, 5)
    """
    if call not in (1, 2, 3):
        raise ValueError("a first, second or third call")
    notice = "first_days" if call == 1 else "next_days"
    return AssemblyPlan(
        None if held_on is None else last_day(held_on, law["ag_notice"], notice, backward=True),
        None if held_on is None else last_day(held_on, law["docs_to_members"], "members_days", backward=True),
        None if called_on is None else last_day(called_on, law["member_register"], "list_days"),
        None if year_closed_on is None else last_day(year_closed_on, law["ago_deadline"], "hold_months"),
        None if held_on is None else last_day(held_on, law["deposit_accounts"], "coop_days"),
    )


def members_needed(rule: Provision, members: int) -> tuple[int, ...]:
    """How many must be there or represented at each call, so many being members (art. 43); rounded up.

    >>> from fractions import Fraction
    >>> figures = {"quorums": (Fraction(1, 2), Fraction(1, 4), Fraction(1, 10)), "least_persons": Fraction(2),
    ...     "small_up_to_members": Fraction(20)}
    >>> members_needed(Provision("ago_quorum", "112-12", "43-I", figures), 7)
    (4, 2, 2)
    """
    needed = [ceil(quorum * members) for quorum in rule.numbers("quorums")]
    if members <= rule.whole("small_up_to_members"):
        needed[-1] = max(needed[-1], rule.whole("least_persons"))
    return tuple(needed)
