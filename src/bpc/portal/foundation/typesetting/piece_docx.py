"""A piece as a text document that the group opens in its own word processor: real styles, both directions, languages.

In Arabic each paragraph is bidirectional, each run of Arabic right-to-left, tables begin on the right; words in Latin
letters within keep their own direction and language, so that checkers and screen readers read them right.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bpc.portal.foundation.typesetting.characters import clean
from bpc.portal.foundation.typesetting.piece_parts import (
    Break,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Part,
    PieceDocument,
    Signature,
    Table,
)

TAGS = {"fr": "fr-MA", "ar": "ar-MA"}
_FONT, _ARABIC_FONT = "Calibri", "Arial"  # what word processors have; ours are not on people's machines
_DEEP = RGBColor(0x08, 0x4A, 0x3D)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9’'.,/&() \u00a0\u202f-]*[A-Za-zÀ-ɏ0-9)]|[A-Za-zÀ-ɏ]")


def piece_docx(document: PieceDocument) -> bytes:
    """The file, in the language of the piece."""
    book = Document()
    writer = _Writer(book, document.language)
    writer.set_up(document)
    for line in document.sender:
        writer.paragraph(line, "Sender")
    for line in document.recipient:
        writer.paragraph(line, "Recipient")
    writer.paragraph(document.title, "Subject" if document.sender else "Title")
    for part in document.parts:
        writer.write(part)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


class _Writer:
    """Writes into one document, in one direction."""

    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language, self.rtl = book, language, language == "ar"

    def set_up(self, document: PieceDocument) -> None:
        """Page, styles, language, properties."""
        section = self.book.sections[0]
        width, height = (297, 210) if document.wide else (210, 297)
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.orientation = WD_ORIENT.LANDSCAPE if document.wide else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin = section.bottom_margin = Mm(20)
        if self.rtl:
            _before(section._sectPr, _flag("w:bidi"), "w:rtlGutter", "w:docGrid")
        self._fonts()
        styles = (
            ("Sender", 11, False),
            ("Recipient", 11, True),
            ("Subject", 12, True),
            ("Reference", 9, False),
        )
        for name, size, bold in styles:
            style = self.book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self.book.styles["Normal"]
            _letters(style, size, bold)
            style.paragraph_format.space_after = Pt(12 if name == "Subject" else 2)
            if name == "Recipient":
                style.paragraph_format.left_indent = Mm(80)  # the starting side, whatever the direction
        core = self.book.core_properties
        core.title, core.author = clean(document.title, 200), clean(document.project, 120)
        core.language, core.comments = TAGS[self.language], clean(document.note, 120)
        foot = self.paragraph(clean(document.note, 120), "Footer", section.footer.paragraphs[0])
        _page_number(foot)
        if document.mark:
            mark = self.paragraph(clean(document.mark, 120), "Header", section.header.paragraphs[0])
            for run in mark.runs:
                run.font.bold = run.font.cs_bold = True

    def _fonts(self) -> None:
        """One font for each script and the languages of both, for the whole document."""
        defaults = (
            self.book.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        )
        for element in (defaults, self.book.styles["Normal"].element.get_or_add_rPr()):
            _fonts_of(element)
        _language(defaults, TAGS["fr"], TAGS["ar"])
        _letters(self.book.styles["Normal"], 11, False)
        for name, size in (("Title", 18), ("Heading 1", 14)):
            style = self.book.styles[name]
            _fonts_of(style.element.get_or_add_rPr())
            _letters(style, size, True)
            style.font.color.rgb = _DEEP

    def write(self, part: Part) -> None:
        """One part after another."""
        match part:
            case Heading(text, reference):
                self.paragraph(text, "Heading 1")
                if reference:
                    self.paragraph(reference, "Reference").paragraph_format.keep_with_next = True
            case Paragraph(text, language):
                self.paragraph(text, "Normal", language=language)
            case Bullets(items, language):
                for item in items:
                    self.paragraph(item, "List Bullet", language=language)
            case Facts(pairs):
                self._table([[name, value] for name, value in pairs], None)
            case Table(caption, head, rows):
                if caption:
                    self.paragraph(caption, "Heading 1")
                self._table([list(head), *map(list, rows)], part)
            case Signature(place, signatory):
                self.paragraph("", "Normal")
                self.paragraph(place, "Recipient")
                self.paragraph(signatory, "Recipient")
            case Break():
                self.book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def paragraph(self, text: str, style: str, into: Any = None, language: str = "") -> Any:
        """Text in a style, lines kept, each run in its own direction; `language` where it is not the piece's."""
        paragraph = into if into is not None else self.book.add_paragraph()
        paragraph.style = self.book.styles[style]
        rtl = language == "ar" if language else self.rtl
        if rtl:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(_flag("w:bidi"))
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            for words, arabic in _runs(clean(line, 4000), rtl):
                self._run(paragraph, words, arabic)
        return paragraph

    def _run(self, paragraph: Any, words: str, arabic: bool) -> None:
        run = paragraph.add_run(words)
        properties = run._r.get_or_add_rPr()
        if arabic:
            properties.append(_flag("w:rtl"))
        _language(properties, TAGS["fr"], TAGS["ar"])

    def _table(self, rows: list[list[str]], told: Table | None) -> None:
        """Rows of cells; `told` is the table they come from, None for pairs of a name and what it is."""
        table = self.book.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        if self.rtl:
            table._tbl.tblPr.find(qn("w:tblStyle")).addnext(_flag("w:bidiVisual"))
        else:
            table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for index, words in enumerate(rows):
            row = table.add_row()
            head = told is not None and index == 0
            heavy = head or (told is not None and told.totalled and index == len(rows) - 1)
            for column, (cell, word) in enumerate(zip(row.cells, words, strict=True)):
                far = told is not None and told.is_far(column)
                self._cell(cell, word, heavy or (told is None and column == 0), far)
            if head:
                row._tr.get_or_add_trPr().append(_flag("w:tblHeader"))
            elif told is not None and told.tall:
                row.height = Mm(11)
        if told is not None and told.shares:
            self._widths(table, told.shares)
        self.paragraph("", "Normal")

    def _widths(self, table: Any, shares: tuple[int, ...]) -> None:
        section = self.book.sections[0]
        whole = section.page_width - section.left_margin - section.right_margin
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = whole * share // sum(shares)
            for cell in column.cells:
                cell.width = column.width

    def _cell(self, cell: Any, words: str, bold: bool, number: bool) -> None:
        paragraph = self.paragraph(words, "Normal", cell.paragraphs[0])
        paragraph.paragraph_format.space_after = Pt(2)
        if number:  # the far side of the reading direction: RIGHT means "end" in a bidirectional paragraph
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for run in paragraph.runs:
            run.font.bold = run.font.cs_bold = bold or None


def _runs(line: str, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Pieces of a line, each with whether it is written from right to left."""
    if not rtl:
        yield line, False
        return
    end = 0
    for found in _LATIN.finditer(line):
        if found.start() > end:
            yield line[end : found.start()], True
        yield found.group(), False
        end = found.end()
    if end < len(line):
        yield line[end:], True


def _page_number(paragraph: Any) -> None:
    """« 2 / 5 » after the words of the foot, counted by the word processor."""
    for words, code in (("  ", "PAGE"), (" / ", "NUMPAGES")):
        paragraph.add_run(words)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)


def _flag(name: str) -> Any:
    return OxmlElement(name)


def _fonts_of(properties: Any) -> None:
    """Theme fonts would win over the names given."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, font in (("ascii", _FONT), ("hAnsi", _FONT), ("cs", _ARABIC_FONT)):
        fonts.set(qn(f"w:{script}"), font)


def _letters(style: Any, size: int, bold: bool) -> None:
    """Size and weight, of Arabic letters too. The schema wants each mark in its place."""
    style.font.size = Pt(size)
    style.font.bold = style.font.cs_bold = bold or None
    properties = style.element.rPr
    arabic = properties.find(qn("w:szCs"))
    if arabic is None:
        arabic = _flag("w:szCs")
        properties.find(qn("w:sz")).addnext(arabic)
    arabic.set(qn("w:val"), str(2 * size))


def _before(parent: Any, element: Any, *names: str) -> None:
    """Put an element before the first of those that follow it in the schema, else at the end."""
    following = next((one for name in names if (one := parent.find(qn(name))) is not None), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)


def _language(properties: Any, latin: str, arabic: str) -> None:
    found = properties.find(qn("w:lang"))
    if found is None:
        found = _flag("w:lang")
        _before(properties, found, "w:eastAsianLayout", "w:specVanish", "w:oMath")
    found.set(qn("w:val"), latin)
    found.set(qn("w:bidi"), arabic)
