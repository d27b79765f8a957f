"""From what a person types or where they stand to a commune, for the forms that ask for one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpc.core.text.places import PlaceMatch, match_place
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import locator, search_places

MOST_CHOICES = 8


@dataclass(frozen=True)
class Answer:
    """One commune when it is certain; else the communes to choose from, best first, perhaps none."""

    commune: Territory | None
    choices: list[Territory]


def commune_named(name: str) -> Answer:
    """The commune of this name or code; certain when only one is so named, or only one answers."""
    exact = _communes([name.strip()])
    if exact:
        return Answer(exact[0], exact)
    found = search_places(name, level=Territory.Level.COMMUNE, limit=MOST_CHOICES)
    choices = _communes([place.code for place in found])
    same = [place for place in choices if _is_named(place, name)]
    certain = same if len(same) == 1 else choices
    return Answer(certain[0] if len(certain) == 1 else None, choices)


def commune_answered(cleaned: Mapping[str, Any]) -> Answer:
    """The commune of a form: the chosen code counts unless another name was typed after the choice was offered."""
    name, code = cleaned.get("commune_name", ""), cleaned.get("commune", "")
    if code and cleaned.get("commune_for", "") in {"", name}:
        chosen = commune_coded(code)
        return Answer(chosen, [chosen] if chosen else [])
    return commune_named(name) if name.strip() else Answer(None, [])


def commune_fault(answer: Answer, name: str, when_empty: Any) -> ValidationError:
    """Why no commune is certain; `when_empty` is said where nothing was typed."""
    if answer.choices:
        return ValidationError(_("Plusieurs communes répondent à ce nom. Choisissez la vôtre."), "several")
    if name.strip():
        return ValidationError(
            _("Nous ne trouvons pas cette commune. Essayez une autre orthographe ou l’arabe."), "unknown"
        )
    return ValidationError(when_empty, "required")


def commune_at(lat: float, lon: float) -> Territory | None:
    """The commune that holds the point; None at sea, abroad, or for numbers that are no place on Earth."""
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    code = locator().locate(lat, lon)
    return _communes([code])[0] if code else None


def commune_coded(code: str) -> Territory | None:
    """The commune of this code, or None."""
    found = _communes([code])
    return found[0] if found else None


def _is_named(place: Territory, name: str) -> bool:
    return PlaceMatch.EXACT in {match_place(name, place.name_fr), match_place(name, place.name_ar)}


def _communes(codes: list[str]) -> list[Territory]:
    rows = Territory.objects.filter(pk__in=codes, level=Territory.Level.COMMUNE).select_related("parent")
    known = {row.pk: row for row in rows}
    return [known[code] for code in codes if code in known]
