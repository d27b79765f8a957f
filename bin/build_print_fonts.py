"""Build the subset fonts embedded in the PDF documents.

The typesetter reads TrueType, not the web's woff2, and needs a bold of each script. The site must print the same on a
bare machine, so the results are committed; this is run by hand when a character is missing.

    python bin/build_print_fonts.py /usr/share/fonts/truetype/noto      # Debian package fonts-noto-core
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from bpc.portal.foundation.typesetting.characters import ARABIC, LATIN, TIFINAGH  # noqa: E402  (the path comes first)

TARGET = ROOT / "src/bpc/portal/foundation/typesetting/fonts"
LIMIT = 110_000  # bytes of one file
ARABIC_FEATURES = (
    "init",
    "medi",
    "fina",
    "isol",
    "rlig",
    "calt",
    "ccmp",
    "mark",
    "mkmk",
    "liga",
    "kern",
    "locl",
)
FACES = {
    "NotoSans-Regular.ttf": (LATIN, ("kern", "locl", "ccmp", "mark")),
    "NotoSans-Bold.ttf": (LATIN, ("kern", "locl", "ccmp", "mark")),
    "NotoNaskhArabic-Regular.ttf": (ARABIC, ARABIC_FEATURES),
    "NotoNaskhArabic-Bold.ttf": (ARABIC, ARABIC_FEATURES),
    "NotoSansTifinagh-Regular.ttf": (TIFINAGH, ("ccmp", "mark", "kern")),
    "NotoSansSymbols2-Regular.ttf": (LATIN, ()),
    "NotoSansMath-Regular.ttf": (LATIN, ()),
}


def build(source: Path, characters: str, features: tuple[str, ...]) -> set[str]:
    """Write the subset of one font; returns the characters it draws. ValueError above the limit."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = list(features)
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]  # names the typesetter finds it by, copyright and licence
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    drawn = set(characters) & {chr(code) for code in font.getBestCmap()}
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(drawn)))
    subsetter.subset(font)
    target = TARGET / source.name
    subset.save_font(font, str(target), options)
    if target.stat().st_size > LIMIT:
        raise ValueError(f"{target.name}: {target.stat().st_size} bytes, limit {LIMIT}")
    return drawn


def main() -> int:
    """Build every face from the folder given on the command line."""
    parser = argparse.ArgumentParser(description="Subset the fonts of the PDF documents.")
    parser.add_argument("sources", type=Path, help="folder holding the Noto TrueType files")
    arguments = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    missing = set(LATIN + ARABIC + TIFINAGH)
    for name, (characters, features) in FACES.items():
        missing -= build(arguments.sources / name, characters, features)
        print(f"{name:32} {(TARGET / name).stat().st_size:7} bytes")
    if missing:
        raise ValueError(f"no font draws {sorted(map(hex, map(ord, missing)))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
