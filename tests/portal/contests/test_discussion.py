"""After the marking: who speaks to whom, and marks amended with what was, what is and why."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from bpc.portal.contests.discussion import (
    MESSAGES_AT_ONCE,
    NothingChanged,
    TooMany,
    amend_marks,
    amendments,
    say,
)
from bpc.portal.contests.marking import Draft, Given, Incomplete, NotInPhase, finish_reading, reopen_reading
from bpc.portal.contests.models import DiscussionMessage, Entry, Mark, Reading
from bpc.portal.contests.states import Phase
from bpc.portal.foundation.audit import trail_of
from bpc.portal.foundation.permissions import can_see, visible
from bpc.portal.foundation.states import IllegalMove, ReasonMissing
from bpc.portal.people.models import User
from tests.portal.contests.contest_world import (
    CRITERIA,
    NOW,
    make_edition,
    make_entry,
    make_juror,
    make_reading,
)
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


class Jury:
    """An entry read by two jurors, asked of a third who did not finish, and a president who does not read."""

    def __init__(self, phase: Phase) -> None:
        self.edition = make_edition(phase)
        self.entry: Entry = make_entry(self.edition, make_user())
        self.severe, self.kind, self.idle, self.president = (make_user() for _ in range(4))
        self.reading = make_reading(make_juror(self.edition, self.severe), self.entry, (2, 2, 3, 1))
        make_reading(make_juror(self.edition, self.kind), self.entry, (5, 4, 4, 5))
        self.unfinished = make_reading(make_juror(self.edition, self.idle), self.entry)
        make_juror(self.edition, self.president, is_president=True)

    def say(self, who: User, text: str = "Le prix est-il juste ?") -> DiscussionMessage:
        return say(entry=self.entry, text=text, language="fr", key=uuid4(), actor=who, at=NOW)


def test_those_who_marked_and_the_president_discuss() -> None:
    jury = Jury(Phase.DISCUSSION)
    message = jury.say(jury.severe)
    jury.say(jury.president)
    for person in (jury.idle, make_user("juror"), make_user("delegate"), make_user("administrator")):
        with pytest.raises(PermissionDenied):
            jury.say(person)
        assert not can_see(person, message)
        assert not visible(person, DiscussionMessage).exists()
    for person in (jury.kind, jury.severe, jury.president):
        assert can_see(person, message)
        assert visible(person, DiscussionMessage).count() == 2


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.DISCUSSION])
def test_nothing_is_said_nor_amended_in_another_phase(phase: Phase) -> None:
    jury = Jury(phase)
    with pytest.raises((NotInPhase, PermissionDenied)):
        jury.say(jury.severe)
    with pytest.raises(NotInPhase):
        amend_marks(
            reading=jury.reading, marks={"impact": Given(3, "Relu.")}, reason="Relu.", language="fr",
            actor=jury.severe, at=NOW,
        )  # fmt: skip
    assert not DiscussionMessage.objects.exists()


def test_a_message_sent_twice_is_said_once_and_a_flood_is_stopped() -> None:
    jury = Jury(Phase.DISCUSSION)
    key = uuid4()
    for _ in range(2):
        say(entry=jury.entry, text="Une fois.", language="fr", key=key, actor=jury.severe, at=NOW)
    stolen = say(entry=jury.entry, text="Autre.", language="fr", key=key, actor=jury.kind, at=NOW)
    assert stolen.submission_key != key
    assert list(DiscussionMessage.objects.values_list("text", flat=True)) == ["Une fois.", "Autre."]
    for _ in range(MESSAGES_AT_ONCE - 1):
        jury.say(jury.severe)
    with pytest.raises(TooMany):
        jury.say(jury.severe)


def test_marks_are_amended_with_a_reason_and_leave_what_they_were() -> None:
    jury = Jury(Phase.DISCUSSION)
    amend_marks(
        reading=jury.reading, marks={"impact": Given(4, "Le débouché est réel."), "territory": Given(1, "Rien.")},
        reason="Le contrat d’achat m’avait échappé.", language="fr", actor=jury.severe, at=NOW,
    )  # fmt: skip
    values = dict(Mark.objects.filter(reading=jury.reading).values_list("criterion__code", "value"))
    assert values == {"innovation": 2, "impact": 4, "environment": 3, "territory": 1}
    trace = trail_of(jury.reading).get()
    assert (trace.verb, trace.reason) == ("amend marks", "Le contrat d’achat m’avait échappé.")
    assert trace.data == {"changes": {"impact": [2, 4]}}
    told = amendments(jury.entry)
    assert [(one.juror, one.changes) for one in told] == [(jury.reading.juror.name, (("impact", 2, 4),))]


def test_what_an_amendment_needs() -> None:
    jury = Jury(Phase.DISCUSSION)

    def amend(
        given: Given, reason: str = "Relu.", reading: Reading = jury.reading, who: User = jury.severe
    ) -> None:
        amend_marks(reading=reading, marks={"impact": given}, reason=reason, language="fr", actor=who, at=NOW)

    with pytest.raises(ReasonMissing):
        amend(Given(4, "Mieux."), reason="  ")
    with pytest.raises(Incomplete):
        amend(Given(None, "Mieux."))
    with pytest.raises(Incomplete):
        amend(Given(4, ""))
    with pytest.raises(NothingChanged):
        amend(Given(2, "Toujours deux."))
    with pytest.raises(PermissionDenied):
        amend(Given(4, "Mieux."), who=jury.president)
    with pytest.raises(IllegalMove):
        amend(Given(4, "Mieux."), reading=jury.unfinished, who=jury.idle)
    assert not trail_of(jury.reading).exists()
    assert Mark.objects.get(reading=jury.reading, criterion__code="impact").value == 2


def test_a_further_reading_opens_the_discussion_and_is_not_reopened() -> None:
    jury = Jury(Phase.DISCUSSION)
    Reading.objects.filter(pk=jury.unfinished.pk).update(is_extra=True)
    marks = {code: Given(3, "Lu.") for code in CRITERIA}
    with pytest.raises(PermissionDenied):
        jury.say(jury.idle)
    finish_reading(reading=jury.unfinished, actor=jury.idle, at=NOW, draft=Draft(0, uuid4(), marks))
    jury.say(jury.idle)
    with pytest.raises(NotInPhase):  # the others' marks were read
        reopen_reading(reading=jury.unfinished, actor=jury.idle, at=NOW)
