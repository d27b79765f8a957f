"""What is computed from data on the territories compared: specialities by two measures, what is missing, members."""

from collections.abc import Sequence
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from bpc.core.territory.specialisation import Verdict
from bpc.portal.atlas import insights
from bpc.portal.atlas.figure_words import figure, unit_words
from bpc.portal.atlas.insight_values import MembershipHere, Shortfall, Speciality
from bpc.portal.atlas.insight_words import ACTIVITIES, LACKS
from bpc.portal.atlas.readings import gap_unit
from bpc.portal.atlas.units import LEFT_TO_RIGHT, figure_text
from bpc.portal.reference.places import Place
from bpc.portal.web.atlas.compare_rows import Cell, Row, Section, bars_of
from bpc.portal.web.atlas.map_subject import source_words

_TIMES = "times the country"


# the census does not change while the process runs, and a comparison asks each place three times
@lru_cache(maxsize=256)
def _specialities(code: str) -> dict[tuple[str, str], Speciality]:
    return {(one.measure, one.activity): one for one in insights.specialisations(code)}


@lru_cache(maxsize=256)
def _shortfalls(code: str) -> dict[str, Shortfall]:
    return {one.lack: one for one in insights.shortfalls(code)}


def specialities(places: Sequence[Place], measure: str, anchor: str, title: str) -> Section:
    """Each activity against the country: how many times its share there, with its bounds. One measure only."""
    told = [_specialities(place.code) for place in places]
    rows = []
    for activity in insights.MEASURES[measure]:
        found = [one[measure, activity] for one in told]
        rows.append(Row(activity, str(ACTIVITIES[activity]).capitalize(), _quotients(found)))
    evidence = told[0][measure, insights.MEASURES[measure][0]].evidence
    return Section(
        anchor, title, tuple(rows), confidence="deduced",
        source=source_words(evidence.sources, {evidence.year}), origin=_("Calculé à partir des données"),
        note=_("1 veut dire : la même part que dans le pays. Entre parenthèses, l’intervalle probable."),
        has_nation=False, links=(_method(evidence.method),),
    )  # fmt: skip


def _quotients(found: Sequence[Speciality]) -> tuple[Cell, ...]:
    values = [one.quotient for one in found]
    bars = bars_of(values, rtl=get_language_bidi(), middle=1.0)
    return tuple(
        Cell(_ratio(one.quotient), one.quotient, aside=_about(one), bar=bar)
        for one, bar in zip(found, bars, strict=True)
    )


def _ratio(value: float | None) -> str:
    return _("inconnu") if value is None else f"× {figure_text(value, _TIMES)}"


def _about(one: Speciality) -> str:
    """The share itself and the bounds of the estimate; that too few people stand behind it, where it is so."""
    share = figure(one.share, "percent")
    if one.verdict is Verdict.TOO_FEW:
        return _("%(share)s · trop peu de personnes pour conclure") % {"share": share}
    return share if one.low is None or one.high is None else f"{share} {_bounds(one.low, one.high)}"


def _bounds(low: float, high: float) -> str:
    between = f"{figure_text(low, _TIMES)}–{figure_text(high, _TIMES)}"
    return f"({LEFT_TO_RIGHT}{between}{LEFT_TO_RIGHT})"  # « 0,2–0,3 » would read « 0,3–0,2 » in Arabic


def shortfalls(places: Sequence[Place]) -> Section:
    """How far each place is behind the country on what figures tell of; above zero is worse."""
    told = [_shortfalls(place.code) for place in places]
    order = sorted(told[0], key=lambda lack: -max((one[lack].severity or -1.0) for one in told))
    rows = tuple(_lack([one[lack] for one in told]) for lack in order)
    sources = {source for one in told[0].values() for source in one.evidence.sources}
    evidence = next(iter(told[0].values())).evidence
    return Section(
        "manques", _("Ce qui manque d’après les chiffres"), rows, confidence="deduced",
        source=source_words(tuple(sorted(sources)), {2014, 2024}), origin=_("Calculé à partir des données"),
        note=_("Écart avec le pays : au-dessus de zéro, c’est moins bien ici. Le plus grave d’abord."),
        has_nation=False, links=(_method(evidence.method),),
    )  # fmt: skip


def _lack(found: Sequence[Shortfall]) -> Row:
    unit = gap_unit(found[0].unit)
    gaps = [one.behind_nation for one in found]
    cells = tuple(
        Cell(figure(gap, unit, signed=True), gap, aside=figure(one.value, one.unit), bar=bar)
        for one, gap, bar in zip(found, gaps, bars_of(gaps, rtl=get_language_bidi()), strict=True)
    )
    label = str(LACKS[found[0].lack])
    return Row(
        found[0].lack, f"{label[:1].upper()}{label[1:]} ({found[0].evidence.year})", cells, unit_words(unit)
    )


def membership(places: Sequence[Place]) -> Section:
    """Members of cooperatives among people who work, and against what is expected of who works here."""
    told = [insights.membership(place.code) for place in places]
    shares = [one.share for one in told]
    ratios = [one.ratio for one in told]
    rtl = get_language_bidi()
    rows = (
        Row("membership_share", _("Coopérateurs et associés parmi ceux qui travaillent"), tuple(
            Cell(figure(value, "percent"), value, bar=bar)
            for value, bar in zip(shares, bars_of(shares, rtl=rtl), strict=True)
        )),
        Row("membership_ratio", _("Par rapport à ce qui est attendu"), tuple(
            Cell(_ratio(one.ratio), one.ratio, aside=_members_about(one), bar=bar)
            for one, bar in zip(told, bars_of(ratios, rtl=rtl, middle=1.0), strict=True)
        )),
    )  # fmt: skip
    evidence = told[0].evidence
    return Section(
        "membres", _("Membres de coopératives"), rows, confidence="deduced",
        source=source_words(evidence.sources, {evidence.year}), origin=_("Calculé à partir des données"),
        has_nation=False, links=(_method(evidence.method),),
    )  # fmt: skip


def _members_about(one: MembershipHere) -> str:
    if one.verdict is Verdict.TOO_FEW:
        return _("trop peu de personnes pour conclure")
    return "" if one.low is None or one.high is None else _bounds(one.low, one.high)


def _method(anchor: str) -> tuple[str, str]:
    return _("Comment c’est calculé"), f"{reverse('web:methods')}#{anchor}"
