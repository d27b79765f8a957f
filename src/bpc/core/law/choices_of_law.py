"""Statutes that say what the law says: where a group starts from, free to choose where the law leaves it open."""

from dataclasses import replace
from decimal import Decimal

from bpc.core.law.creation_file import LeftoverTo, Mention, StatutesChoices
from bpc.core.law.parameters import Law, Provision


def choices_of_law(law: Law) -> StatutesChoices:
    """What the law fixes or bounds, at its bound; what it leaves open stays unknown. Raises NoFigure.

    Shares, capital, duration, categories, management, interest and trade with non-members stay the group's to choose.
    """
    notice, exits, year = law["ag_notice"], law["withdrawal_notice"], law["financial_year"]
    majorities, reserve = law["majorities"], law["legal_reserve"]
    return replace(
        _organs_of_law(law),
        liability_times=_decimal(law["member_liability"], "least"),
        legal_reserve_rate=reserve.number("rate"),
        legal_reserve_until=reserve.number("until"),
        reserves_shared=False,
        leftover_to=LeftoverTo.COOPERATIVES,
        capital_floor=law["capital_variable"].number("floor"),
        balance_years=law["capital_balance_delay"].whole("balance_years"),
        votes_per_member=law["one_vote"].whole("votes"),
        proxies_per_member=law["proxy"].whole("proxies"),
        proxy_member_only=True,
        proxy_legalised=True,
        first_call_days=notice.whole("first_days"),
        next_call_days=notice.whole("next_days"),
        assemblies_in_province=True,
        assembly_on_request=law["ag_by_members"].number("fraction"),
        ordinary_assembly_months=law["ago_deadline"].whole("hold_months"),
        ordinary_quorums=law["ago_quorum"].numbers("quorums"),
        extraordinary_quorums=law["age_quorum"].numbers("quorums"),
        ordinary_majority=majorities.number("ordinary"),
        extraordinary_majority=majorities.number("extraordinary"),
        third_party_share=law["third_party_limit"].number("most"),
        third_party_at_once=False,
        year_months=year.whole("months"),
        withdrawal_notice_months=exits.whole("notice_months"),
        withdrawal_answer_days=exits.whole("answer_days"),
        exit_refund_years=law["refund_exit"].whole("postponed_years"),
        exclusion_by_extraordinary=True,
        share_interest_on_paid_only=True,
        mentions=frozenset(Mention),
    )


def _organs_of_law(law: Law) -> StatutesChoices:
    return StatutesChoices(
        board_term_years=law["board_term"].whole("term_years"),
        board_renewed_by_thirds=True,
        board_paid=False,
        board_meetings=law["board_meetings"].whole("meetings"),
        absences=law["board_absence"].whole("absences"),
        manager_term_years=law["managers"].whole("term_years"),
    )


def _decimal(rule: Provision, name: str) -> Decimal:
    return Decimal(rule.whole(name))
