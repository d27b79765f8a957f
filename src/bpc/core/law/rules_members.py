"""Who is a member, comes in, leaves, asks to see (articles 14 to 25)."""

from datetime import date

from bpc.core.law.checks import (
    NOT_APPLICABLE,
    Family,
    Outcome,
    all_of,
    at_least,
    at_most,
    every,
    is_false,
    is_true,
    judged,
    unknown,
)
from bpc.core.law.creation_file import CreationFile
from bpc.core.law.delays import in_time, last_day
from bpc.core.law.membership import (
    Admission,
    Document,
    Exclusion,
    ExitRefund,
    InformationRequest,
    OldDebt,
    Withdrawal,
)
from bpc.core.law.parameters import Provision

FOUNDERS = Family(CreationFile)
ADMISSIONS = Family(Admission)
WITHDRAWALS = Family(Withdrawal)
EXCLUSIONS = Family(Exclusion)
EXIT_REFUNDS = Family(ExitRefund)
OLD_DEBTS = Family(OldDebt)
REQUESTS = Family(InformationRequest)


@FOUNDERS.check("min_members", "members")
def check_min_members(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Five members at least, at the creation and always (art. 14)."""
    return at_least("founders", len(file.founders) or None, rule.whole("members"))


@FOUNDERS.check("double_membership")
def check_double_membership(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Nobody belongs to two cooperatives of the same object in the same area (art. 16)."""
    answers = {one.key: _not(one.same_object_elsewhere) for one in file.founders}
    return every("founders", "same_object_elsewhere", answers)


@FOUNDERS.check("founders_in_the_trade", rule="admission")
def check_founders_in_the_trade(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Each founder is active in the field of the cooperative (art. 15 and 16)."""
    return every("founders", "in_the_trade", {one.key: one.in_the_trade for one in file.founders})


@FOUNDERS.check("withdrawal_in_statutes", "notice_months", "answer_days", rule="withdrawal_notice")
def check_withdrawal_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes leave the two months of notice, and answer in twenty days or sooner (art. 18 and 19)."""
    notice, answer = file.choices.withdrawal_notice_months, file.choices.withdrawal_answer_days
    return all_of(
        at_least("choices.withdrawal_notice_months", notice, rule.whole("notice_months")),
        at_most("choices.withdrawal_answer_days", answer, rule.whole("answer_days")),
    )


@FOUNDERS.check("refund_exit_in_statutes", "postponed_years", rule="refund_exit")
def check_refund_exit_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Shares of who leaves are given back within five years (art. 21)."""
    years = file.choices.exit_refund_years
    return at_most("choices.exit_refund_years", years, rule.whole("postponed_years"))


@FOUNDERS.check("exclusion_in_statutes", rule="exclusion")
def check_exclusion_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Only an extraordinary assembly puts a member out (art. 20)."""
    return is_true("choices.exclusion_by_extraordinary", file.choices.exclusion_by_extraordinary)


@ADMISSIONS.check("admission")
def check_admission(asked: Admission, rule: Provision, on: date) -> Outcome:
    """Asked in writing, by someone of the trade, and voted by the next ordinary assembly (art. 15 and 16)."""
    return all_of(
        is_true("in_writing", asked.in_writing),
        is_true("in_the_trade", asked.in_the_trade),
        is_false("same_object_elsewhere", asked.same_object_elsewhere),
        is_true("voted_by_next_ordinary", asked.voted_by_next_ordinary),
    )


@WITHDRAWALS.check("withdrawal_notice", "notice_months")
def check_withdrawal_notice(asked: Withdrawal, rule: Provision, on: date) -> Outcome:
    """Asked by registered letter, two months before the year ends or sooner (art. 18)."""
    if asked.asked_on is None or asked.year_ends_on is None:
        in_time = unknown(*(name for name in ("asked_on", "year_ends_on") if getattr(asked, name) is None))
    else:
        limit = last_day(asked.year_ends_on, rule, "notice_months", backward=True)
        in_time = judged(asked.asked_on <= limit, "asked_on", found=asked.asked_on, at_most=limit)
    return all_of(is_true("registered_letter", asked.registered_letter), in_time)


@EXCLUSIONS.check("exclusion", "notice_days")
def check_exclusion(one: Exclusion, rule: Provision, on: date) -> Outcome:
    """Decided by the extraordinary assembly, and told to the member within fifteen days (art. 20)."""
    if one.decided_on is None:
        told = unknown("decided_on")
    else:
        limit = last_day(one.decided_on, rule, "notice_days")
        told = in_time("notified_on", one.notified_on, limit, on)
    return all_of(is_true("by_extraordinary", one.by_extraordinary), told)


@EXCLUSIONS.check("default_payment", "after_months")
def check_default_payment(one: Exclusion, rule: Provision, on: date) -> Outcome:
    """For unpaid shares, not before three months after the formal demand (art. 26 and 20)."""
    if one.for_unpaid_shares is None:
        return unknown("for_unpaid_shares")
    if not one.for_unpaid_shares:
        return NOT_APPLICABLE
    if one.payment_demanded_on is None or one.decided_on is None:
        return unknown(
            *(name for name in ("payment_demanded_on", "decided_on") if getattr(one, name) is None)
        )
    limit = last_day(one.payment_demanded_on, rule, "after_months")
    return judged(one.decided_on >= limit, "decided_on", found=one.decided_on, at_least=limit)


@EXIT_REFUNDS.check("refund_exit", "after_assembly_days", "postponed_years")
def check_refund_exit(one: ExitRefund, rule: Provision, on: date) -> Outcome:
    """Without interest, fifteen days after the next ordinary assembly; when put off, five years at most (art. 21)."""
    start, name = (one.left_on, "left_on") if one.postponed else (one.assembly_on, "assembly_on")
    if one.postponed is None or start is None:
        paid = unknown("postponed" if one.postponed is None else name)
    else:
        limit = last_day(start, rule, "postponed_years" if one.postponed else "after_assembly_days")
        paid = in_time("paid_on", one.paid_on, limit, on)
    return all_of(at_most("interest", one.interest, 0), paid)


@OLD_DEBTS.check("exmember_liability", "liable_years")
def check_exmember_liability(debt: OldDebt, rule: Provision, on: date) -> Outcome:
    """A former member may be asked for debts older than the leaving, during five years (art. 22)."""
    missing = tuple(name for name in ("left_on", "arose_on", "claimed_on") if getattr(debt, name) is None)
    if debt.left_on is None or debt.arose_on is None or debt.claimed_on is None:
        return unknown(*missing)
    limit = last_day(debt.left_on, rule, "liable_years")
    return all_of(
        judged(debt.arose_on <= debt.left_on, "arose_on", left_on=debt.left_on),
        judged(debt.claimed_on <= limit, "claimed_on", found=debt.claimed_on, at_most=limit),
    )


@REQUESTS.check("information_right", "accounts_years")
def check_information_right(asked: InformationRequest, rule: Provision, on: date) -> Outcome:
    """What a member may see is not refused: three years of accounts, copies but of the inventory (art. 25)."""
    if asked.document is None or asked.copy is None or asked.years_ago is None:
        return unknown(*(name for name in ("document", "copy", "years_ago") if getattr(asked, name) is None))
    old = asked.document != Document.MEMBER_REGISTER and asked.years_ago > rule.whole("accounts_years")
    if old or (asked.copy and asked.document == Document.INVENTORY):
        return NOT_APPLICABLE
    return is_true("granted", asked.granted)


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
