"""Juries: jurors for themselves and the organisers; a reading for its juror, once done for the president."""

from typing import Any

from django.db.models import Q, QuerySet

from bpc.portal.contests.models import Juror, Reading
from bpc.portal.contests.states import JurorState, ReadingState
from bpc.portal.contests.visibility.editions import editions_organised_by, organises, presides
from bpc.portal.foundation.permissions import declare_right, declare_visibility


def sits(person: Any, juror: Juror | None) -> bool:
    """Whether this seat is the person's own."""
    return bool(person.is_authenticated and juror is not None and juror.user_id == person.pk)


def seats_of(person: Any) -> QuerySet[Juror]:
    """The person's accepted seats, in every jury."""
    if not person.is_authenticated:
        return Juror.objects.none()
    return Juror.objects.filter(user=person, state=JurorState.ACCEPTED)


def can_see_juror(person: Any, juror: Juror) -> bool:
    """Themselves, the organisers, the president of the jury."""
    return sits(person, juror) or organises(person, juror.edition) or presides(person, juror.edition)


def jurors_visible_to(person: Any) -> QuerySet[Juror]:
    """The jurors `can_see_juror` allows."""
    if not person.is_authenticated:
        return Juror.objects.none()
    presided = seats_of(person).filter(is_president=True)
    return Juror.objects.filter(
        Q(user=person)
        | Q(edition__in=editions_organised_by(person).values("pk"))
        | Q(edition__in=presided.values("edition"))
    )


def can_mark(person: Any, reading: Reading | None) -> bool:
    """The juror of the reading, who sits, while it was not taken back."""
    if reading is None or reading.state == ReadingState.RELEASED:
        return False
    return sits(person, reading.juror) and reading.juror.state == JurorState.ACCEPTED


def can_see_reading(person: Any, reading: Reading) -> bool:
    """Its juror; the president once it is done. Organisers see who read, never the marks."""
    if can_mark(person, reading):
        return True
    return reading.state == ReadingState.DONE and presides(person, reading.juror.edition)


def readings_visible_to(person: Any) -> QuerySet[Reading]:
    """The readings `can_see_reading` allows."""
    if not person.is_authenticated:
        return Reading.objects.none()
    seats = seats_of(person)
    own = Q(juror__in=seats.values("pk")) & ~Q(state=ReadingState.RELEASED)
    presided = seats.filter(is_president=True).values("edition")
    return Reading.objects.filter(own | Q(state=ReadingState.DONE, juror__edition__in=presided))


def declare() -> None:
    """Called by the room's `declare`."""
    declare_visibility(Juror, can_see=can_see_juror, visible_to=jurors_visible_to)
    declare_visibility(Reading, can_see=can_see_reading, visible_to=readings_visible_to)
    declare_right("contests.sit", "Répondre à une invitation à un jury, déclarer un conflit (le juré)", sits)
    declare_right("contests.mark", "Noter une candidature (le juré à qui elle est confiée)", can_mark)
