"""Templates and data to PDF: tagged (PDF/UA), with our own fonts, no network, nothing of a person read as markup."""

import json
import re
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from bpc.portal.plans.prints.characters import clean, drawable
from bpc.portal.plans.prints.context import PrintContext

HERE = Path(__file__).parent
FONTS, TEMPLATES = HERE / "fonts", HERE / "templates"
#: Read as a file: pages and papers show the same pictograms.
SPRITE = HERE.parents[1] / "web" / "static" / "web" / "icons" / "icons.svg"
_STROKE = 'fill="none" stroke="#0b6150" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template of `templates/` with its data."""
    compiled: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
    )
    return compiled


def common_data(context: PrintContext) -> dict[str, Any]:
    """What every document carries: its title, language, day of making, QR code."""
    return {
        "title": drawable(context.title, 140),
        "plain_title": clean(context.title, 140),
        "short_title": drawable(context.title, 60),
        "place": drawable(context.place, 120),
        "language": context.language,
        "made": {"year": context.made_on.year, "month": context.made_on.month, "day": context.made_on.day},
        "qr": qr_drawing(context.address),
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
