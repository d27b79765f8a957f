"""A piece as both printers read it: titles, paragraphs, lists, facts, tables, a place to sign."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A title within a piece, and the law it comes from where there is one."""

    text: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `language` where it is not that of the piece."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A plain list. `language` where it is not that of the piece."""

    items: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the row; the last row is a total when `totalled`.

    `shares` of the width by column, and for each whether it stands on the far side (figures): when empty, the first
    column takes what the others leave. `tall` rows leave room to sign.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totalled: bool = True
    shares: tuple[int, ...] = ()
    far: tuple[bool, ...] = ()
    tall: bool = False

    def is_far(self, column: int) -> bool:
        """Whether a column is on the far side of the reading direction."""
        return self.far[column] if self.far else column > 0


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the piece is dated and signed."""

    place_and_day: str
    signatory: str


@dataclass(frozen=True, slots=True)
class Break:
    """What follows begins a page."""


Part = Heading | Paragraph | Bullets | Facts | Table | Signature | Break


@dataclass(frozen=True, slots=True)
class PieceDocument:
    """A piece ready to be printed, all words final. `sender` and `recipient` are lines of a letter, empty elsewhere.

    `mark` stands at the head of every page; a `wide` piece lies on its side.
    """

    title: str
    language: str
    project: str
    parts: tuple[Part, ...]
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    note: str = ""
    mark: str = ""
    wide: bool = False


def parts_of_text(text: str, language: str = "") -> tuple[Part, ...]:
    """What a group typed, as paragraphs and lists; `language` where it is not that of the piece.

    >>> parts_of_text("Bonjour,\\n\\n- un\\n- deux", "fr")
    (Paragraph(text='Bonjour,', language='fr'), Bullets(items=('un', 'deux'), language='fr'))
    """
    parts: list[Part] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        plain = [line for line in lines if not _is_item(line)]
        if plain:
            parts.append(Paragraph("\n".join(plain), language))
        if items := _items(lines):
            parts.append(Bullets(items, language))
    return tuple(parts)


def _is_item(line: str) -> bool:
    return line[:2] in ("- ", "• ", "– ")


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line[2:].strip() for line in lines if _is_item(line))
