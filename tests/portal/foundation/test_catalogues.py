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


def test_french_is_shown_with_the_spaces_of_its_punctuation(tmp_path: Path) -> None:
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    plural = 'msgid "Une idée : la voir"\nmsgid_plural "%(n)s idées : les voir"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    header = SOURCE.split('msgid "Carte"')[0].strip() + '\n"Plural-Forms: nplurals=2; plural=n>1;\\n"\n'
    source.write_text(f'{header}\nmsgid "Qui parle ?"\nmsgstr ""\n\n{plural}', encoding="utf-8")
    (compiled,) = compile_catalogues(tmp_path)
    with compiled.open("rb") as file:
        shown = gettext.GNUTranslations(file)
    assert shown.gettext("Qui parle ?") == "Qui parle\u202f?"
    one, many = "Une idée : la voir", "%(n)s idées : les voir"
    assert [shown.ngettext(one, many, n) for n in (1, 2)] == [
        "Une idée\u00a0: la voir",
        "%(n)s idées\u00a0: les voir",
    ]
