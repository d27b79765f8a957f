"""Where a session is asked for, counted: for the staff by commune and province, for the public without small numbers.

Names are never read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from bpc.portal.foundation.small_cells import Cell, hidden_cells, is_small
from bpc.portal.training.models import Course
from bpc.portal.workshops.models import CourseRequest
from bpc.portal.workshops.states import AskState, Moment, Spoken
from bpc.portal.workshops.visibility import regions_of

#: People of one province from whom a session is usually worth opening: a guide said on the pages, never a bar.
ENOUGH = 10


@dataclass(frozen=True)
class Group:
    """Those of a commune who wait for a course, and those of the whole province."""

    course: int
    commune: str
    province: str
    people: int
    askers: int
    since: datetime
    nearby: int  # people of the province, these included
    spoken: Mapping[str, int]  # requests by `Spoken`
    moments: Mapping[str, int]  # requests by `Moment`

    @property
    def is_enough(self) -> bool:
        """Whether a session is usually worth opening."""
        return self.nearby >= ENOUGH


def waiting_requests(person: Any) -> QuerySet[CourseRequest]:
    """The waiting requests the person counts: of their regions, or all. Only to be counted."""
    rows = CourseRequest.objects.filter(state=AskState.WAITING)
    regions = regions_of(person)
    return rows if regions is None else rows.filter(region__in=regions)


def groups_waiting(person: Any, region: str = "", course: int | None = None) -> QuerySet[Any, Any]:
    """One row for each course and commune, most people first, then who waits longest."""
    rows = waiting_requests(person)
    if region:
        rows = rows.filter(region=region)
    if course is not None:
        rows = rows.filter(course=course)
    spoken = {f"spoken_{one.value}": Count("pk", filter=Q(spoken=one.value)) for one in Spoken}
    moments = {f"at_{one.value}": Count("pk", filter=Q(**{one.value: True})) for one in Moment}
    counted = rows.order_by().values("course_id", "commune_id", "province_id").annotate(
        people_waiting=Sum("people"), askers=Count("pk"), since=Min("asked_at"), **spoken, **moments
    )  # fmt: skip
    return counted.order_by("-people_waiting", "since", "course_id", "commune_id")


def as_groups(rows: Sequence[Mapping[str, Any]]) -> list[Group]:
    """A page of `groups_waiting` with the people of their provinces: one query."""
    near = CourseRequest.objects.filter(
        state=AskState.WAITING, course__in={row["course_id"] for row in rows},
        province__in={row["province_id"] for row in rows},
    )  # fmt: skip
    sums = near.order_by().values_list("course_id", "province_id").annotate(Sum("people"))
    nearby = {(course, province): people for course, province, people in sums}
    return [
        Group(
            course=row["course_id"], commune=row["commune_id"], province=row["province_id"],
            people=row["people_waiting"], askers=row["askers"], since=row["since"],
            nearby=nearby[row["course_id"], row["province_id"]],
            spoken={one.value: row[f"spoken_{one.value}"] for one in Spoken if row[f"spoken_{one.value}"]},
            moments={one.value: row[f"at_{one.value}"] for one in Moment if row[f"at_{one.value}"]},
        )
        for row in rows
    ]  # fmt: skip


def people_asking(course: int) -> int | None:
    """How many people of the country wait for a course, as the public reads it; None for a small number."""
    found = CourseRequest.objects.filter(state=AskState.WAITING, course=course)
    counted = found.aggregate(people=Sum("people"), askers=Count("pk"))
    return None if is_small(counted["askers"]) else counted["people"] or 0


@dataclass(frozen=True)
class Asked:
    """A territory where a course is asked for: `people` is None where the number is small."""

    code: str
    people: int | None
    parts: tuple["Asked", ...] = ()


def asked_by_place(course: int) -> tuple[int | None, list[Asked]]:
    """The country, and its regions with their provinces, as the public reads them: one query.

    A number from fewer than five requests is hidden, and what would give it back by subtraction.
    """
    rows = CourseRequest.objects.filter(state=AskState.WAITING, course=course).order_by()
    found = list(rows.values_list("region_id", "province_id").annotate(Sum("people"), Count("pk")))
    askers: dict[tuple[str, ...], int] = {}
    people: dict[tuple[str, ...], int] = {}
    for region, province, number, asked in found:
        for name in ((), (region,), (region, province)):
            askers[name] = askers.get(name, 0) + asked
            people[name] = people.get(name, 0) + number
    regions = sorted({region for region, *_rest in found})
    provinces = {
        region: sorted(province for one, province, *_rest in found if one == region) for region in regions
    }
    sums: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = [((), [(region,) for region in regions])]
    sums += [((region,), [(region, one) for one in provinces[region]]) for region in regions]
    hidden = hidden_cells({name: Cell(number) for name, number in askers.items()}, sums)

    def shown(name: tuple[str, ...]) -> int | None:
        return None if name in hidden else people.get(name, 0)

    return shown(()), [
        Asked(region, shown((region,)), tuple(Asked(one, shown((region, one))) for one in provinces[region]))
        for region in regions
    ]


def course_keys(person: Any) -> list[int]:
    """The courses somebody waits for, where the person counts."""
    return list(
        Course.objects.filter(pk__in=waiting_requests(person).order_by().values("course")).values_list("pk", flat=True)
    )  # fmt: skip
