"""The surplus by member: exact to the centime, refused with its article, unknown until everybody is known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.typesetting.piece_parts import Table
from bpc.portal.founding.answers import UnlawfulAnswers
from bpc.portal.founding.assembly import assembly_findings, plan_of, quorums_of
from bpc.portal.founding.members import add_founder, edit_founder
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.operations import read_operations, record_operations
from bpc.portal.founding.papers import fill_paper, paper_kind
from bpc.portal.founding.sharing import Sharing, sharing_of
from bpc.portal.founding.told import Told
from bpc.portal.register.sheets import UnreadableError
from tests.portal.founding.founding_world import begun, complete, say
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import NOW

pytestmark = pytest.mark.django_db


def _shared(file: CreationFile) -> Sharing:
    file.refresh_from_db()
    return sharing_of(file.answers, list(file.founders.all()))


def test_refunds_follow_operations_and_add_up_to_the_centime() -> None:
    _, file = complete()
    shared = _shared(file)
    # 20,000 by 10, 9, 8, 7, 6 and 5 of 45 thousand
    assert [one.refund for one in shared.rows] == [
        Decimal("4444.44"), Decimal("4000.00"), Decimal("3555.56"), Decimal("3111.11"), Decimal("2666.67"),
        Decimal("2222.22"),
    ]  # fmt: skip
    assert (shared.refunds, shared.interest, shared.is_shared) == (20_000, 0, True)


def test_interest_goes_to_shares_wholly_paid_only() -> None:
    group, file = complete()
    owner = group.inside["owner"]
    say(file, owner, "capital", share_interest="yes")
    say(file, owner, "annual", interest_paid="100")
    shared = _shared(file)
    # the others owe on their shares: the sixth paid 200 in cash and handed over 400 in goods, all 600 of it
    assert [one.interest for one in shared.rows] == [0, 0, 0, 0, 0, Decimal("100.00")]
    FoundingMember.objects.filter(pk=file.founders.all()[0].pk).update(cash_paid=400)
    assert [one.interest for one in _shared(file).rows][::5] == [Decimal("40.00"), Decimal("60.00")]


def test_more_than_what_the_reserve_leaves_is_refused_with_its_article() -> None:
    group, file = complete()
    say(
        file, group.inside["owner"], "annual", refunds="35999"
    )  # 42,000 less 3,000 of reserve, less 6,000 elsewhere
    shared = _shared(file)
    assert (shared.is_shared, [(one.code, one.article) for one in shared.refusals]) == (
        False, [("more_than_left", "69")],
    )  # fmt: skip


def test_nothing_is_shared_while_somebody_is_not_known_and_another_year_does_not_count() -> None:
    group, file = complete()
    first = file.founders.all()[0]
    record_operations(file=file, amounts={first.pk: None}, actor=group.inside["owner"], at=NOW)
    shared = _shared(file)
    assert (shared.is_shared, shared.waiting, shared.rows[1].refund) == (False, (first,), None)
    say(file, group.inside["owner"], "annual", year_closed_on="2028-12-31", assembly_on="2029-03-20",
        assembly_convened_on="2029-03-01")  # fmt: skip
    assert len(_shared(file).waiting) == 6


def test_the_action_refuses_what_the_form_would() -> None:
    group, file = complete()
    owner, first = group.inside["owner"], file.founders.all()[0]
    _, other = complete()
    for amounts in (
        {first.pk: Decimal(-1)},
        {first.pk: Decimal(10) ** 10},
        {other.founders.all()[0].pk: Decimal(1)},
    ):
        with pytest.raises(UnlawfulAnswers):
            record_operations(file=file, amounts=amounts, actor=owner, at=NOW)
    with pytest.raises(PermissionDenied):
        record_operations(file=file, amounts={first.pk: Decimal(1)}, actor=group.inside["reader"], at=NOW)
    fresh_group, fresh = begun()
    with pytest.raises(UnlawfulAnswers) as refused:
        record_operations(file=fresh, amounts={}, actor=fresh_group.inside["owner"], at=NOW)
    assert [(one.code, one.article) for one in refused.value.faults] == [("year_needed", "68")]
    record_operations(file=file, amounts={first.pk: Decimal(5)}, actor=owner, at=NOW)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.data) == ("record operations", {"number": 1})


def _table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_is_read_row_by_row(tmp_path: Path) -> None:
    _, file = complete()
    members = list(file.founders.all())
    good = read_operations(
        _table(tmp_path, "Nom et prénom;Opérations (MAD)\nAMINA AIT BAHA;1 250,50\nفاطمة أوبلا;0\n"), members
    )
    assert good.errors == []
    assert good.amounts == {members[0].pk: Decimal("1250.50"), members[1].pk: 0}
    text = "Nom;Opérations\nInconnue;5\nAmina Aït Baha;beaucoup\nFatima Oubella;3\nFatima Oubella;4\n"
    text += ";6\nHassan Idder;-1\n"
    bad = read_operations(_table(tmp_path, text), members)
    assert [(one.line, one.code, one.written) for one in bad.errors] == [
        (2, "unknown_name", "Inconnue"), (3, "no_amount", "beaucoup"), (5, "twice", "Fatima Oubella"),
        (6, "no_name", ""), (7, "no_amount", "-1"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [("", "empty_file"), ("a;b\n1;2\n", "no_columns")])
def test_a_table_that_is_none_is_refused_whole(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_operations(_table(tmp_path, text), [])
    assert refused.value.code == code


def test_the_days_and_the_quorum_of_an_assembly_follow_from_its_day() -> None:
    group, file = complete()
    plan = plan_of(file.answers)
    assert (plan.call_by, plan.documents_by) == (date(2028, 3, 5), date(2028, 3, 5))
    assert (plan.member_list_by, plan.hold_by) == (date(2028, 3, 16), date(2028, 6, 30))
    assert plan.accounts_filed_by == date(2028, 4, 19)
    assert quorums_of(file.answers, list(file.founders.all())) == (3, 2, 2)
    owner = group.inside["owner"]
    with pytest.raises(UnlawfulAnswers) as refused:
        say(file, owner, "annual", assembly_convened_on="2028-03-06")
    assert [(one.field, one.code, one.article) for one in refused.value.faults] == [
        ("assembly_convened_on", "late_notice", "40")
    ]
    say(
        file, owner, "annual", assembly_convened_on="2028-03-06", assembly_call=2
    )  # ten days for a second call
    say(file, owner, "annual", assembly_on="2028-07-10", members_present=1)
    found = {
        one.code: one.verdict
        for one in assembly_findings(file.answers, list(file.founders.all()), NOW.date())
    }
    assert found == {"ag_notice": "met", "ago_deadline": "unmet", "ago_quorum": "unmet"}


def test_the_register_follows_who_enters_and_leaves_and_the_statutes_keep_the_founders() -> None:
    group, file = complete()
    owner = group.inside["owner"]
    told = Told(name_fr="Rkia Amzil", address="Igherm", shares=2, in_kind=Decimal(0), cash_paid=Decimal(400))
    came = add_founder(file=file, told=replace(told, entered_on=date(2027, 5, 1)), actor=owner, at=NOW)
    gone = file.founders.all()[1]
    kept = {name: getattr(gone, name) for name in Told.__dataclass_fields__}
    leaving = Told(**{**kept, "left_on": date(2028, 1, 15), "left_because": "withdrawal"})
    edit_founder(founder=gone, told=leaving, revision=gone.revision, actor=owner, at=NOW)
    file.refresh_from_db()
    members = list(file.founders.all())
    kinds = {code: paper_kind(code) for code in ("statutes", "members_register", "assembly_minutes")}
    names = {
        code: str(fill_paper(kind, file, members, "fr").document.parts)
        for code, kind in kinds.items()
        if kind
    }
    assert came.name_fr not in names["statutes"]
    assert gone.name_fr in names["statutes"]
    register = kinds["members_register"]
    assert register is not None
    found = fill_paper(register, file, members, "fr").document.parts
    rows = {row[1]: plain(" ".join(row)) for part in found if isinstance(part, Table) for row in part.rows}
    assert "mai 2027" in rows[came.name_fr]
    assert "15 janvier 2028" in rows[gone.name_fr]
    assert "2 novembre 2026" in rows[gone.name_fr]  # a founder entered when the cooperative was registered
    assert came.name_fr in names["assembly_minutes"]
    assert gone.name_fr not in names["assembly_minutes"]
    for wrong, code in (
        ({"left_on": date(2028, 1, 1)}, "day_and_reason"), ({"left_because": "death"}, "day_and_reason"),
        ({"entered_on": date(2026, 1, 1)}, "too_early"),
    ):  # fmt: skip
        with pytest.raises(UnlawfulAnswers) as refused:
            add_founder(file=file, told=replace(told, **wrong), actor=owner, at=NOW)
        assert [one.code for one in refused.value.faults] == [code]
