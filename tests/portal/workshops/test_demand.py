"""Requests: one living each, met, taken back, lapsed; counted for the staff, hidden where small for the public."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpc.portal.foundation.permissions import can_see
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas.limits import TooManyDeposits
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from bpc.portal.workshops.asking import LIVES, lapse_requests, withdraw_request, write_to_askers
from bpc.portal.workshops.demand import as_groups, asked_by_place, groups_waiting, people_asking
from bpc.portal.workshops.models import CourseRequest
from tests.portal.workshops.workshop_world import NEIGHBOUR, NOW, OTHER, course, make_request
from tests.portal.world import ELSEWHERE, HERE, make_user

pytestmark = pytest.mark.django_db


def test_asking_again_changes_what_one_asked() -> None:
    person = make_user()
    first = make_request(4, actor=person)
    again = make_request(9, actor=person, commune=NEIGHBOUR, spoken="zgh", moments=("weekend",))
    assert again.pk == first.pk
    row = CourseRequest.objects.get()
    assert (row.people, row.commune_id, row.spoken, row.evening, row.weekend) == (
        9,
        NEIGHBOUR,
        "zgh",
        False,
        True,
    )
    assert make_request(actor=person, code=OTHER).pk != first.pk


def test_taken_back_by_who_asked_only_and_once() -> None:
    row = make_request()
    for person in (make_user(), make_user(Role.ADMINISTRATOR)):
        assert not can_see(person, row)
        with pytest.raises(PermissionDenied):
            withdraw_request(request=row, actor=person, at=NOW)
    withdraw_request(request=row, actor=row.user, at=NOW)
    with pytest.raises(IllegalMove):
        withdraw_request(request=row, actor=row.user, at=NOW)
    assert make_request(actor=row.user).pk != row.pk  # and may ask again


def test_a_request_ends_a_year_after_it_was_last_said() -> None:
    row = make_request()
    assert lapse_requests(NOW + LIVES) == 0
    assert [lapse_requests(NOW + LIVES + timedelta(days=1)) for _ in range(2)] == [1, 0]
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_grouped_by_commune_most_people_first_with_the_province_around() -> None:
    for people, commune in ((3, HERE), (5, HERE), (20, NEIGHBOUR), (2, ELSEWHERE)):
        make_request(people, commune=commune)
    make_request(50, code=OTHER)
    trainer, delegate = make_user(Role.TRAINER), make_user(Role.DELEGATE)
    groups = as_groups(list(groups_waiting(trainer, course=course().pk)))
    assert [(one.commune, one.people, one.askers, one.nearby, one.is_enough) for one in groups] == [
        (NEIGHBOUR, 20, 1, 28, True), (HERE, 8, 2, 28, True), (ELSEWHERE, 2, 1, 2, False)
    ]  # fmt: skip
    assert (groups[1].spoken, groups[1].moments) == ({"ar": 2}, {"evening": 2})
    regional = as_groups(list(groups_waiting(delegate, course=course().pk)))
    assert [one.commune for one in regional] == [NEIGHBOUR, HERE]
    assert list(groups_waiting(delegate, region="02")) == []


def test_the_public_reads_no_number_of_fewer_than_five_requests_nor_what_gives_it_back() -> None:
    for commune, number in ((HERE, 6), ("09.581.01.07", 2), (ELSEWHERE, 7)):
        for _ in range(number):
            make_request(2, commune=commune)
    total, regions = asked_by_place(course().pk)
    assert total == 30
    shown = {one.code: (one.people, {part.code: part.people for part in one.parts}) for one in regions}
    # 16 less the 12 of one province would be the 4 of the other: both are hidden
    assert shown == {
        "02": (14, {"02.411": 14}), "09": (16, {"09.541": None, "09.581": None})
    }  # fmt: skip
    assert people_asking(course().pk) == 30
    make_request(50, code=OTHER)
    assert people_asking(course(OTHER).pk) is None
    assert people_asking(course("selling").pk) == 0


def test_the_staff_write_without_knowing_to_whom_twice_a_day_at_most() -> None:
    asker, elsewhere = make_user(language="ar"), make_user()
    make_request(actor=asker)
    make_request(actor=elsewhere, commune=NEIGHBOUR)
    delegate, place = make_user(Role.DELEGATE), Territory.objects.get(pk=HERE)
    said: dict[str, Any] = {"course": course(), "commune": place, "words": "Samedi convient-il ?", "at": NOW}
    assert write_to_askers(**said, actor=delegate) == 1
    (notice,) = Notification.objects.all()
    assert (notice.user, notice.kind, notice.data["words"]) == (
        asker,
        "workshop.written",
        "Samedi convient-il ?",
    )
    assert write_to_askers(**said, actor=delegate) == 1
    with pytest.raises(TooManyDeposits):
        write_to_askers(**said, actor=delegate)
    with pytest.raises(PermissionDenied):
        write_to_askers(**said, actor=make_user(Role.DELEGATE, region="02"))


def test_counting_costs_the_same_for_ten_requests_or_two_hundred() -> None:
    trainer, places = make_user(Role.TRAINER), Territory.objects.filter(level="commune").order_by("pk")

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            groups = as_groups(list(groups_waiting(trainer)[:25]))
            asked_by_place(course().pk)
        return len(asked), len(groups)

    def ask(first: int, last: int) -> None:
        rows = [
            CourseRequest(
                course=course(), user=make_user(), commune=place, province_id=place.province_code,
                region_id=place.region_code, people=3, spoken="ar",
            )
            for place in places[first:last]
        ]  # fmt: skip
        CourseRequest.objects.bulk_create(rows)

    ask(0, 30)
    cost()  # the person's roles are read once
    few = cost()
    ask(30, 230)
    assert cost() == few
    assert few[1] == 25
