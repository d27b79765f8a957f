"""The yearly assembly of a file: its legal days, its quorum, and what the law finds in it."""

from collections.abc import Sequence
from datetime import date

from bpc.core.law.assembly import Assembly, AssemblyKind, Summons
from bpc.core.law.assembly_plan import AssemblyPlan, members_needed, plan_assembly
from bpc.core.law.findings import Finding, check_record
from bpc.datasets.law_rules import read_law
from bpc.portal.founding.answers import Answers, value_of, value_or_assumed
from bpc.portal.founding.models import FoundingMember
from bpc.portal.founding.sharing import current_members

#: What the file says enough of to be judged.
_JUDGED = ("ag_notice", "ago_deadline", "ago_quorum")


def plan_of(answers: Answers) -> AssemblyPlan:
    """The last days around the assembly as it is planned."""
    return plan_assembly(
        read_law(), call=value_or_assumed(answers, "assembly_call"), held_on=value_of(answers, "assembly_on"),
        called_on=value_of(answers, "assembly_convened_on"), year_closed_on=value_of(answers, "year_closed_on"),
    )  # fmt: skip


def members_of(answers: Answers, members: Sequence[FoundingMember]) -> int:
    """How many members: as told, else as the file lists those who have not left."""
    told = value_of(answers, "members_now")
    return len(current_members(members)) if told is None else int(told)


def quorums_of(answers: Answers, members: Sequence[FoundingMember]) -> tuple[int, ...]:
    """Members needed at the first, second and third call."""
    return members_needed(read_law()["ago_quorum"], members_of(answers, members))


def assembly_findings(
    answers: Answers, members: Sequence[FoundingMember], today: date
) -> tuple[Finding, ...]:
    """What the law finds in the assembly; nothing before its day is chosen."""
    held = value_of(answers, "assembly_on")
    if held is None:
        return ()
    record = Assembly(
        kind=AssemblyKind.ORDINARY, call=value_or_assumed(answers, "assembly_call"), annual=True, held_on=held,
        called_on=value_of(answers, "assembly_convened_on"), year_closed_on=value_of(answers, "year_closed_on"),
        members=members_of(answers, members), present=value_of(answers, "members_present"),
        summons=frozenset({Summons.REGISTERED_LETTER}),  # as our notice says it is sent
    )  # fmt: skip
    return tuple(one for one in check_record(record, read_law(), today) if one.code in _JUDGED)
