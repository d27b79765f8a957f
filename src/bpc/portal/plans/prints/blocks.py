"""The few kinds of blocks documents are made of: plain values that `templates/blocks.typ` lays out.

Texts are final here: words translated, numbers written. The templates only place them, and never read a text as markup.
"""

from collections.abc import Sequence
from typing import Any, Literal

Block = dict[str, Any]
#: What a row of a table is: its weight on the page.
RowKind = Literal["line", "detail", "group", "sub", "total"]


def section(
    title: str, blocks: Sequence[Block | None], *, wide: bool = False, continues: bool = False
) -> Block:
    """A numbered part. `wide` turns the page for tables of many columns; `continues` begins below the part before."""
    return {
        "title": title,
        "blocks": [block for block in blocks if block],
        "wide": wide,
        "continues": continues,
    }


def heading(text: str) -> Block:
    """A title within a part."""
    return {"kind": "heading", "text": text}


def paragraph(text: str, *, quiet: bool = False, kept: bool = False) -> Block:
    """Running text; `quiet` for notes under a table, `kept` on the page of what follows."""
    return {"kind": "paragraph", "text": text, "quiet": quiet, "kept": kept}


def notice(text: str, tone: Literal["info", "warning", "error"] = "info", title: str = "") -> Block:
    """A framed remark nobody should miss."""
    return {"kind": "notice", "text": text, "tone": tone, "title": title}


def bullets(items: Sequence[str]) -> Block:
    """A plain list."""
    return {"kind": "bullets", "items": list(items)}


def card(label: str, value: str, note: str = "", *, bad: bool = False) -> Block:
    """One key figure."""
    return {"label": label, "value": value, "note": note, "bad": bad}


def cards(items: Sequence[Block]) -> Block:
    """Key figures side by side."""
    return {"kind": "cards", "items": list(items)}


def row(kind: RowKind, *cells: Any) -> Block:
    """A row of a table: texts, or chips made by `chip`."""
    return {"kind": kind, "cells": list(cells)}


def chip(text: str, look: str) -> Block:
    """How sure a figure is, in a coloured frame."""
    return {"chip": text, "look": look}


def table(
    head: Sequence[str],
    rows: Sequence[Block],
    *,
    widths: Sequence[str],
    caption: str = "",
    note: str = "",
    small: bool = False,
) -> Block:
    """A table. `widths`: "label" (what is left, from the starting side), "number" or "text" for each column."""
    return {
        "kind": "table",
        "caption": caption,
        "note": note,
        "head": list(head),
        "rows": list(rows),
        "widths": list(widths),
        "small": small,
    }


def year_table(
    caption: str, head: Sequence[str], rows: Sequence[Block], *, note: str = "", small: bool = True
) -> Block:
    """A table of a label and one number for each year or month."""
    widths = ["label", *["number"] * (len(head) - 1)]
    return table(head, rows, widths=widths, caption=caption, note=note, small=small)
