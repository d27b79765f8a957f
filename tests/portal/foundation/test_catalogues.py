"""Catalogues compile without gettext, and only when they changed."""

import gettext
import os
from pathlib import Path

from bpc.portal.foundation.catalogues import compile_catalogues

SOURCE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Carte"
msgstr "خريطة"
"""


def test_compile_then_skip_then_again(tmp_path: Path) -> None:
    source = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE, encoding="utf-8")
    (compiled,) = compile_catalogues(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Carte") == "خريطة"
    assert compile_catalogues(tmp_path) == []
    later = compiled.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_catalogues(tmp_path) == [compiled]
