"""What is said, known and registered in the territories compared. What nobody knows is told so, never as zero."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import NATION, Country, name_in
from bpc.portal.atlas.units import number_text
from bpc.portal.ideas.tallies import published_counts
from bpc.portal.observations.tallies import Heard, heard_in
from bpc.portal.reference.places import Place
from bpc.portal.register.models import CooperativeTally
from bpc.portal.resources.queries import ResourceFact, resources_above, resources_here
from bpc.portal.web.atlas.compare_rows import Cell, Row, Section
from bpc.portal.web.atlas.sheet_links import place_url

_NAMED = 5  # resources told by name; the sheet has them all


def voices(places: Sequence[Place]) -> Section:
    """Ideas, needs and opportunities heard: counts of what people said, each leading to the sheet. Two queries."""
    codes = [place.code for place in places]
    ideas, told = published_counts(codes), heard_in(codes)
    counts: list[tuple[str, str, Callable[[str], int]]] = [
        ("needs", _("Besoins signalés, encore ouverts"), lambda code: told[code].needs),
        (
            "opportunities",
            _("Opportunités signalées, encore ouvertes"),
            lambda code: told[code].opportunities,
        ),
        ("closed", _("Besoins et opportunités clos"), lambda code: _closed(told[code])),
        ("ideas", _("Idées publiées"), lambda code: ideas.get(code, 0)),
    ]
    rows = tuple(
        Row(name, label, tuple(_count(place, count(place.code)) for place in places))
        for name, label, count in counts
    )
    return Section(
        "voix", _("Ce que les personnes ont dit"), rows, confidence="", origin=_("Entendu"), has_nation=False,
        note=_("Ce que des personnes ont signalé : un zéro veut dire que personne ne l’a encore fait."),
    )  # fmt: skip


def _closed(told: Heard) -> int:
    return told.closed_needs + told.closed_opportunities


def _count(place: Place, number: int) -> Cell:
    return Cell(number_text(number), float(number), url=place_url(place.code) if number else "")


def resources(places: Sequence[Place], country: Country) -> Section:
    """What is known to be produced in each, and in what holds it: never a province's fact as a commune's."""
    rows = (
        Row("resources_here", _("Connues de ce territoire même"), tuple(
            _named(resources_here(place.code), country, place) for place in places
        )),
        Row("resources_above", _("Connues de la province ou de la région qui le contient"), tuple(
            _named(resources_above(place.code), country, place) for place in places
        )),
    )  # fmt: skip
    return Section(
        "ressources", _("Les ressources connues"), rows, confidence="", origin=_("Répertorié"),
        has_nation=False, is_wordy=True,
        note=_("Chaque ressource a sa source sur la fiche du territoire."),
    )  # fmt: skip


def _named(facts: Sequence[ResourceFact], country: Country, place: Place) -> Cell:
    if not facts:
        return Cell(_("aucune n’est décrite"))
    language = get_language() or "fr"
    names = [str(getattr(fact, f"name_{language}", "") or fact.name_fr) for fact in facts]
    holders = dict.fromkeys(fact.territory for fact in facts if fact.territory != place.code)
    aside = " · ".join(name_in(country.places[code], language) for code in holders)
    more = len(names) - _NAMED
    told = ", ".join(names[:_NAMED])
    text = (
        capfirst(told)
        if more <= 0
        else _("%(names)s… et %(more)s de plus") % {"names": capfirst(told), "more": more}
    )
    return Cell(text, float(len(names)), aside=aside, url=place_url(place.code))


def cooperatives(places: Sequence[Place]) -> Section:
    """Cooperatives of the register, of women and of young people; unknown everywhere before a register. One query."""
    codes = [place.code for place in places]
    rows = CooperativeTally.objects.filter(territory__in=[*codes, NATION], sector=None)
    tallies = {row.territory_id: row for row in rows}
    has_register = NATION in tallies
    measures = (
        ("cooperatives", _("Coopératives inscrites"), "count", "count"),
        ("cooperatives_women", _("dont de femmes"), "women_count", "women_known"),
        ("cooperatives_youth", _("dont de jeunes"), "youth_count", "youth_known"),
        ("cooperatives_members", _("Membres, là où ils sont connus"), "members", "members_known"),
    )
    lines = tuple(
        Row(name, label, tuple(_tallied(tallies.get(code), has_register, column, known) for code in codes))
        for name, label, column, known in measures
    )
    unknown = "" if has_register else _("Aucun registre n’a encore été importé : le nombre n’est pas connu.")
    return Section(
        "cooperatives", _("Les coopératives"), lines, confidence="", origin=_("Registre"),
        has_nation=False, note=unknown,
        links=((_("Voir sur la carte"), f"{reverse('web:map')}?points=cooperatives"),),
    )  # fmt: skip


def _tallied(tally: CooperativeTally | None, has_register: bool, column: str, known: str) -> Cell:
    if not has_register:
        return Cell(_("inconnu"))
    if tally is None:
        return Cell(number_text(0), 0.0)
    if tally.count and not getattr(tally, known):
        return Cell(_("inconnu"))
    number = getattr(tally, column)
    return Cell(number_text(number), float(number))
