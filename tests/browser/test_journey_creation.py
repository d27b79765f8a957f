"""From an idea to a complete creation file, in French and in Arabic: said, checked, printed, looked at, kept."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from bpc.datasets.founding import read_papers
from tests.browser.founding_group import (
    FOUNDERS,
    NAMES,
    SAVE,
    Answers,
    ago,
    fill_page,
    first_year,
    registered,
    said,
    tell_founder,
)
from tests.browser.papers_seen import (
    A4,
    MARK,
    look_at,
    read_docx,
    reads_from_the_right,
    shapes_of_letters,
    text_of,
    unpack,
)
from tests.browser.proposals import Proposal, deposit

ROOT = Path(__file__).resolve().parents[2]
#: For a person to look at: the last pages drawn, as pictures.
SEEN = Path(os.environ.get("BPC_VAR") or ROOT / "var" / "test") / "papers-seen"
#: A kind of the vault and the number of the PDF put there; one of ours stands for those that others write.
_FOR_THE_REGISTER = {"register_form": 7, "statutes": 2, "founders_list": 4, "bank_certificate": 6,
                     "authority_receipt": 7, "name_certificate": 1}  # fmt: skip
_MORE_THAN_A_SIGNATURE = 30  # words, head and foot included
_TWENTY_SIX_FILES = 90_000  # milliseconds: they are typeset when asked for
_RIGHT_TO_LEFT = {"fr": False, "ar": True}


def _begin(page: Page, language: str) -> str:
    """An idea deposited, then made a project from its own page: what it said is there already."""
    proposal = Proposal(language)
    code = deposit(page, proposal, stranger=False)
    page.goto(f"/{language}/idees/{code}")
    page.locator(f"main a.button[href$='idee={code}']").click()
    expect(page.locator("#id_name")).to_have_value(proposal.title)
    page.locator("input[name=stage][value=creation]").check()
    page.locator(SAVE).click()
    page.wait_for_url(re.compile(r"/mon-espace/projets/[0-9A-Z]{4}-[0-9A-Z]{3}$"))
    expect(page.locator("main")).to_contain_text(proposal.proposal)
    return page.url


def _add_people(page: Page, address: str, names: list[str]) -> None:
    page.goto(f"{address}/personnes/nouvelle")
    for name in names:
        page.locator("#id_name").fill(name)
        page.locator("input[name=woman][value=yes]").check()
        page.locator("button[name=act][value=again]").click()
        expect(page.locator("main .alert-success")).to_be_visible()


def _refused(page: Page, code: str, value: str, article: str) -> None:
    """Told beside the field, with the article; what else was typed stays."""
    fill_page(page, {code: value})
    page.locator(SAVE).first.click()
    told = page.locator(f"#field-{code}")
    expect(page.locator(f"#errors a[href='#id_{code}']")).to_be_visible()
    expect(told.locator(f"#id_{code}_error")).to_contain_text(re.compile(rf"112[-.]12.*\b{article}\b"))


def _tell_file(page: Page, address: str, language: str) -> None:
    """Begun with what the project knows, then one page after the other, as the button leads."""
    page.goto(f"{address}/creation")
    page.locator(SAVE).click()
    expect(page.locator("main .alert-success")).to_be_visible()
    page.locator("main a[href$='/creation/name']").first.click()
    for family, answers in said(language).items():
        page.wait_for_url(f"{address}/creation/{family}")
        if family == "name":
            expect(page.locator("#id_name_1")).not_to_have_value("")
        if family == "purpose":
            expect(page.locator(f"#id_purpose_{language}")).not_to_have_value("")
        fill_page(page, answers)
        if family == "capital":
            _refused(page, "share_value", "50", "26")
            expect(page.locator("#id_minimum_shares")).to_have_value("1")
            fill_page(page, {"share_value": "100"})
        if family == "organs":
            _refused(page, "board_size", "4", "50")
            fill_page(page, {"board_size": "3"})
        page.locator(SAVE).first.click()
        if family == "capital":
            page.wait_for_url(f"{address}/creation/membres")
            page.locator("main a[href$='/creation/organs']").click()


def _against(page: Page, address: str) -> list[str]:
    """What the law finds wrong, sentence by sentence."""
    page.goto(f"{address}/creation/verification")
    return page.locator("section[aria-labelledby=group-unmet] .founding-steps > li").all_inner_texts()


def _check_and_mend(page: Page, address: str, language: str) -> None:
    """Four founders, 800 MAD, money kept too long: each told with its article and the place to mend it."""
    for rank in range(4):
        tell_founder(page, address, rank, 2)
    found = _against(page, address)
    for article in ("14", "26", "8"):
        assert any(re.search(rf"112[-.]12.*\b{article}\b", one) for one in found), (article, found)
    assert len(found) == 3, found
    page.locator("section[aria-labelledby=group-unmet] a[href$='/creation/membres']").first.click()
    page.wait_for_url(f"{address}/creation/membres")
    _add_people(page, address, [FOUNDERS[4][0]])
    page.goto(f"{address}/creation/membres")
    page.locator("main form[method=post] button[type=submit]").click()
    expect(page.locator("main .founding-steps > li")).to_have_count(len(FOUNDERS))
    tell_founder(page, address, 4, 2)
    changes: dict[str, Answers] = {
        "capital": {"share_value": said(language)["capital"]["share_value"]},
        "dates": {"funds_deposited_on": ago(25)},
    }
    for family, change in changes.items():
        page.goto(f"{address}/creation/{family}")
        fill_page(page, change)
        page.locator(SAVE).first.click()
        expect(page.locator("main .alert-success")).to_be_visible()
    assert _against(page, address) == []


def _read_path(page: Page, address: str, language: str) -> None:
    """One sentence, one date; five founders are known, so their step is ticked; a date said here runs its delay."""
    page.goto(f"{address}/parcours")
    sentence = page.locator(".next-action .sentence")
    expect(sentence).to_have_count(1)
    expect(sentence).to_contain_text(re.compile(r"\b\d{1,2}\b.*\b20\d\d\b"))
    ticked = page.locator(".path-steps .step-done").filter(has=page.locator("a[href$='/etapes/founders']"))
    expect(ticked).to_have_count(1)
    assert page.locator(".path-steps .step-done").count() > 1  # days written in the file tick theirs
    page.goto(f"{address}/parcours/dates/name_approved")
    certified = ago(42)
    fill_page(page, {"on": certified})
    page.locator(SAVE).first.click()
    page.goto(f"{address}/parcours")
    last = certified + timedelta(days=60)
    expect(page.locator("main")).to_contain_text(re.compile(rf"\b{last.day}\b.*{last.year}"))
    expect(page.locator(".next-action .sentence")).to_contain_text(re.compile(r"\b20\d\d\b"))


def _finish(page: Page, address: str) -> None:
    for family, answers in (("dates", registered()), ("annual", first_year())):
        page.goto(f"{address}/creation/{family}")
        fill_page(page, answers)
        page.locator(SAVE).first.click()
        expect(page.locator("main .alert-success")).to_be_visible()


def _take_all(page: Page, address: str, language: str, folder: Path) -> list[str]:
    """Nothing is missing; every paper in one archive, and the same one by one."""
    page.goto(f"{address}/creation/papiers")
    expect(page.locator("main article")).to_have_count(len(read_papers()))
    expect(page.locator("main article a[href*='#field-']")).to_have_count(0)
    with page.expect_download(timeout=_TWENTY_SIX_FILES) as taken:
        page.locator(f"main a[href$='tout-{language}.zip']").click(timeout=_TWENTY_SIX_FILES)
    names = unpack(taken.value.path().read_bytes(), folder)
    assert len(names) == 2 * len(read_papers())
    for form in ("pdf", "docx"):
        with page.expect_download() as taken:
            page.locator(f"main a[href$='/statutes/{language}.{form}']").click()
        assert taken.value.suggested_filename.endswith(f"-{language}.{form}")
        assert taken.value.path().stat().st_size > 5_000
    return sorted(name for name in names if name.endswith(".pdf"))


def _look(pdf: Path, wide: bool, language: str) -> None:
    """Each page of a paper as a picture: on A4, written on, nothing cut, its mark; the name of the group in it."""
    pages = look_at(pdf, SEEN / language)
    assert pages, pdf.name
    for number, seen in enumerate(pages, start=1):
        where = f"{pdf.name}, page {number}"
        assert seen.size == (A4[::-1] if wide else A4), where
        assert 0.002 < seen.ink < 0.4, (where, seen.ink)
        assert len(seen.words) > _MORE_THAN_A_SIGNATURE, (where, seen.words)
        assert seen.has_white_edges, where
        assert seen.outside() == [], where
        words = {one.text for one in seen.words}
        assert words >= set(MARK), (where, words)
    text = text_of(pdf)
    assert NAMES[language] in text, pdf.name
    assert "{" not in text, pdf.name
    assert "…" not in text or pdf.stem[:2] != "13", pdf.name
    if language == "ar":
        shapes = shapes_of_letters(pdf)
        assert min(shapes[letter] for letter in "تنعي") >= 2, (pdf.name, shapes)


def _read(docx: bytes, page: Page, address: str, code: str, language: str, wide: bool) -> None:
    """The text document says what the page says: its title, each clause with its article, from the right in Arabic."""
    book = read_docx(docx)
    page.goto(f"{address}/creation/papiers/{code}/{language}")
    paper = page.locator("article.founding-paper")
    assert book.title == paper.locator(".founding-title").inner_text().strip()
    assert book.mark == paper.locator(".founding-mark").inner_text().strip()
    assert book.headings == tuple(
        one.strip() for one in paper.locator(".founding-heading strong").all_inner_texts()
    )
    shown = paper.locator(".founding-heading .meta").all_inner_texts()
    assert book.references == tuple(one.strip().removeprefix("(").removesuffix(")") for one in shown)
    assert all(re.search(r"112[-.]12.*\d", one) for one in book.references)
    assert NAMES[language] in book.text, code
    assert book.size == (A4[::-1] if wide else A4)
    assert book.is_rtl == book.tables_rtl == _RIGHT_TO_LEFT[language] or not _RIGHT_TO_LEFT[language]


def _look_at_all(page: Page, address: str, language: str, folder: Path) -> None:
    printed = _take_all(page, address, language, folder)
    (SEEN / language).mkdir(parents=True, exist_ok=True)
    for old in (SEEN / language).glob("*.png"):
        old.unlink()
    for kind, name in zip(read_papers(), printed, strict=True):
        pdf = folder / name
        _look(pdf, kind.wide, language)
        docx = folder / name.replace("pdf/", "docx/").replace(".pdf", ".docx")
        _read(docx.read_bytes(), page, address, kind.code, language, kind.wide)
    statutes = look_at(folder / printed[1], SEEN / language)
    if language == "ar":
        assert reads_from_the_right(statutes, "النظام", "الأساسي")
        assert "قانون رقم" in text_of(folder / printed[1])
    else:
        assert text_of(folder / printed[1]).count("loi 112-12, art.") >= 30


def _keep(page: Page, address: str, language: str, folder: Path) -> None:
    """The signed papers and those of others go to the vault: the file for the register is whole, nothing is against."""
    page.goto(f"{address}/creation/depot")
    expect(page.locator("main .chip-success")).to_have_count(1)  # identity cards, ticked by hand, never kept
    for kind, number in _FOR_THE_REGISTER.items():
        pdf = next(folder.glob(f"pdf/{number:02d}-*-{language}.pdf"))
        page.goto(f"{address}/coffre/ajouter?piece={kind}")
        page.locator("#id_file").set_input_files(pdf)
        page.locator(SAVE).click()
        page.wait_for_url(f"{address}/coffre")
    expect(page.locator(".papers > li")).to_have_count(len(_FOR_THE_REGISTER))
    with page.expect_download() as taken:
        page.locator(".papers a[download]").first.click()
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    page.goto(f"{address}/creation/depot")
    expect(page.locator("main .founding-steps > li")).to_have_count(len(_FOR_THE_REGISTER) + 1)
    expect(page.locator("main .chip-success")).to_have_count(len(_FOR_THE_REGISTER) + 1)
    assert _against(page, address) == []
    expect(page.locator("section[aria-labelledby=group-unknown] .founding-steps > li")).to_have_count(0)
    expect(page.locator("section[aria-labelledby=group-met] .founding-steps > li").nth(20)).to_be_visible()


def _stays_in_its_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_from_an_idea_to_a_complete_creation_file(
    open_context: Callable[..., BrowserContext],
    session_of: Callable[[str], Any],
    tmp_path: Path,
    size: str,
    language: str,
) -> None:
    page = open_context(size, language, storage_state=session_of("citizen")).new_page()
    address = _begin(page, language)
    _add_people(page, address, [name for name, _, _ in FOUNDERS[:4]])
    _tell_file(page, address, language)
    _check_and_mend(page, address, language)
    _stays_in_its_width(page)
    _read_path(page, address, language)
    _stays_in_its_width(page)
    _finish(page, address)
    _look_at_all(page, address, language, tmp_path)
    _keep(page, address, language, tmp_path)
    stranger = open_context(size, language, storage_state=session_of("cooperative")).new_page()
    for hidden in ("creation", "creation/papiers", f"creation/papiers/statutes/{language}.pdf", "coffre"):
        answer = stranger.request.get(f"{address}/{hidden}")
        assert answer.status == 404, hidden
