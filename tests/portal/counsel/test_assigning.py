"""A delegation chooses advisors within what each can take; the group alone opens its project."""

import random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from bpc.portal.counsel.advising import hand_over_portfolio
from bpc.portal.counsel.assigning import (
    CannotAdvise,
    Chosen,
    ChosenMeanwhile,
    answer_assignment,
    assign_advisor,
    assign_several,
    running_assignment,
    settle_assignments,
)
from bpc.portal.counsel.models import AdvisorSheet, Assignment
from bpc.portal.counsel.places import coming_in, projects_by_advisor, projects_to_place, seats_in
from bpc.portal.counsel.placing import Place, Seat, propose, rank_seats
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import can_see
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.journeys.end_role import end_role_and_hand_over
from bpc.portal.people.departure import delete_account
from bpc.portal.people.models import Notification, RoleGrant, User
from bpc.portal.people.roles import Role
from bpc.portal.projects.models import Project
from bpc.portal.projects.sharing import grant_advisor
from tests.portal.counsel.counsel_world import MONDAY, REGION, days_later
from tests.portal.projects.project_world import make_project
from tests.portal.together import at_once
from tests.portal.world import make_user

FRENCH = frozenset({"fr"})


def told(user: User) -> list[str]:
    rows = Notification.objects.filter(user=user, kind__startswith="counsel.").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def choose(project: Project, advisor: User, delegate: User, **given: Any) -> Assignment:
    at = given.pop("at", MONDAY)
    return assign_advisor(project=project, chosen=Chosen(advisor.pk, **given), actor=delegate, at=at)


def test_language_sector_and_room_decide_and_away_or_full_come_last() -> None:
    place = Place(1, "fr", "food", group=frozenset({60}))
    seats = [
        Seat(10, projects=1),
        Seat(20, FRENCH, projects=2),
        Seat(30, FRENCH, frozenset({"food"}), projects=9),
        Seat(40, frozenset({"ar"})),
        Seat(50, FRENCH, frozenset({"food"}), projects=20),
        Seat(55, FRENCH, frozenset({"food"}), is_away=True),
        Seat(60),  # of the group
        Seat(70, frozenset({"ar"}), projects=19, known=frozenset({1})),
    ]
    ranked = rank_seats(place, seats)
    assert [one.seat.person for one in ranked] == [70, 30, 10, 20, 40, 50, 55]
    reasons = {one.seat.person: one.reasons for one in ranked}
    assert reasons[70] == ("project",)
    assert reasons[30] == ("language", "sector")
    assert reasons[50] == ("language", "sector", "full")
    assert reasons[55] == ("language", "sector", "fewest", "away")


def test_a_proposal_never_exceeds_what_was_planned_and_serves_laureates_first() -> None:
    chance = random.Random(20261123)
    for _history in range(300):
        seats = [
            Seat(
                person, projects=chance.randrange(6), projects_most=chance.randrange(6),
                is_away=chance.random() < 0.2, languages=frozenset(chance.sample(["fr", "ar"], chance.randrange(3))),
            )
            for person in range(chance.randrange(1, 6))
        ]  # fmt: skip
        places = [
            Place(100 + rank, "fr", is_laureate=chance.random() < 0.3, group=frozenset({chance.randrange(6)}))
            for rank in range(chance.randrange(1, 12))
        ]
        made = propose(places, seats)
        assert sorted(one.project for one in made) == sorted(one.project for one in places)
        groups = {one.project: one.group for one in places}
        for seat in seats:
            given = [one.project for one in made if one.person == seat.person]
            assert len(given) <= (0 if seat.is_away else seat.room)
            assert all(seat.person not in groups[project] for project in given)
        order = [one.project for one in made]
        first = [one.project for one in places if one.is_laureate]
        assert order[: len(first)] == first


@pytest.mark.django_db
def test_a_delegate_chooses_the_group_is_told_and_opens() -> None:
    delegate, advisor, owner = make_user(Role.DELEGATE), make_user(Role.ADVISOR), make_user()
    project = make_project(owner)
    assert list(projects_to_place(REGION)) == [project]
    made = choose(project, advisor, delegate)
    assert choose(project, advisor, delegate).pk == made.pk  # the same again: nothing
    assert (told(owner), told(advisor)) == (["counsel.advisor_chosen"], ["counsel.assigned"])
    assert not can_see(advisor, project)  # chosen is not let in
    assert not can_see(delegate, project)
    assert projects_by_advisor([advisor.pk]) == {advisor.pk: 1}
    assert not projects_to_place(REGION).exists()
    answer_assignment(assignment=made, accept=True, actor=owner, at=days_later(1))
    assert can_see(advisor, project)
    assert projects_by_advisor([advisor.pk]) == {advisor.pk: 1}  # counted once
    verbs = list(trail_of(project).values_list("verb", flat=True))
    assert verbs[:2] == ["assign advisor", "grant advisor access"]


@pytest.mark.django_db
def test_a_full_advisor_is_chosen_with_a_written_reason_only_and_it_is_traced() -> None:
    delegate, advisor = make_user(Role.DELEGATE), make_user(Role.ADVISOR)
    AdvisorSheet.objects.create(user=advisor, projects_most=1)
    owner = make_user()
    first, second = make_project(owner), make_project(owner)
    grant_advisor(project=first, advisor=advisor, actor=owner, at=MONDAY)
    (seat,) = seats_in(REGION, MONDAY)
    assert (seat.is_full, seat.room) == (True, 0)
    for note in ("", "   "):
        with pytest.raises(ReasonMissing):
            choose(second, advisor, delegate, note=note)
    made = choose(second, advisor, delegate, note="Elle seule connaît la filière du safran.")
    assert (made.is_over, made.reasons) == (True, ["full"])
    entry = trail_of(second).get(verb="assign advisor")
    assert (entry.reason, entry.data["over"]) == ("Elle seule connaît la filière du safran.", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=made.pk).update(note="")


@pytest.mark.django_db
def test_only_those_who_lead_the_region_choose_and_only_among_its_advisors() -> None:
    advisor, owner = make_user(Role.ADVISOR), make_user()
    project = make_project(owner)
    for person in (make_user(Role.DELEGATE, region="02"), advisor, owner, make_user(Role.JUROR)):
        with pytest.raises(PermissionDenied):
            choose(project, advisor, person)
    of_the_group = make_user(Role.DELEGATE)
    project.members.create(user=of_the_group, role="reader")
    with pytest.raises(PermissionDenied):
        choose(project, advisor, of_the_group)
    delegate = make_user(Role.DELEGATE)
    own = make_user(Role.ADVISOR)
    project.members.create(user=own, role="editor")
    for wrong in (make_user(Role.ADVISOR, region="02"), delegate, own):
        with pytest.raises(CannotAdvise):
            choose(project, wrong, delegate)
    assert choose(project, advisor, make_user(Role.ADMINISTRATOR)).advisor == advisor


@pytest.mark.django_db
def test_a_change_keeps_the_history_and_a_stale_form_is_told() -> None:
    delegate, first, second = make_user(Role.DELEGATE), make_user(Role.ADVISOR), make_user(Role.ADVISOR)
    project = make_project(make_user())
    one = choose(project, first, delegate)
    with pytest.raises(ChosenMeanwhile):
        choose(project, second, delegate)  # the page was read before
    two = choose(project, second, delegate, before=one.pk, at=days_later(3))
    one.refresh_from_db()
    assert (one.ended_why, one.ended_at) == ("changed", days_later(3))
    assert told(first) == ["counsel.assigned", "counsel.unassigned"]
    assert running_assignment(project) == two
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(project=project, advisor=first)


@pytest.mark.django_db
def test_a_group_says_no_and_the_project_waits_again() -> None:
    delegate, advisor, owner = make_user(Role.DELEGATE), make_user(Role.ADVISOR), make_user()
    project = make_project(owner)
    made = choose(project, advisor, delegate)
    with pytest.raises(PermissionDenied):
        answer_assignment(assignment=made, accept=True, actor=advisor, at=MONDAY)
    answer_assignment(assignment=made, accept=False, actor=owner, at=MONDAY)
    made.refresh_from_db()
    assert made.ended_why == "declined"
    assert told(delegate) == ["counsel.assignment_declined"]
    assert list(projects_to_place(REGION)) == [project]
    with pytest.raises(ChosenMeanwhile):
        answer_assignment(assignment=made, accept=True, actor=owner, at=MONDAY)


@pytest.mark.django_db
def test_several_at_once_within_capacity_and_what_others_settled_is_left() -> None:
    delegate, advisor, other = make_user(Role.DELEGATE), make_user(Role.ADVISOR), make_user(Role.ADVISOR)
    AdvisorSheet.objects.create(user=advisor, projects_most=2)
    rows = [make_project(make_user()) for _rank in range(3)]
    with pytest.raises(ReasonMissing):
        assign_several(chosen=[(row, Chosen(advisor.pk)) for row in rows], actor=delegate, at=MONDAY)
    assert not Assignment.objects.exists()  # all or nothing
    settled = choose(rows[0], other, delegate)
    made, left = assign_several(chosen=[(row, Chosen(advisor.pk)) for row in rows], actor=delegate, at=MONDAY)
    assert ([one.project for one in made], left) == (rows[1:], [rows[0]])
    assert running_assignment(rows[0]) == settled


@pytest.mark.django_db
def test_a_hand_over_gives_each_project_to_somebody_with_room_and_fills_nobody() -> None:
    delegate, leaving = make_user(Role.DELEGATE), make_user(Role.ADVISOR)
    to, third = make_user(Role.ADVISOR), make_user(Role.ADVISOR)
    AdvisorSheet.objects.create(user=to, projects_most=1)
    AdvisorSheet.objects.create(user=third, projects_most=1)
    owner = make_user()
    rows = [make_project(owner) for _rank in range(3)]
    grant_advisor(project=rows[0], advisor=leaving, actor=owner, at=MONDAY)
    for row in rows[1:]:
        choose(row, leaving, delegate)
    done = hand_over_portfolio(advisor=leaving, to=to, actor=delegate, at=days_later(1))
    assert (done.projects, done.placed) == (1, 2)
    assert [getattr(running_assignment(row), "advisor", None) for row in rows] == [to, third, None]
    ended = Assignment.objects.filter(advisor=leaving)
    assert [one.ended_why for one in ended] == ["hand_over"] * 2
    assert told(owner).count("counsel.advisor_leaves") == 1


@pytest.mark.django_db
def test_who_leaves_the_role_or_the_site_frees_their_projects() -> None:
    delegate, one, two = make_user(Role.DELEGATE), make_user(Role.ADVISOR), make_user(Role.ADVISOR)
    rows = [make_project(make_user()) for _rank in range(2)]
    choose(rows[0], one, delegate)
    choose(rows[1], two, delegate)
    assert settle_assignments(at=MONDAY) == 0
    grant = RoleGrant.objects.get(user=one)
    end_role_and_hand_over(
        grant=grant, reason="Mutation.", actor=make_user(Role.ADMINISTRATOR), at=days_later(2)
    )
    assert Assignment.objects.get(project=rows[0]).ended_why == "role_ended"
    delete_account(user=two, actor=two, at=days_later(3))
    left = Assignment.objects.get(project=rows[1])
    assert (left.advisor, left.ended_why) == (None, "role_ended")
    assert projects_to_place(REGION).count() == 2


@pytest.mark.django_db
def test_the_gap_of_a_region() -> None:
    one, away = make_user(Role.ADVISOR), make_user(Role.ADVISOR)
    AdvisorSheet.objects.create(user=one, projects_most=2)
    AdvisorSheet.objects.create(user=away, projects_most=5)
    away.advisor_absences.create(from_on=MONDAY.date(), until_on=days_later(5).date())
    rows = [make_project(make_user()) for _rank in range(4)]
    grant_advisor(project=rows[0], advisor=one, actor=rows[0].members.get().user, at=MONDAY)
    found = coming_in(REGION, seats_in(REGION, MONDAY), MONDAY)
    assert (found.without, found.free, found.free_away) == (3, 1, 5)
    assert (found.gap, found.left, found.laureates) == (2, 0, 0)
    more = coming_in(REGION, seats_in(REGION, MONDAY), MONDAY, supports=2)
    assert (more.asked, more.gap) == (5, 4)


@pytest.mark.usefixtures("reference_again")
@pytest.mark.django_db(transaction=True)
def test_two_delegates_who_fill_the_last_place_at_once() -> None:
    """On PostgreSQL at the same instant; on SQLite one after the other: the second is asked for a reason."""
    advisor = make_user(Role.ADVISOR)
    AdvisorSheet.objects.create(user=advisor, projects_most=1)
    rows = [make_project(make_user()) for _rank in range(4)]
    people = [make_user(Role.DELEGATE) for _rank in rows]
    outcomes: list[str] = []

    def press(rank: int) -> None:
        try:
            choose(rows[rank], advisor, people[rank])
            outcomes.append("chosen")
        except ReasonMissing:
            outcomes.append("refused")

    at_once(len(rows), press)
    assert sorted(outcomes) == ["chosen", "refused", "refused", "refused"]
    assert Assignment.objects.count() == 1
