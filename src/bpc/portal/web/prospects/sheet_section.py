"""What could be done, on the sheet of a place: for a commune its best models, above it where each leads."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.translation import get_language

from bpc.portal.atlas.country import Country, name_in
from bpc.portal.atlas.fit import DEFAULT, fit_of, fits_of_place, matrix
from bpc.portal.atlas.fit_inputs import fit_inputs
from bpc.portal.atlas.fit_words import objection_text, score_text
from bpc.portal.blueprints.catalogue import Published, catalogue
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place
from bpc.portal.web.prospects.sentences import best_reason
from bpc.portal.web.prospects.weights_form import address_of

BEST, LEADING, OBJECTIONS = 3, 5, 2


@dataclass(frozen=True)
class Leading:
    """A model and the place where it fits best; for a commune the place is the commune itself, left unsaid."""

    name: str
    url: str
    score: str
    reason: str
    objections: tuple[str, ...]
    where: str = ""
    where_url: str = ""


def prospects_section(place: Place, country: Country) -> dict[str, Any]:
    """The leading models of a place and where to read on."""
    if place.level == Territory.Level.COMMUNE:
        return {"prospects": _of_commune(place), "prospects_url": here_url(place.code)}
    inside = _best_inside(place.code)
    return {"prospects": [_of_wider(code, slug, country) for code, slug in inside], "prospects_url": ""}


def here_url(code: str) -> str:
    """The page that tells all the models of a commune."""
    return f"{reverse('web:what_here')}?commune={code}"


def _of_commune(place: Place) -> list[Leading]:
    models = catalogue()
    found = []
    for fit in fits_of_place(place.code, limit=BEST):
        url = f"{reverse('web:model', args=[fit.model])}?commune={place.code}"
        objections = tuple(objection_text(one) for one in fit.objections[:OBJECTIONS])
        found.append(
            Leading(_name(models[fit.model]), url, score_text(fit.score), best_reason(fit), objections)
        )
    return found


def _best_inside(code: str) -> list[tuple[str, str]]:
    """The models that fit best somewhere inside, each with the commune where it does; best first."""
    inputs = fit_inputs()
    rows = [
        row
        for row, commune in enumerate(inputs.figures.codes)
        if code == "MA" or commune.startswith(f"{code}.")
    ]
    if not rows or not inputs.slugs:
        return []
    scores = np.nan_to_num(matrix(DEFAULT).score[rows], nan=-1.0)
    best = scores.max(axis=0)
    leading = sorted(np.flatnonzero(best >= 0), key=lambda column: (-best[column], column))[:LEADING]
    where = scores.argmax(axis=0)
    return [(inputs.figures.codes[rows[where[column]]], inputs.slugs[column]) for column in leading]


def _of_wider(code: str, slug: str, country: Country) -> Leading:
    fit = fit_of(code, slug)
    return Leading(
        name=_name(catalogue()[slug]),
        url=f"{reverse('web:model_where', args=[slug])}{address_of({'dans': code[:2]}, DEFAULT)}",
        score=score_text(fit.score),
        reason=best_reason(fit),
        objections=(),
        where=name_in(country.places[code], get_language() or ""),
        where_url=here_url(code),
    )


def _name(entry: Published) -> str:
    return entry.model.name_ar if get_language() == "ar" else entry.model.name_fr
