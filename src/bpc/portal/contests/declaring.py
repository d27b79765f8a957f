"""What a juror is shown to say which entries stand too near: bodies and titles apart, so that a blind edition stays so.

The list of organisations names no entry, and the list of entries names no organisation.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from bpc.portal.contests.blind import mask_names, names_are_hidden
from bpc.portal.contests.models import Conflict, Edition, Entry, EntryMember, Juror, Reading
from bpc.portal.contests.states import EditionState, EntryState, JurorState, ReadingState, TeamConsent
from bpc.portal.people.models import Organisation

_READABLE = (EntryState.SUBMITTED, EntryState.ELIGIBLE)
MOST_AT_ONCE = 200


@dataclass(frozen=True)
class ShownEntry:
    """An entry as a juror may recognise it: its title, names masked in a blind edition, and its commune."""

    entry: Entry
    title: str


def seats_with_counts(person: Any) -> QuerySet[Juror]:
    """The person's seats, newest first, with `waiting` and `done` readings."""
    rows = Juror.objects.filter(user=person, state=JurorState.ACCEPTED).select_related("edition__region")
    return rows.annotate(
        waiting=Count("readings", filter=Q(readings__state=ReadingState.ASSIGNED)),
        done=Count("readings", filter=Q(readings__state=ReadingState.DONE)),
    ).order_by("-edition__marking_from", "-pk")


def readings_waiting(person: Any) -> int:
    """How many readings wait for the person's marks, in juries that mark now."""
    now = timezone.now()
    return Reading.objects.filter(
        juror__user=person, juror__state=JurorState.ACCEPTED, state=ReadingState.ASSIGNED,
        juror__edition__state=EditionState.PUBLISHED, juror__edition__marking_from__lte=now,
        juror__edition__marking_until__gt=now,
    ).count()  # fmt: skip


def entries_to_declare(juror: Juror, words: str = "") -> QuerySet[Entry]:
    """The entries handed in that no standing conflict of the juror names, by title; `words`: in title or commune."""
    standing = Conflict.objects.filter(juror=juror, lifted_at=None).values("entry")
    rows = Entry.objects.filter(edition=juror.edition_id, state__in=_READABLE).exclude(pk__in=standing)
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(commune__name_fr__icontains=word)
            | Q(commune__name_ar__icontains=word)
        )
    named = rows.select_related("commune").only("reference", "title", "language", "commune", "edition_id")
    return named.order_by("title", "pk")


def organisations_to_declare(juror: Juror) -> QuerySet[Organisation]:
    """The organisations that enter, of entries no standing conflict of the juror names, by name."""
    standing = Conflict.objects.filter(juror=juror, lifted_at=None).values("entry")
    entries = Entry.objects.filter(edition=juror.edition_id, state__in=_READABLE).exclude(pk__in=standing)
    found = Organisation.objects.filter(pk__in=entries.values("organisation"))
    return found.select_related("commune").order_by("name", "pk")


def as_shown(edition: Edition, entries: Sequence[Entry], at: datetime) -> list[ShownEntry]:
    """Titles as a juror may see them at `at`: one query for the names of all teams."""
    if not names_are_hidden(edition, at):
        return [ShownEntry(entry, entry.title) for entry in entries]
    names: dict[int, list[str]] = defaultdict(list)
    members = EntryMember.objects.filter(entry__in=entries).exclude(consent=TeamConsent.REFUSED)
    for entry, name in members.values_list("entry", "name"):
        names[entry].append(name)
    bodies = Entry.objects.filter(pk__in=[entry.pk for entry in entries], organisation__isnull=False)
    for key, name in bodies.values_list("pk", "organisation__name"):
        names[key].append(name)
    return [ShownEntry(entry, mask_names(entry.title, names[entry.pk])) for entry in entries]


def chosen_entries(juror: Juror, *, entries: Sequence[str], organisations: Sequence[str]) -> list[Entry]:
    """The entries ticked, and all those of the organisations ticked; what is no key names nothing."""
    keys = [int(key) for key in entries[:MOST_AT_ONCE] if key.isascii() and key.isdecimal() and len(key) < 12]
    bodies = [
        int(key)
        for key in organisations[:MOST_AT_ONCE]
        if key.isascii() and key.isdecimal() and len(key) < 12
    ]
    rows = Entry.objects.filter(edition=juror.edition_id, state__in=_READABLE)
    return list(rows.filter(Q(pk__in=keys) | Q(organisation__in=bodies)).order_by("pk"))


def own_conflicts(juror: Juror, at: datetime) -> list[tuple[Conflict, str]]:
    """The juror's standing conflicts with the titles as they may see them."""
    rows = (
        Conflict.objects.filter(juror=juror, lifted_at=None)
        .select_related("entry__commune")
        .order_by("-at", "-pk")
    )
    found = list(rows[:MOST_AT_ONCE])
    shown = as_shown(juror.edition, [conflict.entry for conflict in found], at)
    return [(conflict, one.title) for conflict, one in zip(found, shown, strict=True)]
