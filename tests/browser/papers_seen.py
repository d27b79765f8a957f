"""Papers as a person holds them: pages drawn as pictures by poppler, the words on them with their places, DOCX read."""

import io
import re
import subprocess
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from tests.portal.plans.pdf_text import Paper

DOTS = 60  # per inch: enough to see a page that went wrong
MARGIN = 4  # millimetres that no printer prints
HEAD = 20  # millimetres above and below the body of a page
A4 = (210, 297)
MARK = ("Modèle", "relire", "نموذج")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.S
)


@dataclass(frozen=True)
class Word:
    """A word and its box on the page, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class SeenPage:
    """A page: its size in millimetres, its words, its picture in shades of grey."""

    size: tuple[int, int]
    words: tuple[Word, ...]
    picture: Image.Image

    @property
    def ink(self) -> float:
        """The part that is not white between the head and the foot of the page."""
        width, height = self.picture.size
        body = self.picture.crop(
            (0, height * HEAD // self.size[1], width, height * (self.size[1] - HEAD) // self.size[1])
        )
        counts = body.point(lambda shade: 255 if shade < 200 else 0).histogram()
        return counts[255] / sum(counts)

    @property
    def has_white_edges(self) -> bool:
        """Whether nothing was drawn where printers do not print."""
        edge = round(MARGIN / 25.4 * DOTS)
        width, height = self.picture.size
        strips = ((0, 0, width, edge), (0, height - edge, width, height),
                  (0, 0, edge, height), (width - edge, 0, width, height))  # fmt: skip
        drawn = [self.picture.crop(strip).point(lambda shade: 255 if shade < 200 else 0) for strip in strips]
        return not any(strip.getbbox() for strip in drawn)

    def outside(self) -> list[Word]:
        """The words that leave the page."""
        width, height = (side / 25.4 * 72 for side in self.size)
        return [one for one in self.words
                if one.left < 0 or one.top < 0 or one.right > width or one.bottom > height]  # fmt: skip


def _run(*command: str | Path) -> str:
    done = subprocess.run([*map(str, command)], check=True, capture_output=True, timeout=60)
    return done.stdout.decode()


def _logical(text: str) -> str:
    """Poppler gives Arabic words as they are painted: from the last letter to the first."""
    plain = unicodedata.normalize("NFKC", unescape(text))
    return plain[::-1] if any("\u0600" <= letter <= "\u06ff" for letter in plain) else plain


def look_at(pdf: Path, pictures: Path) -> list[SeenPage]:
    """Every page of a PDF, its pictures kept in a folder for a person to look at."""
    stem = pictures / pdf.stem
    _run("pdftoppm", "-r", str(DOTS), "-png", pdf, stem)
    drawn = sorted(pictures.glob(f"{pdf.stem}-[0-9]*.png"))
    told = _PAGE.findall(_run("pdftotext", "-bbox", pdf, "-"))
    assert len(drawn) == len(told), pdf.name
    return [
        SeenPage(
            (round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)),
            tuple(Word(_logical(text), *map(float, box)) for *box, text in _WORD.findall(body)),
            Image.open(picture).convert("L"),
        )
        for picture, (width, height, body) in zip(drawn, told, strict=True)
    ]


def text_of(pdf: Path) -> str:
    """The text in reading order, without marks of direction, on one line."""
    return " ".join(unicodedata.normalize("NFKC", _MARKS.sub("", _run("pdftotext", pdf, "-"))).split())


def reads_from_the_right(pages: Sequence[SeenPage], first: str, second: str) -> bool:
    """Whether a word stands to the right of the next one, on the same line, where both are first met."""
    for page in pages:
        for one, following in zip(page.words[1:], page.words, strict=False):
            if (one.text, following.text) == (first, second) and abs(one.top - following.top) < 2:
                return one.left > following.left
    return False


def shapes_of_letters(pdf: Path) -> dict[str, int]:
    """In how many shapes each Arabic letter is drawn: joined letters need several, a font that joins none has one."""
    paper = Paper(pdf.read_bytes())
    shapes: dict[str, set[int]] = defaultdict(set)
    for page in paper.pages:
        for letters in paper._fonts(page).values():
            for code, letter in letters.items():
                if "\u0620" <= letter[:1] <= "\u064a":
                    shapes[letter].add(code)
    return {letter: len(codes) for letter, codes in shapes.items()}


@dataclass(frozen=True)
class ReadDocx:
    """A text document as python-docx reads it."""

    title: str
    mark: str
    size: tuple[int, int]
    headings: tuple[str, ...]
    references: tuple[str, ...]
    text: str
    is_rtl: bool  # every paragraph that says something
    tables_rtl: bool


def read_docx(content: bytes) -> ReadDocx:
    """What it says."""
    book: Any = Document(io.BytesIO(content))
    section = book.sections[0]
    said = [one for one in book.paragraphs if one.text]
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return ReadDocx(
        title=book.core_properties.title,
        mark=section.header.paragraphs[0].text,
        size=(round(section.page_width.mm), round(section.page_height.mm)),
        headings=tuple(one.text for one in said if one.style.name == "Heading 1"),
        references=tuple(one.text for one in said if one.style.name == "Reference"),
        text=" ".join(" ".join([*(one.text for one in said), *cells]).split()),
        is_rtl=all(one._p.pPr.find(qn("w:bidi")) is not None for one in said),
        tables_rtl=all(one._tbl.tblPr.find(qn("w:bidiVisual")) is not None for one in book.tables),
    )


def unpack(archive: bytes, folder: Path) -> list[str]:
    """The names in an archive of papers, written into a folder."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        packed.extractall(folder)
        return packed.namelist()
