"""A file of ideas: every cell hostile, nothing changed before it is applied, once, and undone exactly."""

import csv
import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from bpc.portal.foundation.states import IllegalMove
from bpc.portal.gatherings.importing import actions, tasks
from bpc.portal.gatherings.importing.reason_words import REFUSING
from bpc.portal.gatherings.importing.reports import report_csv
from bpc.portal.gatherings.models import GatheredIdea, IdeaImport, ImportedIdea, ImportStage
from bpc.portal.ideas import moderation
from bpc.portal.ideas.models import Idea, NearEntry
from bpc.portal.ideas.states import Door, IdeaState
from bpc.portal.people.models import Notification
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from bpc.portal.register.sheets import UnreadableError
from tests.portal.gatherings.gathering_world import NOW, make_gathering
from tests.portal.world import ELSEWHERE, HERE, make_user

TITLES = "Titre de l’idée;Besoin;Proposition;Commune;Secteur;Qui parle;Nom;Téléphone;Accord"
pytestmark = pytest.mark.django_db


def _file(*lines: str, titles: str = TITLES) -> SimpleUploadedFile:
    return SimpleUploadedFile("idées.csv", "\n".join([titles, *lines]).encode())


def _name(code: str) -> str:
    return str(Territory.objects.get(pk=code).name_fr)


def _delegate() -> Any:
    return make_user(Role.DELEGATE)


def _checked(actor: Any, *lines: str, **more: Any) -> IdeaImport:
    row = actions.upload(file=_file(*lines), gathering=more.get("gathering"), actor=actor, at=NOW)
    return actions.check_file(idea_import=row, mapping=row.mapping, version=row.version, actor=actor, at=NOW)


def _applied(actor: Any, *lines: str, **more: Any) -> IdeaImport:
    row = _checked(actor, *lines, **more)
    row = actions.apply_file(idea_import=row, version=row.version, actor=actor, at=NOW)
    assert tasks.apply_file.call(row.pk, row.run, actor.pk) == ImportStage.APPLIED
    row.refresh_from_db()
    return row


def _codes(row: IdeaImport) -> list[tuple[int, str, str]]:
    return [(one["line"], one["column"], one["code"]) for one in row.report]


def test_a_line_becomes_an_idea_that_waits() -> None:
    here = _name(HERE)
    lines = (
        f"Séchoir solaire;Les figues se perdent.;Un séchoir partagé.;{here};Agriculture;Coopérative;Fatima A.;"
        "06 12 34 56 78;oui",
        f"معصرة زيتون;;آلة صغيرة للدوار;{here};;مواطن;Ali;0612345679;",
    )
    row = _applied(_delegate(), *lines)
    assert row.counts == {"read": 2, "made": 2, "again": 0, "refused": 0}
    dryer, mill = Idea.objects.order_by("pk")
    assert (dryer.state, dryer.door, dryer.author_id) == (IdeaState.SUBMITTED, Door.IMPORT, None)
    assert (dryer.sector_id, dryer.commune_id, dryer.speaker) == ("agriculture", HERE, "cooperative")
    assert (dryer.contact_name, dryer.contact_phone, dryer.show_author) == (
        "Fatima A.",
        "+212612345678",
        False,
    )
    assert (mill.language, mill.contact_name, mill.contact_phone) == (
        "ar",
        "",
        "",
    )  # no consent: nothing kept
    assert (3, "consent", "no_consent") in _codes(row)
    assert NearEntry.objects.count() == 2
    assert not Notification.objects.exists()  # not one message per line


def test_the_check_changes_nothing_and_says_why_line_by_line() -> None:
    here, elsewhere = _name(HERE), _name(ELSEWHERE)
    row = _checked(
        _delegate(),
        f"Four commun;;;{here};;;;;",
        f";;;{here};;;;;",
        "Un puits;;;Nulle-Part-sur-Mer;;;;;",
        "Un souk;;;;;;;;",
        f"Un pressoir;;;{elsewhere};;;;;",
        f"four  COMMUN;;;{here.upper()};;;;;",
    )
    assert not Idea.objects.exists()
    refusals = [one for one in _codes(row) if one[2] in REFUSING]
    assert refusals == [
        (3, "title", "no_words"), (4, "commune", "commune_unknown"), (5, "commune", "no_commune"),
        (6, "commune", "outside"), (7, "title", "twice"),
    ]  # fmt: skip
    assert row.counts == {"read": 6, "made": 1, "again": 1, "refused": 4}
    # an administrator takes the line of the other region in
    assert _checked(make_user(Role.ADMINISTRATOR), f"Un pressoir;;;{elsewhere};;;;;").counts["made"] == 1


def test_the_same_file_or_line_twice_makes_nothing_new() -> None:
    actor, line = _delegate(), f"Four commun;;Un four à pain pour dix familles.;{_name(HERE)};;;;;"
    first = _applied(actor, line)
    again = _applied(actor, line)
    assert (first.counts["made"], again.counts["made"], again.counts["again"]) == (1, 0, 1)
    assert again.report[-1]["cell"] == Idea.objects.get().reference
    late = actions.upload(file=_file(line), gathering=None, actor=actor, at=NOW)
    assert actions.applied_before(late) is not None
    with pytest.raises(IllegalMove):  # pressed twice
        actions.apply_file(idea_import=first, version=first.version, actor=actor, at=NOW)
    assert Idea.objects.count() == 1


def test_undoing_takes_back_what_waits_and_leaves_the_rest() -> None:
    actor, here = _delegate(), _name(HERE)
    gathering = make_gathering("held", days=-3)
    row = _applied(actor, *(f"Idée numéro {word};;;{here};;;;;" for word in ("un", "deux", "trois", "quatre")),
                   gathering=gathering)  # fmt: skip
    published, returned, changed, waiting = (made.idea for made in row.ideas.all())
    assert GatheredIdea.objects.filter(gathering=gathering).count() == 4
    moderation.publish(idea=published, actor=actor, at=NOW)
    moderation.return_to_author(idea=returned, actor=actor, at=NOW, reason="Où exactement ?")
    Idea.objects.filter(pk=changed.pk).update(version=2)
    row = actions.undo(idea_import=row, actor=actor, at=NOW, reason="Mauvais fichier.")
    assert (row.counts["undone"], row.counts["left"]) == (1, {"published": 1, "answered": 1, "changed": 1})
    states = {idea.pk: idea.state for idea in Idea.objects.all()}
    assert states == {
        published.pk: "published", returned.pk: "returned", changed.pk: "submitted", waiting.pk: "archived",
    }  # fmt: skip
    assert not NearEntry.objects.filter(idea=waiting).exists()
    assert not GatheredIdea.objects.filter(idea=waiting).exists()
    assert row.state == ImportStage.UNDONE
    # what was taken back may come in again, what stands may not
    again = _applied(actor, f"Idée numéro un;;;{here};;;;;", f"Idée numéro quatre;;;{here};;;;;")
    assert (again.counts["made"], again.counts["again"]) == (1, 1)
    assert ImportedIdea.objects.filter(undone_at=None).count() == 4


def test_cells_are_hostile() -> None:
    here = _name(HERE)
    row = _applied(
        make_user(Role.ADMINISTRATOR),
        f'=HYPERLINK("http://x");;@SUM(A1)\u202e;{here};=1+1;<script>;=cmd;0612345678;oui',
        f"{'Long ' * 60};;;{here};;;Ali;pas un numéro;oui",
        "Puits;;;=1+1;;;;;",
    )
    assert row.counts["made"] == 2
    first, long = Idea.objects.order_by("pk")
    assert first.title.startswith("=HYPERLINK")
    assert "\u202e" not in first.proposal
    assert len(long.title) <= 120
    assert long.proposal.count("Long") == 60
    assert long.contact_phone == ""
    found = list(csv.DictReader(io.StringIO("".join(report_csv(row)).removeprefix("\ufeff"))))
    cells = {tuple(line.values())[-1] for line in found}
    assert "'=1+1" in cells
    assert not any(cell.startswith(("=", "@", "+")) for cell in cells)
    assert not any(
        "pas un numéro" in cell or "=cmd" in cell for cell in cells
    )  # never what is about a person


def test_a_file_too_big_or_unreadable_is_not_kept() -> None:
    actor = _delegate()
    many = _file(*(f"Idée {number};;;X;;;;;" for number in range(actions.MOST_ROWS + 1)))
    for file, code in (
        (many, "too_many_rows"),
        (_file(), "no_rows"),
        (SimpleUploadedFile("x.xlsx", b"PK\x03\x04 not a book"), "not_a_table"),
    ):
        with pytest.raises(UnreadableError) as refused:
            actions.upload(file=file, gathering=None, actor=actor, at=NOW)
        assert refused.value.code == code
    assert not IdeaImport.objects.exists()


def test_only_organisers_and_only_their_own_files() -> None:
    with pytest.raises(PermissionDenied):
        actions.upload(file=_file("a;;;b;;;;;"), gathering=None, actor=make_user(), at=NOW)
    row = _checked(_delegate(), f"Four;;;{_name(HERE)};;;;;")
    with pytest.raises(PermissionDenied):
        actions.apply_file(idea_import=row, version=row.version, actor=_delegate(), at=NOW)
    with pytest.raises(actions.StaleImport):
        actions.apply_file(idea_import=row, version=row.version - 1, actor=row.by, at=NOW)
