"""« Ce que disent les chiffres » on a sheet: what the place does more, what it lacks, its members, why it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.territory.specialisation import Verdict
from bpc.datasets.sources import Source, read_sources
from bpc.portal.atlas import insights
from bpc.portal.atlas.country import NATION
from bpc.portal.atlas.figure_words import figure
from bpc.portal.atlas.insight_sentences import (
    activity_name,
    beside_words,
    change_sentence,
    interval,
    lack_name,
    membership_sentence,
    need_words,
    percent,
    severity_words,
    times,
    verdict_words,
)
from bpc.portal.atlas.insight_values import Shortfall, Speciality
from bpc.portal.atlas.units import number_text
from bpc.portal.reference.places import Place
from bpc.portal.web.charts.sheet_charts import Names
from bpc.portal.web.charts.table import figure_table

SPECIALITIES_SHOWN, LACKS_SHOWN = 3, 5
HALF = 50.0
MORE = frozenset({Verdict.FAR_MORE, Verdict.MORE})


@dataclass(frozen=True)
class Told:
    """A table of computed figures (empty where there is nothing to tell), links to its sources, and on how many
    people or businesses it stands."""

    table: SafeString | str
    sources: SafeString
    stands_on: str = ""


def told_context(place: Place, names: Names) -> dict[str, Any]:
    """Everything the section needs; None for the country, with which the places are compared. No query."""
    if place.code == NATION:
        return {"told": None}
    specialities = insights.specialisations(place.code)
    lacks = insights.shortfalls(place.code)
    member = insights.membership(place.code)
    return {
        "told": {
            "work": _specialities(specialities, ("sectors", "professions")),
            "businesses": _specialities(specialities, ("establishments",)),
            "lacks": _lacks(lacks, place, names),
            "needs": _needs(place),
            "lacks_known": any(one.value is not None for one in lacks),
            "work_known": any(one.share is not None for one in specialities if one.measure == "sectors"),
            "youth": _youth(place),
            "member": membership_sentence(member),
            "member_asked": _counted(
                _("Ce chiffre vaut celui de %(number)s personnes qui travaillent, prises au hasard."),
                member.evidence.people,
            ),
            "member_before": percent(member.share_2014),
            "member_beside": beside_words(member.beside, "percent"),
            "member_sources": _source_links(member.evidence.sources),
            "changes": _changes(place),
            "methods_url": reverse("web:methods"),
        }
    }


def _specialities(found: Sequence[Speciality], measures: tuple[str, ...]) -> Told:
    """What is done more here, a few of each measure; of businesses, all four kinds."""
    shown: list[Speciality] = []
    for measure in measures:
        of_measure = [one for one in found if one.measure == measure and one.share is not None]
        if measure == "establishments":
            shown += sorted(of_measure, key=lambda one: one.verdict is Verdict.TOO_FEW)
        else:
            shown += [one for one in of_measure if one.verdict in MORE][:SPECIALITIES_SHOWN]
    evidence = next(one.evidence for one in found if one.measure == measures[0])
    head = ["", _("Ici"), _("Pays"), _("Rapport")]
    rows = [[_named(one), percent(one.share), percent(one.nation), _ratio(one)] for one in shown]
    caption = (
        _("Les personnes qui travaillent, selon l’endroit où elles vivent")
        if len(measures) > 1
        else _("Les entreprises, selon l’endroit où elles sont")
    )
    table = figure_table(caption, head, rows) if rows else ""
    stands_on = _counted(
        _("Personnes qui travaillent : %(number)s.")
        if len(measures) > 1
        else _("Entreprises comptées : %(number)s."),
        evidence.people,
    )
    return Told(table, _source_links(evidence.sources), stands_on)


def _counted(sentence: str, count: float | None) -> str:
    """On how many people or businesses a figure stands; empty where that is not known."""
    return sentence % {"number": number_text(round(count))} if count is not None else ""


def _named(one: Speciality) -> SafeString:
    aside = beside_words(one.beside, "percent") if one.verdict in MORE else ""
    return _with_aside(capfirst(activity_name(one.activity)), aside)


def _ratio(one: Speciality) -> SafeString:
    """The estimate, what may be said of it, and its bounds."""
    if one.verdict is Verdict.TOO_FEW:
        return _with_aside(verdict_words(one.verdict), interval(one.low, one.high))
    return _with_aside(times(one.quotient), verdict_words(one.verdict))


def _with_aside(words: str, *asides: str) -> SafeString:
    told = format_html_join("", '<span class="aside">{}</span>', ((aside,) for aside in asides if aside))
    return format_html("{}{}", words, told)


def _lacks(found: Sequence[Shortfall], place: Place, names: Names) -> Told:
    """The worst against the places of its level, among those in which the place is behind the country."""
    shown = [one for one in found if _is_lacking(one)][:LACKS_SHOWN]
    above = names.above_kind if names.above and names.above != names.nation else ""
    head = ["", _("Ici"), *([above] if above else []), _("Pays"), _("Écart au pays")]
    rows = []
    for one in shown:
        # a child of the country has it for a parent
        parent = [figure(one.parent, one.unit)] if above else []
        name = capfirst(lack_name(one.lack))
        if one.evidence.year != 2024:
            name = _("%(what)s (en %(year)s)") % {"what": name, "year": one.evidence.year}
        gap = number_text(one.behind_nation or 0.0, 1)
        told_gap = _("%(number)s km") if one.unit == "km" else _("%(number)s points")
        rows.append(
            [
                _with_aside(name, severity_words(one, place.level), beside_words(one.beside, one.unit)),
                figure(one.value, one.unit),
                *parent,
                figure(one.nation, one.unit),
                told_gap % {"number": gap},
            ]
        )
    caption = _("Ce qui manque le plus, face aux territoires du même niveau")
    table = figure_table(caption, head, rows, hide_caption=True) if rows else ""
    return Told(table, _source_links(source for one in shown for source in one.evidence.sources))


def _needs(place: Place) -> str:
    """The needs of the list in which half of its like do better, as far as figures can tell; empty without any."""
    found = [one for one in insights.needs_from_data(place.code) if (one.score or 0.0) >= HALF]
    worst = sorted(found, key=lambda one: one.score or 0.0, reverse=True)
    return " · ".join(need_words(one, place.level) for one in worst)


def _youth(place: Place) -> str:
    """The share of the young, which is neither good nor bad."""
    young = insights.youth(place.code, place.parent)
    return _("Jeunes de 15 à 34 ans : %(here)s des habitants, %(nation)s dans le pays.") % {
        "here": percent(young.value),
        "nation": percent(young.nation),
    }


def _is_lacking(one: Shortfall) -> bool:
    """Behind the country, and behind half of its like or the place above: towns are ahead of most communes in all."""
    if one.severity is None or one.behind_nation is None or one.behind_nation <= 0:
        return False
    return one.severity >= HALF or (one.behind_parent or 0.0) > 0


def _changes(place: Place) -> dict[str, Any] | None:
    """A sentence for each question asked alike; None where nothing can be compared."""
    found = [one for one in insights.changes(place.code) if one.change is not None]
    if not found:
        return None
    return {
        "sentences": [change_sentence(one) for one in found],
        "sources": _source_links(source for one in found for source in one.evidence.sources),
    }


@cache
def _sources() -> dict[str, Source]:
    return {source.id: source for source in read_sources(settings.DATA)}


def _source_links(ids: Iterable[str]) -> SafeString:
    """The sources by name, each leading to what is said of it."""
    page, language = reverse("web:sources"), get_language() or ""
    links = (
        (page, one, getattr(_sources()[one], f"title_{language}", "") or _sources()[one].title_fr)
        for one in dict.fromkeys(ids)
    )
    return format_html_join(" · ", '<a href="{}#{}">{}</a>', links)
