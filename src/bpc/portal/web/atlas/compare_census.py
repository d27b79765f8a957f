"""Census figures of the territories compared: where they stand in 2024, and what changed since 2014."""

from collections.abc import Sequence

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from bpc.datasets.census import Indicator, Sex
from bpc.portal.atlas.country import NATION
from bpc.portal.atlas.figure_words import figure, unit_words
from bpc.portal.atlas.readings import gap_unit
from bpc.portal.reference import profile
from bpc.portal.reference.census import census
from bpc.portal.reference.places import Place
from bpc.portal.reference.profile import Pair
from bpc.portal.web.atlas.compare_rows import Cell, Row, Section, bars_of
from bpc.portal.web.atlas.map_subject import source_words, text_in
from bpc.portal.web.charts.figures import difference

#: What a group asks first of a place: people, work, schooling, comfort, the road, who is organised already.
KEY_FIGURES: tuple[tuple[str, Sex], ...] = (
    ("population_legal", "all"),
    ("density", "all"),
    ("age_15_34", "all"),
    ("labour_activity_rate", "female"),
    ("labour_unemployment_rate", "all"),
    ("illiteracy_rate_10_plus", "all"),
    ("employment_status_cooperative_member", "all"),
    ("associations_per_1000", "all"),
    ("amenities_running_water", "all"),
    ("households_distance_to_paved_road_km", "all"),
    ("establishments_weekly_souks", "all"),
)
#: Counts of a whole: a bar beside the country's would say only that the country is larger.
_TOTALS = frozenset({"population_legal", "households_count", "establishments_weekly_souks"})


def key_figures(places: Sequence[Place]) -> Section:
    """Eleven figures of the last census, the country's last."""
    rows = tuple(_row(census().indicators[name], sex, places) for name, sex in KEY_FIGURES)
    entries = [census().indicators[name] for name, _sex in KEY_FIGURES]
    sources = tuple(
        dict.fromkeys(source for entry in entries for source in entry.sources if "2024" in source)
    )
    return Section("chiffres", _("Les chiffres clés"), rows, source=source_words(sources, {2024}))


def _row(entry: Indicator, sex: Sex, places: Sequence[Place]) -> Row:
    label = text_in(entry, "label", get_language() or "fr")
    if sex == "female":
        label = _("%(indicator)s des femmes") % {"indicator": label}
    codes = [*(place.code for place in places), NATION]
    values = [census().value(code, entry.id, entry.years[0], "total", sex) for code in codes]
    compared = values[:-1] if entry.id in _TOTALS else values
    bars = bars_of(compared, rtl=get_language_bidi())
    cells = tuple(
        Cell(figure(value, entry.unit), value, bar=bars[number] if number < len(bars) else "")
        for number, value in enumerate(values)
    )
    return Row(
        entry.id,
        label,
        cells,
        unit=unit_words(entry.unit),
        note=_("déduit") if entry.confidence == "deduced" else "",
    )


def changes(places: Sequence[Place]) -> Section:
    """2014 and 2024 and the gap, only for questions both censuses asked alike."""
    rows = tuple(_change(census().indicators[name], places) for name in profile.CHANGES)
    return Section(
        "evolution",
        _("Ce qui a changé de 2014 à 2024"),
        rows,
        source=_("Recensements de 2014 et de 2024, HCP"),
        confidence="deduced",
        note=_("Seulement les questions posées de la même façon aux deux recensements."),
    )


def _change(entry: Indicator, places: Sequence[Place]) -> Row:
    cube = census()
    codes = [*(place.code for place in places), NATION]
    pairs = [
        Pair(entry, 2024, cube.value(code, entry.id, 2014), cube.value(code, entry.id, 2024))
        for code in codes
    ]
    gaps = [_gap(pair) for pair in pairs]
    cells = tuple(
        Cell(difference(pair), gap, aside=_sides(pair), bar=bar)
        for pair, gap, bar in zip(pairs, gaps, bars_of(gaps, rtl=get_language_bidi()), strict=True)
    )
    return Row(entry.id, text_in(entry, "label", get_language() or "fr"), cells, unit=_told_unit(entry))


def _told_unit(entry: Indicator) -> str:
    return unit_words(gap_unit(entry.unit))


def _gap(pair: Pair) -> float | None:
    """The gap as it is told: percent of a count, else the difference."""
    if pair.difference is None or pair.first is None:
        return None
    if gap_unit(pair.indicator.unit) == "percent" and pair.indicator.unit != "percent":
        return 100 * pair.difference / pair.first if pair.first else None
    return round(pair.difference, 2)


def _sides(pair: Pair) -> str:
    unit = pair.indicator.unit
    words = {"first": figure(pair.first, unit), "second": figure(pair.second, unit)}
    return _("%(first)s puis %(second)s") % words
