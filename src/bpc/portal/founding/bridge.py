"""A creation file → what `bpc.core.law` judges: the answers, the founders, and what our statutes always say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bpc.core.law import creation_file as law
from bpc.core.law.findings import Finding, check_creation_file
from bpc.datasets.law_rules import read_law
from bpc.portal.founding.answers import OUTSIDE_CONDITIONS, Answers, value_of, value_or_assumed
from bpc.portal.founding.deposit import ready_papers
from bpc.portal.founding.events import EVENTS
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.papers import fill_paper, paper_kind
from bpc.portal.founding.states import CONDITIONS, Office, PersonKind
from bpc.portal.founding.sums import capital_of
from bpc.portal.projects.states import Answer

_YES_NO = {Answer.YES: True, Answer.NO: False, "yes": True, "no": False}
_NAMES = 3  # asked by the form; fewer are a draft, not a fault
#: What data/founding/papers/statutes says whatever the answers; `tests/portal/founding/test_check.py` reads it there.
_ALWAYS_SAID: dict[str, Any] = {
    "share_interest_on_paid_only": True, "legal_reserve_rate": Fraction(1, 10), "legal_reserve_until": Fraction(1),
    "reserves_shared": False, "leftover_to": law.LeftoverTo.COOPERATIVES, "capital_floor": Fraction(3, 4),
    "board_term_years": 3, "board_renewed_by_thirds": True, "board_paid": False, "board_meetings": 2, "absences": 3,
    "supervisory_term_years": 2, "votes_per_member": 1, "proxies_per_member": 1, "proxy_member_only": True,
    "proxy_legalised": True, "first_call_days": 15, "next_call_days": 10, "assemblies_in_province": True,
    "assembly_on_request": Fraction(1, 3), "ordinary_assembly_months": 6,
    "ordinary_quorums": (Fraction(1, 2), Fraction(1, 4), Fraction(1, 10)),
    "extraordinary_quorums": (Fraction(3, 4), Fraction(1, 2), Fraction(1, 10)),
    "ordinary_majority": Fraction(1, 2), "extraordinary_majority": Fraction(2, 3), "section_assemblies": False,
    "third_party_at_once": False, "year_months": 12, "withdrawal_answer_days": 20,
    "exclusion_by_extraordinary": True,
}  # fmt: skip


def findings_of(file: CreationFile, founders: Sequence[FoundingMember], today: date) -> tuple[Finding, ...]:
    """What the law finds in the file today: one finding per check, never a decision."""
    papers = ready_papers(file, founders, today)
    return check_creation_file(replace(law_file(file, founders), papers=papers), read_law(), today)


def law_file(file: CreationFile, founders: Sequence[FoundingMember]) -> law.CreationFile:
    """The file as the law needs it told, its papers aside; what nobody said stays None."""
    answers = file.answers
    names = tuple(filter(None, (value_of(answers, code) for code in ("name_1", "name_2", "name_3"))))
    approved = value_of(answers, "name_fr") or value_of(answers, "name_ar")
    outside = value_of(answers, "outside_manager")
    days = {event: value_of(answers, code) for code, event in EVENTS.items()}
    project = file.project
    at_seat = _YES_NO.get(value_of(answers, "court_of_seat"))
    return law.CreationFile(
        proposed_names=names if len(names) == _NAMES else None, approved_name=approved, statutes_name=approved,
        seat_address=value_of(answers, "seat_fr") or value_of(answers, "seat_ar"),
        seat_province=project.province_id,
        court_province=None if at_seat is None else project.province_id if at_seat else "",
        agrarian_reform=_YES_NO.get(value_of(answers, "agrarian_reform")),
        purpose=value_of(answers, "purpose_fr") or value_of(answers, "purpose_ar"),
        area=value_of(answers, "area_fr") or value_of(answers, "area_ar"),
        founders=tuple(_founder(one, answers) for one in founders if one.entered_on is None),
        outside_managers=(_outside(answers),) if outside else (),
        choices=_choices(file, founders), events={event: day for event, day in days.items() if day is not None},
    )  # fmt: skip


def _choices(file: CreationFile, founders: Sequence[FoundingMember]) -> law.StatutesChoices:
    answers = file.answers
    categories, management = value_of(answers, "categories"), value_of(answers, "management")
    times, percent = (
        value_or_assumed(answers, "liability_times"),
        value_or_assumed(answers, "third_party_percent"),
    )
    trade = _YES_NO.get(value_or_assumed(answers, "third_party_trade"))
    same = ("duration_years", "share_value", "minimum_shares", "balance_years", "board_size", "managers",
            "manager_term_years", "supervisory_size", "withdrawal_notice_months", "exit_refund_years")  # fmt: skip
    return law.StatutesChoices(
        **{code: value_or_assumed(answers, code) for code in same},
        **_ALWAYS_SAID,
        categories=None if categories is None else frozenset(map(law.Category, categories)),
        capital=capital_of(answers, founders).subscribed, liability_times=Decimal(times),
        share_interest=_YES_NO.get(value_or_assumed(answers, "share_interest")),
        refund_basis=law.RefundBasis(value_or_assumed(answers, "refund_basis")),
        education_rate=Fraction(value_or_assumed(answers, "education_percent"), 100),
        management=None if management is None else law.Management(management),
        supervisory_committee=_YES_NO.get(value_or_assumed(answers, "supervisory_committee")),
        proxies=_YES_NO.get(value_or_assumed(answers, "proxies")), third_party_trade=trade,
        third_party_share=Fraction(percent, 100) if trade else None,
        year_end=(value_or_assumed(answers, "closing_month"), 31), mentions=_mentions(file, founders),
    )  # fmt: skip


def _mentions(file: CreationFile, founders: Sequence[FoundingMember]) -> frozenset[law.Mention] | None:
    """All the mentions of article 5, which our statutes say in clauses named after them; None while words lack there.

    A test holds the clauses to the mentions.
    """
    kind = paper_kind("statutes")
    assert kind is not None
    lacking = fill_paper(kind, file, founders, "fr").clauses_lacking
    unsaid = {mention for mention in law.Mention if any(one.startswith(mention) for one in lacking)}
    return None if unsaid else frozenset(law.Mention)


def _outside(answers: Answers) -> law.OutsideManager:
    """The manager who is no member: without shares, nothing is due on them."""
    rights, free, alone = (_YES_NO.get(value_of(answers, code)) for code in OUTSIDE_CONDITIONS)
    return law.OutsideManager("outside", law.Eligibility(rights, free, alone, dues_paid=True))


def _founder(one: FoundingMember, answers: Answers) -> law.Founder:
    signed = True if value_of(answers, "statutes_signed_on") else None
    named = (
        None
        if not one.office
        else frozenset(() if one.office == Office.NONE else (law.Function(one.office),))
    )
    expert = bool(value_of(answers, "in_kind_expert") and value_of(answers, "in_kind_report_on")) or None
    return law.Founder(
        key=str(one.pk), person=law.Person.LEGAL if one.kind == PersonKind.LEGAL else law.Person.NATURAL,
        adult=_YES_NO.get(one.adult), in_the_trade=_YES_NO.get(one.in_the_trade),
        same_object_elsewhere=_YES_NO.get(one.same_object_elsewhere), shares=one.shares, cash_paid=one.cash_paid,
        signed_name_request=True if value_of(answers, "name_requested_on") else None,
        in_kind=one.in_kind, in_kind_released=_YES_NO.get(one.in_kind_released), expert_report=expert,
        signed_statutes=signed, functions=named,
        eligibility=law.Eligibility(*(_YES_NO.get(getattr(one, name)) for name in CONDITIONS)),
    )  # fmt: skip
