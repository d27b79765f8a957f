"""Trade with others, the financial year, the surplus as statutes share it (articles 6, 47, 57, 68 to 72, 82 and 84)."""

from datetime import date, timedelta
from fractions import Fraction

from bpc.core.law.checks import (
    NOT_APPLICABLE,
    Family,
    Outcome,
    Verdict,
    all_of,
    at_least,
    at_most,
    exactly,
    is_false,
    is_true,
    judged,
    unknown,
)
from bpc.core.law.creation_file import CreationFile, LeftoverTo, Management, RefundBasis
from bpc.core.law.delays import in_time, last_day, plus_months
from bpc.core.law.financial_year import FinancialYear
from bpc.core.law.parameters import Provision

MONEY = Family(CreationFile)
YEARS = Family(FinancialYear)


@MONEY.check("exclusivity_in_statutes", rule="exclusivity")
def check_exclusivity_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes do not open trade with non-members from the first day (art. 6)."""
    if file.choices.third_party_trade is None:
        return unknown("choices.third_party_trade")
    if not file.choices.third_party_trade:
        return NOT_APPLICABLE
    return is_false("choices.third_party_at_once", file.choices.third_party_at_once)


@MONEY.check("third_party_limit_in_statutes", "most", rule="third_party_limit")
def check_third_party_limit_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes allow 30 % with non-members at most (art. 6)."""
    if file.choices.third_party_trade is None:
        return unknown("choices.third_party_trade")
    if not file.choices.third_party_trade:
        return NOT_APPLICABLE
    return at_most("choices.third_party_share", file.choices.third_party_share, rule.number("most"))


@MONEY.check("financial_year_in_statutes", "months", rule="financial_year")
def check_financial_year_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A year of twelve months, with its day of closing told (art. 5 and 68)."""
    closing = unknown("choices.year_end") if file.choices.year_end is None else NOT_APPLICABLE
    return all_of(exactly("choices.year_months", file.choices.year_months, rule.whole("months")), closing)


@MONEY.check("legal_reserve_in_statutes", "rate", "until", rule="legal_reserve")
def check_legal_reserve_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A tenth of the surplus to the legal reserve until it equals the capital, or more (art. 69)."""
    choices = file.choices
    return all_of(
        at_least("choices.legal_reserve_rate", choices.legal_reserve_rate, rule.number("rate")),
        at_least("choices.legal_reserve_until", choices.legal_reserve_until, rule.number("until")),
    )


@MONEY.check("patronage_refund_in_statutes", rule="patronage_refund")
def check_patronage_refund_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A surplus goes back by operations or by work, not by shares nor equally (art. 2 and 69)."""
    basis = file.choices.refund_basis
    if basis is None:
        return unknown("choices.refund_basis")
    return judged(basis in (RefundBasis.OPERATIONS, RefundBasis.WORK), "choices.refund_basis")


@MONEY.check("reserves_indivisible")
def check_reserves_indivisible(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Reserves are never shared between members (art. 2)."""
    return is_false("choices.reserves_shared", file.choices.reserves_shared)


@MONEY.check("leftover_in_statutes", rule="liquidation_balance")
def check_leftover_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """What liquidation leaves goes to cooperatives, a union or the federation, never to members (art. 84)."""
    chosen = file.choices.leftover_to
    if chosen is None:
        return unknown("choices.leftover_to")
    return judged(chosen is not LeftoverTo.MEMBERS, "choices.leftover_to")


@YEARS.check("exclusivity", "first_years")
def check_exclusivity(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """No trade with non-members before a year of registration (art. 6)."""
    if year.registered_on is None or year.ends_on is None:
        return unknown(*(name for name in ("registered_on", "ends_on") if getattr(year, name) is None))
    if year.ends_on > last_day(year.registered_on, rule, "first_years"):
        return NOT_APPLICABLE
    return at_most("third_party_trade", year.third_party_trade, 0)


@YEARS.check("third_party_limit", "most")
def check_third_party_limit(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """30 % at most of what was done with members in the last closed year, unless authorised (art. 6)."""
    if year.third_party_trade == 0:
        return judged(True, "third_party_trade")
    if year.third_party_trade is None or year.member_base is None:
        fields = ("third_party_trade", "member_base")
        return unknown(*(name for name in fields if getattr(year, name) is None))
    within = at_most(
        "third_party_trade", year.third_party_trade, Fraction(year.member_base) * rule.number("most")
    )
    if within.verdict is not Verdict.UNMET:
        return within
    if year.derogation is None:
        return unknown("derogation", **within.values)
    return NOT_APPLICABLE if year.derogation else within


@YEARS.check("third_party_accounts")
def check_third_party_accounts(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """What is done with non-members has statements of its own (art. 71)."""
    if year.third_party_trade is None:
        return unknown("third_party_trade")
    if year.third_party_trade == 0:
        return NOT_APPLICABLE
    return is_true("separate_statements", year.separate_statements)


@YEARS.check("financial_year", "months")
def check_financial_year(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """Twelve months; the first, the last and one whose closing moves may be shorter (art. 68)."""
    if year.starts_on is None or year.ends_on is None:
        return unknown(*(name for name in ("starts_on", "ends_on") if getattr(year, name) is None))
    full = plus_months(year.starts_on, rule.whole("months")) - timedelta(days=1)
    if year.ends_on == full:
        return judged(True, "ends_on", found=year.ends_on, expected=full)
    if year.shortened is None:
        return unknown("shortened", found=year.ends_on, expected=full)
    return judged(year.shortened and year.ends_on < full, "ends_on", found=year.ends_on, expected=full)


@YEARS.check("board_mandatory", "turnover_mad", "consecutive_years", "over_members")
def check_board_mandatory(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """A board beyond five million MAD two years in a row, or beyond fifty members at the closing (art. 47)."""
    crowded = (
        None if year.members_at_closing is None else year.members_at_closing > rule.whole("over_members")
    )
    rich = _over(year, rule)
    if not crowded and not rich:
        if crowded is None or rich is None:
            return unknown("members_at_closing" if crowded is None else "turnovers")
        return NOT_APPLICABLE
    if year.management is None:
        return unknown("management")
    members = year.members_at_closing
    return judged(year.management is Management.BOARD, "management", members=members, turnover=_latest(year))


@YEARS.check("board_meetings", "meetings")
def check_board_meetings(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """The board met twice at least (art. 57)."""
    if year.management is None:
        return unknown("management")
    if year.management is Management.MANAGERS:
        return NOT_APPLICABLE
    return at_least("board_meetings", year.board_meetings, rule.whole("meetings"))


@YEARS.check("auditor_mandatory", "turnover_mad", "consecutive_years")
def check_auditor_mandatory(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """An auditor beyond ten million MAD two years in a row (art. 72)."""
    rich = _over(year, rule)
    if rich is None:
        return unknown("turnovers")
    if not rich:
        return NOT_APPLICABLE
    return is_true("has_auditor", year.has_auditor)


@YEARS.check("net_worth_alert", "ratio", "assembly_months")
def check_net_worth_alert(year: FinancialYear, rule: Provision, on: date) -> Outcome:
    """Below a quarter of the capital, an extraordinary assembly meets within three months of the approval (art. 82)."""
    if year.net_worth is None or year.capital is None:
        return unknown(*(name for name in ("net_worth", "capital") if getattr(year, name) is None))
    if Fraction(year.net_worth) >= Fraction(year.capital) * rule.number("ratio"):
        return NOT_APPLICABLE
    if year.accounts_approved_on is None:
        return unknown("accounts_approved_on")
    limit = last_day(year.accounts_approved_on, rule, "assembly_months")
    return in_time("net_worth_assembly_on", year.net_worth_assembly_on, limit, on)


def _over(year: FinancialYear, rule: Provision) -> bool | None:
    """Whether turnover was above the limit so many years in a row; None while too few years are known to say."""
    needed, limit = rule.whole("consecutive_years"), rule.number("turnover_mad")
    known = [Fraction(turnover) > limit for turnover in year.turnovers[:needed]]
    if False in known:
        return False
    return True if len(known) == needed else None


def _latest(year: FinancialYear) -> Fraction | None:
    return Fraction(year.turnovers[0]) if year.turnovers else None
