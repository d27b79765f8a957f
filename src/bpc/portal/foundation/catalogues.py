"""Translation catalogues compiled without the gettext system package, so that a bare machine can serve."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bpc.core.text import typography


def compile_catalogues(locale: Path) -> list[Path]:
    """Write `django.mo` beside each `django.po` (and `djangojs`) that is newer. Returns what was written."""
    written = []
    # a site whose rules were brought up to date compiles anew
    rules = max(Path(code).stat().st_mtime for code in (__file__, typography.__file__))
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= max(source.stat().st_mtime, rules):
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name)
        if source.parents[1].name == "fr":
            _space_in_french(catalogue)
        partial = target.with_suffix(".mo.part")
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(target)
        written.append(target)
    return written


def _space_in_french(catalogue: Catalog) -> None:
    """Sentences are typed in the code with ordinary spaces; pages show those French punctuation asks for."""
    for message in catalogue:
        if isinstance(message.id, str) and message.id:
            message.string = typography.with_french_spaces(message.id)
        elif message.id:
            message.string = tuple(map(typography.with_french_spaces, message.id))
