"""The president’s panel: nothing before the marking is over; severity, pairs told, a further reading asked once."""

import itertools
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from bpc.core.jury import severity
from bpc.portal.contests.marking import NotInPhase
from bpc.portal.contests.models import Conflict, Edition, Entry, Juror, Mark, Reading
from bpc.portal.contests.panel import MayNotRead, ask_extra_reading, panel_of
from bpc.portal.contests.states import Phase
from bpc.portal.people.models import Notification, User
from tests.portal.contests.contest_world import NOW, make_edition, make_entry, make_juror, make_reading
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


class Jury:
    """Ten entries all read by a severe, a kind and a middling juror; a fourth read only two of them."""

    def __init__(self, phase: Phase = Phase.DISCUSSION) -> None:
        self.edition: Edition = make_edition(phase, laureates=3)
        self.president = make_user()
        make_juror(self.edition, self.president, is_president=True, name="Présidente")
        self.severe, self.kind, self.middling, self.fourth = (
            make_juror(self.edition, make_user(), name=name)
            for name in ("Sévère", "Douce", "Milieu", "Quatrième")
        )
        self.entries: list[Entry] = [make_entry(self.edition, make_user()) for _ in range(10)]
        for number, entry in enumerate(self.entries):
            merit = 2 + number % 3
            make_reading(self.severe, entry, (merit - 1,) * 4)
            make_reading(self.kind, entry, (merit + 1,) * 4)
            make_reading(self.middling, entry, (merit,) * 4)
        for entry in self.entries[:2]:
            make_reading(self.fourth, entry, (3,) * 4)

    def ask(self, entry: int, juror: Juror, who: User | None = None) -> Reading:
        return ask_extra_reading(entry=self.entries[entry], juror=juror, actor=who or self.president, at=NOW)


def test_severity_with_its_interval() -> None:
    jury = Jury()
    figures = {one.name: one for one in panel_of(jury.edition, at=NOW).jurors}
    assert next(one.name for one in panel_of(jury.edition, at=NOW).jurors) == "Sévère"
    assert 0.6 < figures["Sévère"].severity < 1.2
    assert -1.2 < figures["Douce"].severity < -0.6
    assert figures["Sévère"].low < figures["Sévère"].severity < figures["Sévère"].high
    assert figures["Sévère"].is_sure
    assert not figures["Milieu"].is_sure
    assert "Présidente" not in figures  # who read nothing has no severity


def test_only_what_may_be_read_further_is_proposed() -> None:
    jury = Jury()
    barred = jury.entries[2]
    Conflict.objects.create(juror=jury.fourth, entry=barred, kind="declared")
    other = jury.entries[3]
    Entry.objects.filter(pk=other.pk).update(language="ar")
    Juror.objects.filter(pk=jury.fourth.pk).update(languages=["fr"])
    wishes = panel_of(jury.edition, at=NOW).wishes
    assert wishes
    assert {wish.juror for wish in wishes} == {jury.fourth.pk}
    proposed = {wish.entry.key for wish in wishes}
    assert proposed.isdisjoint({barred.pk, other.pk, jury.entries[0].pk, jury.entries[1].pk})
    assert all(one.gain >= two.gain for one, two in itertools.pairwise(wishes))


def test_a_further_reading_is_asked_once_and_awaited() -> None:
    jury = Jury()
    first = panel_of(jury.edition, at=NOW).wishes[0]
    entry = [row.pk for row in jury.entries].index(first.entry.key)
    made = jury.ask(entry, jury.fourth)
    assert (made.is_extra, made.state) == (True, "assigned")
    assert jury.ask(entry, jury.fourth).pk == made.pk
    assert Notification.objects.filter(user=jury.fourth.user, kind="jury.readings").count() == 1
    after = panel_of(jury.edition, at=NOW)
    assert [reading.pk for reading in after.waiting] == [made.pk]
    assert first.entry.key not in {wish.entry.key for wish in after.wishes}


def test_who_and_what_may_not() -> None:
    jury = Jury()
    Conflict.objects.create(juror=jury.fourth, entry=jury.entries[2], kind="declared")
    for entry, juror in ((2, jury.fourth), (5, jury.severe), (0, jury.fourth)):
        with pytest.raises(MayNotRead):
            jury.ask(entry, juror)
    Juror.objects.filter(pk=jury.fourth.pk).update(state="released")
    with pytest.raises(MayNotRead):
        jury.ask(6, Juror.objects.get(pk=jury.fourth.pk))
    for person in (jury.severe.user, make_user("delegate"), make_user("administrator")):
        with pytest.raises(PermissionDenied):
            jury.ask(6, jury.fourth, person)
    assert not Reading.objects.filter(is_extra=True).exists()


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.DISCUSSION])
def test_no_other_phase(phase: Phase) -> None:
    jury = Jury(phase)
    with pytest.raises(NotInPhase):
        jury.ask(6, jury.fourth)


def test_pairs_that_part_from_the_others_are_told_with_what_they_read_together() -> None:
    edition = make_edition(Phase.DISCUSSION)
    jurors = [make_juror(edition, make_user(), name=f"J{number}") for number in range(4)]
    for number in range(8):
        entry = make_entry(edition, make_user())
        for place, juror in enumerate(jurors):
            raised = place < 2 and number < 3
            make_reading(juror, entry, (5,) * 4 if raised else (3,) * 4)
    found = panel_of(edition, at=NOW).together
    told = [(pair.jurors, pair.is_above, len(pair.entries), pair.common) for pair in found]
    assert (("J0", "J1"), True, 3, 8) in told
    assert all(set(pair.jurors) == {"J0", "J1"} or not pair.is_above for pair in found)


def test_the_page_and_its_button() -> None:
    jury = Jury()
    client: Any = entered(jury.president)
    page = f"/fr/ideathons/{jury.edition.slug}/presidence"
    html = client.get(page).content.decode()
    for words in ("Sévère", "plus sévère de", "Demander cette lecture", "Où les jurés ne sont pas d’accord"):
        assert words in html
    wish = panel_of(jury.edition, at=NOW).wishes[0]
    asked = client.post(f"{page}/lecture", {"entry": wish.entry.key, "juror": wish.juror})
    assert asked["Location"] == page
    assert Reading.objects.get(is_extra=True).entry_id == wish.entry.key
    assert client.post(f"{page}/lecture", {"entry": "x", "juror": "1"}).status_code == 404
    foreign = make_entry(make_edition(), make_user())
    assert client.post(f"{page}/lecture", {"entry": foreign.pk, "juror": wish.juror}).status_code == 404


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.ENTRIES, Phase.CHECKING, Phase.MARKING])
def test_the_president_sees_no_figure_before_the_marking_is_over(phase: Phase) -> None:
    jury = Jury(phase)
    html = entered(jury.president).get(f"/fr/ideathons/{jury.edition.slug}/presidence").content.decode()
    assert "Rien ne se lit ici avant la fin de la notation" in html
    assert "Sévère" not in html


def test_only_the_president_opens_it() -> None:
    jury = Jury()
    page = f"/fr/ideathons/{jury.edition.slug}/presidence"
    severe = jury.severe.user
    assert severe is not None
    for person in (severe, make_user(), make_user("delegate"), make_user("administrator")):
        assert entered(person).get(page).status_code == 403


def test_figures_are_kept_while_the_marks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    solved: list[int] = []
    invert = severity._invert
    monkeypatch.setattr(severity, "_invert", lambda rows: solved.append(len(rows)) or invert(rows))
    jury = Jury()
    first = panel_of(jury.edition, at=NOW)
    once = len(solved)
    assert once
    assert panel_of(jury.edition, at=NOW) == first
    assert len(solved) == once
    Mark.objects.filter(reading__juror=jury.severe).update(value=3)
    figures = {one.name: one.severity for one in panel_of(jury.edition, at=NOW).jurors}
    assert len(solved) == 2 * once
    assert figures["Sévère"] < next(one.severity for one in first.jurors if one.name == "Sévère")
