"""A piece as both printers read it: titles, paragraphs, lists, facts, tables, a place to sign."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A title within a piece."""

    text: str


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
    """A table whose first column names the row; the last row is a total when `totalled`."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totalled: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the piece is dated and signed."""

    place_and_day: str
    signatory: str


Part = Heading | Paragraph | Bullets | Facts | Table | Signature


@dataclass(frozen=True, slots=True)
class PieceDocument:
    """A piece ready to be printed, all words final. `sender` and `recipient` are lines of a letter, empty elsewhere."""

    title: str
    language: str
    project: str
    parts: tuple[Part, ...]
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    note: str = ""


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
