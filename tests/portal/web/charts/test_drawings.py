"""Charts keep their scale, start from zero, mirror in Arabic, escape words and say what is unknown."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from bpc.datasets.census import Indicator
from bpc.portal.atlas.figure_words import figure, unit_words
from bpc.portal.reference.census import census
from bpc.portal.reference.profile import Pair
from bpc.portal.web.charts.bars import Bar, bars, comparison
from bpc.portal.web.charts.cells import CellRow, answer_cells
from bpc.portal.web.charts.drawing import Drawing
from bpc.portal.web.charts.figures import difference
from bpc.portal.web.charts.followed import FollowedPeriod, followed
from bpc.portal.web.charts.pyramid import AgeGroup, PyramidWords, pyramid
from bpc.portal.web.charts.table import figure_table

WORDS = PyramidWords(men="Hommes", women="Femmes", axis="%", reference="Maroc")


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    with translation.override("fr"):
        yield


def lengths(svg: str, look: str) -> list[float]:
    """Widths of the rectangles of a look, in order."""
    return [float(w) for w in re.findall(rf'class="c-{look}"[^>]* width="([\d.]+)"', svg)]


def lefts(svg: str, look: str) -> list[float]:
    """Left edges of the rectangles of a look, in order."""
    return [float(x) for x in re.findall(rf'class="c-{look}"[^>]* x="([\d.]+)"', svg)]


def test_bars_are_as_long_as_their_values() -> None:
    rows = [Bar("a", 40.0, "40 %"), Bar("b", 10.0, "10 %", reference=20.0)]
    svg = bars(rows, label="x", rtl=False, reference_label="Maroc")
    longest, shortest = lengths(svg, "quiet")
    assert longest == pytest.approx(4 * shortest, abs=0.2)
    assert lengths(svg, "dark")[1] == pytest.approx(2 * shortest, abs=0.2)
    assert svg.count('class="c-zero"') == 2


def test_a_full_scale_is_kept() -> None:
    (half,) = lengths(bars([Bar("a", 50.0, "50 %")], label="x", rtl=False, full=100), "quiet")
    assert half == pytest.approx((320 - 64) / 2, abs=0.1)


def test_unknown_is_hatched_and_written() -> None:
    svg = bars([Bar("a", None, "inconnu")], label="x", rtl=False)
    assert 'class="c-hatched"' in svg
    assert ">inconnu</text>" in svg
    assert lengths(svg, "quiet") == []


def test_negative_values_start_at_the_zero_line() -> None:
    svg = comparison([Bar("Ici", -5.0, "−5 %"), Bar("Maroc", 5.0, "5 %")], label="x", rtl=False)
    zero = float(re.findall(r'class="c-zero"[^>]* x1="([\d.]+)"', svg)[0])
    (here,), (nation,) = lefts(svg, "here"), lefts(svg, "pale")
    assert here + lengths(svg, "here")[0] == pytest.approx(zero, abs=0.2)
    assert nation == pytest.approx(zero, abs=0.2)


def test_arabic_is_the_mirror_image() -> None:
    rows = [Bar("a", 30.0, "30 %")]
    (left,), (mirrored,) = (lefts(bars(rows, label="x", rtl=rtl), "quiet") for rtl in (False, True))
    (length,) = lengths(bars(rows, label="x", rtl=False), "quiet")
    assert mirrored == pytest.approx(320 - left - length, abs=0.1)
    assert 'direction="rtl"' in bars(rows, label="x", rtl=True)


def test_pyramid_puts_the_youngest_at_the_foot_and_outlines_the_reference() -> None:
    groups = [AgeGroup("0–4", 8.0, 7.0, 7.6, 7.3), AgeGroup("75+", 2.0, 4.0, 2.8, 3.3)]
    svg = pyramid(groups, label="Âges", words=WORDS, rtl=False)
    assert svg.index(">75+<") < svg.index(">0–4<")
    old, young = lengths(svg, "here")
    assert young == pytest.approx(4 * old, abs=0.2)
    assert svg.count('class="c-outline"') == 2
    assert len(set(re.findall(r'id="([^"]+)"', svg))) == 1


def test_words_are_escaped_everywhere() -> None:
    bad = '<script>"&'
    drawing = Drawing(10, 10, label=bad, rtl=False)
    drawing.text(0, 0, bad)
    drawing.rect(0, 0, 5, 5, "here", tip=bad)
    for markup in (drawing.finish(), figure_table(bad, [bad, bad], [[bad, bad]])):
        assert "<script>" not in markup
        assert "&lt;script&gt;" in markup


def _indicator(name: str) -> Indicator:
    return census().indicators[name]


@pytest.mark.parametrize(
    ("name", "first", "second", "told"),
    [
        ("population_legal", 80149.0, 83496.0, "+4,2\u202f%"),
        ("labour_unemployment_rate", 18.3, 24.7, "+6,4"),
        ("households_average_size", 4.2, 3.8, "−0,4"),
        ("population_legal", None, 5.0, "inconnu"),
        ("population_legal", 0.0, 5.0, "inconnu"),
    ],
)
def test_difference_is_told_in_its_own_measure(
    name: str, first: float | None, second: float, told: str
) -> None:
    assert difference(Pair(_indicator(name), 2024, first, second)) == told


def test_figures_and_units() -> None:
    assert figure(None, "percent") == "inconnu"
    assert figure(0.0, "people") == "0"
    assert figure(9.2, "km") == "9,2\u202fkm"
    assert unit_words("percent") == unit_words("km") == ""
    assert unit_words("people") == "habitants"


def test_what_charts_share_does_not_carry_over_a_figure_or_a_direction() -> None:
    def drawn(value: float, reference: float, rtl: bool) -> str:
        return bars([Bar("Électricité", value, f"{value} %", reference)], label="x", rtl=rtl, full=100)

    first, mirrored = drawn(20.0, 30.0, False), drawn(20.0, 30.0, True)
    other = drawn(60.0, 30.0, False)
    assert drawn(20.0, 30.0, False) == first
    assert other.replace("60.0 %", "20.0 %") != first
    assert lengths(other, "quiet")[0] == pytest.approx(3 * lengths(first, "quiet")[0], abs=0.2)
    assert 'x="320" y="12"' in mirrored
    assert 'x="0" y="12"' in first


def test_words_of_a_pyramid_are_those_of_its_page() -> None:
    groups = [AgeGroup("0–4", 8.0, 7.0, 7.6, 7.3)]
    other = PyramidWords(men="ذكور", women="إناث", axis="%", reference="")
    assert "Maroc" in pyramid(groups, label="x", words=WORDS, rtl=False)
    svg = pyramid(groups, label="x", words=other, rtl=True)
    assert "Maroc" not in svg
    assert "ذكور" in svg


def test_cells_of_answers_put_the_strongest_first_and_hatch_the_unknown() -> None:
    rows = [CellRow("Le droit", "À construire", (None, 0.0, 1.0, 0.5))]
    svg = answer_cells(rows, legend=("solide", "en chemin", "faible", "inconnu"), label="Réponses", rtl=False)
    looks = re.findall(r'<rect class="c-(\w+)"', svg)
    assert looks == ["here", "quiet", "outline", "hatched", "here", "quiet", "outline", "hatched"]
    assert "À construire" in svg


def test_followed_periods_show_the_plan_where_it_speaks_and_hatch_the_unknown() -> None:
    periods = [
        FollowedPeriod("12/2024", 50.0, "50", 100.0),
        FollowedPeriod("12/2025", None, "?", None),
    ]
    svg = followed(periods, names=("fait", "plan"), label="Ventes", rtl=True)
    assert re.findall(r'<rect class="c-(\w+)"', svg) == ["quiet", "quiet", "hatched"]
    assert svg.count('<line class="c-mark"') == 2  # the legend's and one period's
    assert 'direction="rtl"' in svg
