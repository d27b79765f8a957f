"""The weekly message about funding: one a person, a part for each watch, only what changed; nothing when nothing did.

Run twice, it sends nothing more: the state told is kept in the transaction that orders the message.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation

from bpc.portal.financing.digests import Part, send_digest
from bpc.portal.financing.models import Watch
from bpc.portal.funding.queries import all_sources
from bpc.portal.journeys.funding_change_words import lines_of
from bpc.portal.journeys.funding_changes import Changed, changes_between, states_of
from bpc.portal.journeys.project_funding import answers_of_many
from bpc.portal.people.consents import FUNDING_ALERTS
from bpc.portal.people.models import Consent, User
from bpc.portal.projects.models import ProjectMember
from bpc.portal.projects.visibility import can_see_project

#: Never sooner after the last message than this: a week, less the hours a weekly job may drift.
APART = timedelta(days=6)
BATCH = 2000  # watches judged together


@dataclass
class Outcome:
    """What a run did."""

    watches: int = 0
    people: int = 0


@dataclass(frozen=True)
class _Found:
    watch: Watch
    state: dict[str, Any]
    changes: list[Changed]


def tell_funding_changes(*, at: datetime, batch: int = BATCH) -> Outcome:
    """Judge every watch that is due, and write to each person for whom something changed."""
    outcome = Outcome()
    for watches in _batches(_due(at), batch):
        outcome.watches += len(watches)
        found = _look(watches, at)
        for user, parts in groupby(found, key=lambda one: one.watch.user):
            outcome.people += _tell(user, list(parts), at)
    return outcome


def _due(at: datetime) -> Iterator[Watch]:
    """Watches under way, whose person agreed and was not written to this week, person by person."""
    agreed = Consent.objects.filter(user=OuterRef("user"), purpose=FUNDING_ALERTS, withdrawn_at=None)
    recent = Watch.objects.filter(user=OuterRef("user"), told_at__gt=at - APART)
    rows = Watch.objects.filter(
        Exists(agreed), ~Exists(recent), paused_at=None, user__is_active=True, user__is_demo=False
    )
    rows = rows.filter(Q(project=None) | Q(project__archived_at=None))
    return rows.select_related("user", "project").order_by("user_id", "pk").iterator(chunk_size=BATCH)


def _batches(watches: Iterable[Watch], size: int) -> Iterator[list[Watch]]:
    """Slices of about `size` that never part the watches of one person."""
    held: list[Watch] = []
    for _user, theirs in groupby(watches, key=lambda one: one.user_id):
        held += theirs
        if len(held) >= size:
            yield held
            held = []
    if held:
        yield held


def _look(watches: list[Watch], at: datetime) -> list[_Found]:
    """Those for which something is to be told; a project that is no longer seen says nothing."""
    sources, today = all_sources(), timezone.localdate(at)
    seen = _still_seen(watches)
    known = answers_of_many(watch.project for watch in seen if watch.project is not None)
    profiles = [
        known[watch.project_id].answers if watch.project_id is not None else watch.answers for watch in seen
    ]
    found = []
    for watch, state in zip(seen, states_of(profiles, today), strict=True):
        changes = changes_between(watch.seen, state, sources)
        if changes:
            found.append(_Found(watch, state, changes))
    return found


def _still_seen(watches: list[Watch]) -> list[Watch]:
    rows = ProjectMember.objects.filter(project__in={one.project_id for one in watches if one.project_id})
    members = set(rows.values_list("project_id", "user_id"))
    return [
        one
        for one in watches
        if one.project is None
        or (one.project_id, one.user_id) in members
        or can_see_project(one.user, one.project)
    ]


@transaction.atomic
def _tell(user: User, found: list[_Found], at: datetime) -> int:
    """Keep what is told and order the message, together. Another run that came first leaves nothing to tell."""
    User.objects.select_for_update().get(pk=user.pk)
    present = dict(Watch.objects.filter(user=user).values_list("pk", "told_at"))
    parts = []
    for one in found:
        watch = one.watch
        if watch.pk not in present or present[watch.pk] != watch.told_at:
            continue
        watch.seen, watch.told_at = one.state, at
        watch.save(update_fields=["seen", "told_at"])
        parts.append(one)
    if not parts:
        return 0
    with translation.override(user.language):
        send_digest(user=user, parts=[Part(one.watch, lines_of(one.changes)) for one in parts], at=at)
    return 1
