"""What is done to a self-diagnosis: begin, answer a family, finish, give up."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bpc.datasets.diagnosis import Family, known_answer
from bpc.portal.diagnosis.models import MOST_RUNS, Diagnosis
from bpc.portal.diagnosis.questions import questionnaire
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project


class StaleAnswers(Exception):
    """Somebody else answered the same questions meanwhile; `current` is what is stored now."""

    def __init__(self, current: Diagnosis) -> None:
        super().__init__(str(current.pk))
        self.current = current


class AlreadyFinished(Exception):
    """A finished diagnosis is not changed."""


class NotAllSeen(Exception):
    """Finishing asks that every family was seen; `family` is the first that was not."""

    def __init__(self, family: str) -> None:
        super().__init__(family)
        self.family = family


@transaction.atomic
def begin_diagnosis(*, project: Project, facts: Mapping[str, int], actor: Any, at: Any) -> Diagnosis:
    """A new diagnosis, answered where the site knows; the one still open, if there is one.

    Beyond `MOST_RUNS`, the oldest goes. Raises `PermissionDenied`.
    """
    row = lock(project)
    actor = filling(actor, row)
    running = Diagnosis.objects.filter(project=row, finished_at=None).first()
    if running is not None:
        return running
    asked = questionnaire()
    found = {question.id: known_answer(question, facts) for _family, question in asked.questions()}
    known = {code: answer for code, answer in found.items() if answer is not None}
    origins = {one.id: one.known_by.fact for _, one in asked.questions() if one.id in known and one.known_by}
    last = Diagnosis.objects.filter(project=row).order_by("-number").first()
    begun = Diagnosis.objects.create(
        project=row, number=last.number + 1 if last is not None else 1, version=asked.version,
        answers=known, from_facts=origins, started_by=actor, started_at=at,
    )  # fmt: skip
    too_old = Diagnosis.objects.filter(project=row, number__lte=begun.number - MOST_RUNS)
    too_old.delete()
    record(actor=actor, verb="begin diagnosis", obj=row, at=at, data={"number": begun.number})
    return begun


@transaction.atomic
def answer_family(
    *,
    diagnosis: Diagnosis,
    family: Family,
    answers: Mapping[str, str | None],
    revision: int,
    actor: Any,
    at: Any,
) -> Diagnosis:
    """Keep the answers of one family; a question left out, or None, is « not known ».

    Raises ValueError for an answer that is none of the question's, `StaleAnswers` when somebody else answered this
    family otherwise since `revision`, `AlreadyFinished`, `PermissionDenied`.
    """
    row, actor = _locked(diagnosis, actor)
    told: dict[str, str | None] = {}
    for question in family.questions:
        answer = answers.get(question.id)
        if answer is not None and question.rank_of(answer) is None:
            raise ValueError(f"{question.id}: {answer}")
        told[question.id] = answer
    changed = [
        code for code, answer in told.items() if code not in row.answers or row.answers[code] != answer
    ]
    if not changed:
        return row
    seen_before = any(code in row.answers and code not in row.from_facts for code in changed)
    if row.revision != revision and seen_before:
        raise StaleAnswers(row)
    row.answers = {**row.answers, **told}
    row.from_facts = {code: fact for code, fact in row.from_facts.items() if code not in changed}
    row.revision += 1
    row.save(update_fields=["answers", "from_facts", "revision"])
    data = {"number": row.number, "family": family.id}
    record(actor=actor, verb="answer diagnosis", obj=row.project, at=at, data=data)
    touch(row.project, actor, at)
    return row


@transaction.atomic
def finish_diagnosis(*, diagnosis: Diagnosis, actor: Any, at: Any) -> Diagnosis:
    """Close it: from now on it is history. Raises `NotAllSeen`, `AlreadyFinished`, `PermissionDenied`."""
    row, actor = _locked(diagnosis, actor)
    for family, question in questionnaire().questions():
        if question.id not in row.answers:
            raise NotAllSeen(family.id)
    row.finished_by, row.finished_at = actor, at
    row.save(update_fields=["finished_by", "finished_at"])
    record(actor=actor, verb="finish diagnosis", obj=row.project, at=at, data={"number": row.number})
    touch(row.project, actor, at)
    return row


@transaction.atomic
def give_up_diagnosis(*, diagnosis: Diagnosis, actor: Any, at: Any) -> None:
    """Erase one that was not finished; those finished stay. Raises `AlreadyFinished`, `PermissionDenied`."""
    check(actor, "projects.edit", diagnosis.project)
    row, actor = _locked(diagnosis, actor)
    record(actor=actor, verb="give up diagnosis", obj=row.project, at=at, data={"number": row.number})
    row.delete()


def _locked(diagnosis: Diagnosis, actor: Any) -> tuple[Diagnosis, Any]:
    """The row as it is now, behind its project's lock, once the right is checked, and in whose name."""
    actor = filling(actor, lock(diagnosis.project))
    row = Diagnosis.objects.select_for_update(of=("self",)).select_related("project").get(pk=diagnosis.pk)
    if row.finished_at is not None:
        raise AlreadyFinished(str(row.pk))
    return row, actor
