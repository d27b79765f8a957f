"""What is done to a creation file: begin it, answer a page of it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bpc.portal.foundation.audit import record
from bpc.portal.founding.answers import (
    UnlawfulAnswers,
    bound_fault,
    catalogue,
    combination_faults,
    kept,
)
from bpc.portal.founding.members import take_people
from bpc.portal.founding.models import CreationFile
from bpc.portal.ideas.languages import language_of
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project


class StaleAnswers(Exception):
    """Somebody else changed this page since it was opened; `current` holds what is stored now."""

    def __init__(self, current: dict[str, Any]) -> None:
        super().__init__("answers changed meanwhile")
        self.current = current


@transaction.atomic
def begin_file(*, project: Project, known: Mapping[str, Any], actor: Any, at: Any) -> CreationFile:
    """The project's file, begun with what is `known` and with the people of the project; the same one if begun before.

    Raises `PermissionDenied`.
    """
    row = lock(project)
    actor = filling(actor, row)
    begun = CreationFile.objects.filter(project=row).first()
    if begun is not None:
        return begun
    lawful = {
        code: value for code, value in known.items() if bound_fault(catalogue().question(code), value) is None
    }
    answers = {"name_1": row.name[:100], **_stored(lawful)}
    script = "ar" if language_of(row.summary) == "ar" else "fr"
    if row.summary:
        answers[f"purpose_{script}"] = row.summary[:1200]
    file = CreationFile.objects.create(
        project=row, answers=answers, begun_at=at, changed_at=at, changed_by=actor
    )
    take_people(file=file, at=at)
    record(actor=actor, verb="begin creation file", obj=row, at=at)
    touch(row, actor, at)
    return file


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {code: kept(catalogue().question(code), value) for code, value in values.items()}
    return {code: value for code, value in found.items() if value is not None}


@transaction.atomic
def answer(
    *,
    file: CreationFile,
    family: str,
    values: Mapping[str, Any],
    base: Mapping[str, Any],
    actor: Any,
    at: Any,
) -> None:
    """Keep the answers of a page: `values` by code, None for what is not known; `base` is what the page first held.

    Raises `StaleAnswers` when another person changed this page meanwhile, `UnlawfulAnswers`, `PermissionDenied`.
    The trail names the fields, not their contents.
    """
    project = lock(file.project)
    actor = filling(actor, project)
    row = CreationFile.objects.select_for_update().get(pk=file.pk)
    codes = [question.code for question in catalogue().of(family)]
    now = {code: row.answers[code] for code in codes if code in row.answers}
    new = _stored({code: values.get(code) for code in codes})
    if new == now:
        return
    if now != _stored({code: base.get(code) for code in codes}):
        raise StaleAnswers(now)
    answers = {code: value for code, value in row.answers.items() if code not in codes} | new
    changed = frozenset(code for code in codes if now.get(code) != new.get(code))
    faults = [fault for code in codes if (fault := bound_fault(catalogue().question(code), values.get(code)))]
    faults += combination_faults(answers, row.founders.count(), frozenset(codes))
    if faults:
        raise UnlawfulAnswers(faults)
    row.answers, row.revision, row.changed_at, row.changed_by = answers, row.revision + 1, at, actor
    row.save()
    record(actor=actor, verb="answer creation file", obj=project, at=at, data={"columns": sorted(changed)})
    touch(project, actor, at)
