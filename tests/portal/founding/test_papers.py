"""The papers: both languages say the same, article 5 is whole, documents open and say what the group said."""

import io
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from bpc.core.law.creation_file import Mention
from bpc.datasets.founding import (
    PLACEHOLDER,
    founding_problems,
    read_catalogue,
    read_paper_text,
    read_papers,
)
from bpc.portal.foundation.typesetting.piece_docx import piece_docx
from bpc.portal.foundation.typesetting.piece_parts import Heading, Paragraph, Table
from bpc.portal.foundation.typesetting.piece_pdf import piece_pdf
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.papers import MARK, Filled, fill_paper, paper_kind, paper_kinds
from bpc.portal.founding.tables import _ROWS
from bpc.portal.founding.values import DOTS, FOUNDER_LABELS, NAMES
from tests.portal.founding.founding_world import begun, complete, say
from tests.portal.plans.pdf_text import Paper

TODAY = date(2026, 11, 23)


def _filled(code: str, file: CreationFile, language: str) -> Filled:
    kind = paper_kind(code)
    assert kind is not None
    file.refresh_from_db()
    return fill_paper(kind, file, list(file.founders.all()), language)


def _words(found: Filled) -> str:
    lines = []
    for part in found.document.parts:
        if isinstance(part, Heading | Paragraph):
            lines.append(part.text)
        elif isinstance(part, Table):
            lines += [" | ".join(row) for row in part.rows]
    return "\n".join(lines).replace("\u202f", " ").replace("\xa0", " ")


def test_both_languages_say_the_same_clauses_with_the_same_fields() -> None:
    assert list(founding_problems()) == []


def test_every_field_of_every_paper_is_one_the_file_knows() -> None:
    asked = {one.code for one in read_catalogue().questions}
    for kind in read_papers():
        for language in ("fr", "ar"):
            text = read_paper_text(kind.code, language)
            names = set(text.heading_fields()).union(*(clause.fields() for clause in text.clauses))
            founders = {name.removeprefix("founder_") for name in names if name.startswith("founder_")}
            founders -= {"s_count"} | {name for name in founders if f"founder_{name}" in NAMES}
            assert founders <= set(FOUNDER_LABELS), (kind.code, founders)
            unknown = {name for name in names if not name.startswith("founder_")} - asked - NAMES
            assert not unknown - {"founders_count"}, (kind.code, unknown)
            assert {clause.table for clause in text.clauses} - {""} <= set(_ROWS)


def test_statutes_have_a_clause_for_each_mention_of_article_5() -> None:
    clauses = {clause.id: clause for clause in read_paper_text("statutes", "ar").clauses}
    assert set(Mention) <= set(clauses)
    for mention in Mention:
        assert clauses[mention].article, mention


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_paper_opens_in_both_forms_with_its_mark_on_each_page(language: str) -> None:
    _, file = complete()
    for kind in paper_kinds():
        found = _filled(kind.code, file, language)
        assert found.gaps == [], kind.code
        paper = Paper(piece_pdf(found.document, TODAY))
        assert (paper.language, paper.says_it_is_accessible) == (f"{language}-MA", True)
        text = paper.text()
        assert "\ufffd" not in text
        assert "{" not in text
        book = Document(io.BytesIO(piece_docx(found.document)))
        words = [paragraph.text for paragraph in book.paragraphs]
        assert found.document.title in words
        assert not PLACEHOLDER.search("\n".join(words))
        head = book.sections[0].header.paragraphs[0].text
        assert (head, book.core_properties.language) == (MARK, f"{language}-MA")
        if language == "ar":
            assert all(one._p.pPr.find(qn("w:bidi")) is not None for one in book.paragraphs if one.text)


@pytest.mark.django_db
def test_the_list_of_members_says_each_founder_and_the_sums() -> None:
    _, file = complete()
    found = _filled("members_list", file, "fr")
    table = next(part for part in found.document.parts if isinstance(part, Table))
    rows = [tuple(cell.replace("\u202f", " ") for cell in row) for row in table.rows]
    assert rows[0] == ("1", "Amina Aït Baha", "Agricultrice", "Douar Tagmout", "", "2", "400", "0", "200")
    assert rows[-1] == ("", "Total", "", "", "", "15", "3 000", "400", "1 600")
    arabic = _filled("members_list", file, "ar")
    table = next(part for part in arabic.document.parts if isinstance(part, Table))
    assert [row[1] for row in table.rows][:2] == ["أمينة آيت باها", "فاطمة أوبلا"]
    assert all(row[4] == "" for row in table.rows)  # numbers of identity papers are written by hand


@pytest.mark.django_db
def test_statutes_follow_the_choices() -> None:
    group, file = complete()
    owner = group.inside["owner"]
    words = _words(_filled("statutes", file, "fr"))
    assert "un conseil d’administration de 3 membres élus pour trois ans" in words
    assert "Les parts ne donnent droit à aucun intérêt." in words
    assert "Des apports en nature d’une valeur de 400 MAD" in words
    assert "Les membres votent en personne." in words
    say(file, owner, "organs", management="managers", board_size=None, managers=2, manager_term_years=3)
    say(file, owner, "capital", share_interest="yes")
    say(
        file,
        owner,
        "rules",
        proxies="yes",
        third_party_trade="yes",
        third_party_percent=20,
        education_percent=2,
    )
    changed = _words(_filled("statutes", file, "fr"))
    for said in ("dirigée par des gérants, au nombre de 2", "peut verser un intérêt aux parts entièrement payées",
                 "une procuration écrite et légalisée", "dans la limite de 20 %", "2 % de l’excédent net"):  # fmt: skip
        assert said in changed, said
    assert "renouvelés par tiers" not in changed
    arabic = _words(_filled("statutes", file, "ar"))
    assert "يتولى تسيير التعاونية مسيرون عددهم 2" in arabic
    assert "في حدود 20 %" in arabic


@pytest.mark.django_db
def test_what_is_not_known_leaves_a_dotted_line_and_is_listed_once() -> None:
    _, file = begun()
    found = _filled("statutes", file, "ar")
    assert DOTS in _words(found)
    fields = [gap.field for gap in found.gaps if gap.field]
    assert len(fields) == len(set(fields))
    assert {"name_ar", "seat_ar", "duration_years", "management", "share_value"} <= set(fields)
    assert "liability_times" not in fields  # the law speaks meanwhile


@pytest.mark.django_db
def test_a_paper_in_one_language_borrows_what_is_only_said_in_the_other() -> None:
    group, file = begun()
    say(file, group.inside["owner"], "seat", seat_fr="Douar Tagmout")
    found = _filled("members_list", file, "ar")
    facts = found.document.parts[0]
    assert "Douar Tagmout" in str(facts)
    assert "seat_ar" in [gap.field for gap in found.gaps]


@pytest.mark.django_db
def test_a_founder_named_in_one_script_is_written_in_the_paper_s() -> None:
    _, file = complete()
    assert "ترأس الجلسة أمينة آيت باها" in _words(_filled("founding_minutes", file, "ar"))
    assert "présidée par Amina Aït Baha" in _words(_filled("founding_minutes", file, "fr"))


@pytest.mark.django_db
def test_each_founder_has_a_subscription_form() -> None:
    _, file = complete()
    found = _filled("subscription_form", file, "fr")
    text = str(found.document.parts)
    assert all(name in text for name in ("Amina Aït Baha", "Brahim Ouhmad"))
    assert text.count("La souscription") == 6


@pytest.mark.django_db
def test_hostile_words_stay_words() -> None:
    group, file = begun()
    say(file, group.inside["owner"], "name", name_fr="#let x = 1 {capital} *gras*", name_ar="ا")
    found = _filled("members_list", file, "fr")
    assert "#let x = 1 {capital} *gras*" in found.document.title
    assert "{capital} *gras*" in Paper(piece_pdf(found.document, TODAY)).text().replace("\n", " ")
