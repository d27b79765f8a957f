"""What those who came think, in five faces and a few words, without their names; figures five answers at a time.

While figures grew by one answer at a time, whoever looks before and after would read what that person said. So answers
wait until there are five of them, then are counted and read together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from bpc.portal.foundation.audit import record
from bpc.portal.foundation.small_cells import SMALLEST
from bpc.portal.workshops.models import QUESTIONS, Enrolment, Opinion, Workshop
from bpc.portal.workshops.states import Face, WorkshopState

OPEN_FOR = timedelta(days=60)  # after the last day


class JudgingClosed(Exception):
    """No opinion is taken; `why`: "not-there", "too-early", "late" or "done"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Figures:
    """`counted` answers, all faces of them: question → face → how many. `waiting` ones are neither counted nor read."""

    counted: int
    waiting: int
    faces: Mapping[str, Mapping[int, int]]

    def happy(self, question: str) -> float | None:
        """The share of « oui » to a question, in percent; None while nothing is counted."""
        return 100 * self.faces[question][Face.HAPPY] / self.counted if self.counted else None


def why_not(enrolment: Enrolment, at: datetime) -> str:
    """Why this person does not judge the session now; "" when they may."""
    workshop = enrolment.workshop
    if not enrolment.presences.exists():
        return "not-there"
    if enrolment.has_judged:
        return "done"
    if workshop.state != WorkshopState.HELD and at < workshop.ends_at:
        return "too-early"
    return "late" if at > workshop.ends_at + OPEN_FOR else ""


def judge(
    *, enrolment: Enrolment, faces: Mapping[str, int], words: str, language: str, actor: Any, at: datetime
) -> None:
    """Keep what one person thinks, apart from who they are. Raises `JudgingClosed`; KeyError for a missing face.

    The trail tells that they said something, never what.
    """
    with transaction.atomic():
        workshop = Workshop.objects.select_for_update().get(pk=enrolment.workshop_id)
        row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        if why := why_not(row, at):
            raise JudgingClosed(why)
        row.has_judged = True
        row.save(update_fields=["has_judged"])
        Opinion.objects.create(
            workshop=workshop, words=words, language=language, **{name: faces[name] for name in QUESTIONS}
        )
        waiting = workshop.opinions.filter(counted=False)
        if waiting.count() >= SMALLEST:
            waiting.update(counted=True)
        record(actor=actor, verb="judge workshop", obj=row, at=at)


def figures_of(workshop: Workshop) -> Figures:
    """The figures of a session: one query."""
    return _figures(Opinion.objects.filter(workshop=workshop).aggregate(**_counts()))


def words_of(workshop: Workshop) -> QuerySet[Opinion]:
    """The words of the counted answers, in no order of time."""
    return Opinion.objects.filter(workshop=workshop, counted=True).exclude(words="").order_by("pk")


@dataclass(frozen=True)
class CourseFigures:
    """The figures of all sessions of a course."""

    course: int
    sessions: int
    figures: Figures


def figures_by_course() -> list[CourseFigures]:
    """Each course somebody judged: one query, as many rows as courses. Sums of fives hide as each of them does."""
    rows = Opinion.objects.order_by().values("workshop__course").annotate(
        sessions=Count("workshop", distinct=True), **_counts()
    )  # fmt: skip
    return [
        CourseFigures(row["workshop__course"], row["sessions"], _figures(row))
        for row in rows.order_by("workshop__course__code")
    ]


def _counts() -> dict[str, Count]:
    cells = {
        f"{name}_{face.value}": Count("pk", filter=Q(counted=True, **{name: face.value}))
        for name in QUESTIONS
        for face in Face
    }
    return {
        "was_counted": Count("pk", filter=Q(counted=True)),
        "still_waits": Count("pk", filter=Q(counted=False)),
        **cells,
    }


def _figures(row: Mapping[str, Any]) -> Figures:
    faces = {name: {face.value: row[f"{name}_{face.value}"] for face in Face} for name in QUESTIONS}
    return Figures(row["was_counted"], row["still_waits"], faces)
