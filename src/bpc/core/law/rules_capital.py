"""Shares and capital (articles 7, 8 and 26 to 32)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from bpc.core.law.checks import (
    NOT_APPLICABLE,
    Family,
    Outcome,
    all_of,
    at_least,
    at_most,
    between,
    every,
    exactly,
    is_true,
    judged,
    unknown,
)
from bpc.core.law.creation_file import CreationFile, Founder, Person
from bpc.core.law.delays import in_time, last_day
from bpc.core.law.events import Event
from bpc.core.law.membership import CapitalRefund, ShareTransfer
from bpc.core.law.parameters import Provision

CAPITAL = Family(CreationFile)
TRANSFERS = Family(ShareTransfer)
CAPITAL_REFUNDS = Family(CapitalRefund)


def subscribed(file: CreationFile) -> Decimal | None:
    """MAD subscribed by all founders, in cash and in kind; None while a founder's shares or their value are not known.

    >>> from bpc.core.law.creation_file import StatutesChoices
    >>> choices = StatutesChoices(share_value=Decimal(100))
    >>> subscribed(CreationFile(founders=(Founder("a", shares=3), Founder("b", shares=2)), choices=choices))
    Decimal('500')
    """
    value = file.choices.share_value
    shares = [one.shares for one in file.founders]
    if value is None or not shares or None in shares:
        return None
    return sum(count for count in shares if count is not None) * value


@CAPITAL.check("capital_min", "mad")
def check_capital_min(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A capital of 1,000 MAD at least (art. 26): the one of the statutes, else what is subscribed."""
    capital = file.choices.capital if file.choices.capital is not None else subscribed(file)
    return at_least("choices.capital", capital, rule.number("mad"))


@CAPITAL.check("share_min", "mad")
def check_share_min(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A share of 100 MAD at least (art. 26)."""
    return at_least("choices.share_value", file.choices.share_value, rule.number("mad"))


@CAPITAL.check("capital_subscribed", "subscribed", rule="capital_subscription")
def check_capital_subscribed(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Shares subscribed make the whole capital; each founder has one at least, or what statutes ask (art. 7, 26)."""
    asked = file.choices.minimum_shares
    least = max(asked or 0, 1)
    held = {one.key: None if one.shares is None else one.shares >= least for one in file.founders}
    total, capital = subscribed(file), file.choices.capital
    if capital is None or file.choices.share_value is None:
        whole = unknown("choices.capital" if capital is None else "choices.share_value")
    else:
        expected = Fraction(capital) * rule.number("subscribed")
        whole = NOT_APPLICABLE if total is None else exactly("choices.capital", total, expected)
    minimum = unknown("choices.minimum_shares") if asked is None else NOT_APPLICABLE
    return all_of(whole, minimum, every("founders", "shares", held))


@CAPITAL.check("capital_paid", "paid_at_start", rule="capital_subscription")
def check_capital_paid(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Each founder paid a quarter at least of what is subscribed in cash (art. 26)."""
    value, part = file.choices.share_value, rule.number("paid_at_start")
    if value is None or not file.founders:
        return unknown("choices.share_value" if value is None else "founders")
    return all_of(*(_payment(one, value, part) for one in file.founders))


@CAPITAL.check("capital_balance_in_statutes", "balance_years", rule="capital_balance_delay")
def check_capital_balance(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes ask the rest of the shares within three years (art. 26)."""
    return at_most("choices.balance_years", file.choices.balance_years, rule.whole("balance_years"))


@CAPITAL.check("natural_persons_share", "least")
def check_natural_persons_share(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Natural persons hold 65 % of the capital at least (art. 26), judged as soon as the unknown cannot change it."""
    missing = tuple(f"founders[{one.key}].shares" for one in file.founders if one.shares is None)
    total = sum(one.shares or 0 for one in file.founders)
    if missing or not total:
        return unknown(*(missing or ("founders",)))
    natural = Fraction(_held(file, Person.NATURAL), total)
    perhaps = natural + Fraction(_held(file, None), total)
    least = rule.number("least")
    if natural < least <= perhaps:
        return unknown(*(f"founders[{one.key}].person" for one in file.founders if one.person is None))
    return at_least("founders", natural, least)


@CAPITAL.check("in_kind")
def check_in_kind(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Goods are valued by a sworn expert, and wholly handed over (art. 27)."""
    missing = tuple(f"founders[{one.key}].in_kind" for one in file.founders if one.in_kind is None)
    bringing = [one for one in file.founders if one.in_kind]
    if not bringing:
        return unknown(*(missing or ("founders",))) if missing or not file.founders else NOT_APPLICABLE
    return all_of(
        every("founders", "expert_report", {one.key: one.expert_report for one in bringing}),
        every("founders", "in_kind_released", {one.key: one.in_kind_released for one in bringing}),
        *(unknown(path) for path in missing),
    )


@CAPITAL.check("funds_deposit", "deposit_days")
def check_funds_deposit(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Funds received are put on a blocked account within five days (art. 8)."""
    received = file.events.get(Event.FUNDS_RECEIVED)
    if received is None:
        return unknown("events.funds_received")
    limit = last_day(received, rule, "deposit_days")
    return in_time("events.funds_deposited", file.events.get(Event.FUNDS_DEPOSITED), limit, on)


@CAPITAL.check("capital_floor_in_statutes", "floor", rule="capital_variable")
def check_capital_floor(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes keep the capital above three quarters of its highest (art. 30)."""
    return at_least("choices.capital_floor", file.choices.capital_floor, rule.number("floor"))


@CAPITAL.check("share_interest")
def check_share_interest(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Interest, where statutes want it, is only for shares wholly paid (art. 31)."""
    if file.choices.share_interest is None:
        return unknown("choices.share_interest")
    if not file.choices.share_interest:
        return NOT_APPLICABLE
    return is_true("choices.share_interest_on_paid_only", file.choices.share_interest_on_paid_only)


@CAPITAL.check("member_liability", "least", "most")
def check_member_liability(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Members answer for their shares, or for up to five times their shares when statutes say so (art. 32)."""
    times = file.choices.liability_times
    return between("choices.liability_times", times, rule.number("least"), rule.number("most"))


@TRANSFERS.check("share_transfer")
def check_share_transfer(one: ShareTransfer, rule: Provision, on: date) -> Outcome:
    """Agreed by the board or manager, validated by the next assembly, entered in the register (art. 28)."""
    return all_of(
        is_true("agreed_by_management", one.agreed_by_management),
        is_true("validated_by_next_assembly", one.validated_by_next_assembly),
        is_true("entered_in_register", one.entered_in_register),
    )


@CAPITAL_REFUNDS.check("capital_variable", "floor")
def check_capital_variable(one: CapitalRefund, rule: Provision, on: date) -> Outcome:
    """Giving shares back leaves three quarters of the highest capital ever reached (art. 30)."""
    if one.highest_capital is None:
        return unknown("highest_capital")
    return at_least("capital_after", one.capital_after, Fraction(one.highest_capital) * rule.number("floor"))


def _payment(founder: Founder, value: Decimal, part: Fraction) -> Outcome:
    """Whether one founder paid the part due of what is subscribed in cash; nothing is due on shares all in kind."""
    cash, path = founder.cash_subscribed(value), f"founders[{founder.key}]"
    if cash is not None and cash <= 0:
        return judged(True, f"{path}.cash_paid")
    missing = [name for name in ("shares", "in_kind", "cash_paid") if getattr(founder, name) is None]
    if cash is None or founder.cash_paid is None:
        return unknown(*(f"{path}.{name}" for name in missing), who=(founder.key,))
    if Fraction(founder.cash_paid) >= Fraction(cash) * part:
        return judged(True, f"{path}.cash_paid")
    return judged(False, f"{path}.cash_paid", who=(founder.key,))


def _held(file: CreationFile, person: Person | None) -> int:
    return sum(one.shares or 0 for one in file.founders if one.person == person)
