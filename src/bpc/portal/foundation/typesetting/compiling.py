"""Templates and data to PDF: tagged (PDF/UA), with our own fonts, no network, nothing of a person read as markup."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

import segno
import typst

from bpc.portal.foundation.typesetting.characters import clean, drawable

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
#: Templates of every room lie under it: each imports `/foundation/typesetting/templates/look.typ` by that name.
PORTAL = HERE.parents[1]
#: Read as a file: pages and papers show the same pictograms.
SPRITE = PORTAL / "web" / "static" / "web" / "icons" / "icons.svg"
_STROKE = 'fill="none" stroke="#0b6150" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'


def typeset(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template with its data."""
    return _compiled(template, data, pdf_standards="ua-1")


def draw(
    template: Path, data: Mapping[str, Any], form: Literal["svg", "png"], *, side: int, title: str
) -> bytes:
    """The picture of a template of one square page: an SVG that says its `title`, or a PNG `side` pixels wide.

    The page is 360 points wide.
    """
    if form == "png":
        return _compiled(template, data, format="png", ppi=side / 5)
    opening, rest = _compiled(template, data, format="svg").split(b">", 1)
    return opening + b' role="img"><title>' + escape(title).encode() + b"</title>" + rest


def _compiled(template: Path, data: Mapping[str, Any], **how: Any) -> bytes:
    compiled: bytes = typst.compile(
        str(template),
        root=str(PORTAL),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **how,
    )
    return compiled


def document_data(*, title: str, place: str, language: str, made_on: date, address: str) -> dict[str, Any]:
    """What every document carries: its title, language, day of making, QR code of `address`."""
    return {
        "title": drawable(title, 140),
        "plain_title": clean(title, 140),
        "short_title": drawable(title, 60),
        "place": drawable(place, 120),
        "language": language,
        "made": {"year": made_on.year, "month": made_on.month, "day": made_on.day},
        "qr": qr_drawing(address),
    }


def qr_drawing(address: str) -> str:
    """An SVG of the QR code of an address, empty without one."""
    if not address:
        return ""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, dark="#1f2a29", xmldecl=False
    )
    return drawn.getvalue().decode()


@cache
def _symbols() -> dict[str, str]:
    """The drawings of the site's sprite by name, each with its frame."""
    found = re.findall(r'<symbol id="([a-z-]+)" (viewBox="[^"]+")>(.*?)</symbol>', SPRITE.read_text("utf-8"))
    return {
        name: f"<svg xmlns='http://www.w3.org/2000/svg' {frame} {_STROKE}>{drawn}</svg>"
        for name, frame, drawn in found
    }


def pictogram(name: str) -> str:
    """The SVG of a pictogram of the site, the general one when there is none of this name."""
    return _symbols().get(name) or _symbols()["model"]
