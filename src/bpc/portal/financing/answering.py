"""What is done to the answers of a project: say one, say that it is not known, take it back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bpc.portal.financing.models import FundingProfile
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import check
from bpc.portal.funding.profile_answers import InvalidAnswers, contradictions, read_answer
from bpc.portal.projects.actions import lock, touch
from bpc.portal.projects.mandates.visibility import filling
from bpc.portal.projects.models import Project


class StaleAnswer(Exception):
    """Somebody else answered the same question meanwhile; `current` is what is stored now."""

    def __init__(self, current: FundingProfile) -> None:
        super().__init__(str(current.pk))
        self.current = current


def said_by(project: Project) -> FundingProfile:
    """What the project's group answered; an unsaved empty row before the first answer."""
    return FundingProfile.objects.filter(project=project).first() or FundingProfile(
        project=project, revision=0
    )


@transaction.atomic
def answer_questions(
    *, project: Project, answers: Mapping[str, Any], revision: int, actor: Any, at: Any
) -> FundingProfile:
    """Keep answers; None is « we do not know », so that the question is not asked again.

    Raises AnswerFault, InvalidAnswers for what cannot be kept, StaleAnswer when somebody else answered the same
    question otherwise since `revision`, PermissionDenied.
    """
    row, profile, actor = _locked(project, actor)
    read = {name: read_answer(name, value) for name, value in answers.items()}
    stored = profile.answers
    changed = sorted(name for name, value in read.items() if name not in stored or stored[name] != value)
    if not changed:
        return profile
    if profile.revision != revision and any(name in stored for name in changed):
        raise StaleAnswer(profile)
    kept = {**stored, **read}
    faults = contradictions({name: value for name, value in kept.items() if value is not None})
    if faults:
        raise InvalidAnswers(tuple(faults))
    return _keep(row, profile, kept, changed, actor, at)


@transaction.atomic
def take_back_answer(*, project: Project, name: str, actor: Any, at: Any) -> FundingProfile:
    """Forget an answer: the rest of the site says it again, or it is asked again. Twice changes nothing."""
    row, profile, actor = _locked(project, actor)
    if name not in profile.answers:
        return profile
    kept = {field: value for field, value in profile.answers.items() if field != name}
    return _keep(row, profile, kept, [name], actor, at)


def _locked(project: Project, actor: Any) -> tuple[Project, FundingProfile, Any]:
    """The project and its answers as they are now, and in whose name."""
    row = lock(project)
    check(actor, "financing.answer", row)
    return row, said_by(row), filling(actor, row)


def _keep(
    row: Project, profile: FundingProfile, kept: dict[str, Any], changed: list[str], actor: Any, at: Any
) -> FundingProfile:
    profile.answers, profile.changed_by, profile.changed_at = kept, actor, at
    profile.revision += 1
    profile.save()
    touch(row, actor, at)
    record(actor=actor, verb="answer funding questions", obj=row, at=at, data={"fields": changed})
    return profile
