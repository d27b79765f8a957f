"""One record of each kind that the law finds nothing against, and how a case differs from it."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from bpc.core.law.assembly import Assembly, AssemblyKind, Summons
from bpc.core.law.choices_of_law import choices_of_law
from bpc.core.law.cooperative import (
    Agreement,
    AgreementKind,
    Auditor,
    AuditorChallenge,
    BusinessPaper,
    Cooperative,
    Liquidation,
    Transformation,
    Union,
    UnionMember,
)
from bpc.core.law.creation_file import (
    Category,
    CreationFile,
    Eligibility,
    Founder,
    Function,
    LeftoverTo,
    Management,
    OutsideManager,
    Paper,
    Person,
    RefundBasis,
    StatutesChoices,
)
from bpc.core.law.events import Event
from bpc.core.law.financial_year import FinancialYear
from bpc.core.law.membership import (
    Admission,
    CapitalRefund,
    Document,
    Exclusion,
    ExitRefund,
    InformationRequest,
    OldDebt,
    ShareTransfer,
    Withdrawal,
)
from bpc.datasets.law_rules import read_law

#: The day on which every case is judged.
ON = date(2026, 6, 1)
LAW = read_law()
_ABLE = Eligibility(civil_rights=True, not_banned=True, no_competing_business=True, dues_paid=True)


def _founder(key: str, *functions: Function, person: Person = Person.NATURAL, in_kind: int = 0) -> Founder:
    """Ten shares of 100 MAD, a quarter of the cash paid."""
    return Founder(
        key=key,
        person=person,
        adult=True if person is Person.NATURAL else None,
        in_the_trade=True,
        same_object_elsewhere=False,
        shares=10,
        cash_paid=Decimal(1000 - in_kind) / 4,
        in_kind=Decimal(in_kind),
        in_kind_released=True if in_kind else None,
        expert_report=True if in_kind else None,
        signed_name_request=True,
        signed_statutes=True,
        functions=frozenset(functions),
        eligibility=_ABLE if functions else Eligibility(),
    )


FOUNDERS = (
    _founder("amina", Function.CHAIR),
    _founder("brahim", Function.TREASURER),
    _founder("hanane", Function.DIRECTOR),
    _founder("omar"),
    _founder("salma", in_kind=400),
    _founder("association", person=Person.LEGAL),
)
EVENTS = {
    Event.NAME_REQUESTED: date(2026, 2, 2),
    Event.NAME_APPROVED: date(2026, 2, 4),
    Event.STATUTES_SIGNED: date(2026, 2, 20),
    Event.FUNDS_RECEIVED: date(2026, 2, 23),
    Event.FUNDS_DEPOSITED: date(2026, 2, 26),
    Event.LOCAL_DEPOSIT: date(2026, 3, 2),
    Event.REGISTRATION_ASKED: date(2026, 3, 5),
    Event.REGISTERED: date(2026, 3, 12),
    Event.ACTIVITY_STARTED: date(2026, 4, 1),
}


def _chosen() -> StatutesChoices:
    return replace(
        choices_of_law(LAW),
        duration_years=50,
        categories=frozenset({Category.SUPPLY}),
        share_value=Decimal(100),
        capital=Decimal(6000),
        minimum_shares=5,
        share_interest=True,
        share_interest_rate=Fraction(3, 100),
        refund_basis=RefundBasis.OPERATIONS,
        management=Management.BOARD,
        board_size=3,
        supervisory_committee=False,
        proxies=True,
        section_assemblies=False,
        third_party_trade=True,
        year_end=(12, 31),
    )


def creation() -> CreationFile:
    """Five people and an association, with a board of three; one brings a loom. Registered and at work."""
    return CreationFile(
        proposed_names=("Coopérative Tifaout", "Coopérative Tiwizi", "Coopérative Tafoukt"),
        approved_name="Coopérative Tifaout",
        statutes_name="Coopérative Tifaout",
        seat_address="Douar Aït Ali",
        seat_province="09.541",
        court_province="09.541",
        purpose="Tissage et vente de tapis",
        area="Commune du siège",
        several_provinces=False,
        agrarian_reform=False,
        founders=FOUNDERS,
        choices=_chosen(),
        papers=frozenset(Paper),
        events=EVENTS,
    )


def managed() -> CreationFile:
    """The same with two managers, one of whom is no member, and a supervisory committee of three."""
    file = creation()
    functions = {
        "amina": {Function.MANAGER},
        **{key: {Function.SUPERVISOR} for key in ("brahim", "hanane", "omar")},
    }
    founders = (replace(one, functions=frozenset(functions.get(one.key, ()))) for one in file.founders)
    return replace(
        file,
        founders=tuple(founders),
        outside_managers=(OutsideManager("driss", _ABLE),),
        choices=replace(
            file.choices,
            management=Management.MANAGERS,
            board_size=None,
            managers=2,
            supervisory_committee=True,
            supervisory_size=3,
            supervisory_term_years=2,
        ),
    )


def naming() -> CreationFile:
    """The first file of all: three names, and those who sign for them."""
    file = creation()
    return replace(file, approved_name=None, statutes_name=None, events={})


def assembly() -> Assembly:
    """The yearly assembly of forty members, at its first call."""
    return Assembly(
        kind=AssemblyKind.ORDINARY,
        call=1,
        called_on=date(2026, 5, 1),
        summons=frozenset({Summons.REGISTERED_LETTER}),
        held_on=date(2026, 5, 16),
        in_province=True,
        annual=True,
        year_closed_on=date(2025, 12, 31),
        documents_sent_on=date(2026, 5, 1),
        documents_to_auditor_on=date(2026, 4, 6),
        has_auditor=True,
        members=40,
        present=20,
        votes_cast=21,
        votes_for=11,
        chair_for=True,
        legal_votes=7,
        most_votes_of_one=1,
        most_proxies=1,
        proxies_in_statutes=True,
        proxies_written=True,
        proxies_to_members=True,
        attendance_sheet=True,
        minutes_signed=True,
        register_numbered=True,
    )


def extraordinary() -> Assembly:
    """An extraordinary assembly of forty members, that changes the statutes."""
    return replace(
        assembly(), kind=AssemblyKind.EXTRAORDINARY, annual=False, present=30, votes_cast=30, votes_for=20
    )


def year() -> FinancialYear:
    """The third year of a large cooperative with a board and an auditor, in trouble."""
    return FinancialYear(
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        shortened=False,
        registered_on=date(2022, 5, 2),
        turnovers=(Decimal(12_000_000), Decimal(11_000_000)),
        members_at_closing=60,
        management=Management.BOARD,
        board_meetings=2,
        has_auditor=True,
        third_party_trade=Decimal(2_700_000),
        member_base=Decimal(9_000_000),
        derogation=False,
        separate_statements=True,
        net_worth=Decimal(-5_000),
        capital=Decimal(100_000),
        accounts_approved_on=date(2026, 2, 10),
        net_worth_assembly_on=date(2026, 5, 10),
    )


def first_year() -> FinancialYear:
    """A first year, short, of a small cooperative with managers."""
    return FinancialYear(
        starts_on=date(2025, 7, 1),
        ends_on=date(2025, 12, 31),
        shortened=True,
        registered_on=date(2025, 7, 1),
        turnovers=(Decimal(80_000),),
        members_at_closing=7,
        management=Management.MANAGERS,
        third_party_trade=Decimal(0),
        net_worth=Decimal(9_000),
        capital=Decimal(6_000),
    )


GOOD: Mapping[str, Callable[[], Any]] = {
    "creation": creation,
    "managed": managed,
    "naming": naming,
    "assembly": assembly,
    "extraordinary": extraordinary,
    "year": year,
    "first_year": first_year,
    "cooperative": lambda: Cooperative(
        registered_on=date(2014, 3, 3),
        duration_years=99,
        members=12,
        started=True,
        idle=False,
        statutes_conform=True,
        conformed_on=date(2018, 6, 30),
        member_register_numbered=True,
        member_register_up_to_date=True,
    ),
    "admission": lambda: Admission(
        in_writing=True, in_the_trade=True, same_object_elsewhere=False, voted_by_next_ordinary=True
    ),
    "withdrawal": lambda: Withdrawal(
        registered_letter=True, asked_on=date(2025, 10, 31), year_ends_on=date(2025, 12, 31)
    ),
    "exclusion": lambda: Exclusion(
        by_extraordinary=True,
        decided_on=date(2026, 4, 20),
        notified_on=date(2026, 5, 5),
        for_unpaid_shares=True,
        payment_demanded_on=date(2026, 1, 20),
    ),
    "exit_refund": lambda: ExitRefund(
        left_on=date(2025, 12, 31),
        assembly_on=date(2026, 5, 4),
        postponed=False,
        paid_on=date(2026, 5, 19),
        interest=Decimal(0),
    ),
    "old_debt": lambda: OldDebt(
        left_on=date(2021, 6, 30), arose_on=date(2021, 6, 30), claimed_on=date(2026, 6, 1)
    ),
    "request": lambda: InformationRequest(document=Document.STATEMENTS, copy=True, years_ago=3, granted=True),
    "transfer": lambda: ShareTransfer(
        agreed_by_management=True, validated_by_next_assembly=True, entered_in_register=True
    ),
    "capital_refund": lambda: CapitalRefund(capital_after=Decimal(7500), highest_capital=Decimal(10_000)),
    "paper": lambda: BusinessPaper(
        name="Coopérative Tifaout",
        seat="Douar Aït Ali",
        registration_place="Ouarzazate",
        registration_number="1/25/2026/7",
        registered=True,
    ),
    "agreement": lambda: Agreement(kind=AgreementKind.CONTRACT, degree=0, authorised=True),
    "auditor": lambda: Auditor(registered_expert=True, by_statutes=False, years=3),
    "challenge": lambda: AuditorChallenge(
        capital_held=Decimal(1000),
        capital=Decimal(10_000),
        named_on=date(2026, 5, 2),
        asked_on=date(2026, 6, 1),
    ),
    "transformation": lambda: Transformation(
        by_extraordinary=True,
        authority_told=True,
        decided_on=date(2026, 5, 20),
        opponent=True,
        opponent_wrote_on=date(2026, 5, 28),
    ),
    "liquidation": lambda: Liquidation(leftover=Decimal(45_000), leftover_to=LeftoverTo.UNION),
    "union": lambda: Union(
        members=tuple(UnionMember(key, votes) for key, votes in {"a": 4, "b": 3, "c": 2, "d": 1}.items()),
        related_objects=True,
        has_board=True,
        works_for_others=False,
    ),
}


def changed(record: Any, path: str, value: Any) -> Any:
    """The record with one field changed, at a path such as "founders[amina].cash_paid" or "events.registered"."""
    head, _, rest = path.partition(".")
    name, _, key = head.removesuffix("]").partition("[")
    if isinstance(record, Mapping):
        kept = {event: day for event, day in record.items() if event != name}
        return kept if value is None else {**kept, Event(name): value}
    held = getattr(record, name)
    if key:
        assert key in {one.key for one in held}, path
        rows = tuple(changed(one, rest, value) if one.key == key else one for one in held)
        return replace(record, **{name: rows})
    if rest:
        return replace(record, **{name: changed(held, rest, value)})
    return replace(record, **{name: _typed(get_type_hints(type(record))[name], value)})


def _typed(hint: Any, value: Any) -> Any:
    """What a value of the table is for a field of this type."""
    if isinstance(hint, UnionType):
        if value is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    origin = get_origin(hint)
    if origin in (frozenset, tuple):
        inner = get_args(hint)[0]
        return origin(_typed(inner, one) for one in value)
    if hint in (Decimal, Fraction):
        return hint(str(value))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    assert not is_dataclass(hint), hint
    assert isinstance(value, hint), (hint, value)
    return value
