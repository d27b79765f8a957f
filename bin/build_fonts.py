"""Build the subset web fonts served by the portal.

The full Noto families weigh hundreds of kilobytes; a page needs a few dozen glyphs. This script keeps, per
script, only the characters that French, Arabic or Tamazight pages write, and saves them as woff2 files small
enough for a slow phone. It is run by hand when a character is missing; the results are committed, so that
running the site needs neither the sources nor this script.

    python bin/build_fonts.py /usr/share/fonts/truetype/noto      # Debian package fonts-noto-core
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).resolve().parents[1] / "src/bpc/portal/web/static/web/fonts"

# Noto Sans digits all have the same width already, so no `tnum` feature is needed.
FRENCH = (
    "".join(chr(code) for code in range(0x20, 0x7F))
    + "ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸàâæçèéêëîïôœùûüÿ«»°²³·×÷±½¼ºª§©"
    + "\u00a0\u2009\u202f–—‘’“”…•€‰ḍḥṛṣṭẓɛɣǧčḌḤṚṢṬẒ"
)
# Moroccan Arabic names also use ڭ (gaf), پ and ڤ.
ARABIC = (
    "".join(chr(code) for code in range(0x0621, 0x063B))
    + "".join(chr(code) for code in range(0x0640, 0x0653))
    + "\u0670\u0671ڭپڤ،؛؟٪« »."
)
TIFINAGH = "".join(chr(code) for code in range(0x2D30, 0x2D68)) + "\u2d6f\u2d70\u2d7f"


@dataclass(frozen=True)
class Face:
    """One file to build: the source font, the characters kept and the most bytes it may weigh."""

    source: str
    target: str
    characters: str
    features: tuple[str, ...]
    limit: int


FACES = (
    Face("NotoSans-Regular.ttf", "latin-400.woff2", FRENCH, ("kern", "locl"), 16_384),
    Face("NotoSans-Bold.ttf", "latin-700.woff2", FRENCH, ("kern", "locl"), 16_384),
    Face(
        "NotoNaskhArabic-Regular.ttf",
        "arabic-400.woff2",
        ARABIC,
        ("init", "medi", "fina", "isol", "rlig", "calt", "ccmp", "mark", "mkmk", "liga", "kern"),
        22_528,
    ),
    Face("NotoSansTifinagh-Regular.ttf", "tifinagh-400.woff2", TIFINAGH, ("ccmp", "mark", "kern"), 18_432),
)


def build(face: Face, sources: Path, target: Path) -> int:
    """Write the subset of one face, return its bytes; `ValueError` above its limit or for a missing glyph."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False  # phones and current desktops ignore it; it is a third of the bytes
    options.layout_features = list(face.features)
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay inside, as the OFL asks
    options.notdef_outline = True
    options.recalc_timestamp = False  # the same sources give the same bytes
    font = subset.load_font(str(sources / face.source), options)
    missing = sorted(set(face.characters) - {chr(code) for code in font.getBestCmap()})
    if missing:
        raise ValueError(f"{face.source} has no glyph for {missing}")
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=face.characters)
    subsetter.subset(font)
    path = target / face.target
    subset.save_font(font, str(path), options)
    size = path.stat().st_size
    if size > face.limit:
        raise ValueError(f"{face.target}: {size} bytes, limit {face.limit}")
    return size


def main() -> int:
    """Build every face from the folder given on the command line."""
    parser = argparse.ArgumentParser(description="Subset the web fonts.")
    parser.add_argument("sources", type=Path, help="folder holding the Noto TrueType files")
    arguments = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        print(f"{face.target:20} {build(face, arguments.sources, TARGET):6} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
