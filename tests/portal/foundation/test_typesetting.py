"""Letters our fonts draw, pictograms, fonts: what every printed document rests on."""

from django.utils import translation

from bpc.portal.foundation.typesetting import clean, drawable, pictogram
from bpc.portal.foundation.typesetting.compiling import FONTS, SPRITE


def test_letters_no_font_has_are_shown_as_a_box_and_turning_marks_go() -> None:
    assert clean("Huile\n d’argan\u202e 漢") == "Huile d’argan □"
    assert clean("ⴰⵔⴳⴰⵏ زيت أركان") == "ⴰⵔⴳⴰⵏ زيت أركان"
    assert clean("abcdef", 4) == "abc…"


def test_a_name_of_the_other_direction_is_kept_apart() -> None:
    with translation.override("fr"):
        assert drawable("Huile") == "Huile"
        assert drawable("زيت") == "\u2068زيت\u2069"
    with translation.override("ar"):
        assert drawable("Huile…") == "\u2068Huile…\u2069"
        assert drawable("زيت 12") == "زيت 12"


def test_fonts_are_small_and_free() -> None:
    files = list(FONTS.glob("*.ttf"))
    assert sum(file.stat().st_size for file in files) < 300_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text("utf-8").upper()


def test_pictograms_are_those_of_the_site() -> None:
    assert "<path" in pictogram("people")
    assert pictogram("people") != pictogram("heart")
    assert pictogram("../../secret") == pictogram("model")
    assert SPRITE.is_file()
