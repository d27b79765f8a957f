"""The context of the comparison page and the lines of its file."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.text.places import MAX_NAME_LENGTH
from bpc.portal.atlas.country import NATION, Country, name_in
from bpc.portal.atlas.figure_words import kind_words
from bpc.portal.reference.places import Place, search_places
from bpc.portal.web.atlas.compare_census import changes, key_figures
from bpc.portal.web.atlas.compare_fit import best_models
from bpc.portal.web.atlas.compare_insights import membership, shortfalls, specialities
from bpc.portal.web.atlas.compare_query import Compared, address_of
from bpc.portal.web.atlas.compare_rows import Section
from bpc.portal.web.atlas.compare_voices import cooperatives, resources, voices
from bpc.portal.web.atlas.map_table import Echo, plain
from bpc.portal.web.atlas.sheet_links import place_url

#: Worth seeing first: Taznakht and Azrou, Ouarzazate and Tinghir, three regions.
EXAMPLES = (("08.401.01.09", "03.271.01.01"), ("08.401", "08.577"), ("09", "05", "02"))


def sections_of(places: Sequence[Place], country: Country) -> list[Section]:
    """Everything that is compared, in the order of the page; nothing for no territory."""
    if not places:
        return []
    worked = _("Spécialités : les personnes qui travaillent (2014)")
    counted = _("Spécialités : les établissements (2024)")
    # what people ask first: where we stand, what was said, what is here, what could be done; then the calculations
    found = [
        key_figures(places),
        voices(places),
        resources(places, country),
        cooperatives(places),
        best_models(places),
        shortfalls(places),
        specialities(places, "sectors", "metiers", worked),
        specialities(places, "establishments", "etablissements", counted),
        membership(places),
        changes(places),
    ]
    return [section for section in found if section is not None]


def compare_context(compared: Compared, country: Country, typed: str) -> dict[str, Any]:
    """Everything `atlas/compare.html` shows."""
    language = get_language() or "fr"
    typed = " ".join(typed.split())[:MAX_NAME_LENGTH]
    here = reverse("web:compare")
    return {
        "compared": compared,
        "columns": [_column(place, compared, country, language) for place in compared.places],
        "parts": [
            _part(section, compared, country, language) for section in sections_of(compared.places, country)
        ],
        "typed": typed,
        "found": _found(compared, country, typed, language) if typed else [],
        "examples": [] if compared.places else _examples(country, language),
        "adding": f"{here}{compared.with_one('')}" if compared.places else f"{here}?lieux=",
        "csv": f"{reverse('web:compare_csv')}{compared.address()}",
    }


def _part(section: Section, compared: Compared, country: Country, language: str) -> dict[str, Any]:
    """A section with the heading of each cell, which a phone shows beside the figure."""
    places = [*compared.places, country.places[NATION]] if section.has_nation else compared.places
    headings = [name_in(place, language) for place in places]
    lines = [{"row": row, "cells": list(zip(headings, row.cells, strict=True))} for row in section.rows]
    return {"section": section, "headings": headings, "lines": lines}


def _column(place: Place, compared: Compared, country: Country, language: str) -> dict[str, str]:
    above = country.places.get(place.parent)
    return {
        "name": name_in(place, language),
        "kind": kind_words(place),
        "above": name_in(above, language) if above else "",
        "sheet": place_url(place.code),
        "removed": f"{reverse('web:compare')}{compared.without(place.code)}",
    }


def _found(compared: Compared, country: Country, typed: str, language: str) -> list[dict[str, str]]:
    """Places that answer what was typed, each with the comparison it would join."""
    return [
        {
            "name": name_in(place, language),
            "kind": kind_words(place),
            "above": name_in(country.places[place.parent], language),
            "address": compared.with_one(place.code),
        }
        for place in search_places(typed, limit=10)
        if place.code != NATION and place.code not in compared.codes
    ]


def _examples(country: Country, language: str) -> list[dict[str, str]]:
    return [
        {
            "address": address_of(codes),
            "label": _(" et ").join(name_in(country.places[code], language) for code in codes),
        }
        for codes in EXAMPLES
        if all(code in country.places for code in codes)
    ]


def csv_lines(compared: Compared, country: Country) -> Iterator[str]:
    """One line per figure and territory, numbers with a point, unknown left empty."""
    writer = csv.writer(Echo())
    header = [
        "rubrique",
        "mesure",
        "libelle",
        "unite",
        "code",
        "nom_fr",
        "nom_ar",
        "valeur",
        "texte",
        "precision",
    ]
    yield "\ufeff" + writer.writerow([*header, "confiance", "source"])
    nation = country.places[NATION]
    for section in sections_of(compared.places, country):
        places = [*compared.places, nation] if section.has_nation else list(compared.places)
        for row in section.rows:
            for place, cell in zip(places, row.cells, strict=True):
                yield writer.writerow(
                    [
                        section.id, row.id, row.label, row.unit, place.code, place.name_fr, place.name_ar,
                        plain(cell.value), cell.text, cell.aside, section.confidence, section.source,
                    ]
                )  # fmt: skip
