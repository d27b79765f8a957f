"""What can end a cooperative, and what joins several (articles 13, 17, 80 to 92 and 108)."""

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
from bpc.core.law.cooperative import Cooperative, Liquidation, Transformation, Union
from bpc.core.law.creation_file import LeftoverTo
from bpc.core.law.delays import last_day, plus_months
from bpc.core.law.parameters import Provision

LIFE = Family(Cooperative)
TRANSFORMATIONS = Family(Transformation)
LIQUIDATIONS = Family(Liquidation)
UNIONS = Family(Union)


@LIFE.check("below_min_consequence", "members", "since_months")
def check_below_min_consequence(coop: Cooperative, rule: Provision, on: date) -> Outcome:
    """Fewer than five members for more than a year: the judge may strike off or dissolve (art. 13 and 82)."""
    if coop.members is None:
        return unknown("members")
    if coop.members >= rule.whole("members"):
        return judged(True, "members", found=coop.members, at_least=rule.whole("members"))
    if coop.below_minimum_since is None:
        return unknown("below_minimum_since")
    limit = last_day(coop.below_minimum_since, rule, "since_months")
    return judged(on <= limit, "below_minimum_since", found=coop.members, at_most=limit)


@LIFE.check("member_register")
def check_member_register(coop: Cooperative, rule: Provision, on: date) -> Outcome:
    """A register of members numbered by the court, and up to date (art. 17)."""
    return all_of(
        is_true("member_register_numbered", coop.member_register_numbered),
        is_true("member_register_up_to_date", coop.member_register_up_to_date),
    )


@LIFE.check("strike_off", "inactive_years")
def check_strike_off(coop: Cooperative, rule: Provision, on: date) -> Outcome:
    """Two years without starting, or without activity, or statutes against the law (art. 13)."""
    if coop.started is None:
        activity = unknown("started")
    elif not coop.started:
        activity = _not_too_long("registered_on", coop.registered_on, rule, on)
    elif not coop.idle:
        activity = is_false("idle", coop.idle)
    else:
        activity = _not_too_long("idle_since", coop.idle_since, rule, on)
    return all_of(activity, is_true("statutes_conform", coop.statutes_conform))


@LIFE.check("dissolution")
def check_dissolution(coop: Cooperative, rule: Provision, on: date) -> Outcome:
    """The term of the statutes is not over (art. 82)."""
    if coop.registered_on is None or coop.duration_years is None:
        return unknown(*(name for name in ("registered_on", "duration_years") if getattr(coop, name) is None))
    end = plus_months(coop.registered_on, 12 * coop.duration_years)
    return judged(on <= end, "duration_years", at_most=end)


@LIFE.check("entry_into_force", "in_force_on", "conform_by")
def check_entry_into_force(coop: Cooperative, rule: Provision, on: date) -> Outcome:
    """A cooperative older than the law brought its statutes in line by 31 December 2019 (art. 108, law 74-16)."""
    if coop.registered_on is None:
        return unknown("registered_on")
    if coop.registered_on >= rule.day("in_force_on"):
        return NOT_APPLICABLE
    limit = rule.day("conform_by")
    if coop.statutes_conform is False:
        return judged(False, "statutes_conform", at_most=limit)
    if coop.conformed_on is None:
        return unknown("conformed_on", at_most=limit)
    return judged(coop.conformed_on <= limit, "conformed_on", found=coop.conformed_on, at_most=limit)


@TRANSFORMATIONS.check("transformation", "letter_days")
def check_transformation(one: Transformation, rule: Provision, on: date) -> Outcome:
    """By an extraordinary assembly, the authority told; who objects writes within eight days (art. 80)."""
    if not one.opponent:
        letter = unknown("opponent") if one.opponent is None else NOT_APPLICABLE
    elif one.decided_on is None or one.opponent_wrote_on is None:
        letter = unknown(
            *(name for name in ("decided_on", "opponent_wrote_on") if getattr(one, name) is None)
        )
    else:
        limit = last_day(one.decided_on, rule, "letter_days")
        wrote = one.opponent_wrote_on
        letter = judged(wrote <= limit, "opponent_wrote_on", found=wrote, at_most=limit)
    return all_of(
        is_true("by_extraordinary", one.by_extraordinary),
        is_true("authority_told", one.authority_told),
        letter,
    )


@LIQUIDATIONS.check("liquidation_balance")
def check_liquidation_balance(one: Liquidation, rule: Provision, on: date) -> Outcome:
    """What is left goes to cooperatives, a union or the federation, never to members (art. 84)."""
    if one.leftover is None:
        return unknown("leftover")
    if one.leftover <= 0:
        return NOT_APPLICABLE
    if one.leftover_to is None:
        return unknown("leftover_to")
    return judged(one.leftover_to is not LeftoverTo.MEMBERS, "leftover_to", leftover=one.leftover)


@UNIONS.check("union_min", "cooperatives")
def check_union_min(union: Union, rule: Provision, on: date) -> Outcome:
    """Three cooperatives at least, of like or matching objects (art. 85)."""
    return all_of(
        at_least("members", len(union.members) or None, rule.whole("cooperatives")),
        is_true("related_objects", union.related_objects),
    )


@UNIONS.check("union_rules")
def check_union_rules(union: Union, rule: Provision, on: date) -> Outcome:
    """It has a board, and works for its cooperatives alone (art. 86 to 92)."""
    return all_of(is_true("has_board", union.has_board), is_false("works_for_others", union.works_for_others))


@UNIONS.check("union_votes", "least_votes", "most", "over_members")
def check_union_votes(union: Union, rule: Provision, on: date) -> Outcome:
    """One vote each at least; beyond three cooperatives, none has more than two fifths (art. 89)."""
    least = rule.whole("least_votes")
    votes = {one.key: None if one.votes is None else one.votes >= least for one in union.members}
    outcome = every("members", "votes", votes)
    if len(union.members) <= rule.whole("over_members") or None in votes.values():
        return outcome
    total = sum(one.votes or 0 for one in union.members)
    capped = (
        at_most(f"members[{one.key}].votes", one.votes, rule.number("most") * total) for one in union.members
    )
    return all_of(outcome, *capped)


def _not_too_long(name: str, since: date | None, rule: Provision, on: date) -> Outcome:
    if since is None:
        return unknown(name)
    limit = last_day(since, rule, "inactive_years")
    return judged(on <= limit, name, found=since, at_most=limit)
