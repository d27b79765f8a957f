"""The blocks a report is made of: plain values that the template lays out.

Texts are final here: words translated, numbers written. The template only places them, never reads one as markup.
"""

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]


def heading(text: str, icon: str = "", note: str = "") -> Block:
    """A title within a page, perhaps with a pictogram (SVG) and a few quiet words after it."""
    return {"kind": "heading", "text": text, "icon": icon, "note": note}


def subtitle(text: str) -> Block:
    """A few words above one block of a part."""
    return {"kind": "subtitle", "text": text}


def paragraph(text: str, *, quiet: bool = False) -> Block:
    """Running text; `quiet` for sources and notes."""
    return {"kind": "paragraph", "text": text, "quiet": quiet}


def source(*parts: str) -> Block:
    """Where the block above comes from, and of when."""
    return paragraph(" · ".join(part for part in parts if part), quiet=True)


def empty(text: str) -> Block:
    """What is said where nothing is known or was heard: framed, so that nobody takes it for an oversight."""
    return {"kind": "empty", "text": text}


def side(name: str, text: str, share: float | None) -> Block:
    """A bar of a comparison: `share` of the longest (0 to 1, None unknown)."""
    return {"name": name, "text": text, "share": share}


def figure_card(title: str, value: str, unit: str, note: str, sides: Sequence[Block]) -> Block:
    """One key figure with what it is compared with."""
    return {"title": title, "value": value, "unit": unit, "note": note, "sides": list(sides)}


def figures(cards: Sequence[Block]) -> Block:
    """Key figures, three on a line."""
    return {"kind": "figures", "items": list(cards)}


def drawing(svg: str, alt: str, caption: str, legend: Sequence[tuple[str, str]] = ()) -> Block:
    """A map: its SVG, what it shows in words, and its legend as (colour or "unknown", words)."""
    keys = [{"look": look, "text": text} for look, text in legend]
    return {"svg": svg, "alt": alt, "caption": caption, "legend": keys}


def maps(drawings: Sequence[Block]) -> Block:
    """Maps side by side."""
    return {"kind": "maps", "items": list(drawings)}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, strong: int = 1) -> Block:
    """Labels and figures; the column `strong` is that of the place itself."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "strong": strong}


def bars(rows: Sequence[Block], here: str, reference: str) -> Block:
    """Shares as bars, each with that of the `reference` drawn thin beneath; both are named above."""
    return {"kind": "bars", "rows": list(rows), "here": here, "reference": reference}


def bar(label: str, text: str, share: float | None, reference: float | None, about: str = "") -> Block:
    """A row of `bars`; lengths are parts of the longest (0 to 1)."""
    return {"label": label, "text": text, "share": share, "reference": reference, "about": about}


def entry(
    title: str,
    meta: str = "",
    lines: Sequence[str] = (),
    *,
    language: str = "",
    chip: str = "",
    look: str = "plain",
    count: str = "",
) -> Block:
    """One item of a list. `language` of the title where a person wrote it; `count` stands out before it."""
    return {
        "title": title,
        "meta": meta,
        "lines": list(lines),
        "language": language,
        "chip": chip,
        "look": look,
        "count": count,
    }


def entries(items: Sequence[Block], *, columns: int = 1) -> Block:
    """A list of items, in one column or two."""
    return {"kind": "entries", "items": list(items), "columns": columns}


def columns(*sides: Sequence[Block | None]) -> Block:
    """Blocks side by side."""
    return {"kind": "columns", "sides": [[block for block in side if block] for side in sides]}


def page(title: str, lead: str, blocks: Sequence[Block | None], notes: str = "") -> Block:
    """One of the four pages. `lead`: the question it answers; `notes`: above the lines left for writing."""
    return {"title": title, "lead": lead, "blocks": [block for block in blocks if block], "notes": notes}


def qr(text: str) -> Block:
    """The QR code of the document's address, what it leads to, and the address itself."""
    return {"kind": "qr", "text": text}
