"""What is done to a watch: begin, pause, go on, stop. Asking to be written to is agreeing to it."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.db import transaction

from bpc.portal.financing.models import Watch
from bpc.portal.foundation.audit import record
from bpc.portal.foundation.permissions import can_see, check
from bpc.portal.people.actions import give_consent
from bpc.portal.people.consents import FUNDING_ALERTS
from bpc.portal.people.models import User
from bpc.portal.projects.models import Project

MOST_WATCHES = 20  # of a person
_ONE, _ALL = "financing.stop.one", "financing.stop.all"


class TooManyWatches(Exception):
    """The person watches as much as they may."""


@transaction.atomic
def watch_project(*, project: Project, seen: Mapping[str, Any], actor: User, at: Any) -> Watch:
    """Tell `actor` of what changes for a project they see, compared with `seen`. Twice is once.

    Raises TooManyWatches, PermissionDenied.
    """
    person = _agreeing(actor, at)
    check(actor, "financing.watch", project)
    present = Watch.objects.filter(user=person, project=project).first()
    if present is not None:
        return present
    _check_number(person)
    watch = Watch.objects.create(user=person, project=project, seen=dict(seen), created_at=at)
    record(actor=actor, verb="watch funding", obj=watch, at=at, data={"project": project.reference})
    return watch


@transaction.atomic
def watch_answers(
    *, name: str, answers: Mapping[str, Any], seen: Mapping[str, Any], actor: User, at: Any
) -> Watch:
    """The same for answers of the simulator, kept under a name. The same answers twice are one watch."""
    person = _agreeing(actor, at)
    for present in Watch.objects.filter(user=person, project=None):
        if present.answers == dict(answers):
            return present
    _check_number(person)
    watch = Watch.objects.create(
        user=person, name=name.strip()[:120], answers=dict(answers), seen=dict(seen), created_at=at
    )
    record(actor=actor, verb="watch funding", obj=watch, at=at)
    return watch


@transaction.atomic
def pause_watch(*, watch: Watch, paused: bool, actor: User, at: Any) -> None:
    """No message until it is resumed; what changes meanwhile is told then."""
    row = _own(watch, actor)
    if (row.paused_at is not None) == paused:
        return
    row.paused_at = at if paused else None
    row.save(update_fields=["paused_at"])
    record(actor=actor, verb="pause funding watch" if paused else "resume funding watch", obj=row, at=at)


@transaction.atomic
def stop_watch(*, watch: Watch, actor: User, at: Any) -> None:
    """No message any more: the row goes, with the answers kept in it."""
    row = _own(watch, actor)
    record(actor=actor, verb="stop funding watch", obj=row, at=at)
    row.delete()


def stop_token(watch: Watch) -> str:
    """What the link of a message holds, to stop this watch without signing in. It does not expire."""
    return signing.dumps(watch.pk, salt=_ONE)


def stop_all_token(user: User) -> str:
    """The same for every watch of a person."""
    return signing.dumps(user.pk, salt=_ALL)


def watches_to_stop(token: str) -> list[Watch] | None:
    """The watches a link stops, empty when that was done; None for a link that is not ours."""
    for salt, column in ((_ONE, "pk"), (_ALL, "user")):
        try:
            key = signing.loads(token, salt=salt)
        except signing.BadSignature:
            continue
        return list(Watch.objects.filter(**{column: key}).select_related("user", "project"))
    return None


def _agreeing(actor: User, at: Any) -> User:
    """The person, kept from twin requests, once they agreed to be written to."""
    give_consent(user=actor, purpose=FUNDING_ALERTS, actor=actor, at=at)
    return User.objects.select_for_update().get(pk=actor.pk)


def _check_number(person: User) -> None:
    if Watch.objects.filter(user=person).count() >= MOST_WATCHES:
        raise TooManyWatches


def _own(watch: Watch, actor: User) -> Watch:
    row = Watch.objects.select_for_update().get(pk=watch.pk)
    if not can_see(actor, row):
        raise Watch.DoesNotExist
    return row
