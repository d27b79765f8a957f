"""A piece as a tagged PDF, by our own typesetting."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.portal.foundation.typesetting import document_data, drawable, typeset
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

TEMPLATE = Path(__file__).parent / "templates" / "piece.typ"
_LONG = 4000  # letters of a paragraph


def piece_pdf(document: PieceDocument, made_on: date) -> bytes:
    """The PDF in the language of the piece."""
    with translation.override(document.language):
        base = document_data(
            title=document.title, place="", language=document.language, made_on=made_on, address=""
        )
        data = {
            **base,
            "kind": drawable(document.project, 120),
            "office": _("Banque de projets coopératifs"),
            "title": drawable(document.title, 300),
            "footer": drawable(
                f"{document.project} · {document.note}" if document.note else document.project, 160
            ),
            "sender": [drawable(line, 200) for line in document.sender],
            "recipient": [drawable(line, 300) for line in document.recipient],
            "mark": drawable(document.mark, 120),
            "wide": document.wide,
            "parts": [_part(part) for part in document.parts],
        }
        return typeset(TEMPLATE, data)


def _part(part: Part) -> dict[str, Any]:
    match part:
        case Heading(text, reference):
            return {"kind": "heading", "text": drawable(text, 200), "reference": drawable(reference, 160)}
        case Paragraph(text, language):
            lines = [drawable(line, _LONG) for line in text.split("\n")]
            return {"kind": "paragraph", "lines": lines, "language": language}
        case Bullets(items, language):
            return {
                "kind": "bullets",
                "items": [drawable(item, _LONG) for item in items],
                "language": language,
            }
        case Facts(pairs):
            return {
                "kind": "facts",
                "pairs": [[drawable(name, 100), drawable(value, 300)] for name, value in pairs],
            }
        case Table():
            return _table(part)
        case Signature(place, signatory):
            return {"kind": "signature", "place": drawable(place, 160), "signatory": drawable(signatory, 160)}
        case Break():
            return {"kind": "break"}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table", "caption": drawable(table.caption, 120), "totalled": table.totalled,
        "shares": list(table.shares), "tall": table.tall,
        "far": [table.is_far(column) for column in range(len(table.head))],
        "head": [drawable(word, 60) for word in table.head],
        "rows": [[drawable(word, 160) for word in row] for row in table.rows],
    }  # fmt: skip
