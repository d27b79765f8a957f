"""General assemblies, in the statutes and once held (articles 35 to 46 and 68)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil

from bpc.core.law.assembly import Assembly, AssemblyKind, Summons
from bpc.core.law.checks import (
    NOT_APPLICABLE,
    Family,
    Outcome,
    all_of,
    at_least,
    at_most,
    exactly,
    is_true,
    judged,
    unknown,
)
from bpc.core.law.creation_file import CreationFile
from bpc.core.law.delays import last_day
from bpc.core.law.parameters import Provision

VOTING = Family(CreationFile)
ASSEMBLIES = Family(Assembly)


@VOTING.check("one_vote", "votes")
def check_one_vote(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """One vote each, whatever the shares (art. 2 and 38)."""
    return exactly("choices.votes_per_member", file.choices.votes_per_member, rule.whole("votes"))


@VOTING.check("proxy_in_statutes", "proxies", rule="proxy")
def check_proxy_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """One proxy each, legalised, given to a member, where statutes allow proxies (art. 39)."""
    choices = file.choices
    if choices.proxies is None:
        return unknown("choices.proxies")
    if not choices.proxies:
        return NOT_APPLICABLE
    return all_of(
        at_most("choices.proxies_per_member", choices.proxies_per_member, rule.whole("proxies")),
        is_true("choices.proxy_member_only", choices.proxy_member_only),
        is_true("choices.proxy_legalised", choices.proxy_legalised),
    )


@VOTING.check("ag_notice_in_statutes", "first_days", "next_days", rule="ag_notice")
def check_ag_notice_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Fifteen days before the first call, ten before the next, or more (art. 40)."""
    return all_of(
        at_least("choices.first_call_days", file.choices.first_call_days, rule.whole("first_days")),
        at_least("choices.next_call_days", file.choices.next_call_days, rule.whole("next_days")),
    )


@VOTING.check("ag_place_in_statutes", rule="ag_place")
def check_ag_place_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """In the province or prefecture of the seat (art. 36)."""
    return is_true("choices.assemblies_in_province", file.choices.assemblies_in_province)


@VOTING.check("ag_by_members_in_statutes", "fraction", rule="ag_by_members")
def check_ag_by_members_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """A third of the members may require an assembly; statutes may ask for fewer, not for more (art. 35)."""
    return at_most("choices.assembly_on_request", file.choices.assembly_on_request, rule.number("fraction"))


@VOTING.check("ago_deadline_in_statutes", "hold_months", rule="ago_deadline")
def check_ago_deadline_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Within six months of the closing (art. 41)."""
    months = file.choices.ordinary_assembly_months
    return at_most("choices.ordinary_assembly_months", months, rule.whole("hold_months"))


@VOTING.check("ago_quorum_in_statutes", "quorums", rule="ago_quorum")
def check_ago_quorum_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Ordinary: half, then a quarter, then a tenth, or more (art. 43-I)."""
    return _quorums("choices.ordinary_quorums", file.choices.ordinary_quorums, rule)


@VOTING.check("age_quorum_in_statutes", "quorums", rule="age_quorum")
def check_age_quorum_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Extraordinary: three quarters, then half, then a tenth, or more (art. 43-II)."""
    return _quorums("choices.extraordinary_quorums", file.choices.extraordinary_quorums, rule)


@VOTING.check("majorities_in_statutes", "ordinary", "extraordinary", rule="majorities")
def check_majorities_in_statutes(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """More than half, and two thirds for an extraordinary assembly, or more (art. 43-III and IV)."""
    choices = file.choices
    return all_of(
        at_least("choices.ordinary_majority", choices.ordinary_majority, rule.number("ordinary")),
        at_least(
            "choices.extraordinary_majority", choices.extraordinary_majority, rule.number("extraordinary")
        ),
    )


@VOTING.check("section_assemblies", "over_members")
def check_section_assemblies(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Only beyond 500 members, or over several provinces (art. 46)."""
    if file.choices.section_assemblies is None:
        return unknown("choices.section_assemblies")
    if not file.choices.section_assemblies:
        return NOT_APPLICABLE
    members, limit = len(file.founders), rule.whole("over_members")
    if members <= limit and file.several_provinces is None:
        return unknown("several_provinces", found=members, above=limit)
    return judged(
        members > limit or bool(file.several_provinces),
        "choices.section_assemblies",
        found=members,
        above=limit,
    )


@ASSEMBLIES.check("ag_notice", "first_days", "next_days", "other_means_over_members")
def check_ag_notice(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Called in time, by registered letter; by display or newspaper too beyond 100 members (art. 40)."""
    if one.call is None or one.called_on is None or one.held_on is None:
        days = unknown(*(name for name in ("call", "called_on", "held_on") if getattr(one, name) is None))
    else:
        least = rule.whole("first_days" if one.call == 1 else "next_days")
        days = at_least("called_on", (one.held_on - one.called_on).days, least)
    return all_of(days, _summoned(one, rule.whole("other_means_over_members")))


@ASSEMBLIES.check("ag_place")
def check_ag_place(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Held in the province or prefecture of the seat (art. 36)."""
    return is_true("in_province", one.in_province)


@ASSEMBLIES.check("ago_deadline", "hold_months")
def check_ago_deadline(one: Assembly, rule: Provision, on: date) -> Outcome:
    """The yearly assembly is held within six months of the closing (art. 41)."""
    if not one.annual:
        return unknown("annual") if one.annual is None else NOT_APPLICABLE
    if one.year_closed_on is None or one.held_on is None:
        return unknown(*(name for name in ("year_closed_on", "held_on") if getattr(one, name) is None))
    limit = last_day(one.year_closed_on, rule, "hold_months")
    return judged(one.held_on <= limit, "held_on", found=one.held_on, at_most=limit)


@ASSEMBLIES.check("ago_quorum", "quorums", "least_persons", "small_up_to_members")
def check_ago_quorum(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Ordinary: half, then a quarter, then a tenth of the members (art. 43-I)."""
    return _quorum(one, AssemblyKind.ORDINARY, rule)


@ASSEMBLIES.check("age_quorum", "quorums", "least_persons", "small_up_to_members")
def check_age_quorum(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Extraordinary: three quarters, then half, then a tenth of the members (art. 43-II)."""
    return _quorum(one, AssemblyKind.EXTRAORDINARY, rule)


@ASSEMBLIES.check("majorities", "ordinary", "extraordinary")
def check_majorities(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Ordinary: more than half, the chair's side winning a tie; extraordinary: two thirds (art. 43-III and IV)."""
    if one.kind is None or one.votes_cast is None or one.votes_for is None:
        return unknown(*(name for name in ("kind", "votes_cast", "votes_for") if getattr(one, name) is None))
    name = "ordinary" if one.kind is AssemblyKind.ORDINARY else "extraordinary"
    needed = one.votes_cast * rule.number(name)
    if one.kind is AssemblyKind.EXTRAORDINARY:
        return at_least("votes_for", one.votes_for, needed)
    if one.votes_for == needed:
        return is_true("chair_for", one.chair_for)
    return judged(one.votes_for > needed, "votes_for", found=one.votes_for, above=needed)


@ASSEMBLIES.check("one_vote_in_assembly", "votes", rule="one_vote")
def check_one_vote_in_assembly(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Nobody cast more than one vote in their own name (art. 2 and 38)."""
    return at_most("most_votes_of_one", one.most_votes_of_one, rule.whole("votes"))


@ASSEMBLIES.check("legal_persons_votes", "most")
def check_legal_persons_votes(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Legal persons have a third of the votes at most, all together (art. 38)."""
    if one.votes_cast is None:
        return unknown("votes_cast")
    return at_most("legal_votes", one.legal_votes, one.votes_cast * rule.number("most"))


@ASSEMBLIES.check("proxy", "proxies")
def check_proxy(one: Assembly, rule: Provision, on: date) -> Outcome:
    """One proxy each at most, written, carried by a member, and only where statutes allow it (art. 39)."""
    if one.most_proxies is None:
        return unknown("most_proxies")
    if one.most_proxies == 0:
        return NOT_APPLICABLE
    return all_of(
        at_most("most_proxies", one.most_proxies, rule.whole("proxies")),
        is_true("proxies_in_statutes", one.proxies_in_statutes),
        is_true("proxies_written", one.proxies_written),
        is_true("proxies_to_members", one.proxies_to_members),
    )


@ASSEMBLIES.check("minutes")
def check_minutes(one: Assembly, rule: Provision, on: date) -> Outcome:
    """A sheet of who came, signed minutes, a register numbered by the court (art. 45)."""
    return all_of(
        is_true("attendance_sheet", one.attendance_sheet),
        is_true("minutes_signed", one.minutes_signed),
        is_true("register_numbered", one.register_numbered),
    )


@ASSEMBLIES.check("docs_to_members", "members_days", "auditor_days")
def check_docs_to_members(one: Assembly, rule: Provision, on: date) -> Outcome:
    """Accounts sent fifteen days before the yearly assembly, and to the auditor forty days before (art. 68)."""
    if not one.annual:
        return unknown("annual") if one.annual is None else NOT_APPLICABLE
    if one.held_on is None or one.has_auditor is None:
        return unknown(*(name for name in ("held_on", "has_auditor") if getattr(one, name) is None))
    sent = [("documents_sent_on", one.documents_sent_on, "members_days")]
    if one.has_auditor:
        sent.append(("documents_to_auditor_on", one.documents_to_auditor_on, "auditor_days"))
    return all_of(
        *(_sent(name, day, last_day(one.held_on, rule, figure, backward=True)) for name, day, figure in sent)
    )


def _sent(name: str, day: date | None, limit: date) -> Outcome:
    return (
        unknown(name, at_most=limit) if day is None else judged(day <= limit, name, found=day, at_most=limit)
    )


def _quorums(about: str, chosen: Sequence[Fraction] | None, rule: Provision) -> Outcome:
    """Each call at least as many as the law asks; a call without a quorum of its own is as the law says."""
    if not chosen:
        return unknown(about)
    asked = rule.numbers("quorums")
    low = [call for call, (own, least) in enumerate(zip(chosen, asked, strict=False), 1) if own < least]
    return judged(not low, about, calls=tuple(str(call) for call in low))


def _quorum(one: Assembly, kind: AssemblyKind, rule: Provision) -> Outcome:
    if one.kind is not None and one.kind is not kind:
        return NOT_APPLICABLE
    if one.kind is None or one.call is None or one.members is None:
        return unknown(*(name for name in ("kind", "call", "members") if getattr(one, name) is None))
    quorums = rule.numbers("quorums")
    least = ceil(quorums[min(one.call, len(quorums)) - 1] * one.members)
    if one.call >= len(quorums) and one.members <= rule.whole("small_up_to_members"):
        least = max(least, rule.whole("least_persons"))
    return at_least("present", one.present, least)


def _summoned(one: Assembly, many: int) -> Outcome:
    if one.summons is None:
        return unknown("summons")
    if Summons.REGISTERED_LETTER in one.summons:
        return judged(True, "summons")
    public = one.summons & {Summons.COURT_DISPLAY, Summons.LEGAL_NEWSPAPER, Summons.PUBLIC_PLACES}
    if public and one.members is None:
        return unknown("members")
    return judged(bool(public) and (one.members or 0) > many, "summons", other_means_over=many)
