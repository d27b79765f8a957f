"""Juries: jurors for themselves and the organisers; a reading and its marks for its juror; once marking is over,
for the president and for those who finished their own reading of the same entry. Organisers see no mark."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bpc.portal.contests.models import (
    AssignmentRun,
    Conflict,
    DiscussionMessage,
    Edition,
    Entry,
    Juror,
    Mark,
    Reading,
)
from bpc.portal.contests.states import JurorState, ReadingState
from bpc.portal.contests.visibility.editions import editions_organised_by, organises, presides
from bpc.portal.foundation.permissions import declare_right, declare_visibility
from bpc.portal.people.queries import addressed_to, contacts_of


def sits(person: Any, juror: Juror | None) -> bool:
    """Whether this seat is the person's own."""
    return bool(person.is_authenticated and juror is not None and juror.user_id == person.pk)


def seats_of(person: Any) -> QuerySet[Juror]:
    """The person's accepted seats, in every jury; none for somebody who has no account yet."""
    if not person.is_authenticated or person.pk is None:
        return Juror.objects.none()
    return Juror.objects.filter(user=person, state=JurorState.ACCEPTED)


def is_invited(person: Any, juror: Juror | None) -> bool:
    """Whether an invitation that waits was sent to the person's address or verified number."""
    if juror is None or not person.is_authenticated or juror.state != JurorState.INVITED:
        return False
    email, phone = contacts_of(person)
    return bool((email and juror.email == email) or (phone and juror.phone == phone))


def invitations_for(person: Any) -> QuerySet[Juror]:
    """The invitations `is_invited` allows."""
    if not person.is_authenticated:
        return Juror.objects.none()
    return Juror.objects.filter(addressed_to(person), state=JurorState.INVITED)


def can_see_juror(person: Any, juror: Juror) -> bool:
    """Themselves, whoever is invited to the seat, the organisers, the president of the jury."""
    if sits(person, juror) or is_invited(person, juror):
        return True
    return organises(person, juror.edition) or presides(person, juror.edition)


def jurors_visible_to(person: Any) -> QuerySet[Juror]:
    """The jurors `can_see_juror` allows."""
    if not person.is_authenticated:
        return Juror.objects.none()
    presided = seats_of(person).filter(is_president=True)
    return Juror.objects.filter(
        Q(user=person)
        | (addressed_to(person) & Q(state=JurorState.INVITED))
        | Q(edition__in=editions_organised_by(person).values("pk"))
        | Q(edition__in=presided.values("edition"))
    )


def can_see_conflict(person: Any, conflict: Conflict) -> bool:
    """Its juror, the organisers, the president of the jury."""
    edition = conflict.juror.edition
    return sits(person, conflict.juror) or organises(person, edition) or presides(person, edition)


def conflicts_visible_to(person: Any) -> QuerySet[Conflict]:
    """The conflicts `can_see_conflict` allows."""
    if not person.is_authenticated:
        return Conflict.objects.none()
    presided = seats_of(person).filter(is_president=True)
    return Conflict.objects.filter(
        Q(juror__user=person)
        | Q(juror__edition__in=editions_organised_by(person).values("pk"))
        | Q(juror__edition__in=presided.values("edition"))
    )


def can_see_run(person: Any, run: AssignmentRun) -> bool:
    """The organisers."""
    return organises(person, run.edition)


def runs_visible_to(person: Any) -> QuerySet[AssignmentRun]:
    """The runs `can_see_run` allows."""
    return AssignmentRun.objects.filter(edition__in=editions_organised_by(person).values("pk"))


def can_mark(person: Any, reading: Reading | None) -> bool:
    """The juror of the reading, who sits, while it was not taken back."""
    if reading is None or reading.state == ReadingState.RELEASED:
        return False
    return sits(person, reading.juror) and reading.juror.state == JurorState.ACCEPTED


def declare() -> None:
    """Called by the room's `declare`."""
    declare_visibility(Juror, can_see=can_see_juror, visible_to=jurors_visible_to)
    declare_visibility(Conflict, can_see=can_see_conflict, visible_to=conflicts_visible_to)
    declare_visibility(AssignmentRun, can_see=can_see_run, visible_to=runs_visible_to)
    declare_visibility(Reading, can_see=can_see_reading, visible_to=readings_visible_to)
    declare_right("contests.sit", "Répondre à une invitation à un jury, déclarer un conflit (le juré)", sits)
    declare_right("contests.mark", "Noter une candidature (le juré à qui elle est confiée)", can_mark)
    declare_visibility(Mark, can_see=can_see_mark, visible_to=marks_visible_to)
    declare_visibility(DiscussionMessage, can_see=can_see_message, visible_to=messages_visible_to)
    declare_right(
        "contests.discuss",
        "Discuter d’une candidature après la notation (jurés qui l’ont notée, président du jury)",
        discusses,
    )
    declare_right(
        "contests.follow_jury",
        "Suivre l’avancement d’un jury, sans les notes (organisateurs, président du jury)",
        follows_jury,
    )


def marking_is_over(edition: Edition) -> bool:
    """Whether marks may be shown to those who discuss them: never while somebody still marks on their own."""
    return edition.marking_until <= timezone.now()


def has_marked(person: Any, entry: Entry) -> bool:
    """Whether the person finished their own reading of the entry, and still sits."""
    return Reading.objects.filter(
        entry=entry, state=ReadingState.DONE, juror__user=person, juror__state=JurorState.ACCEPTED
    ).exists()


def discusses(person: Any, entry: Entry | None) -> bool:
    """After the marking: who finished their own reading of the entry, and the president."""
    if entry is None or not person.is_authenticated or not marking_is_over(entry.edition):
        return False
    return has_marked(person, entry) or presides(person, entry.edition)


def entries_discussed_by(person: Any) -> QuerySet[Entry]:
    """The entries `discusses` allows."""
    if not person.is_authenticated:
        return Entry.objects.none()
    seats = seats_of(person)
    marked = Reading.objects.filter(juror__in=seats.values("pk"), state=ReadingState.DONE)
    presided = seats.filter(is_president=True)
    return Entry.objects.filter(
        Q(pk__in=marked.values("entry")) | Q(edition__in=presided.values("edition")),
        edition__marking_until__lte=timezone.now(),
    )


def can_see_reading(person: Any, reading: Reading) -> bool:
    """Its juror, whatever its state; once done and marking over, those who discuss the entry."""
    if can_mark(person, reading):
        return True
    return reading.state == ReadingState.DONE and discusses(person, reading.entry)


def readings_visible_to(person: Any) -> QuerySet[Reading]:
    """The readings `can_see_reading` allows."""
    if not person.is_authenticated:
        return Reading.objects.none()
    own = Q(juror__in=seats_of(person).values("pk")) & ~Q(state=ReadingState.RELEASED)
    discussed = Q(state=ReadingState.DONE, entry__in=entries_discussed_by(person).values("pk"))
    return Reading.objects.filter(own | discussed)


def can_see_mark(person: Any, mark: Mark) -> bool:
    """As its reading."""
    return can_see_reading(person, mark.reading)


def marks_visible_to(person: Any) -> QuerySet[Mark]:
    """The marks `can_see_mark` allows."""
    return Mark.objects.filter(reading__in=readings_visible_to(person).values("pk"))


def can_see_message(person: Any, message: DiscussionMessage) -> bool:
    """As the discussion it is part of."""
    return discusses(person, message.entry)


def messages_visible_to(person: Any) -> QuerySet[DiscussionMessage]:
    """The messages `can_see_message` allows."""
    return DiscussionMessage.objects.filter(entry__in=entries_discussed_by(person).values("pk"))


def follows_jury(person: Any, edition: Edition | None = None) -> bool:
    """The organisers of the edition and the president of its jury. Without an edition: anyone who is one."""
    if edition is not None:
        return organises(person, edition) or presides(person, edition)
    if organises(person) or person.pk is None:  # a person without a row sits nowhere
        return organises(person)
    return seats_of(person).filter(is_president=True).exists()
