"""Answers against the law, one by one: what is kept, what is refused, with which article."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.founding.actions import StaleAnswers, answer, begin_file
from bpc.portal.founding.answers import UnlawfulAnswers, catalogue, kept, read, value_or_assumed
from bpc.portal.founding.founder_rules import founder_faults
from bpc.portal.founding.members import add_founder, edit_founder, take_from_project
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.queries import days_of
from bpc.portal.founding.states import Office
from bpc.portal.founding.sums import allocation_of, capital_of
from bpc.portal.founding.told import Told
from bpc.portal.projects.founders import Founder, add_person
from tests.portal.founding.founding_world import begun, complete, say
from tests.portal.projects.project_world import NOW, make_group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("family", "told", "found"),
    [
        ("capital", {"share_value": "99.99"}, [("share_value", "least", "26")]),
        ("capital", {"liability_times": 6}, [("liability_times", "most", "32")]),
        ("capital", {"balance_years": 4}, [("balance_years", "most", "26")]),
        ("organs", {"board_size": 15}, [("board_size", "most", "50")]),
        ("organs", {"board_size": 5}, [("board_size", "step", "50")]),
        ("organs", {"managers": 4}, [("managers", "most", "65")]),
        ("organs", {"management": "board", "managers": 1}, [("managers", "not_both", "47")]),
        ("organs", {"supervisory_size": 2}, [("supervisory_size", "least", "67")]),
        ("rules", {"third_party_percent": 31}, [("third_party_percent", "most", "6")]),
        ("rules", {"withdrawal_notice_months": 1}, [("withdrawal_notice_months", "least", "18")]),
        ("rules", {"exit_refund_years": 6}, [("exit_refund_years", "most", "21")]),
        ("rules", {"refund_basis": "shares"}, [("refund_basis", "forbidden", "2, 69")]),
        ("purpose", {"duration_years": 100}, [("duration_years", "most", "5")]),
        (
            "annual",
            {"surplus": "100", "refunds": "90", "special_reserve": "11"},
            [("refunds", "beyond_surplus", "69")],
        ),
        ("annual", {"interest_paid": "10"}, [("interest_paid", "no_interest", "2, 31")]),
        (
            "dates",
            {"funds_received_on": "2026-10-19", "funds_deposited_on": "2026-10-16"},
            [("funds_deposited_on", "too_early", "8")],
        ),
    ],
)
def test_what_the_law_forbids_is_refused_with_its_article(
    family: str, told: dict[str, object], found: list[tuple[str, str, str]]
) -> None:
    group, file = begun()
    with pytest.raises(UnlawfulAnswers) as refused:
        say(file, group.inside["owner"], family, **told)
    assert [(one.field, one.code, one.article) for one in refused.value.faults] == found
    file.refresh_from_db()
    assert not set(told) & set(file.answers)


def test_managers_are_refused_beyond_fifty_members() -> None:
    group, file = begun()
    FoundingMember.objects.bulk_create(FoundingMember(file=file, name_fr=f"M{rank}") for rank in range(44))
    say(file, group.inside["owner"], "organs", management="managers")  # fifty
    FoundingMember.objects.create(file=file, name_fr="M")
    with pytest.raises(UnlawfulAnswers) as refused:
        say(file, group.inside["owner"], "organs", management="managers", managers=1)
    assert refused.value.faults[0].code == "board_needed"


def test_the_bounds_of_the_law_themselves_are_allowed() -> None:
    group, file = begun()
    say(file, group.inside["owner"], "capital", share_value="100", liability_times=5, balance_years=0)
    say(file, group.inside["owner"], "organs", management="board", board_size=12)
    assert file.answers["balance_years"] == 0  # zero is an answer


def test_nothing_said_is_nothing_kept_and_the_law_speaks_meanwhile() -> None:
    _, file = begun()
    assert value_or_assumed(file.answers, "liability_times") == 1
    assert value_or_assumed(file.answers, "share_interest") == "no"
    assert value_or_assumed(file.answers, "share_value") is None
    assert value_or_assumed(file.answers, "management") is None


def test_a_page_changed_meanwhile_is_told_and_another_page_is_not() -> None:
    group, file = begun()
    owner = group.inside["owner"]
    say(file, owner, "seat", seat_fr="Douar")
    held = {"seat_fr": None}
    with pytest.raises(StaleAnswers) as stale:
        answer(file=file, family="seat", values={"seat_fr": "Ville"}, base=held, actor=owner, at=NOW)
    assert stale.value.current == {"seat_fr": "Douar"}
    answer(file=file, family="capital", values={"share_value": Decimal(100)}, base={}, actor=owner, at=NOW)
    file.refresh_from_db()
    assert (file.answers["seat_fr"], file.answers["share_value"]) == ("Douar", "100")


def test_readers_and_advisors_write_nothing() -> None:
    group, file = begun()
    for name in ("reader", "advisor"):
        with pytest.raises(PermissionDenied):
            say(file, group.inside[name], "seat", seat_fr="Ailleurs")
    with pytest.raises(PermissionDenied):
        begin_file(project=make_group().project, known={}, actor=group.inside["owner"], at=NOW)


def test_the_trail_names_fields_and_never_what_was_written() -> None:
    group, file = begun()
    say(file, group.inside["owner"], "seat", seat_fr="Douar Tagmout")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.data) == ("answer creation file", {"columns": ["seat_fr"]})


def test_people_added_to_the_project_are_taken_once() -> None:
    group, file = begun()
    owner = group.inside["owner"]
    add_person(project=group.project, founder=Founder("رقية", "president"), actor=owner, at=NOW)
    assert take_from_project(file=file, actor=owner, at=NOW) == 1
    assert take_from_project(file=file, actor=owner, at=NOW) == 0
    taken = file.founders.latest("pk")
    assert (taken.name_fr, taken.name_ar, taken.office) == ("", "رقية", Office.CHAIR)


def test_a_file_goes_with_its_project_and_a_founder_stays_without_the_person() -> None:
    group, file = begun()
    group.project.people.all().delete()
    assert file.founders.count() == 6
    group.project.delete()
    assert not CreationFile.objects.exists()
    assert not FoundingMember.objects.exists()


def test_a_founder_does_not_bring_more_than_the_shares() -> None:
    group, file = begun()
    say(file, group.inside["owner"], "capital", share_value="100")
    say(file, group.inside["owner"], "organs", management="board")
    faults = founder_faults(
        Told(name_fr="Amina", shares=5, in_kind=Decimal(501), office=Office.MANAGER), file
    )
    assert [(one.field, one.code, one.article) for one in faults] == [
        ("in_kind", "beyond_shares", "27"), ("office", "not_both", "47"),
    ]  # fmt: skip
    assert (
        founder_faults(Told(name_fr="Amina", shares=5, in_kind=Decimal(500), cash_paid=Decimal(0)), file)
        == []
    )
    over = founder_faults(
        Told(name_fr="Amina", shares=5, in_kind=Decimal(400), cash_paid=Decimal("100.01")), file
    )
    assert [one.code for one in over] == ["beyond_cash"]


def test_capital_and_surplus_are_exact_and_unknown_until_all_is_said() -> None:
    _, file = begun()
    founders = list(file.founders.all())
    assert capital_of(file.answers, founders).subscribed is None
    assert allocation_of(file.answers, founders) is None
    _, whole = complete()
    founders = list(whole.founders.all())
    capital = capital_of(whole.answers, founders)
    assert (capital.shares, capital.subscribed, capital.in_kind, capital.paid) == (15, 3000, 400, 1600)
    assert capital.left == 1400
    shared = allocation_of(whole.answers, founders)
    assert shared is not None
    # a tenth of 42,000 would be 4,200: the reserve stops at the capital
    assert (shared.legal_reserve, shared.carried) == (3000, 13_000)


def test_days_are_told_to_other_rooms() -> None:
    group, _ = complete()
    days = days_of(group.project)
    assert days["name_certified_on"] == date(2026, 10, 5)
    assert days["registered_on"] == date(2026, 11, 2)
    assert "ministry_notified_on" not in days
    assert days_of(make_group().project) == {}


@pytest.mark.parametrize(
    ("code", "value", "stored"),
    [
        ("name_certified_on", date(2026, 10, 5), "2026-10-05"), ("share_value", Decimal("100.50"), "100.50"),
        ("categories", ("supply", "work"), ["supply", "work"]), ("liability_times", 0, 0), ("name_1", "", None),
    ],
)  # fmt: skip
def test_answers_are_kept_as_plain_values_and_read_back(code: str, value: object, stored: object) -> None:
    question = catalogue().question(code)
    assert kept(question, value) == stored
    if stored is not None:
        assert read(question, stored) == value


_REFUSED: tuple[tuple[dict[str, object], tuple[str, str, str]], ...] = (
    ({"shares": 5, "in_kind": Decimal(501)}, ("in_kind", "beyond_shares", "27")),
    (
        {"shares": 5, "in_kind": Decimal(400), "cash_paid": Decimal(101)},
        ("cash_paid", "beyond_cash", "26"),
    ),
    ({"shares": 1}, ("shares", "below_minimum", "5")),
    ({"shares": -1}, ("shares", "least", "26")),
    ({"office": "manager"}, ("office", "not_both", "47")),
    ({"office": "chair"}, ("office", "one_chair", "50")),
    ({"office": "treasurer", "civil_rights": "no"}, ("civil_rights", "civil_rights", "65")),
    ({"office": "treasurer", "not_banned": "no"}, ("not_banned", "not_banned", "65")),
    (
        {"office": "chair", "no_competing_business": "no"},
        ("no_competing_business", "no_competing_business", "65"),
    ),
    ({"office": "treasurer", "dues_paid": "no"}, ("dues_paid", "dues_paid", "65")),
    ({"office": "king"}, ("office", "unlisted", "")),
    ({"name_fr": " "}, ("name_fr", "nameless", "5")),
    ({"address": "x" * 201}, ("address", "too_long", "")),
)


def test_every_rule_of_a_founder_is_held_by_the_action_itself() -> None:
    group, file = begun()
    owner = group.inside["owner"]
    say(file, owner, "capital", share_value="100", minimum_shares=2)
    say(file, owner, "organs", management="board", board_size=3)
    chair, other = file.founders.all()[:2]
    edit_founder(founder=chair, told=Told(name_fr="A", office="chair"), revision=1, actor=owner, at=NOW)
    for told, found in _REFUSED:
        whole = Told(**{"name_fr": "B", **told})  # type: ignore[arg-type]  # one field at a time
        for call in (
            lambda whole=whole: add_founder(file=file, told=whole, actor=owner, at=NOW),
            lambda whole=whole: edit_founder(founder=other, told=whole, revision=1, actor=owner, at=NOW),
        ):
            with pytest.raises(UnlawfulAnswers) as refused:
                call()
            assert found in [(one.field, one.code, one.article) for one in refused.value.faults], told
    assert file.founders.count() == 6
    edit_founder(founder=chair, told=Told(name_fr="C", office="chair"), revision=2, actor=owner, at=NOW)
    member = Told(name_fr="D", office="none", civil_rights="no", not_banned="no")
    assert (
        add_founder(file=file, told=member, actor=owner, at=NOW).civil_rights == "no"
    )  # who leads nothing may


def test_people_are_not_added_beyond_what_managers_allow() -> None:
    group, file = begun()
    owner = group.inside["owner"]
    say(file, owner, "organs", management="managers")
    FoundingMember.objects.bulk_create(FoundingMember(file=file, name_fr=f"M{rank}") for rank in range(44))
    with pytest.raises(UnlawfulAnswers) as refused:
        add_founder(file=file, told=Told(name_fr="M"), actor=owner, at=NOW)
    assert [(one.code, one.article) for one in refused.value.faults] == [("board_needed", "47")]
    add_person(project=group.project, founder=Founder("Rkia"), actor=owner, at=NOW)
    with pytest.raises(UnlawfulAnswers):
        take_from_project(file=file, actor=owner, at=NOW)
    assert file.founders.count() == 50


@pytest.mark.parametrize(
    ("family", "told", "found"),
    [
        ("organs", {"management": "king"}, ("management", "unlisted", "")),
        ("purpose", {"categories": ["supply", "king"]}, ("categories", "unlisted", "")),
        ("capital", {"share_interest": "maybe"}, ("share_interest", "unlisted", "")),
        ("name", {"name_1": "x" * 101}, ("name_1", "too_long", "")),
        ("rules", {"closing_month": 13}, ("closing_month", "most", "68")),
        (
            "organs",
            {"management": "managers", "outside_manager": "Driss", "outside_not_banned": "no"},
            ("outside_not_banned", "not_banned", "65"),
        ),
    ],
)
def test_what_a_form_would_refuse_the_action_refuses_too(
    family: str, told: dict[str, object], found: tuple[str, str, str]
) -> None:
    group, file = begun()
    with pytest.raises(UnlawfulAnswers) as refused:
        say(file, group.inside["owner"], family, **told)
    assert [(one.field, one.code, one.article) for one in refused.value.faults] == [found]


def test_what_is_known_of_the_project_is_taken_only_if_the_law_allows_it() -> None:
    group = make_group()
    known = {"share_value": Decimal(50), "minimum_shares": 2}
    file = begin_file(project=group.project, known=known, actor=group.inside["owner"], at=NOW)
    assert file.answers.get("share_value") is None
    assert file.answers["minimum_shares"] == 2
