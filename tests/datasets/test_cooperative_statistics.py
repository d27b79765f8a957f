"""Published figures on cooperatives: read whole, none of the suspect ones, each with its year and source."""

from collections import Counter

from bpc.datasets.cooperative_statistics import (
    CONFIDENCES,
    QUALIFIERS,
    read_cooperative_figures,
    read_figure_names,
    read_sector_words,
)
from bpc.datasets.sectors import read_sectors
from bpc.datasets.territories import read_territories


def test_every_figure_is_named_placed_dated_and_sourced() -> None:
    names, places = read_figure_names(), {place.code for place in read_territories()}
    figures = read_cooperative_figures()
    assert len(figures) == 184
    for figure in figures:
        assert ("indicator", figure.indicator) in names
        assert ("sector", figure.sector) in names
        assert figure.territory in places or (not figure.territory and figure.area_fr and figure.area_ar)
        assert 1990 < figure.year <= 2035
        assert figure.source_url.startswith("http")
        assert figure.confidence in CONFIDENCES
        assert figure.qualifier in QUALIFIERS
        assert figure.value > 0


def test_suspect_figures_never_enter() -> None:
    figures = read_cooperative_figures()
    assert not any("SUSPECT" in figure.note or figure.value == 205566 for figure in figures)
    assert Counter(figure.confidence for figure in figures)["deduced"] == 16


def test_the_latest_official_total_is_there() -> None:
    national = [
        figure for figure in read_cooperative_figures()
        if (figure.territory, figure.sector, figure.indicator) == ("MA", "total", "cooperatives")
    ]  # fmt: skip
    latest = max(national, key=lambda figure: (figure.year, figure.month or 0))
    assert (latest.year, latest.month, latest.value, latest.confidence) == (2025, 11, 65315, "sourced")


def test_words_lead_to_our_sectors() -> None:
    codes = {sector.code for sector in read_sectors()}
    words = read_sector_words()
    assert {row.sector for row in words} == codes
    assert len({row.words for row in words}) == len(words)
