"""What is ready and what is missing, against a source written for the test."""

import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.applications.actions import tick, write_piece
from bpc.portal.applications.budget import Budget, Item, Payer
from bpc.portal.applications.bundle import write_bundle
from bpc.portal.applications.checklist import Checklist, Readiness, Section, checklist_of
from bpc.portal.applications.models import Application
from bpc.portal.applications.piece_texts import proposed_text
from bpc.portal.applications.sources import source_of, window_of
from bpc.portal.applications.states import Piece
from bpc.portal.applications.subject import subject_of
from bpc.portal.funding.calendar import NextWindow
from bpc.portal.vault.papers import paper_kinds
from tests.portal.applications.application_world import NOW, SOURCE, TODAY, open_one, put_paper
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import Group, make_group

pytestmark = pytest.mark.django_db
CLOSES = TODAY + timedelta(days=60)
OPEN = NextWindow("dated", TODAY - timedelta(days=5), CLOSES)
BUDGET = Budget((Item("Presse", 100_000),), 0, (Payer("members", 12_000), Payer("grant", 88_000)), 12)


def _source(**changes: Any) -> FundingSource:
    found = source_of(SOURCE)
    assert found is not None
    return found.model_copy(update=changes)


def _made() -> tuple[Group, Application]:
    group = make_group()
    return group, open_one(group.project, group.inside["owner"])


def _list(
    made: Application, window: NextWindow = OPEN, budget: Budget | None = BUDGET, **changes: Any
) -> Checklist:
    return checklist_of(made, _source(**changes), window, budget, TODAY)


def _line(told: Checklist, key: str) -> tuple[Readiness, str]:
    line = next(line for line in told.lines if line.key == key)
    return line.readiness, line.words


def test_a_local_call_asks_the_papers_of_its_national_frame() -> None:
    _group, made = _made()
    told = _list(made)
    assert [line.piece for line in told.of(Section.PIECES)] == ["letter", "sheet", "statement"]
    assert {line.kind for line in told.of(Section.PAPERS)} >= {
        "statutes",
        "registration",
        "member_list",
        "accounts",
    }
    assert not told.is_ready


def test_a_sheet_that_says_nothing_yet_is_to_complete_even_when_ticked() -> None:
    group = make_group(summary="")
    owner = group.inside["owner"]
    made = open_one(group.project, owner)
    tick(application=made, key="piece:sheet", done=True, actor=owner, at=NOW)
    line = next(one for one in _list(made).lines if one.key == "piece:sheet")
    assert (line.readiness, line.tick, line.ticked) == (Readiness.MISSING, "", False)
    assert line.words.startswith("à compléter")
    names, summary = _archived(made, "fr")
    assert not [name for name in names if "fiche" in name]
    assert "Décrivez ici" not in summary
    write_piece(application=made, piece="sheet", language="fr", text="Nous pressons des olives.", proposed="",
                actor=owner, at=NOW)  # fmt: skip
    assert _line(_list(made), "piece:sheet")[0] == Readiness.READY
    assert [name for name in _archived(made, "fr")[0] if "fiche" in name]
    assert not [name for name in _archived(made, "ar")[0] if "fiche" in name]  # written in French only


def test_a_budget_without_a_plan_is_to_complete() -> None:
    _group, made = _made()
    changes = {"documents": ("business_plan", *_budget_codes())}
    readiness, words = _line(_list(made, budget=None, **changes), "piece:budget")
    assert readiness == Readiness.MISSING
    assert plain(words) == "à compléter : faites d’abord le plan du projet"
    assert _line(_list(made, **changes), "piece:budget")[1] == "à relire, imprimer et signer"


def _budget_codes() -> tuple[str, ...]:
    return tuple(code for code, kind in paper_kinds().items() if kind.generated == "budget")


def _archived(made: Application, language: str) -> tuple[list[str], str]:
    """The names in the archive and its summary."""
    told = _list(made)
    with (
        write_bundle(subject_of(made, BUDGET, TODAY), told, language) as written,
        zipfile.ZipFile(written) as archive,
    ):
        return archive.namelist(), Paper(archive.read("00-sommaire.pdf")).text()


def test_what_is_to_look_at_is_not_counted_as_ready() -> None:
    group, made = _made()
    told = _list(made, documents=())
    assert len(told.warnings) >= 4
    assert told.done + len(told.missing) + len(told.warnings) == len(told.lines)
    assert told.done == sum(line.readiness == Readiness.READY for line in told.lines) < len(told.lines) / 2
    for line in told.missing:
        tick(application=made, key=line.tick, done=True, actor=group.inside["owner"], at=NOW)
    told = _list(made, documents=())
    assert (told.is_ready, bool(told.warnings)) == (True, True)  # nothing to do, some lines to look at


def test_papers_often_asked_are_told_as_such_and_hold_nothing_up() -> None:
    _group, made = _made()
    told = _list(made, documents=())
    usual = told.of(Section.PAPERS)
    assert {"statutes", "registration", "accounts", "quotes"} <= {line.kind for line in usual}
    assert {line.readiness for line in usual} == {Readiness.WARNING}
    assert _line(told, "paper:quotes")[1].startswith("souvent demandée")
    assert [line.piece for line in told.of(Section.PIECES)] == ["letter"]
    assert not _list(made, documents=(), kind="tax").of(Section.PAPERS)


@pytest.mark.parametrize(
    ("expires", "readiness"),
    [
        (None, Readiness.READY),
        (CLOSES, Readiness.READY),
        (CLOSES - timedelta(days=1), Readiness.WARNING),  # before the last day of the window
        (TODAY + timedelta(days=10), Readiness.WARNING),
        (TODAY - timedelta(days=1), Readiness.MISSING),
    ],
)
def test_a_paper_must_hold_until_files_are_taken(expires: date | None, readiness: Readiness) -> None:
    group, made = _made()
    put_paper(group.project, group.inside["owner"], expires_on=expires)
    assert _line(_list(made), "paper:statutes")[0] == readiness


def test_a_paper_kept_on_paper_is_ticked_and_a_check_said_otherwise_is_not() -> None:
    group, made = _made()
    owner = group.inside["owner"]
    told = _list(made)
    check = told.of(Section.CHECKS)[0]
    for key in ("paper:statutes", check.tick):
        tick(application=made, key=key, done=True, actor=owner, at=NOW)
    told = _list(made)
    assert _line(told, "paper:statutes")[0] == Readiness.READY
    assert _line(told, check.key)[0] == Readiness.READY
    said_otherwise = _source().checks[0].model_copy(update={"fr": "Autre chose."})
    assert _list(made, checks=(said_otherwise,)).of(Section.CHECKS)[0].readiness == Readiness.MISSING
    tick(application=made, key="paper:statutes", done=False, actor=owner, at=NOW)
    assert _line(_list(made), "paper:statutes")[0] == Readiness.MISSING


def test_identity_cards_are_joined_on_paper() -> None:
    _group, made = _made()
    line = _list(made, documents=("identity_cards",)).of(Section.PAPERS)[0]
    assert (line.kind, line.tick) == ("", "paper:identity_cards")


@pytest.mark.parametrize(
    ("window", "readiness", "words"),
    [
        (NextWindow("permanent"), Readiness.READY, "toute l’année"),
        (NextWindow("closed"), Readiness.MISSING, "fermée"),
        (NextWindow("unknown"), Readiness.WARNING, "inconnue"),
        (OPEN, Readiness.READY, "ouverte jusqu’au"),
        (NextWindow("dated", TODAY + timedelta(days=3), CLOSES), Readiness.WARNING, "ouvre le"),
        (NextWindow("dated", None, TODAY - timedelta(days=1)), Readiness.MISSING, "terminée"),
        (NextWindow("forecast", TODAY, CLOSES), Readiness.WARNING, "pas encore annoncée"),
    ],
)
def test_when_files_are_taken(window: NextWindow, readiness: Readiness, words: str) -> None:
    _group, made = _made()
    found, told = _line(_list(made, window), "window")
    assert (found, words in told) == (readiness, True)


def test_the_members_part_is_that_of_the_plan() -> None:
    _group, made = _made()
    assert _line(_list(made), "own") == (
        Readiness.READY,
        "12,0\u202f% dans votre plan, pour 10\u202f% demandés",
    )
    poor = Budget(BUDGET.items, 0, (Payer("members", 9_900), Payer("grant", 90_100)), 12)
    assert _line(_list(made, budget=poor), "own")[0] == Readiness.MISSING
    assert _line(_list(made, budget=None), "own")[0] == Readiness.MISSING


def test_more_than_the_ceiling_is_not_ready() -> None:
    group = make_group()
    made = open_one(group.project, group.inside["owner"], amount=200_001)
    assert _line(_list(made), "amount")[0] == Readiness.MISSING


def test_the_archive_holds_what_the_summary_says() -> None:
    group, made = _made()
    owner = group.inside["owner"]
    paper = put_paper(group.project, owner)
    tick(application=made, key="paper:accounts", done=True, actor=owner, at=NOW)
    told = _list(made)
    with (
        write_bundle(subject_of(made, BUDGET, TODAY), told, "fr") as written,
        zipfile.ZipFile(written) as archive,
    ):
        names = archive.namelist()
        summary = Paper(archive.read("00-sommaire.pdf")).text()
        statutes = next(name for name in names if "statuts" in name)
        with paper.file.open("rb") as stored:
            assert archive.read(statutes) == stored.read()
        assert archive.read("01-lettre-de-demande.pdf").startswith(b"%PDF-")
    assert sorted(names)[0] == "00-sommaire.pdf"
    assert all(name[:2].isdigit() and name.isascii() and "/" not in name for name in names)
    for words in ("sur papier", "Ce qui manque encore", "180\u202f000 MAD", "dans ce dossier"):
        assert words in summary, words


def test_the_letter_announces_what_the_archive_holds() -> None:
    group, made = _made()
    owner = group.inside["owner"]
    assert _announced(made, "fr") == ["Fiche du projet", "Déclaration sur l’honneur"]
    put_paper(group.project, owner)
    tick(application=made, key="paper:accounts", done=True, actor=owner, at=NOW)
    there = _announced(made, "fr")
    assert set(there) - {"Fiche du projet", "Déclaration sur l’honneur"} == {
        str(line.label) for line in _list(made).lines if line.kind in ("statutes", "accounts")
    }
    assert "Budget et financement" not in there  # this source asks none, the archive holds none
    names, _summary = _archived(made, "fr")
    assert len(names) == 2 + len(there) - 1  # the summary and the letter; the accounts go on paper


def test_a_letter_with_nothing_beside_it_announces_nothing() -> None:
    group = make_group(summary="")
    made = open_one(group.project, group.inside["owner"])
    assert _announced(made, "fr") == ["Déclaration sur l’honneur"]
    Application.objects.update(source_slug="parti")
    made.refresh_from_db()
    assert "Vous trouverez" not in proposed_text(Piece.LETTER, subject_of(made, BUDGET, TODAY))


def _announced(made: Application, language: str) -> list[str]:
    """What the letter says it comes with."""
    with translation.override(language):
        text = proposed_text(Piece.LETTER, subject_of(made, BUDGET, TODAY))
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


def test_a_source_that_left_asks_nothing_we_know_of() -> None:
    _group, made = _made()
    told = checklist_of(made, None, window_of(None, TODAY), BUDGET, TODAY)
    assert [line.key for line in told.lines] == ["window", "piece:letter", "amount"]
