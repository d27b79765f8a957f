"""Conflicts of interest that the service can see: what is known of jurors against what is known of entries.

A handful of queries whatever the number of jurors and entries. A conflict found stays, even when the membership it
comes from ended; one that the organisers lifted is not found again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from bpc.core.jury.conflicts import EntryFacts, JurorFacts, found
from bpc.portal.contests.models import Conflict, Edition, Entry, EntryMember, Juror, Reading
from bpc.portal.contests.states import EntryState, JurorState, ReadingState, TeamConsent
from bpc.portal.people.models import Membership
from bpc.portal.projects.models import AdvisorAccess, ProjectMember

Keys = dict[int, set[Any]]


@transaction.atomic
def find_conflicts(edition: Edition, at: datetime) -> int:
    """Write the conflicts of sitting jurors with entries handed in that nobody wrote yet; how many.

    A reading asked before the conflict was known is released.
    """
    jurors = facts_of_jurors(edition)
    entries = facts_of_entries(edition)
    known = set(Conflict.objects.filter(juror__edition=edition).values_list("juror_id", "entry_id", "kind"))
    fresh = [
        Conflict(juror_id=juror, entry_id=entry, kind=kind, at=at)
        for juror, of_juror in jurors.items()
        for entry, of_entry in entries.items()
        for kind in sorted(found(of_juror, of_entry))
        if (juror, entry, kind) not in known
    ]
    Conflict.objects.bulk_create(fresh, batch_size=500)
    release_conflicting(edition)
    return len(fresh)


def release_conflicting(edition: Edition) -> int:
    """Take back the readings that a standing conflict forbids; how many."""
    standing = Conflict.objects.filter(juror__edition=edition, lifted_at=None)
    pairs = set(standing.values_list("juror_id", "entry_id"))
    asked = Reading.objects.filter(juror__edition=edition).exclude(state=ReadingState.RELEASED)
    wrong = [key for key, *pair in asked.values_list("pk", "juror_id", "entry_id") if tuple(pair) in pairs]
    return int(asked.filter(pk__in=wrong).update(state=ReadingState.RELEASED, reason="conflict"))


def facts_of_jurors(edition: Edition) -> dict[int, JurorFacts]:
    """What is known of each sitting juror, by the key of the seat."""
    rows = Juror.objects.filter(edition=edition, state=JurorState.ACCEPTED).select_related("user")
    jurors = list(rows.only("user__commune_id", "commune_id"))
    people = {juror.user_id for juror in jurors if juror.user_id is not None}
    organisations = _by(_memberships(people))
    projects = _by(ProjectMember.objects.filter(user__in=people).values_list("user", "project"))
    advised = _by(AdvisorAccess.objects.filter(advisor__in=people).values_list("advisor", "project"))
    return {
        juror.pk: JurorFacts(
            juror.user_id,
            frozenset(organisations.get(juror.user_id or 0, ())),
            frozenset(projects.get(juror.user_id or 0, ())),
            frozenset(advised.get(juror.user_id or 0, ())),
            frozenset({juror.commune_id, juror.user.commune_id if juror.user else None} - {None}),
        )
        for juror in jurors
    }


def facts_of_entries(edition: Edition) -> dict[int, EntryFacts]:
    """What is known of each entry handed in, by its key."""
    handed_in = Entry.objects.filter(edition=edition, state__in=(EntryState.SUBMITTED, EntryState.ELIGIBLE))
    entries = list(handed_in.only("created_by_id", "organisation_id", "project_id", "commune_id"))
    teams = _by(
        EntryMember.objects.filter(entry__in=handed_in.values("pk"), user__isnull=False)
        .exclude(consent=TeamConsent.REFUSED)
        .values_list("entry", "user")
    )
    for entry in entries:
        if entry.created_by_id is not None:
            teams[entry.pk].add(entry.created_by_id)
    organisations = _by(_memberships({person for team in teams.values() for person in team}))
    of_projects = _by(
        ProjectMember.objects.filter(project__in=handed_in.values("project")).values_list("project", "user")
    )
    return {entry.pk: _facts(entry, teams, organisations, of_projects) for entry in entries}


def _facts(entry: Entry, teams: Keys, organisations: Keys, of_projects: Keys) -> EntryFacts:
    people = teams.get(entry.pk, set())
    bodies = {body for person in people for body in organisations.get(person, ())}
    return EntryFacts(
        frozenset(people),
        frozenset(bodies | {entry.organisation_id} - {None}),
        entry.project_id,
        entry.commune_id,
        frozenset(of_projects.get(entry.project_id or 0, ())),
    )


def _memberships(people: Iterable[int]) -> Any:
    joined = Membership.objects.filter(user__in=set(people), accepted_at__isnull=False)
    return joined.values_list("user", "organisation")


def _by(pairs: Iterable[tuple[Any, Any]]) -> Keys:
    grouped: Keys = defaultdict(set)
    for key, value in pairs:
        grouped[key].add(value)
    return grouped
