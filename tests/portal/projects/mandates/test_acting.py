"""Under a mandate: what may be written, in whose name it is kept, and how it ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bpc.portal.diagnosis.answering import begin_diagnosis, give_up_diagnosis
from bpc.portal.financing.answering import answer_questions
from bpc.portal.foundation.models import AuditEntry
from bpc.portal.foundation.permissions import all_rights, can
from bpc.portal.founding.actions import begin_file
from bpc.portal.founding.members import Told, add_founder, remove_founder
from bpc.portal.journeys.end_role import end_role_and_hand_over
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification, User
from bpc.portal.people.personal_data import export
from bpc.portal.plans.comments import comment_assumption
from bpc.portal.plans.editing import edit_assumptions
from bpc.portal.plans.scenarios import Title, delete_scenario, duplicate_scenario
from bpc.portal.projects.actions import archive_project, edit_project, restore_project, set_stage
from bpc.portal.projects.founders import Founder, add_person, remove_person
from bpc.portal.projects.mandates.ending import watch_mandates, withdraw_by_link, withdraw_mandate
from bpc.portal.projects.mandates.links import mandate_to_stop, stop_token
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.mandates.visibility import can_fill, projects_filled_by
from bpc.portal.projects.models import Project, ProjectMember
from bpc.portal.projects.sharing import end_advisor, grant_advisor, leave_project, set_role
from bpc.portal.web.mandates.words import ACTS
from tests.portal.plans.plan_world import fill_plan
from tests.portal.projects.mandates.mandate_world import World, give, make_world
from tests.portal.projects.project_world import describe, join, make_project
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


def _add(project: Project, actor: Any) -> None:
    add_person(project=project, founder=Founder("Rkia M."), actor=actor, at=timezone.now())


def _refused(world: World, actor: User) -> None:
    with pytest.raises(PermissionDenied):
        _add(world.project, actor)
    assert not can(actor, "projects.fill", world.project)
    assert world.project.people.count() == 0


def test_before_during_after() -> None:
    world = make_world()
    _refused(world, world.advisor)
    mandate = give(world)
    _refused(world, world.advisor)  # given, but the advisor does not act under it
    actor = world.acting(mandate)
    _add(world.project, actor)
    assert world.project.people.count() == 1
    world.project.people.all().delete()
    withdraw_mandate(mandate=mandate, actor=world.fadma, at=timezone.now())
    _refused(world, actor)


def test_everything_in_the_scope_is_kept_at_both_names() -> None:
    world = make_world()
    plan = fill_plan(world.project, world.fadma)
    mandate = give(world)
    actor, at, project = world.acting(mandate), timezone.now(), world.project
    edit_project(project=project, description=describe(name="Autre nom"), revision=1, actor=actor, at=at)
    _add(project, actor)
    file = begin_file(project=project, known={}, actor=actor, at=at)
    add_founder(file=file, told=Told(name_fr="Rkia"), actor=actor, at=at)
    begin_diagnosis(project=project, facts={}, actor=actor, at=at)
    answer_questions(project=project, answers={"rural": True}, revision=0, actor=actor, at=at)
    edit_assumptions(plan=plan, actor=actor, base_revision=2, changes={"years": 7}, at=at)
    duplicate_scenario(plan=plan, title=Title("Prudent", "fr"), actor=actor, at=at)
    rows = AuditEntry.objects.filter(actor=world.advisor, on_behalf_of=world.fadma)
    assert sorted(rows.values_list("verb", flat=True)) == sorted([
        "edit project", "add person", "begin creation file", "add founder", "begin diagnosis",
        "answer funding questions", "edit plan", "duplicate plan",
    ])  # fmt: skip
    assert {row.data["mandate"] for row in rows} == {mandate.pk}
    assert {row.verb for row in rows} <= set(ACTS)


def test_what_is_never_allowed_under_a_mandate() -> None:
    world = make_world()
    plan = fill_plan(world.project, world.fadma)
    other = duplicate_scenario(plan=plan, title=Title("Prudent", "fr"), actor=world.fadma, at=timezone.now())
    person = add_person(project=world.project, founder=Founder("A."), actor=world.fadma, at=timezone.now())
    file = begin_file(project=world.project, known={}, actor=world.fadma, at=timezone.now())
    run = begin_diagnosis(project=world.project, facts={}, actor=world.fadma, at=timezone.now())
    actor, at = world.acting(give(world)), timezone.now()
    refusals: list[Callable[[], None]] = [
        lambda: delete_scenario(plan=other, actor=actor, at=at),
        lambda: remove_person(person=person, actor=actor, at=at),
        lambda: remove_founder(founder=file.founders.get(), actor=actor, at=at),
        lambda: give_up_diagnosis(diagnosis=run, actor=actor, at=at),
        lambda: set_stage(project=world.project, stage="design", actor=actor, at=at),
        lambda: archive_project(project=world.project, actor=actor, at=at),
    ]
    for refused in refusals:
        with pytest.raises(PermissionDenied):
            refused()
    for right in ("projects.own", "projects.edit", "vault.edit", "applications.edit", "financing.decide"):
        assert not can(actor, right, world.project if right != "financing.decide" else None), right
    assert "people.own" in {right.name for right in all_rights()}
    assert not can(actor, "people.own", world.fadma)


def test_what_the_advisor_does_in_their_own_name_names_nobody_else() -> None:
    world = make_world()
    plan = fill_plan(world.project, world.fadma)
    actor = world.acting(give(world))
    comment_assumption(
        plan=plan, path="years", text="Pourquoi ?", language="fr", actor=actor, at=timezone.now()
    )
    assert not AuditEntry.objects.filter(on_behalf_of__isnull=False).exists()


def test_rule_and_queryset_of_filling_agree_for_everybody() -> None:
    world = make_world()
    mandate = give(world)
    other = make_project(world.fadma)
    editor = make_user()
    join(world.project, editor, "editor")
    people = [world.fadma, world.advisor, world.acting(mandate), world.delegate, editor, make_user("advisor")]
    stolen = User.objects.get(pk=people[-1].pk)
    stolen.acting_under = mandate.pk  # another advisor's session naming this mandate
    for archived in (False, True):
        if archived:
            archive_project(project=world.project, actor=world.fadma, at=timezone.now())
        rows = list(Project.objects.order_by("pk"))
        for person in [*people, stolen]:
            by_rule = {row.pk for row in rows if can_fill(person, row)}
            assert by_rule == set(projects_filled_by(person).values_list("pk", flat=True))
    restore_project(project=world.project, actor=world.fadma, at=timezone.now())
    assert can_fill(world.acting(mandate), world.project)
    assert not can_fill(world.acting(mandate), other)
    assert not can_fill(stolen, world.project)


def test_the_day_after_the_last_it_is_over_and_the_project_closes_again() -> None:
    world = make_world()
    mandate = give(world, days=0)
    actor = world.acting(mandate)
    assert can_fill(actor, world.project)
    Mandate.objects.update(until_on=timezone.localdate() - timedelta(days=1))
    _refused(world, actor)
    assert watch_mandates(timezone.now()) == (1, 0)
    assert watch_mandates(timezone.now()) == (0, 0)
    mandate.refresh_from_db()
    assert mandate.ending == "date"
    assert not world.project.advisor_accesses.filter(ended_at=None).exists()


def test_the_person_is_reminded_once_before_the_end() -> None:
    world = make_world()
    give(world, days=7)
    assert watch_mandates(timezone.now()) == (0, 1)
    assert watch_mandates(timezone.now()) == (0, 0)
    assert Notification.objects.filter(user=world.fadma, kind="mandate.ending").count() == 1


@pytest.mark.parametrize(
    "ending", ["access", "role", "member", "reader", "advisor gone", "person gone", "moved"]
)
def test_it_ends_with_what_it_stands_on_and_does_not_come_back(ending: str) -> None:
    world = make_world()
    second = make_user()
    join(world.project, second, "owner")
    mandate = give(world)
    actor, at = world.acting(mandate), timezone.now()
    member = ProjectMember.objects.get(project=world.project, user=world.fadma)
    match ending:
        case "access":
            access = world.project.advisor_accesses.get()
            end_advisor(access=access, actor=second, at=at)
            grant_advisor(project=world.project, advisor=world.advisor, actor=second, at=at)
        case "role":
            grant = world.advisor.role_grants.get()
            end_role_and_hand_over(grant=grant, reason="mutation", actor=None, at=at)
        case "member":
            leave_project(member=member, actor=world.fadma, at=at)
        case "reader":
            set_role(member=member, role="reader", actor=second, at=at)
            set_role(member=member, role="owner", actor=second, at=at)
        case "advisor gone":
            delete_account(user=world.advisor, actor=world.advisor, at=at)
        case "person gone":
            delete_account(user=world.fadma, actor=world.fadma, at=at)
        case "moved":
            description = describe("02.411.01.23")
            edit_project(project=world.project, description=description, revision=1, actor=second, at=at)
    _refused(world, actor)
    left = Mandate.objects.filter(pk=mandate.pk).first()
    assert (left is None) == (ending == "person gone")
    if left is not None and ending != "moved":
        assert left.ended_at is not None


def test_who_may_end_it_and_how_it_says_so() -> None:
    for who, ending in (("fadma", "person"), ("advisor", "advisor"), ("delegate", "region")):
        User.objects.filter(phone="+212661000001").update(phone=None, email=f"{who}@example.org")
        world = make_world()
        mandate = give(world)
        assert withdraw_mandate(mandate=mandate, actor=getattr(world, who), at=timezone.now())
        assert not withdraw_mandate(mandate=mandate, actor=world.fadma, at=timezone.now())
        mandate.refresh_from_db()
        assert mandate.ending == ending
    with pytest.raises(PermissionDenied):
        withdraw_mandate(mandate=mandate, actor=make_user(), at=timezone.now())
    with pytest.raises(PermissionDenied):
        withdraw_mandate(mandate=mandate, actor=make_user("delegate", region="02"), at=timezone.now())


def test_the_address_of_the_message_ends_it_and_nothing_else_does() -> None:
    world = make_world()
    mandate = give(world)
    token = stop_token(mandate)
    salt = "projects.mandates.stop"
    hostile = [
        "", "x", token[:-1], token + "A", token.replace(":", "."), "A" * 5000, "é" * 50, "../../etc/passwd",
        signing.dumps(mandate.pk, salt="financing.stop.one"),
        *(signing.dumps(one, salt=salt) for one in ([mandate.pk], "1", 10**30, None, True, -1, mandate.pk + 999)),
    ]  # fmt: skip
    for one in hostile:
        assert mandate_to_stop(one) is None, one
        assert withdraw_by_link(token=one, at=timezone.now()) is None
    mandate.refresh_from_db()
    assert mandate.ended_at is None
    assert withdraw_by_link(token=token, at=timezone.now()) == mandate
    mandate.refresh_from_db()
    assert (mandate.ending, mandate.ended_by) == ("link", None)
    first = mandate.ended_at
    withdraw_by_link(token=token, at=timezone.now())
    mandate.refresh_from_db()
    assert mandate.ended_at == first


def test_each_of_the_two_finds_it_among_their_data() -> None:
    world = make_world()
    _add(world.project, world.acting(give(world)))
    fadma = {holding.key: rows for holding, rows in export(world.fadma)}
    advisor = {holding.key: rows for holding, rows in export(world.advisor)}
    assert [row.get("act") or row["mandate_given"] for row in fadma["mandates_given"]] == [
        "code",
        "add person",
    ]
    assert [row["mandate_given"] for row in advisor["mandates_held"]] == ["code"]
